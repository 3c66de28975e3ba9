"""Something that one person has to carry out by a day: when it may be kept so, and how it stands."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

SOON = timedelta(days=10)

State = Literal["ok", "soon", "late", "none"]


def problems(*, since: date, due_on: date | None, closed_on: date | None, result: str,
             today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason it cannot be kept; `since` is the day on which it was set."""
    if due_on is not None and due_on < since:
        yield "due_on", "due_before_start"
    if closed_on is None:
        return
    if closed_on < since:
        yield "closed_on", "closed_before_start"
    elif today is not None and closed_on > today:
        yield "closed_on", "later_than_today"
    if not result.strip():
        yield "result", "closed_without_result"


def state(*, due_on: date | None, closed_on: date | None, today: date) -> State:
    """Its lamp: closed, late, due within ten days, or time yet."""
    if closed_on is not None:
        return "ok"
    if due_on is None or due_on - today > SOON:
        return "none"
    return "late" if due_on < today else "soon"
