"""When a call for entries and an entry may be kept; what is read is an entry, never its author."""

from collections.abc import Iterator
from datetime import date


def exchange_problems(*, called_on: date, deadline: date, held_on: date | None, attendance: int | None,
                      today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a call cannot be kept."""
    if deadline < called_on:
        yield "deadline", "deadline_before_call"
    if held_on is not None and held_on < called_on:
        yield "held_on", "held_before_call"
    if attendance and (held_on is None or (today is not None and held_on > today)):
        yield "attendance", "not_yet_held"


def entry_problems(*, open_: bool, received_on: date, deadline: date, per_unit: int | None, others: int, reading: str,
                   reason: str, new: bool, today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason an entry cannot be kept; `others` are the unit's other entries."""
    if new and not open_:
        yield "exchange", "call_closed"
    if received_on > deadline:
        yield "received_on", "after_deadline"
    elif today is not None and received_on > today:
        yield "received_on", "later_than_today"
    if per_unit and others >= per_unit:
        yield "exchange", "unit_full"
    if reading == "declined" and not reason.strip():
        yield "reason", "no_reason"
