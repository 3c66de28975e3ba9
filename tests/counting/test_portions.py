"""Records held against records: what meets a condition ÷ all, what was done in time ÷ what has fallen due."""

from datetime import date

import pytest
from django.db.models import F, Q

from luoshi.engine.actor import Actor, Right, system_actor
from luoshi.engine.indicators import Portion, Timely, behind, missing, rollup, total
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Body
from luoshi.kernel import periods
from luoshi.kernel.shares import Share
from luoshi.registers.organization.models import Guidance

from . import house

pytestmark = pytest.mark.django_db
YEAR = periods.year(2026)
CLOSED = Portion("guidance.closed", "已办结", "guidance", "visited_on", done=Q(closed_on__isnull=False))
TIMELY = Timely("guidance.timely", "按期办结", "guidance", "follow_up_due", done=Q(closed_on__lte=F("follow_up_due")))


def visit(unit, due, closed=None):
    person = house.members(unit, 1)[0].person
    made = Guidance(unit=unit, place=unit.place, visitor=person, visited_on=date(2026, 1, 5), subject="走访",
                    follow_up="整改", follow_up_due=due, closed_on=closed)
    made.save()
    return made


@pytest.fixture
def tree():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    return root, house.unit("第一党支部", root), house.unit("第二党支部", root)


def test_a_portion_counts_records_against_records(tree):
    root, first, second = tree
    visit(first, date(2026, 3, 1), date(2026, 2, 1))
    open_one = visit(first, date(2026, 3, 1))
    visit(second, date(2026, 3, 1), date(2026, 4, 1))
    assert rollup(CLOSED, root=root.place, period=YEAR) == {first.place: Share(1, 2), second.place: Share(1, 1)}
    actor = system_actor(house.TODAY)
    listed = {side: set(behind(CLOSED, side, root=root.place, period=YEAR, actor=actor))
              for side in ("top", "bottom", "missing")}
    assert {side: len(rows) for side, rows in listed.items()} == {"top": 2, "bottom": 3, "missing": 1}
    assert listed["missing"] == {open_one}
    assert set(missing(CLOSED, root=root.place, period=YEAR)) == {first}


def test_what_is_due_later_is_not_asked_yet(tree):
    root, first, second = tree
    visit(first, date(2026, 3, 1), date(2026, 3, 1))  # on its last day
    visit(first, date(2026, 3, 2), date(2026, 3, 3))  # a day late
    visit(second, date(2026, 11, 23))  # due today: the day has not passed
    visit(second, date(2026, 12, 1), date(2026, 11, 1))  # done before it is asked
    assert total(TIMELY, root=root.place, period=YEAR, today=house.TODAY) == Share(1, 2)
    assert total(TIMELY, root=root.place, period=YEAR, today=date(2026, 11, 24)) == Share(1, 3)
    assert total(TIMELY, root=root.place, period=YEAR) == Share(2, 4)
    assert total(TIMELY, root=root.place, period=periods.parse("2026-03"), today=house.TODAY) == Share(1, 2)
    assert total(TIMELY, root=root.place, period=periods.parse("2026-12"), today=house.TODAY) == Share(0, 0)
    assert list(missing(TIMELY, root=root.place, period=YEAR, today=house.TODAY)) == [first]


def test_a_reader_sees_only_what_lies_in_reach(tree):
    root, first, second = tree
    visit(first, date(2026, 3, 1))
    visit(second, date(2026, 3, 1))
    reader = Actor(id=7, name="甲", today=house.TODAY, rights=(Right("guidance", Verb.SEE, first.place),))
    rows = behind(CLOSED, "missing", root=root.place, period=YEAR, actor=reader)
    assert [row.unit for row in rows] == [first]


def test_a_fault_in_the_condition_is_said():
    bad = Portion("guidance.bad", "", "guidance", "visited_on", done=Q(nothing=1))
    assert any("no field" in one for one in bad.faults())
