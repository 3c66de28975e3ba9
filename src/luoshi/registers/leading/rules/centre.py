"""When a centre-group session counts, which quarters have one, and how attendance and make-ups are judged.

Source: rules on the study of the theory-study centre groups of party committees (党委（党组）理论学习中心组学习规则, 2017).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from luoshi.kernel.shares import Share

DISCUSSION = "discussion"
LECTURE = "lecture"
SURVEY = "survey"

COLLECTIVE = (DISCUSSION, LECTURE)  # forms that are collective study; a survey is not (unverified)
QUARTERS = (1, 2, 3, 4)


def counts(*, topic: str, secretary: bool, listed: bool) -> bool:
    """Whether a session counts: a topic, a study secretary and an attendance list are recorded (the product's own rule).

    Twin in SQL: `models.centre.COUNTS`.
    """
    return bool(topic.strip()) and secretary and listed


def quarters(*, sessions: Iterable[date], year: int) -> dict[int, bool]:
    """{quarter: whether a session was held}: once a quarter at least (likely; three local rules say so)."""
    found = {(day.month + 2) // 3 for day in sessions if day.year == year}
    return {quarter: quarter in found for quarter in QUARTERS}


def attendance(*, expected: int, attended: int) -> Share:
    """How many of the sessions a member was expected at they attended; a make-up is not an attendance."""
    return Share(attended, expected)


def session_problems(*, held_on: date, expected: int | None, present: int | None, absences: int | None = None,
                     today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a session cannot be recorded; a count is given with its whole or not at all."""
    if today is not None and held_on > today:
        yield "held_on", "later_than_today"
    if (expected is None) != (present is None):
        yield ("expected" if expected is None else "present"), "count_without_whole"
    elif expected is not None and present is not None:
        if present > expected:
            yield "present", "more_than_expected"
        elif absences is not None and absences > expected - present:
            yield "present", "absent_and_present"


def attendance_problems(*, attended: bool, reason: str, held_on: date, made_up_on: date | None,
                        today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code): leave needs a reason, and only who was away makes up, later and by today (Art. on leave)."""
    if not attended and not reason:
        yield "reason", "absent_without_reason"
    if attended and reason:
        yield "reason", "reason_though_present"
    if made_up_on is None:
        return
    if attended:
        yield "made_up_on", "made_up_though_present"
    if made_up_on < held_on:
        yield "made_up_on", "made_up_before"
    if today is not None and made_up_on > today:
        yield "made_up_on", "later_than_today"
