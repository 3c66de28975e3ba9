"""The stages of a democratic-life meeting in their order, whether enough came, what comes next and until when.

Source: rules on democratic-life meetings of leading cadres (县以上党和国家机关党员领导干部民主生活会若干规定, 2016): once a year, at least
two thirds of those who should attend; report afterwards (the number of days is unverified).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from luoshi.kernel import follow_up

# Each stage with the field that holds its day, in the order in which they are reached.
STAGES = ("reported_on", "studied_on", "gathered_on", "talked_on", "written_on", "held_on", "rectified_on", "filed_on")
BEFORE = STAGES[:STAGES.index("held_on")]
AFTER = STAGES[STAGES.index("held_on") + 1:]
REPORT_DAYS = 15  # after the meeting: unverified


def title(*, annual: bool, year: int) -> str:
    """What a meeting is called in papers, in Chinese whatever the reader's language: it is stored."""
    return f"{year}年度民主生活会" if annual else f"{year}年专题民主生活会"


def valid(*, expected: int, present: int) -> bool:
    """Whether the meeting may be held: two thirds of those who should attend, exactly that many is enough.

    Twin in SQL: `models.life.VALID`.
    """
    return 3 * present >= 2 * expected


def reached(*, days: Mapping[str, date | None]) -> int:
    """How many stages have a day."""
    return sum(1 for stage in STAGES if days.get(stage) is not None)


def next_stage(*, days: Mapping[str, date | None]) -> str:
    """The first stage without a day; "" when all are reached."""
    return next((stage for stage in STAGES if days.get(stage) is None), "")


def due(*, stage: str, days: Mapping[str, date | None], year: int) -> date | None:
    """The day by which a stage should be reached: the meeting within its year, list and report 15 days after it (unverified)."""
    held = days.get("held_on")
    if stage in AFTER:
        return held + timedelta(days=REPORT_DAYS) if held else None
    return date(year, 12, 31) if stage == "held_on" else None


def problems(*, days: Mapping[str, date | None], opened_on: date, expected: int | None, present: int | None,
             today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason the pack cannot be kept as it stands."""
    held = days.get("held_on")
    for stage in STAGES:
        day = days.get(stage)
        if day is None:
            continue
        if today is not None and day > today:
            yield stage, "later_than_today"
        elif day < opened_on:
            yield stage, "before_opening"
        elif stage in BEFORE and held is not None and day > held:
            yield stage, "after_the_meeting"
        elif stage in AFTER and held is None:
            yield stage, "meeting_not_held"
        elif stage in AFTER and held is not None and day < held:
            yield stage, "before_the_meeting"
    if held is None:
        return
    if expected is None or present is None:
        yield ("expected" if expected is None else "present"), "attendance_missing"
    elif present > expected:
        yield "present", "more_than_expected"
    elif not valid(expected=expected, present=present):
        yield "present", "fewer_than_two_thirds"
    for stage in BEFORE:
        if days.get(stage) is None:
            yield stage, "stage_left_out"


def rectification_problems(*, listed_on: date, due_on: date, closed_on: date | None, result: str,
                           today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason an item of the rectification list cannot be kept."""
    if today is not None and listed_on > today:
        yield "listed_on", "later_than_today"
    yield from follow_up.problems(since=listed_on, due_on=due_on, closed_on=closed_on, result=result, today=today)
