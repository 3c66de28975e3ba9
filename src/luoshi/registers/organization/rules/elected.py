"""Terms and committees of unions and of the league, how far an extension goes, and when a term is spoken of again.

Sources: Trade Union Law (2021) Arts. 11 and 16 and the rules on union elections (工会基层组织选举工作条例, 2016); league
election regulation (中青发〔2025〕1号).
"""

from dataclasses import dataclass
from datetime import date

from luoshi.kernel.periods import add_months, term_end

from . import BRANCH, COMMITTEE, EXTENSION_MONTHS, GENERAL, YEARS

STAGES = (1, 3, 6)  # months before the last day of a term; our choice
LEAGUE_BRANCH_EXTENSION = 6  # months; league election regulation
AUDIT = "audit"

# The lengths of a term in years, the usual one first. A union's auditors follow its committee.
ALLOWED: dict[tuple[str, str], tuple[int, ...]] = {
    ("union", COMMITTEE): (5, 3), ("union", BRANCH): (5, 3), ("union", AUDIT): (5, 3),
    ("league", COMMITTEE): (5, 4, 3), ("league", GENERAL): (3,), ("league", BRANCH): (3,),
}


def usual_years(*, system: str, body: str) -> int:
    """The length of a term in years where none is given; 0 for a body without one."""
    if system == "party":
        return YEARS.get(body, 0)
    return ALLOWED.get((system, body), (0,))[0]


def years_fit(*, system: str, body: str, years: int) -> bool:
    """Whether a union or league body may be elected for so many years; party bodies had other terms before 2018."""
    allowed = ALLOWED.get((system, body))
    return allowed is None or years in allowed


def extension_months(*, system: str, body: str) -> int:
    """For how many months a term may generally be put off: six for a league branch, a year for all others."""
    return LEAGUE_BRANCH_EXTENSION if (system, body) == ("league", BRANCH) else EXTENSION_MONTHS


def stage(*, elected: date, years: int, today: date) -> int:
    """6, 3 or 1: so many months at most are left of the term; 0 before that and after its last day.

    Each stage follows the one before it, so that a term is spoken of once in each.
    """
    end = term_end(elected, years)
    if today > end:
        return 0
    return next((months for months in STAGES if today >= add_months(end, -months)), 0)


@dataclass(frozen=True, slots=True)
class Size:
    """How many sit on a union's committee."""

    least: int
    most: int


# (up to so many members, size); rules on union elections, unverified.
UNION_SIZES = ((25, Size(3, 5)), (200, Size(3, 7)), (1000, Size(7, 15)), (5000, Size(15, 21)), (10000, Size(21, 29)))
LARGEST = Size(37, 45)


def union_committee_size(*, members: int) -> Size:
    """The size of a union's committee by its members (unverified); the auditors' is smaller and not asked about."""
    return next((size for most, size in UNION_SIZES if members <= most), LARGEST)


LEAGUE_FROM, LEAGUE_UNTIL = 14, 28  # years of age; league constitution


def league_standing(*, born: date, today: date, post: bool) -> str:
    """"too_young", "member", or from the 28th birthday on "leave", or "post" while a league post is held (YOUTH-1)."""
    if today < add_months(born, 12 * LEAGUE_FROM):
        return "too_young"
    if today < add_months(born, 12 * LEAGUE_UNTIL):
        return "member"
    return "post" if post else "leave"


SECRETARY_STANDING = 12  # months in the party; branch regulation Art. 22
TRAIN_WITHIN = 6  # months after the first appointment


def secretary_hints(*, joined: date | None, since: date, first: bool, today: date) -> tuple[str, ...]:
    """Codes of what to look at with a branch secretary: "standing" too short, "train" while the first half-year runs."""
    found = []
    if joined is not None and since < add_months(joined, SECRETARY_STANDING):
        found.append("standing")
    if first and today <= add_months(since, TRAIN_WITHIN):
        found.append("train")
    return tuple(found)
