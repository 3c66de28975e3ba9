"""What holds for every indicator and duty that a register declares: sound, countable, and its parts add up."""

from datetime import date

import pytest

from luoshi.engine.duties import duties, lamps
from luoshi.engine.indicators import indicators, rollup, total
from luoshi.engine.register import registers
from luoshi.foundation.people import Post
from luoshi.foundation.units import Body, Unit
from luoshi.kernel import periods

from . import house

pytestmark = pytest.mark.django_db
YEAR = periods.year(2026)


@pytest.mark.parametrize("name", list(indicators()))
def test_an_indicator_is_sound_and_its_parts_add_up(name):
    one = indicators()[name]
    assert list(one.faults()) == []
    assert str(one.label)
    root = house.forest(4)
    branches = list(Unit.objects.filter(body=Body.BRANCH))
    for i, branch in enumerate(branches):
        house.members(branch, 8)
        house.members(branch, i % 2, post=Post.SECRETARY)
        for kind in ("members", "committee", "lecture", "theme_day", "life"):
            house.meeting(branch, date(2026, 2 + i, 9), kind=kind)
    for day in (None, house.TODAY):
        parts = rollup(one, root=root.place, period=YEAR, today=day)
        for place, share in parts.items():
            if place != root.place:
                assert total(one, root=place, period=YEAR, today=day) == share
        whole = total(one, root=root.place, period=YEAR, today=day)
        assert whole.top == sum(share.top for share in parts.values())
        if one.shared:
            assert 0 <= whole.top <= whole.bottom


@pytest.mark.parametrize("name", list(duties()))
def test_a_duty_is_sound_and_lights_a_lamp(name):
    one = duties()[name]
    assert list(one.faults()) == []
    assert one.name == name
    body = one.who.bodies[0] if one.who.bodies else Body.BRANCH
    kind = {"kind": one.who.kinds[0]} if one.who.kinds else {}
    unit = house.unit("第一党支部", body=body, system=one.who.system, temporary=bool(one.who.temporary), **kind)
    house.members(unit, one.who.min_members)
    lit = lamps([one], root=unit.place, periods=[YEAR], today=house.TODAY)[unit.pk]
    assert len(lit) == 12 // periods.MONTHS[one.every]
    assert {lamp.state for lamp in lit.values()} <= {"late", "soon", "none"}


def test_names_are_declared_once():
    for option in ("indicators", "duties"):
        names = [one.name for each in registers() for one in getattr(each, option)]
        assert len(names) == len(set(names))


def test_a_share_of_nothing_is_nothing():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    for one in indicators().values():
        assert total(one, root=root.place, period=periods.year(2020), today=house.TODAY).top == 0, one.name
