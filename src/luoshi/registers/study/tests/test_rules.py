"""Which days study falls on, when a session stands how, and when a branch meets a criterion."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.kernel import timetable
from luoshi.kernel.workdays import is_workday
from luoshi.registers.study import rules

YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


def days(**more) -> list[date]:
    return [one.day for one in timetable.due_days(**{"weekday": 5, "nth": 2, **YEAR, **more})]


def test_every_second_friday_of_the_month_is_moved_off_days_that_are_not_worked():
    found = timetable.due_days(frequency="monthly", weekday=5, nth=2, **YEAR)
    assert len(found) == 12
    assert found[0].day == date(2026, 1, 9)
    assert all(is_workday(one.day) for one in found)
    assert [one.moved for one in found] == [not is_workday(one.rule_day) for one in found]


def test_the_first_friday_of_the_national_day_week_moves_past_the_holidays():
    october = timetable.due_days(frequency="monthly", weekday=5, nth=1, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))
    assert [one.rule_day for one in october] == [date(2026, 10, 2)]
    assert october[0].day > date(2026, 10, 7)


def test_a_fortnight_is_counted_from_the_first_such_day():
    raw = [one.rule_day for one in timetable.due_days(frequency="fortnight", weekday=5, nth=1, **YEAR)]
    assert raw[0] == date(2026, 1, 2)
    assert {(b - a).days for a, b in itertools.pairwise(raw)} <= {14, 28}


def test_half_a_month_is_the_first_and_the_third():
    march = timetable.due_days(frequency="half_month", weekday=3, nth=4, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))
    assert [one.day for one in march] == [date(2026, 3, 4), date(2026, 3, 18)]


def test_the_last_weekday_of_a_month():
    assert days(weekday=5, nth=5, frequency="monthly", starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 31)) == [
        date(2026, 7, 31)]


@given(frequency=st.sampled_from(("weekly", "fortnight", "half_month", "monthly")), weekday=st.integers(1, 7),
       nth=st.integers(1, 5), first=st.dates(date(2024, 1, 1), date(2026, 12, 31)), span=st.integers(0, 120))
def test_due_days_are_worked_inside_the_span_and_apart(frequency, weekday, nth, first, span):
    last = first + timedelta(days=span)
    found = timetable.due_days(frequency=frequency, weekday=weekday, nth=nth, starts_on=first, ends_on=last)
    assert all(first <= one.rule_day <= one.day <= last and is_workday(one.day) for one in found)
    assert all(one.rule_day.isoweekday() == weekday for one in found)
    assert len({one.day for one in found}) == len(found)


SESSION = {"planned_on": date(2026, 11, 13), "held_on": date(2026, 11, 13), "topic": "学习", "expected": 20, "present": 19,
           "absences": 1, "today": date(2026, 11, 23)}


@pytest.mark.parametrize(("more", "found"), [
    ({}, []),
    ({"held_on": None, "topic": "", "expected": None, "present": None}, []),
    ({"held_on": None, "planned_on": None, "topic": "", "expected": None, "present": None}, ["no_day"]),
    ({"held_on": date(2026, 11, 24)}, ["later_than_today"]),
    ({"topic": " "}, ["no_topic"]),
    ({"present": None}, ["no_attendance"]),
    ({"present": 21}, ["more_than_expected"]),
    ({"absences": 2}, ["absent_and_present"]),
    ({"makes_up": True, "missed_on": date(2026, 11, 6)}, ["planned_makes_up"]),
    ({"planned_on": None, "makes_up": True, "missed_on": date(2026, 11, 6)}, []),
    ({"planned_on": None, "makes_up": True, "missed_on": date(2026, 11, 13)}, ["before_missed"]),
    ({"planned_on": None, "makes_up": True, "missed_on": date(2026, 11, 6), "missed_was_held": True}, ["missed_was_held"]),
])
def test_why_a_session_cannot_be_kept(more, found):
    assert [code for _field, code in rules.session_problems(**{**SESSION, **more})] == found


@pytest.mark.parametrize(("planned", "held", "made_up", "state"), [
    (date(2026, 11, 13), date(2026, 11, 13), False, "ok"),
    (date(2026, 11, 13), date(2026, 11, 14), False, "waived"),
    (date(2026, 11, 13), None, True, "waived"),
    (date(2026, 11, 13), None, False, "late"),
    (date(2026, 11, 23), None, False, "soon"),
    (date(2026, 12, 3), None, False, "soon"),
    (date(2026, 12, 4), None, False, "none"),
    (None, date(2026, 11, 13), False, "ok"),
])
def test_how_a_session_stands(planned, held, made_up, state):
    assert rules.session_state(planned_on=planned, held_on=held, made_up=made_up, today=date(2026, 11, 23)) == state


@pytest.mark.parametrize(("need", "threshold", "top", "bottom", "met"), [
    ("at_least", 6, 6, None, True), ("at_least", 6, 5, None, False), ("at_least", 6, 6, 12, True),
    ("all", 0, 12, 12, True), ("all", 0, 11, 12, False), ("all", 0, 3, None, False), ("all", 0, 0, 0, True),
    ("at_most_open", 2, 10, 12, True), ("at_most_open", 2, 9, 12, False), ("at_most_open", 2, 9, None, False),
])
def test_when_a_criterion_is_met(need, threshold, top, bottom, met):
    assert rules.criterion_met(need=need, threshold=threshold, top=top, bottom=bottom) is met


def test_a_campaign_without_criteria_is_met_by_nobody():
    assert not rules.check_meets(results=[])
    assert rules.check_meets(results=[True, True])
    assert not rules.check_meets(results=[True, False])


ENTRY = {"open_": True, "received_on": date(2026, 11, 1), "deadline": date(2026, 11, 10), "per_unit": 2, "others": 1,
         "reading": "waiting", "reason": "", "new": True, "today": date(2026, 11, 23)}


@pytest.mark.parametrize(("more", "found"), [
    ({}, []),
    ({"open_": False}, ["call_closed"]),
    ({"open_": False, "new": False}, []),
    ({"received_on": date(2026, 11, 11)}, ["after_deadline"]),
    ({"others": 2}, ["unit_full"]),
    ({"per_unit": 0, "others": 9}, []),
    ({"reading": "declined"}, ["no_reason"]),
    ({"reading": "declined", "reason": "内容相近"}, []),
])
def test_why_an_entry_cannot_be_kept(more, found):
    assert [code for _field, code in rules.entry_problems(**{**ENTRY, **more})] == found
