"""When a branch meets the written criteria of a campaign: counted numbers against whole numbers, never a grade."""

from collections.abc import Iterable, Iterator
from datetime import date

AT_LEAST = "at_least"
ALL = "all"
AT_MOST_OPEN = "at_most_open"


def criterion_met(*, need: str, threshold: int, top: float, bottom: float | None) -> bool:
    """Whether a counted number meets a criterion: at least so many, all that were due, or at most so many left open.

    A number without a bottom has nothing due, so only "at least" can be met by it. Nothing due is all done.
    """
    if need == AT_LEAST:
        return top >= threshold
    if bottom is None:
        return False
    return top >= bottom if need == ALL else bottom - top <= threshold


def check_meets(*, results: Iterable[bool]) -> bool:
    """A branch meets a campaign when it meets every criterion, and there is one."""
    found = list(results)
    return bool(found) and all(found)


def span_problems(*, starts_on: date, ends_on: date | None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) where a span ends before it starts."""
    if ends_on is not None and ends_on < starts_on:
        yield "ends_on", "ends_before_start"
