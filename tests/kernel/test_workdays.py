"""Working days: the notices of 2008, 2025 and 2026, and the vectors of CAL-1 to CAL-4."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.kernel import periods, workdays

OFF = {
    2026: ["01-01 01-03", "02-15 02-23", "04-04 04-06", "05-01 05-05", "06-19 06-21", "09-25 09-27", "10-01 10-07"],
    2025: ["01-01 01-01", "01-28 02-04", "04-04 04-06", "05-01 05-05", "05-31 06-02", "10-01 10-08"],
    2008: ["02-06 02-12", "04-04 04-06", "05-01 05-03", "06-07 06-09", "09-13 09-15", "09-29 10-05"],
}
MADE_UP = {
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
    2025: "01-26 02-08 04-27 09-28 10-11",
    2008: "02-02 02-03 05-04 09-27 09-28",
}
days = st.dates(date(2001, 1, 1), date(2030, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


def notice(year: int) -> dict[date, bool]:
    """The notice as published: day → whether it is worked."""
    told = {}
    for line in OFF[year]:
        first, last = (day(f"{year}-{one}") for one in line.split())
        told |= {first + timedelta(days=n): False for n in range((last - first).days + 1)}
    return told | {day(f"{year}-{one}"): True for one in MADE_UP[year].split()}


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_of_the_year_is_as_the_notice_says(year: int) -> None:
    told, start = notice(year), date(year, 1, 1)
    for n in range(365):
        one = start + timedelta(days=n)
        assert workdays.is_workday(one) == told.get(one, one.weekday() < 5), one


def test_the_notice_of_2008() -> None:
    for one, worked in notice(2008).items():
        assert workdays.is_workday(one) is worked, one


def test_a_new_year_notice_reaches_back_into_december() -> None:
    assert workdays.is_workday(date(2005, 12, 31))  # a Saturday, made up for by the notice of 2006
    assert not workdays.is_workday(date(2006, 1, 3))


@pytest.mark.parametrize(
    ("year", "months"),
    [
        (2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]),
        (2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]),
    ],
)
def test_working_days_of_each_month(year: int, months: list[int]) -> None:
    found = [workdays.count_workdays(one.start, one.last_day) for one in periods.split(periods.year(year), "month")]
    assert found == months
    assert sum(found) == 248


def test_a_year_without_notice_is_provisional() -> None:
    assert [workdays.provisional(year) for year in (2001, 2008, 2025, 2026)] == [False] * 4
    assert workdays.provisional(2027)
    assert not workdays.provisional(2027, {date(2027, 2, 6): False})
    assert not workdays.is_workday(date(2027, 10, 1))


def test_exceptions_go_before_the_notice() -> None:
    told = {date(2026, 10, 1): True, date(2026, 11, 23): False}
    assert workdays.is_workday(date(2026, 10, 1), told)
    assert not workdays.is_workday(date(2026, 11, 23), told)
    assert workdays.next_workday(date(2026, 11, 20), told) == date(2026, 11, 24)
    assert workdays.count_workdays(date(2026, 11, 23), date(2026, 11, 24), told) == 1
    assert workdays.deadline(date(2026, 11, 23), shift=True, exceptions=told) == date(2026, 11, 24)
    assert workdays.add_workdays(date(2026, 11, 20), 2, inclusive=True, exceptions=told) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("start", "n", "inclusive", "exclusive"),
    [
        ("2026-02-12", 5, "2026-02-25", "2026-02-26"),
        ("2026-02-13", 5, "2026-02-26", "2026-02-27"),
        ("2026-04-30", 5, "2026-05-09", "2026-05-11"),
        ("2026-06-17", 5, "2026-06-24", "2026-06-25"),
        ("2026-09-23", 5, "2026-09-30", "2026-10-08"),
        ("2026-09-28", 5, "2026-10-09", "2026-10-10"),
        ("2026-11-20", 5, "2026-11-26", "2026-11-27"),
        ("2026-03-02", 15, "2026-03-20", "2026-03-23"),
        ("2026-09-23", 15, None, "2026-10-21"),
    ],
)
def test_periods_in_working_days(start: str, n: int, inclusive: str | None, exclusive: str) -> None:
    if inclusive:
        assert workdays.add_workdays(day(start), n, inclusive=True) == day(inclusive)
    assert workdays.add_workdays(day(start), n, inclusive=False) == day(exclusive)


@pytest.mark.parametrize(
    ("a", "b", "count"),
    [("2026-06-19", "2026-06-21", 0), ("2026-05-04", "2026-05-08", 3), ("2026-02-14", "2026-02-14", 1),
     ("2026-05-08", "2026-05-04", 0)],
)
def test_count_workdays(a: str, b: str, count: int) -> None:
    assert workdays.count_workdays(day(a), day(b)) == count


@pytest.mark.parametrize(
    ("start", "found"),
    [("2026-02-15", "2026-02-24"), ("2026-10-01", "2026-10-08"), ("2026-05-02", "2026-05-06"),
     ("2026-11-24", "2026-11-25")],
)
def test_next_workday(start: str, found: str) -> None:
    assert workdays.next_workday(day(start)) == day(found)


def test_a_deadline_moves_only_where_the_rule_lets_it() -> None:
    assert workdays.deadline(date(2026, 10, 1), shift=True) == date(2026, 10, 8)
    assert workdays.deadline(date(2026, 10, 1), shift=False) == date(2026, 10, 1)
    assert workdays.deadline(date(2026, 10, 9), shift=True) == date(2026, 10, 9)


@pytest.mark.parametrize("n", [0, -3])
def test_a_period_has_at_least_one_working_day(n: int) -> None:
    with pytest.raises(ValueError, match="不少于 1"):
        workdays.add_workdays(date(2026, 3, 2), n, inclusive=True)


def test_a_year_without_any_working_day_is_refused() -> None:
    never = {date(2026, 1, 1) + timedelta(days=n): False for n in range(500)}
    with pytest.raises(ValueError, match="没有工作日"):
        workdays.next_workday(date(2026, 1, 1), never)


@settings(deadline=None)
@given(days, st.integers(1, 40))
def test_counting_back_gives_the_number(start: date, n: int) -> None:
    inclusive = workdays.add_workdays(start, n, inclusive=True)
    exclusive = workdays.add_workdays(start, n, inclusive=False)
    assert workdays.is_workday(inclusive)
    assert workdays.count_workdays(start, inclusive) == n
    assert workdays.count_workdays(start + timedelta(days=1), exclusive) == n


@pytest.mark.parametrize(
    ("year", "spring"), [(2008, "2008-02-07"), (2025, "2025-01-29"), (2026, "2026-02-17"), (2027, "2027-02-06")]
)
def test_spring_festival(year: int, spring: str) -> None:
    assert workdays.festivals(year)["spring"] == day(spring)


def test_festivals_of_the_plan() -> None:
    found = workdays.festivals(2026)
    assert list(found.values()) == sorted(found.values())
    assert found["may_day"] == date(2026, 5, 1)
    assert found["party_day"] == date(2026, 7, 1)
    assert found["national_day"] == date(2026, 10, 1)
    assert found["qingming"] == date(2026, 4, 5)
    assert found["dragon_boat"] == date(2026, 6, 19)
    assert found["mid_autumn"] == date(2026, 9, 25)
    assert workdays.is_workday(found["party_day"])


@pytest.mark.parametrize("year", [1949, 2100])
def test_festivals_outside_the_table_are_refused(year: int) -> None:
    with pytest.raises(ValueError, match="没有"):
        workdays.festivals(year)
