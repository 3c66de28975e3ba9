"""When a study timetable and a session can be kept, and how a session stands."""

from collections.abc import Iterator
from datetime import date, timedelta

SOON = 10  # days


def timetable_problems(*, starts_on: date, ends_on: date) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a timetable cannot be kept."""
    if ends_on < starts_on:
        yield "ends_on", "ends_before_start"
    elif ends_on.year != starts_on.year:
        yield "ends_on", "outside_year"


def session_problems(*, planned_on: date | None, held_on: date | None, topic: str, expected: int | None,
                     present: int | None, absences: int | None = None, today: date | None = None,
                     missed_on: date | None = None, makes_up: bool = False,
                     missed_was_held: bool = False) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a session cannot be kept; `missed_on` is the planned day it makes up."""
    if held_on is None:
        if planned_on is None:
            yield "held_on", "no_day"
    else:
        if today is not None and held_on > today:
            yield "held_on", "later_than_today"
        if not topic.strip():
            yield "topic", "no_topic"
        if expected is None or present is None:
            yield "expected", "no_attendance"
    if expected is not None and present is not None:
        if present > expected:
            yield "present", "more_than_expected"
        elif absences is not None and present + absences > expected:
            yield "present", "absent_and_present"
    if makes_up and planned_on is not None:
        yield "makes_up", "planned_makes_up"
    elif makes_up and missed_was_held:
        yield "makes_up", "missed_was_held"
    elif makes_up and (missed_on is None or (held_on is not None and held_on <= missed_on)):
        yield "makes_up", "before_missed"


def session_state(*, planned_on: date | None, held_on: date | None, made_up: bool, today: date) -> str:
    """How a session stands: ok when held by its planned day, waived when held later or made up, else by the days left."""
    if held_on is not None:
        return "ok" if planned_on is None or held_on <= planned_on else "waived"
    if made_up:
        return "waived"
    if planned_on is None or planned_on - today > timedelta(days=SOON):
        return "none"
    return "late" if planned_on < today else "soon"
