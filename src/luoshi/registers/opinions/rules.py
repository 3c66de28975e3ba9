"""When a message must be answered, which states it passes, and when an answer is right."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from luoshi.kernel.workdays import Exceptions, add_workdays

RECEIVED, ASSIGNED, ANSWERED = "received", "assigned", "answered"
MOVES = frozenset({(RECEIVED, ASSIGNED), (RECEIVED, ANSWERED), (ASSIGNED, ANSWERED)})

ANSWER_WORKDAYS = 15  # the house's own promise; no regulation sets a term for messages about a system
SOON = timedelta(days=5)


def answer_due(*, received: date, exceptions: Exceptions | None = None) -> date:
    """The last day in time: so many working days after the day of receipt (Civil Code Art. 201, by convention)."""
    return add_workdays(received, ANSWER_WORKDAYS, inclusive=False, exceptions=exceptions)


State = Literal["ok", "late", "soon", "none"]


def lamp(*, due: date, answered: date | None, today: date) -> State:
    """How a message stands: answered, overdue, due within five days, or time yet."""
    if answered is not None:
        return "ok"
    if today > due:
        return "late"
    return "soon" if due - today <= SOON else "none"


def problems(*, text: str, received: date | None, answered: date | None, answer: str, state: str,
             today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a message or its answer cannot be kept."""
    if not text.strip():
        yield "text", "empty"
    if received is not None and today is not None and received > today:
        yield "received_on", "later_than_today"
    if state == ANSWERED and not answer.strip():
        yield "answer", "no_answer"
    if state == ANSWERED and answered is None:
        yield "answered_on", "no_day"
    if answered is not None and received is not None and answered < received:
        yield "answered_on", "before_receipt"
