"""The clock of a post abroad beside that of Beijing: moments, due days and how far apart the two are."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

BEIJING = "Asia/Shanghai"
_LAST_MINUTE = time(23, 59)


def known(name: str) -> bool:
    """Whether there is a time zone of that name; the empty name stands for Beijing."""
    return not name or name in available_timezones()


def zone(name: str) -> ZoneInfo:
    """The zone of that name; Beijing's where the name is empty or unknown, so that a page never fails on it."""
    return ZoneInfo(name if name and known(name) else BEIJING)


def clock(moment: datetime, name: str) -> datetime:
    """What the clocks of a zone show at a moment (which must know its own zone)."""
    return moment.astimezone(zone(name))


def due(day: date, name: str) -> tuple[datetime, datetime]:
    """(Beijing, local) clock time of the last minute of a day in Beijing, by which what is due that day must be done."""
    last = datetime.combine(day, _LAST_MINUTE, ZoneInfo(BEIJING))
    return last, last.astimezone(zone(name))


def apart(name: str, moment: datetime) -> timedelta:
    """How far the clocks of a zone are ahead of those of Beijing at a moment; negative where they are behind."""
    here, there = (moment.astimezone(UTC).astimezone(zone(one)).utcoffset() for one in (BEIJING, name))
    return (there or timedelta()) - (here or timedelta())


def latest_day(today: date, name: str, moment: datetime) -> date:
    """Today, or tomorrow where the clocks of a zone have passed midnight at a moment and those of Beijing have not."""
    ahead = clock(moment, name).date() - clock(moment, BEIJING).date()
    return today + max(ahead, timedelta())


def shown(moment: datetime) -> str:
    """ "11-30 16:59", as a table shows a clock time."""
    return moment.strftime("%m-%d %H:%M")
