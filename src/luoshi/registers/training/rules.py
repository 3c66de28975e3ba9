"""How much training is owed and what counts as finished; messages are codes.

Regulation on the education and training of cadres (2023), Articles 14 and 15; Regulation on the education and management of
members (2019); procedure for admitting members (2014, 2026), Article 17.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from luoshi.kernel.periods import add_months

COUNTY, TOWNSHIP = "county", "township"  # leading cadres of county rank and above; all below
FIVE_YEARS = (date(2023, 1, 1), date(2027, 12, 31))  # the national plan's years; whether the window slides is unverified
HOURS, DAYS = {COUNTY: 550, TOWNSHIP: 90}, {COUNTY: 90, TOWNSHIP: 12}  # three months counted as 90 days: unverified
MEMBER_HOURS, COMMITTEE_HOURS = Decimal(32), Decimal(56)
NEW_SECRETARY_MONTHS = 6
LEAVE_SHARE = 7
YOUNG = 35  # years; the house's own line for the class of the young


class Training(NamedTuple):
    """What was attended so far against what is owed: either measure is enough, neither is converted into the other."""

    met: bool
    hours_missing: int
    days_missing: int


def cadre_training(*, level: str, hours: int, days: int) -> Training:
    """Of one window (five years for `COUNTY`, a year for `TOWNSHIP`). 2023 regulation, Art. 14."""
    missing = max(HOURS[level] - hours, 0), max(DAYS[level] - days, 0)
    return Training(0 in missing, *missing)


def rotation_gap(*, hours: int, days: int) -> int:
    """Class hours still owed in the five-year window; 0 where hours or days are enough. Art. 14."""
    found = cadre_training(level=COUNTY, hours=hours, days=days)
    return 0 if found.met else found.hours_missing


def priority(*, last: date | None, today: date) -> int | None:
    """Whole years since the last course away from work; None where there was none, which comes first."""
    return None if last is None else today.year - last.year - ((today.month, today.day) < (last.month, last.day))


def leave_ok(*, leave: int, total: int) -> bool:
    """Whether leave stays within a seventh of a course away from work; above it one is taken off the course. Art. 15."""
    return leave * LEAVE_SHARE <= total


def member_education(*, committee: bool, hours: Decimal, classes: int) -> tuple[Decimal, bool]:
    """(hours missing this year, whether a centralised class is missing): 32 hours for a member, 56 and one class for
    secretaries and committee members. 2019 regulation."""
    owed = COMMITTEE_HOURS if committee else MEMBER_HOURS
    return max(owed - hours, Decimal(0)), committee and not classes


def trained_by(*, since: date) -> date:
    """By when a new secretary is trained: generally half a year. 2019 regulation."""
    return add_months(since, NEW_SECRETARY_MONTHS)


def young(*, born: date | None, today: date) -> bool:
    """Whether somebody is young enough for the class of the young; an unknown birth date says no."""
    return born is not None and (priority(last=born, today=today) or 0) <= YOUNG


class Lesson(NamedTuple):
    """When a lesson is, and what it occupies; keys, None for none."""

    day: date
    begins: time
    ends: time
    teacher: int | None
    room: int | None


def clashes(*, lessons: Sequence[Lesson]) -> list[tuple[int, int, str]]:
    """(earlier position, later position, "teacher" or "room") of lessons that overlap in one teacher or one room."""
    order = sorted(range(len(lessons)), key=lambda i: (lessons[i].day, lessons[i].begins, i))
    found = []
    for n, i in enumerate(order):
        for j in order[n + 1:]:
            one, other = lessons[i], lessons[j]
            if other.day != one.day or other.begins >= one.ends:
                break
            found += [(min(i, j), max(i, j), what) for what in ("teacher", "room")
                      if getattr(one, what) is not None and getattr(one, what) == getattr(other, what)]
    return found


def class_problems(*, starts_on: date, ends_on: date) -> Iterable[tuple[str, str]]:
    if ends_on < starts_on:
        yield "ends_on", "ends_before_start"


def lesson_problems(*, day: date, begins: time, ends: time, starts_on: date, ends_on: date) -> Iterable[str]:
    if ends <= begins:
        yield "lesson_ends_first"
    if not starts_on <= day <= ends_on:
        yield "lesson_outside"


def enrolment_problems(*, result: str, hours: int | None, leave: int, total: int, away: bool, ends_on: date,
                       certificate: str, today: date | None) -> Iterable[tuple[str, str]]:
    """What forbids a result; `away` says that the course is away from work."""
    if hours is not None and hours + leave > total:
        yield "hours", "more_hours"
    if result == "completed":
        if hours is None:
            yield "hours", "no_hours"
        if today is not None and ends_on > today:
            yield "result", "not_over"
        if away and not leave_ok(leave=leave, total=total):
            yield "result", "too_much_leave"
    elif certificate:
        yield "certificate", "no_certificate_yet"
