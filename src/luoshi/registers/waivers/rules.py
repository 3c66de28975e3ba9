"""When a request to be let off a duty can be kept, and how it stands; house rules, no regulation fixes them."""

from collections.abc import Iterator
from datetime import date, timedelta

ASKED, GRANTED, REFUSED = "asked", "granted", "refused"
ANSWER = timedelta(days=7)  # what waits longer is shown as late: the house's own promise
SOON = timedelta(days=3)


def problems(*, known: bool, fits: bool, state: str, asked_on: date | None, decided_on: date | None, answer: str,
             today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a waiver cannot be kept.

    `known` says that there is such a duty, `fits` that the period is one of those in which it is owed.
    """
    if not known:
        yield "duty", "unknown_duty"
    elif not fits:
        yield "period", "other_period"
    if asked_on is not None and today is not None and asked_on > today:
        yield "asked_on", "later_than_today"
    if state == REFUSED and not answer.strip():
        yield "answer", "refused_without_reason"
    if decided_on is not None and asked_on is not None and decided_on < asked_on:
        yield "decided_on", "decided_before_asked"


def lamp(*, asked_on: date, state: str, today: date) -> str:
    """How a request stands for those who decide: "ok" decided, "late" waiting for more than seven days, else "soon"."""
    if state != ASKED:
        return "ok"
    return "late" if today - asked_on > ANSWER else "soon"
