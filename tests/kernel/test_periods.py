"""Periods and date arithmetic: the vectors of TIME-2, TIME-3 and ORG-4, and the laws every period keeps."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel import periods
from luoshi.kernel.periods import MONTHS, Every, Period

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
kinds: st.SearchStrategy[Every] = st.sampled_from(list(MONTHS))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-05-20", 1, "2026-06-20"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-10-31", 6, "2027-04-30"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 0, "2026-12-15"),
        ("2026-01-15", -13, "2024-12-15"),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: str, n: int, end: str) -> None:
    assert periods.add_months(date.fromisoformat(start), n) == date.fromisoformat(end)


def test_the_first_day_of_a_period_is_not_counted() -> None:
    assert periods.add_days(date(2026, 3, 2), 5) == date(2026, 3, 7)


@pytest.mark.parametrize(
    ("elected", "years", "today", "overdue"),
    [
        ("2023-05-10", 3, "2026-05-09", False),
        ("2023-05-10", 3, "2026-05-10", False),
        ("2023-05-10", 3, "2026-05-11", True),
        ("2021-11-01", 5, "2026-10-31", False),
        ("2024-02-29", 3, "2027-03-01", True),
    ],
)
def test_terms_end_after_full_years(elected: str, years: int, today: str, overdue: bool) -> None:
    end = periods.term_end(date.fromisoformat(elected), years)
    assert (date.fromisoformat(today) > end) is overdue


def test_an_extension_is_one_year_at_most() -> None:
    end = periods.term_end(date(2023, 5, 10), 3)
    assert date(2027, 5, 11) > periods.add_months(end, 12) >= date(2027, 5, 10)


@pytest.mark.parametrize(
    ("key", "kind", "start", "end", "zh", "en"),
    [
        ("2026-11", "month", "2026-11-01", "2026-12-01", "2026年11月", "November 2026"),
        ("2026-12", "month", "2026-12-01", "2027-01-01", "2026年12月", "December 2026"),
        ("2026Q1", "quarter", "2026-01-01", "2026-04-01", "2026年第一季度", "Q1 2026"),
        ("2026Q4", "quarter", "2026-10-01", "2027-01-01", "2026年第四季度", "Q4 2026"),
        ("2026H1", "half", "2026-01-01", "2026-07-01", "2026年上半年", "First half of 2026"),
        ("2026H2", "half", "2026-07-01", "2027-01-01", "2026年下半年", "Second half of 2026"),
        ("2026", "year", "2026-01-01", "2027-01-01", "2026年", "2026"),
        ("2026-01-05/2026-02-03", "span", "2026-01-05", "2026-02-03", "2026年1月5日至2026年2月2日",
         "5 January 2026 to 2 February 2026"),
        ("2026-01-05/2026-01-06", "span", "2026-01-05", "2026-01-06", "2026年1月5日", "5 January 2026"),
    ],
)
def test_keys_and_labels(key: str, kind: str, start: str, end: str, zh: str, en: str) -> None:
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert periods.parse(key) == period
    assert (period.key, period.kind, period.label(), period.label("en")) == (key, kind, zh, en)


@pytest.mark.parametrize("key", [
    "", "2026-13", "2026-00", "2026Q5", "2026Q0", "2026H3", "26-11", "2026-1", "0000", "9999", "9999-12",
    "2026/11", "2026-02-03/2026-02-03", "2026-02-30/2026-03-01", "2026Q1x",
])
def test_what_is_no_key_is_told_how_to_write_one(key: str) -> None:
    with pytest.raises(ValueError, match="请写成 2026-11、2026Q4、2026H1 或 2026"):
        periods.parse(key)


def test_keys_may_be_typed_full_width_and_in_small_letters() -> None:
    assert periods.parse(" ２０２６ｑ４ ").key == "2026Q4"


def test_a_period_holds_at_least_a_day() -> None:
    with pytest.raises(ValueError, match="应晚于开始"):
        Period(date(2026, 1, 1), date(2026, 1, 1))


@given(days, kinds)
def test_a_calendar_period_holds_its_day_and_survives_its_key(day: date, every: Every) -> None:
    period = periods.of(day, every)
    assert period.contains(day)
    assert period.kind == every
    assert periods.parse(period.key) == period
    assert period.last_day + timedelta(days=1) == period.end
    assert not period.contains(period.end)


@given(days, kinds)
def test_the_end_of_a_period_is_the_start_of_the_next(day: date, every: Every) -> None:
    period = periods.of(day, every)
    assert periods.previous(period).end == period.start
    assert periods.of(period.end, every).start == period.end
    assert periods.previous(periods.of(period.end, every)) == period


@given(days, kinds)
def test_last_year_has_the_same_kind(day: date, every: Every) -> None:
    before = periods.last_year(periods.of(day, every))
    assert before.kind == every
    assert before.start.year == periods.of(day, every).start.year - 1


@given(days, st.integers(1, 900), kinds)
def test_the_parts_make_up_the_whole(start: date, length: int, every: Every) -> None:
    whole = Period(start, start + timedelta(days=length))
    parts = periods.split(whole, every)
    assert parts[0].start == whole.start
    assert parts[-1].end == whole.end
    assert all(left.end == right.start for left, right in pairwise(parts))
    assert sum(part.days for part in parts) == whole.days


@pytest.mark.parametrize(("every", "count"), [("month", 12), ("quarter", 4), ("half", 2), ("year", 1)])
def test_a_year_splits_evenly(every: Every, count: int) -> None:
    parts = periods.split(periods.year(2028), every)
    assert len(parts) == count
    assert {part.kind for part in parts} == {every}


def test_the_period_before_a_span_is_as_long() -> None:
    span = Period(date(2026, 3, 10), date(2026, 3, 17))
    assert periods.previous(span) == Period(date(2026, 3, 3), date(2026, 3, 10))


def test_named_constructors_agree_with_of() -> None:
    day = date(2026, 8, 9)
    assert periods.month(day).key == "2026-08"
    assert periods.quarter(day).key == "2026Q3"
    assert periods.half(day).key == "2026H2"
    assert periods.year(day) == periods.year(2026)


@given(days, st.integers(-1200, 1200))
def test_months_never_run_into_the_next(day: date, n: int) -> None:
    moved = periods.add_months(day, n)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + n
    assert moved.day <= day.day
