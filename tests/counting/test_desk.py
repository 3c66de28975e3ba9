"""The quick desk beside a slow one: random histories, each unit, duty and period walked by itself."""

import random
from datetime import date, timedelta

import pytest
from django.db.models import Q

from luoshi.engine.audience import Audience
from luoshi.engine.duties import Duty, desk, standings
from luoshi.foundation import units
from luoshi.foundation.people import Position
from luoshi.foundation.units import Body, Placement
from luoshi.kernel import periods
from luoshi.registers.meetings.models import Meeting

from . import house

pytestmark = pytest.mark.django_db

YEAR, SOON = periods.year(2026), 10
KINDS = ("members", "committee", "theme_day")


def duties():
    """Of each length, with and without members to ask for, an earlier due day and several records."""
    plain, large = Audience(), Audience(min_members=3)
    return [
        Duty("a", "甲", "", "meeting", every="month", who=plain, where=Q(kind="theme_day")),
        Duty("b", "乙", "", "meeting", every="quarter", who=plain, where=Q(kind="members"), count=2),
        Duty("c", "丙", "", "meeting", every="month", who=large, where=Q(kind="committee")),
        Duty("d", "丁", "", "meeting", every="half", who=plain, where=Q(kind="members"),
             due=lambda period: period.start + timedelta(days=44)),
        Duty("e", "戊", "", "meeting", every="year", who=large),
    ]


def history(dice):
    """A committee with branches that are founded late, closed early, large only for a while; and their meetings."""
    root = house.unit("机关党委", body=Body.COMMITTEE)
    made = []
    for n in range(8):
        since = dice.choice([house.START, date(2026, 1, 1) + timedelta(days=dice.randrange(200))])
        one = house.unit(f"第{n + 1}党支部", root, since=since)
        for _n in range(dice.randrange(5)):
            until = dice.choice([None, date(2026, 1, 2) + timedelta(days=dice.randrange(330))])
            house.members(one, 1, since=date(2025, 12, 1), until=until)
        for _n in range(dice.randrange(30)):
            house.meeting(one, date(2025, 12, 20) + timedelta(days=dice.randrange(390)), kind=dice.choice(KINDS))
        made.append(one)
    units.close(made[-1], on=date(2026, 7, 1))
    return root, made


def walk(wanted, made, today, *, ended):
    """The same by plain loops: {(unit, duty, period): (state, found, in time)}."""
    found = {}
    for unit in made:
        spans = [(one.since, one.until or date.max) for one in Placement.objects.filter(unit=unit)]
        if not any(a <= today and (ended or today < b) for a, b in spans):
            continue
        for duty in wanted:
            for period in periods.split(YEAR, duty.every):
                if not all(any(a <= day < b for a, b in spans) for day in (period.start, period.last_day)):
                    continue
                members = [one for one in Position.objects.filter(unit=unit, post="member")
                           if one.since <= period.last_day and (one.until is None or one.until > period.last_day)]
                if len(members) < duty.who.min_members:
                    continue
                days = [one.held_on for one in Meeting.objects.filter(duty.where, unit=unit)
                        if period.start <= one.held_on <= period.last_day]
                due = duty.due_day(period)
                near = today >= period.start and (due - today).days <= SOON
                state = ("ok" if len(days) >= duty.count else "late" if today > due else "soon" if near else "none")
                early = sum(day <= due for day in days) >= duty.count
                found[unit.pk, duty.name, period.key] = (state, len(days), early)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_quick_desk_agrees_with_walking_every_cell(seed):
    dice = random.Random(seed)
    root, made = history(dice)
    today = date(2026, 1, 1) + timedelta(days=dice.randrange(365))
    wanted = duties()
    for ended in (False, True):
        found = {(unit, duty.name, lamp.period.key): (lamp.state, lamp.found, lamp.timely)
                 for unit, duty, lamp in standings(wanted, root=root.place, periods=[YEAR], today=today, ended=ended)}
        assert found == walk(wanted, made, today, ended=ended)
        assert found


def test_leaving_out_what_is_done_leaves_the_rest_as_it_was():
    root, _made = history(random.Random(7))
    wanted = duties()
    whole = desk(root=root.place, periods=[YEAR], today=house.TODAY, wanted=wanted)
    part = desk(root=root.place, periods=[YEAR], today=house.TODAY, wanted=wanted, undone=True)
    assert part == [one for one in whole if one[2].state != "ok"]
    assert 0 < len(part) < len(whole)
