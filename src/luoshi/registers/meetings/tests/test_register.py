"""Meetings through the doors: recorded, refused, counted, owed and printed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from luoshi.engine import write
from luoshi.engine.actor import system_actor
from luoshi.engine.duties import duties, lamps
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation import units
from luoshi.foundation.people import Person, Position, Post
from luoshi.foundation.trail import Line
from luoshi.foundation.units import Unit
from luoshi.kernel import periods
from luoshi.kernel.shares import Share
from luoshi.registers.meetings.documents import minutes
from luoshi.registers.meetings.models import Absence, Kind, Meeting, Vote, roster

DAY = date(2026, 11, 23)


def a_unit(code: str, parent: Unit | None = None, body: str = "branch") -> Unit:
    unit = Unit(name=f"组织{code}", code=code, since=date(2020, 1, 1), parent=parent, body=body)
    unit.settle()
    unit.save()
    units.found(unit)
    return unit


def a_person(unit: Unit, number: str, *posts: str) -> Person:
    person = Person(unit=unit, name=f"人员{number}", number=number)
    person.settle()
    person.save()
    for post in posts:
        Position.objects.create(unit=unit, place=unit.place, person=person, post=post, since=date(2024, 1, 1))
    return person


@pytest.fixture
def branch(db) -> Unit:
    top = a_unit("A0", body="committee")
    unit = a_unit("A1", top)
    for i in range(8):
        posts = [Post.MEMBER, *[Post.SECRETARY] * (i == 0), *[Post.COMMITTEE] * (i < 3)]
        a_person(unit, f"N{i}", *posts)
    return unit


def recorded(unit: Unit, lines=None, **values) -> Meeting:
    fields = {"kind": Kind.MEMBERS, "held_on": date(2026, 11, 20), "topic": "讨论年度计划", "expected": 8, "present": 8}
    meeting = Meeting(unit=unit, **{**fields, **values})
    return write.save(system_actor(DAY), register("meeting"), meeting, lines=lines)


def test_a_meeting_is_kept_with_its_exceptions_and_a_line_in_the_trail(branch):
    away = Person.objects.get(number="N7")
    meeting = recorded(branch, present=7, lines={"absences": [Absence(person=away, reason="leave")]})
    assert [one.person for one in meeting.absences.all()] == [away]
    assert meeting.place == branch.place
    assert Line.objects.filter(register="meeting", row=meeting.pk, verb="add").count() == 1


@pytest.mark.parametrize(("values", "field"), [
    ({"present": 9}, "present"),
    ({"kind": Kind.LECTURE}, "lecturer"),
    ({"topic": ""}, "topic"),
])
def test_a_wrong_meeting_is_refused_with_words_at_its_field(branch, values, field):
    with pytest.raises(ValidationError) as refused:
        recorded(branch, **values)
    assert list(refused.value.message_dict) == [field]
    assert not Meeting.objects.exists()


def test_a_meeting_of_tomorrow_cannot_be_recorded_today(branch):
    with pytest.raises(ValidationError) as refused:
        recorded(branch, held_on=DAY + timedelta(days=1))
    assert list(refused.value.message_dict) == ["held_on"]
    assert recorded(branch, held_on=DAY).pk


def test_nobody_is_both_absent_and_counted_as_present(branch):
    away = Person.objects.get(number="N7")
    with pytest.raises(ValidationError) as refused:
        recorded(branch, present=8, lines={"absences": [Absence(person=away)]})
    assert list(refused.value.message_dict) == ["present"]


def test_the_same_meeting_is_recorded_once_and_again_after_it_was_withdrawn(branch):
    first = recorded(branch)
    with pytest.raises(ValidationError):
        recorded(branch)
    write.withdraw(system_actor(DAY), register("meeting"), first, reason="重复登记")
    assert recorded(branch).pk != first.pk


def test_the_roster_is_who_held_a_post_that_day(branch):
    Position.objects.filter(person__number="N7", post=Post.MEMBER).update(until=date(2026, 6, 1))
    assert {p.number for p in roster(unit=branch, kind=Kind.MEMBERS, day=DAY)} == {f"N{i}" for i in range(7)}
    assert len(roster(unit=branch, kind=Kind.MEMBERS, day=date(2026, 5, 31))) == 8
    assert {p.number for p in roster(unit=branch, kind=Kind.COMMITTEE, day=DAY)} == {"N0", "N1", "N2"}


def lamp(unit: Unit, name: str, period: periods.Period) -> str | None:
    found = lamps([duties()[name]], root=unit.place, periods=[period], today=DAY)
    one = found.get(unit.pk, {}).get((name, period.key))
    return one.state if one else None


def test_the_lamps_follow_the_regulation(branch):
    november, fourth = periods.month(DAY), periods.quarter(DAY)
    assert lamp(branch, "life.members", fourth) == "none"
    assert lamp(branch, "life.committee", november) == "soon"
    recorded(branch)
    recorded(branch, kind=Kind.COMMITTEE, expected=5, present=2)
    assert lamp(branch, "life.members", fourth) == "ok"
    assert lamp(branch, "life.committee", november) == "soon", "two of five are no quorum"
    recorded(branch, kind=Kind.COMMITTEE, expected=5, present=3, topic="再次召开")
    assert lamp(branch, "life.committee", november) == "ok"


def test_below_seven_members_no_committee_meeting_is_owed(branch):
    Position.objects.filter(person__number__in=("N6", "N7"), post=Post.MEMBER).delete()
    assert lamp(branch, "life.committee", periods.month(DAY)) is None
    assert lamp(branch, "life.members", periods.quarter(DAY)) == "none"


def test_only_a_lecture_by_the_secretary_of_that_day_is_the_secretarys(branch):
    top = branch.parent
    year = periods.year(DAY)
    assert lamp(top, "life.secretary_lecture", year) == "none"
    other, secretary = a_person(top, "S1", Post.OFFICIAL), a_person(top, "S2", Post.SECRETARY)
    recorded(top, kind=Kind.LECTURE, lecturer=other, topic="甲")
    assert lamp(top, "life.secretary_lecture", year) == "none"
    early = {"kind": Kind.LECTURE, "lecturer": secretary, "held_on": date(2026, 1, 9)}
    Position.objects.filter(person=secretary).update(since=date(2026, 2, 1))
    recorded(top, topic="任职之前", **early)
    assert lamp(top, "life.secretary_lecture", year) == "none"
    recorded(top, kind=Kind.LECTURE, lecturer=secretary, topic="乙")
    assert lamp(top, "life.secretary_lecture", year) == "ok"


def counted(name: str, root: Unit) -> Share:
    return total(indicators()[name], root=root.place, period=periods.year(DAY), today=DAY)


def test_indicators_count_what_was_recorded(branch):
    a_unit("A2", branch.parent)
    recorded(branch)
    recorded(branch, kind=Kind.COMMITTEE, expected=5, present=2)
    recorded(branch, kind=Kind.LECTURE, lecturer=Person.objects.get(number="N0"), present=6)
    assert counted("meetings.held", branch.parent) == Share(2), "a meeting without a quorum was not held"
    assert counted("meetings.committee", branch.parent) == Share(0)
    assert counted("meetings.covered", branch.parent) == Share(1, 2)
    assert counted("meetings.attended", branch.parent) == Share(16)
    assert counted("meetings.lectured", branch.parent) == Share(1, 1)


def test_the_minutes_say_who_was_away_and_what_was_decided(branch):
    away = Person.objects.get(number="N7")
    meeting = recorded(
        branch, present=7, agenda="一项议程\n另一项", decisions="同意计划", venue="会议室",
        lines={"absences": [Absence(person=away, reason="travel")],
               "votes": [Vote(subject="年度计划", matter="ordinary", entitled=8, present=7, yes=7)]})
    texts = list(minutes(meeting, system_actor(DAY)).texts())
    for said in ("时间：2026年11月20日", "实到人数：7", f"缺席人员：{away}（出差）", "另一项", "同意计划", "年度计划",
                 "通过"):
        assert said in texts
