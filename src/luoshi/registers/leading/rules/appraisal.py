"""How many members a branch may find excellent, and whether the counts of a democratic appraisal fit together.

Source: branch regulation (支部工作条例, 2018) Art. 18: once a year; excellent generally not above one third of the members. That the base
counts members on probation who take part is unverified.
"""

from collections.abc import Iterator
from datetime import date


def max_excellent(*, members: int) -> int:
    """The largest number that is not above one third."""
    return members // 3


def over(*, members: int, excellent: int) -> bool:
    """Whether more are named than one third allows."""
    return excellent > max_excellent(members=members)


def problems(*, year: int, held_on: date, members: int, took_part: int, tiers: tuple[int, int, int, int], named: int | None,
             reason: str, today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code); `tiers` are excellent, qualified, basically qualified, unqualified.

    "Generally": above one third needs a written reason. `named` is how many excellent members are named, None where unknown.
    """
    if today is not None and held_on > today:
        yield "held_on", "later_than_today"
    if held_on.year not in (year, year + 1):
        yield "held_on", "appraised_in_another_year"
    if took_part > members:
        yield "took_part", "more_than_members"
    elif sum(tiers) != took_part:
        yield "qualified", "tiers_do_not_add_up"
    if over(members=members, excellent=tiers[0]) and not reason.strip():
        yield "excellent", "above_one_third"
    if named is not None and named != tiers[0]:
        yield "excellent", "named_otherwise"
