"""The usual day of a period: n-th weekday, off days that are not worked, never outside the period."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel import periods, timetable, workdays

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(("period", "month", "nth", "day"), [
    (periods.month(date(2026, 11, 1)), 1, 2, date(2026, 11, 13)),
    (periods.quarter(date(2026, 10, 1)), 2, 3, date(2026, 11, 20)),
    (periods.year(2026), 12, 5, date(2026, 12, 25)),
    (periods.month(date(2026, 10, 1)), 1, 1, date(2026, 10, 8)),  # the second of October is a holiday
])
def test_the_nth_friday(period, month, nth, day):
    assert timetable.nth_day(period, month=month, weekday=5, nth=nth) == day


@given(day=DAYS, month=st.integers(1, 12), weekday=st.integers(1, 7), nth=st.integers(1, 5),
       every=st.sampled_from(["month", "quarter", "half", "year"]))
def test_it_is_always_a_working_day_of_the_period(day, month, weekday, nth, every):
    period = periods.of(day, every)
    found = timetable.nth_day(period, month=month, weekday=weekday, nth=nth)
    assert period.contains(found)
    assert workdays.is_workday(found)
    assert period.contains(timetable.last_day(period))
