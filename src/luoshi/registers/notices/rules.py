"""When a notice and its receipt are right, and how a receipt stands on a day. No regulation sets these; they are the house's own."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

SOON = timedelta(days=3)  # before the last day for a reply
PATIENCE = timedelta(days=3)  # a notice without a reply asked for is to be confirmed within so many days

Lamp = Literal["ok", "late", "soon", "none"]


def notice_problems(*, sent: date | None, reply_by: date | None, today: date | None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a notice cannot be kept."""
    if sent is not None and today is not None and sent > today:
        yield "sent_on", "later_than_today"
    if sent is not None and reply_by is not None and reply_by < sent:
        yield "reply_by", "before_sending"


def receipt_problems(*, sent: date | None, confirmed: date | None, replied: date | None, reply: str,
                     today: date | None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a receipt cannot be kept."""
    for field, day in (("confirmed_on", confirmed), ("replied_on", replied)):
        if day is not None and today is not None and day > today:
            yield field, "later_than_today"
        if day is not None and sent is not None and day < sent:
            yield field, "before_notice"
    if replied is not None and not reply.strip():
        yield "reply", "no_reply"
    if replied is not None and confirmed is None:
        yield "confirmed_on", "not_confirmed"


def closed(*, confirmed: date | None, replied: date | None, reply_by: date | None) -> bool:
    """Whether the unit has done all that was asked: confirmed, and replied where a reply was asked for."""
    return confirmed is not None and (reply_by is None or replied is not None)


def lamp(*, sent: date, confirmed: date | None, replied: date | None, reply_by: date | None, today: date) -> Lamp:
    """How a receipt stands on a day."""
    if closed(confirmed=confirmed, replied=replied, reply_by=reply_by):
        return "ok"
    due = reply_by or sent + PATIENCE
    if today > due:
        return "late"
    return "soon" if due - today <= SOON or confirmed is None else "none"
