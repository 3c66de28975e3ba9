"""The days of a frequency or of a place in each period, moved off days that are not worked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from . import periods, workdays
from .periods import Period

WEEKLY = "weekly"
FORTNIGHT = "fortnight"
HALF_MONTH = "half_month"
MONTHLY = "monthly"


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
    months = periods.split(Period(first, last + timedelta(days=1)), "month") if first <= last else []
    for one in months:
        for n in (1, 3) if frequency == HALF_MONTH else (nth,):
            day = _nth(periods.month(one.start), weekday, n)
            if first <= day <= last:
                yield day


def _nth(month: Period, weekday: int, n: int) -> date:
    day = month.start + timedelta(days=(weekday - month.start.isoweekday()) % 7)
    if n < 5:
        return day + timedelta(days=7 * (n - 1))
    return day + timedelta(days=(month.last_day - day).days // 7 * 7)


def nth_day(period: Period, *, month: int, weekday: int, nth: int) -> date:
    """The n-th such weekday (5: the last) of the n-th month of a period, moved to the next working day.

    Where that working day lies behind the period, the last working day before it: what is due in a period is held in it.
    """
    months = periods.split(period, "month")
    wanted = _nth(months[min(month, len(months)) - 1], weekday, nth)
    day = workdays.deadline(wanted, shift=True)
    return day if day <= period.last_day else last_day(period)


def last_day(period: Period) -> date:
    """The last working day of a period; its last day where it has none."""
    day = period.last_day
    while day > period.start and not workdays.is_workday(day):
        day -= timedelta(days=1)
    return day if workdays.is_workday(day) else period.last_day
