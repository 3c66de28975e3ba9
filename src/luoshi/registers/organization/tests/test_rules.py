"""The regulations' own examples for bodies, committees, terms and temporary branches, and what always holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.registers.organization import rules

days = st.dates(date(2010, 1, 1), date(2035, 12, 31))
numbers = st.integers(0, 200)


@pytest.mark.parametrize(("full", "probationary", "wanted", "body"), [
    (2, 3, "", "joint"),
    (3, 0, "", "branch"),
    (46, 6, "", "general"),
    (49, 0, "general", "general"),
    (49, 0, "", "branch"),
    (99, 0, "", "general"),
    (99, 0, "committee", "committee"),
    (100, 0, "", "committee"),
])
def test_the_body_for_so_many_members(full, probationary, wanted, body):
    assert rules.body_for(full=full, probationary=probationary, wanted=wanted) == body


@given(full=numbers, probationary=numbers)
def test_more_members_never_call_for_a_smaller_body(full, probationary):
    order = ["joint", "branch", "general", "committee"]
    fewer = rules.body_for(full=full, probationary=probationary)
    assert order.index(rules.body_for(full=full + 1, probationary=probationary)) >= order.index(fewer)


@pytest.mark.parametrize(("units", "fits"), [(1, False), (2, True), (5, True), (6, False)])
def test_a_joint_branch_covers_two_to_five_units(units, fits):
    assert rules.joint_fits(units=units) is fits


@pytest.mark.parametrize(("body", "full", "plan"), [
    ("branch", 6, (False, 1, 2, 2)),
    ("branch", 7, (True, 3, 5, 7)),
    ("general", 60, (True, 5, 7, 9)),
    ("committee", 120, (True, 5, 9, 21)),
])
def test_the_size_of_a_committee(body, full, plan):
    one = rules.committee_plan(body=body, full=full)
    assert (one.committee, one.least, one.usual, one.most) == plan


BRANCH, COMMITTEE = date(2023, 5, 10), date(2021, 11, 1)


@pytest.mark.parametrize(("elected", "body", "today", "extended", "state"), [
    (BRANCH, "branch", date(2026, 5, 9), None, "due"),
    (BRANCH, "branch", date(2026, 5, 10), None, "due"),
    (BRANCH, "branch", date(2026, 5, 11), None, "overdue"),
    (BRANCH, "branch", date(2026, 5, 11), date(2027, 5, 10), "extended"),
    (BRANCH, "branch", date(2026, 9, 2), date(2026, 9, 1), "overdue"),
    (BRANCH, "branch", date(2027, 5, 10), date(2027, 5, 10), "extended"),
    (BRANCH, "branch", date(2027, 5, 11), date(2027, 12, 31), "over_limit"),
    (BRANCH, "branch", date(2025, 11, 9), None, "running"),
    (BRANCH, "branch", date(2025, 11, 10), None, "due"),
    (COMMITTEE, "committee", date(2026, 10, 31), None, "due"),
    (COMMITTEE, "committee", date(2026, 11, 2), None, "overdue"),
])
def test_how_a_term_stands(elected, body, today, extended, state):
    years = rules.years_of(body=body)
    assert rules.term_state(elected=elected, years=years, today=today, extended_to=extended) == state


def test_a_term_that_was_followed_by_another_is_over():
    assert rules.term_state(elected=BRANCH, years=3, today=date(2026, 6, 1), ended=date(2026, 5, 20)) == "ended"


@given(elected=days, years=st.integers(1, 5), gone=st.integers(0, 3000), more=st.integers(0, 900))
def test_a_term_lapses_on_the_first_day_it_is_neither_running_nor_extended(elected, years, gone, more):
    today = elected + timedelta(days=gone)
    end = rules.lapse(elected=elected, years=years) - timedelta(days=1)
    extended = end + timedelta(days=more) if more else None
    lapse = rules.lapse(elected=elected, years=years, extended_to=extended)
    state = rules.term_state(elected=elected, years=years, today=today, extended_to=extended)
    within = state in ("running", "due", "extended") or (state == "over_limit" and extended >= today)
    assert within is (today < lapse)


TERM = {"elected": BRANCH, "years": 3, "ended": None, "extended_to": None, "approval": "", "reason": ""}


@pytest.mark.parametrize(("more", "found"), [
    ({}, []),
    ({"years": 0}, ["no_term"]),
    ({"ended": date(2023, 5, 9)}, ["ends_before_start"]),
    ({"extended_to": date(2026, 11, 10)}, ["extension_not_approved"]),
    ({"extended_to": date(2026, 5, 10), "approval": "甲〔2026〕1号"}, ["extension_within_term"]),
    ({"extended_to": date(2027, 5, 10), "approval": "甲〔2026〕1号"}, []),
    ({"extended_to": date(2027, 5, 11), "approval": "甲〔2026〕1号"}, ["extension_over_a_year"]),
    ({"extended_to": date(2027, 5, 11), "approval": "甲〔2026〕1号", "reason": "机构调整"}, []),
    ({"today": date(2023, 5, 9)}, ["later_than_today"]),
])
def test_why_a_term_cannot_be_kept(more, found):
    assert [code for _field, code in rules.term_problems(**{**TERM, **more})] == found


@pytest.mark.parametrize(("months", "transferred", "kind"), [
    (2, False, "temporary"), (7, True, "ordinary"), (2, True, "ordinary"), (6, False, "ordinary"),
])
def test_what_a_task_force_forms(months, transferred, kind):
    end = date(2026, 3, 10 if months < 9 else 1).replace(month=3 + months)
    assert rules.branch_for_task(start=date(2026, 3, 10), end=end, transferred=transferred) == kind


def test_a_temporary_branch_studies_but_does_not_admit_or_collect():
    assert rules.temporary_may(act="study")
    assert not any(rules.temporary_may(act=act) for act in ("admission", "discipline", "dues", "delegates"))


@pytest.mark.parametrize(("members", "workplaces", "groups"), [(19, 1, False), (20, 1, True), (6, 2, True)])
def test_a_large_or_scattered_branch_divides_into_groups(members, workplaces, groups):
    assert rules.groups_expected(members=members, workplaces=workplaces) is groups


MOVE = {"on": date(2026, 11, 20), "since": date(2020, 1, 1), "today": date(2026, 11, 23), "inside": False,
        "same": False, "document": "甲〔2026〕1号", "systems_differ": False}


@pytest.mark.parametrize(("more", "found"), [
    ({}, []),
    ({"inside": True}, ["parent_inside"]),
    ({"same": True}, ["parent_unchanged"]),
    ({"systems_differ": True}, ["other_system"]),
    ({"on": date(2020, 1, 1)}, ["move_day"]),
    ({"on": date(2026, 11, 24)}, ["move_day"]),
    ({"document": " "}, ["no_document"]),
])
def test_why_a_unit_cannot_be_moved(more, found):
    assert [code for _field, code in rules.move_problems(**{**MOVE, **more})] == found


@pytest.mark.parametrize(("headings", "found"), [
    (["study", "education", "innovation", "service"], []),
    (["study", "education", "innovation"], ["no_service"]),
    (["study"] * 4 + ["education", "innovation", "service"], ["many_study"]),
    (["study"] * 3 + ["education", "innovation", "service"], []),
])
def test_a_sheet_has_one_to_three_actions_under_each_heading(headings, found):
    assert [code for _field, code in rules.improvement_problems(headings=headings)] == found


@pytest.mark.parametrize(("body", "full", "seats", "fit"), [
    ("branch", 12, 3, ("", "")),
    ("branch", 12, 2, ("", "too_few")),
    ("branch", 6, 1, ("", "")),
    ("branch", 2, 1, ("joint", "")),
    ("branch", 55, 5, ("general", "")),
    ("branch", 12, 8, ("", "too_many")),
    ("general", 40, 5, ("", "")),
])
def test_whether_a_unit_suits_its_numbers(body, full, seats, fit):
    one = rules.fit(body=body, temporary=False, full=full, seats=seats)
    assert (one.body, one.committee) == fit


def test_an_appointed_temporary_branch_is_not_compared():
    assert rules.fit(body="branch", temporary=True, full=1, seats=0).fits
