"""Training rules by their examples; clashes against brute force."""

from datetime import date, time
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.registers.training import rules


@pytest.mark.parametrize(("level", "hours", "days", "met", "missing"), [
    (rules.COUNTY, 540, 0, False, 10), (rules.COUNTY, 0, 92, True, 550), (rules.COUNTY, 550, 0, True, 0),
    (rules.TOWNSHIP, 89, 11, False, 1), (rules.TOWNSHIP, 0, 12, True, 90), (rules.TOWNSHIP, 90, 0, True, 0),
])
def test_training_of_cadres(level, hours, days, met, missing):
    found = rules.cadre_training(level=level, hours=hours, days=days)
    assert (found.met, found.hours_missing) == (met, missing)


def test_the_rotation_owes_nothing_once_either_measure_is_enough():
    assert rules.rotation_gap(hours=540, days=0) == 10
    assert rules.rotation_gap(hours=0, days=92) == 0


@pytest.mark.parametrize(("leave", "total", "ok"), [(60, 400, False), (57, 400, True), (0, 8, True), (8, 56, True), (9, 56, False)])
def test_leave_of_a_seventh(leave, total, ok):
    assert rules.leave_ok(leave=leave, total=total) is ok


@pytest.mark.parametrize(("committee", "hours", "classes", "missing", "no_class"), [
    (False, "31.5", 1, "0.5", False), (False, "32", 0, "0", False), (True, "60", 0, "0", True), (True, "56", 1, "0", False),
])
def test_education_of_members(committee, hours, classes, missing, no_class):
    assert rules.member_education(committee=committee, hours=Decimal(hours), classes=classes) == (Decimal(missing), no_class)


@pytest.mark.parametrize(("last", "years"), [(None, None), (date(2021, 11, 24), 4), (date(2021, 11, 23), 5), (date(2026, 1, 1), 0)])
def test_who_comes_first(last, years):
    assert rules.priority(last=last, today=date(2026, 11, 23)) == years


def test_a_new_secretary_has_half_a_year_and_the_young_are_told_by_birth():
    assert rules.trained_by(since=date(2026, 8, 31)) == date(2027, 2, 28)
    assert rules.young(born=date(1990, 11, 24), today=date(2026, 11, 23))
    assert not rules.young(born=date(1990, 11, 23), today=date(2026, 11, 23))
    assert not rules.young(born=None, today=date(2026, 11, 23))


LESSONS = st.lists(st.builds(
    lambda day, begins, length, teacher, room: rules.Lesson(date(2026, 3, day), time(begins), time(begins + length), teacher, room),
    st.integers(1, 2), st.integers(8, 12), st.integers(1, 3), st.sampled_from([None, 1, 2]), st.sampled_from([None, 1, 2])), max_size=6)


@given(LESSONS)
def test_clashes_are_those_of_brute_force(lessons):
    expected = {(i, j, what) for i, j in combinations(range(len(lessons)), 2) for what in ("teacher", "room")
                if (one := lessons[i]) and (other := lessons[j]) and one.day == other.day
                and one.begins < other.ends and other.begins < one.ends
                and getattr(one, what) is not None and getattr(one, what) == getattr(other, what)}
    found = rules.clashes(lessons=lessons)
    assert set(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(("result", "hours", "leave", "away", "certificate", "codes"), [
    ("completed", 24, 0, False, "", []), ("completed", None, 0, False, "", ["no_hours"]),
    ("completed", 20, 4, True, "", ["too_much_leave"]), ("completed", 20, 4, False, "", []),
    ("enrolled", 30, 0, False, "", ["more_hours"]), ("left", None, 0, False, "x", ["no_certificate_yet"]),
])
def test_results(result, hours, leave, away, certificate, codes):
    found = rules.enrolment_problems(result=result, hours=hours, leave=leave, total=24, away=away, ends_on=date(2026, 3, 2),
                                     certificate=certificate, today=date(2026, 11, 23))
    assert [code for _field, code in found] == codes


def test_nothing_is_finished_before_the_class_is_over():
    found = rules.enrolment_problems(result="completed", hours=24, leave=0, total=24, away=False, ends_on=date(2026, 12, 2),
                                     certificate="", today=date(2026, 11, 23))
    assert [code for _field, code in found] == ["not_over"]
