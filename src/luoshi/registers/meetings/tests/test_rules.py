"""The regulation's own examples for meetings, what must hold for any numbers, and the twins in SQL."""

from datetime import date

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from luoshi.foundation.units import Unit
from luoshi.kernel.periods import month, quarter, year
from luoshi.registers.meetings import rules
from luoshi.registers.meetings.models import PASSED, QUORATE, Meeting, Vote
from luoshi.registers.meetings.rules import COMMITTEE, LIFE, MEMBERS, Held

people = st.integers(0, 60)


def standing(kind: str, meetings: list[Held], period, full_members: int = 12, groups: bool = False) -> rules.Standing:
    found = rules.compliance(meetings=meetings, full_members=full_members, groups=groups, period=period)
    (one,) = [s for s in found if s.kind == kind]
    return one


def test_one_members_meeting_in_a_quarter_is_enough():
    assert standing(MEMBERS, [Held(MEMBERS, date(2026, 7, 2))], quarter(date(2026, 8, 1))).met


def test_meetings_of_the_day_before_the_quarter_do_not_count():
    before = [Held(MEMBERS, date(2026, 6, 30))] * 2
    one = standing(MEMBERS, before, quarter(date(2026, 8, 1)))
    assert (one.found, one.met) == (0, False)


@pytest.mark.parametrize(("present", "expected", "met"), [(2, 5, False), (3, 5, True), (2, 4, True)])
def test_a_committee_meeting_counts_from_half_of_its_members(present, expected, met):
    held = [Held(COMMITTEE, date(2026, 8, 5), expected=expected, present=present)]
    assert standing(COMMITTEE, held, month(date(2026, 8, 1))).met is met


@pytest.mark.parametrize(("full_members", "required"), [(5, 0), (6, 0), (7, 1)])
def test_no_committee_meeting_is_owed_below_seven_full_members(full_members, required):
    assert standing(COMMITTEE, [], month(date(2026, 8, 1)), full_members).required == required


def test_group_meetings_are_owed_only_where_there_are_groups():
    assert standing(rules.GROUP, [], month(date(2026, 8, 1))).met
    assert not standing(rules.GROUP, [], month(date(2026, 8, 1)), groups=True).met


def test_an_organisation_life_meeting_in_march_counts_for_the_year():
    assert standing(LIFE, [Held(LIFE, date(2026, 3, 11))], year(2026)).met


@pytest.mark.parametrize(("matter", "entitled", "present", "yes", "quorum", "carried"), [
    ("ordinary", 10, 5, 5, True, False),
    ("ordinary", 10, 6, 6, True, True),
    ("admission", 10, 5, 5, False, False),
    ("admission", 10, 6, 6, True, True),
    ("ordinary", 9, 4, 4, False, False),
])
def test_votes_of_the_regulation(matter, entitled, present, yes, quorum, carried):
    assert rules.vote_quorum(matter=matter, entitled=entitled, present=present) is quorum
    assert rules.passed(matter=matter, entitled=entitled, present=present, yes=yes) is carried


@given(entitled=people, present=people, yes=people)
def test_what_is_enough_for_an_admission_is_enough_for_an_ordinary_matter(entitled, present, yes):
    strict = rules.passed(matter="admission", entitled=entitled, present=present, yes=yes)
    loose = rules.passed(matter="ordinary", entitled=entitled, present=present, yes=yes)
    assert loose or not strict


@given(entitled=people, present=people, yes=people, no=people, abstain=people)
def test_a_sound_count_cannot_carry_both_a_matter_and_its_opposite(entitled, present, yes, no, abstain):
    if not list(rules.vote_problems(entitled=entitled, present=present, yes=yes, no=no, abstain=abstain)):
        carried = [rules.passed(matter="ordinary", entitled=entitled, present=present, yes=n) for n in (yes, no)]
        assert carried != [True, True]


@pytest.mark.parametrize(("more", "found"), [
    ({}, []),
    ({"present": 11}, [("present", "more_than_expected")]),
    ({"absences": 3}, [("present", "absent_and_present")]),
    ({"absences": 2}, []),
    ({"kind": "lecture"}, [("lecturer", "no_lecturer")]),
    ({"kind": "lecture", "lecturer": True}, []),
    ({"today": date(2026, 11, 19)}, [("held_on", "later_than_today")]),
    ({"today": date(2026, 11, 20)}, []),
])
def test_why_a_meeting_cannot_be_recorded(more, found):
    asked = {"kind": "members", "held_on": date(2026, 11, 20), "expected": 10, "present": 8, "lecturer": False}
    assert list(rules.problems(**{**asked, **more})) == found


@pytest.fixture
def unit(db) -> Unit:
    one = Unit(name="第一支部", code="B1", since=date(2020, 1, 1))
    one.settle()
    one.save()
    return one


@pytest.mark.parametrize("kind", ["committee", "members"])
@pytest.mark.parametrize(("present", "expected"), [(0, 0), (2, 5), (3, 5), (2, 4), (1, 4), (7, 7)])
def test_the_quorum_in_python_is_the_quorum_in_sql(unit, kind, present, expected):
    Meeting.objects.create(unit=unit, place=unit.place, kind=kind, day=date(2026, 8, 5), held_on=date(2026, 8, 5), topic="甲",
                           expected=expected, present=present)
    assert Meeting.objects.filter(QUORATE).exists() is rules.quorate(kind=kind, expected=expected, present=present)


@pytest.mark.parametrize("matter", ["ordinary", "admission"])
def test_the_result_of_a_vote_in_python_is_the_result_in_sql(unit, matter):
    meeting = Meeting.objects.create(unit=unit, place=unit.place, kind="members", day=date(2026, 8, 5), held_on=date(2026, 8, 5),
                                     topic="甲", expected=12, present=12)
    Vote.objects.bulk_create(
        Vote(meeting=meeting, subject="乙", matter=matter, entitled=e, present=p, yes=y)
        for e in range(7) for p in range(e + 1) for y in range(p + 1))
    carried = set(Vote.objects.filter(Q(meeting=meeting) & PASSED).values_list("pk", flat=True))
    assert carried == {v.pk for v in Vote.objects.all() if v.passed}
    assert 0 < len(carried) < Vote.objects.count()
