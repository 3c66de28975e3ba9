"""When an activity may be recorded, when a place in it may be taken, and how far a campaign has come.

House rules; no regulation stands behind them. Messages are codes; `models.PROBLEMS` has the sentences.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

FILED = "filed"
OPEN = "open"
HELD = "held"
CANCELLED = "cancelled"

MOVES = frozenset({(FILED, OPEN), (FILED, HELD), (FILED, CANCELLED), (OPEN, HELD), (OPEN, CANCELLED)})

SIGNED = "signed"
CAME = "came"
AWAY = "away"


def event_problems(*, starts_on: date, ends_on: date | None, state: str, head_count: int | None, cost: int | None,
                   today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason an activity cannot be kept; money is in 分."""
    if ends_on is not None and ends_on < starts_on:
        yield "ends_on", "ends_before_start"
    if state == HELD and today is not None and starts_on > today:
        yield "starts_on", "held_later_than_today"
    if state == CANCELLED and head_count:
        yield "head_count", "cancelled_with_people"
    if cost is not None and cost < 0:
        yield "cost", "negative_amount"


def seats_left(*, capacity: int | None, taken: int) -> int | None:
    """Places still free; None where the activity names no limit."""
    return None if not capacity else max(capacity - taken, 0)


def signup_problems(*, state: str, outcome: str, capacity: int | None, taken: int, per_unit: int | None,
                    taken_by_unit: int) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a person cannot take a place.

    `taken` and `taken_by_unit` count the others who have one. Who simply came to an activity that was held is noted
    without regard to places.
    """
    if state == CANCELLED:
        yield "event", "event_cancelled"
    elif state == FILED:
        yield "event", "not_open"
    elif state == HELD:
        if outcome == SIGNED:
            yield "event", "already_held"
    elif outcome != SIGNED:
        yield "outcome", "not_yet_held"
    elif seats_left(capacity=capacity, taken=taken) == 0:
        yield "event", "full"
    elif seats_left(capacity=per_unit, taken=taken_by_unit) == 0:
        yield "event", "unit_full"


def campaign_problems(*, starts_on: date, ends_on: date, closed_on: date | None,
                      stages: Iterable[tuple[date, date]] | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code); `stages` are (first day, last day), left out where the asker does not know them."""
    if ends_on < starts_on:
        yield "ends_on", "ends_before_start"
    if closed_on is not None and closed_on < starts_on:
        yield "closed_on", "closed_before_start"
    last = None
    for first, end in sorted(stages or ()):
        if end < first:
            yield "stages", "stage_ends_before_start"
        elif first < starts_on or end > ends_on:
            yield "stages", "stage_outside"
        elif last is not None and first <= last:
            yield "stages", "stages_overlap"
        last = end


@dataclass(frozen=True, slots=True)
class Happening:
    """What a campaign's progress needs to know of one activity."""

    starts_on: date
    state: str


def stage_of(*, day: date, stages: Iterable[tuple[str, date, date]]) -> str:
    """The name of the stage a day lies in; "" between stages. Activities are never assigned to a stage by hand."""
    return next((name for name, first, last in stages if first <= day <= last), "")


def stage_state(*, first: date, last: date, held: int, open_events: int, today: date) -> str:
    """How a stage stands: ok once something was held and nothing is left open, late when it ended without."""
    if today < first:
        return "none"
    if today > last:
        return "ok" if held and not open_events else "late"
    return "ok" if held and not open_events else "soon"


def allotment_problems(*, starts_on: date, ends_on: date, amount: int) -> Iterable[tuple[str, str]]:
    if ends_on < starts_on:
        yield "ends_on", "ends_before_start"
    if amount <= 0:
        yield "amount", "no_amount"


def allotment_left(*, amount: int, spent: int, planned: int) -> tuple[int, str]:
    """(what is left in 分 after what was spent and what filed activities plan, "ok", "soon" where the plans exceed it, "late"
    where more was spent than the share)."""
    state = "late" if spent > amount else "soon" if spent + planned > amount else "ok"
    return amount - spent - planned, state
