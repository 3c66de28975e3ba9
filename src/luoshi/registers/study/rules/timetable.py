"""The days on which study is due by a frequency, moved off days that are not worked, and how a session stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.kernel import periods, workdays

WEEKLY = "weekly"
FORTNIGHT = "fortnight"
HALF_MONTH = "half_month"
MONTHLY = "monthly"

SOON = 10  # days


@dataclass(frozen=True, slots=True)
class Planned:
    """A due session: the day by the frequency, and the working day it is held on."""

    rule_day: date
    day: date

    @property
    def moved(self) -> bool:
        return self.rule_day != self.day


def due_days(*, frequency: str, weekday: int, nth: int, starts_on: date, ends_on: date) -> list[Planned]:
    """The due sessions from the first to the last day; `weekday` is 1 (Monday) to 7, `nth` 1 to 4, or 5 for the last.

    A day that is not worked moves to the next working day; one that would leave the span falls away. Two sessions that
    move to one day are one. Half-monthly is the first and the third such weekday; a fortnight is counted from the first.
    """
    found: dict[date, Planned] = {}
    for rule_day in _rule_days(frequency, weekday, nth, starts_on, ends_on):
        day = workdays.deadline(rule_day, shift=True)
        if day <= ends_on:
            found.setdefault(day, Planned(rule_day, day))
    return [found[day] for day in sorted(found)]


def _rule_days(frequency: str, weekday: int, nth: int, first: date, last: date) -> Iterator[date]:
    if frequency in (WEEKLY, FORTNIGHT):
        day = first + timedelta(days=(weekday - first.isoweekday()) % 7)
        while day <= last:
            yield day
            day += timedelta(days=7 if frequency == WEEKLY else 14)
        return
    months = periods.split(periods.Period(first, last + timedelta(days=1)), "month") if first <= last else []
    for one in months:
        for n in (1, 3) if frequency == HALF_MONTH else (nth,):
            day = _nth(periods.month(one.start), weekday, n)
            if first <= day <= last:
                yield day


def _nth(month: periods.Period, weekday: int, n: int) -> date:
    day = month.start + timedelta(days=(weekday - month.start.isoweekday()) % 7)
    if n < 5:
        return day + timedelta(days=7 * (n - 1))
    return day + timedelta(days=(month.last_day - day).days // 7 * 7)


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
