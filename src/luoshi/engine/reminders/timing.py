"""When a reminder is due and at which hours one may go out; no clock is read here."""

from datetime import date, datetime, time, timedelta

from luoshi.kernel.workdays import Exceptions, is_workday
from luoshi.kernel.zones import zone

TEN, THREE, DAY, LATE = "ten", "three", "day", "late"
OPENS, CLOSES = time(8), time(21)  # by the receiver's clock; outside of it nothing goes out


def stage(*, due: date, today: date) -> str:
    """Which reminder stands for a day: within ten days, within three, on the last day, afterwards; "" before that.

    Spans rather than single days, so that a day on which nothing ran loses no reminder.
    """
    left = (due - today).days
    if left < 0:
        return LATE
    if left == 0:
        return DAY
    return THREE if left <= 3 else TEN if left <= 10 else ""


def allowed(*, moment: datetime, place: str, exceptions: Exceptions | None = None) -> datetime:
    """The first moment from `moment` (with its zone) on a working day between 8 and 21 by the clocks of a time zone."""
    here = moment.astimezone(zone(place))
    if here.time() >= CLOSES:
        here = datetime.combine(here.date() + timedelta(days=1), OPENS, here.tzinfo)
    elif here.time() < OPENS:
        here = datetime.combine(here.date(), OPENS, here.tzinfo)
    while not is_workday(here.date(), exceptions):
        here = datetime.combine(here.date() + timedelta(days=1), OPENS, here.tzinfo)
    return here


def again(*, tries: int) -> timedelta:
    """How long to wait after so many failures: 5, 10, 20, 40 minutes."""
    return timedelta(minutes=5 * 2 ** (tries - 1))
