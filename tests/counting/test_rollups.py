"""Roll-ups: the tree of the period, parts that add up, and lists as long as their numbers."""

from datetime import date, timedelta

import pytest
from django.db.models import F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.engine.actor import Actor, Right, system_actor
from luoshi.engine.audience import Audience, children, place_on
from luoshi.engine.indicators import Amount, Count, Coverage, State, behind, holders, missing, rollup, rollups, total
from luoshi.engine.indicators import units as listed
from luoshi.foundation import units
from luoshi.foundation.grants import EVERY, Verb
from luoshi.foundation.people import Position, Post
from luoshi.foundation.units import Body, Placement, Unit
from luoshi.kernel import periods, places
from luoshi.kernel.periods import Period
from luoshi.kernel.shares import Share, sum_shares
from luoshi.registers.meetings.models import Meeting

from . import house

pytestmark = pytest.mark.django_db

HELD = Count("meeting.held", "会议", "meeting", "held_on")
PRESENT = Amount("meeting.present", "到会人次", "meeting", "held_on", "present", unit_word="人次")
COVERED = Coverage("meeting.covered", "已开会支部", "meeting", "held_on", should=Audience())
YEAR = periods.year(2026)
H1, H2 = periods.parse("2026H1"), periods.parse("2026H2")
ALL = (HELD, PRESENT, COVERED)


def test_a_unit_moved_in_the_year_counts_in_two_trees():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    east, west = (house.unit(name, root, body=Body.GENERAL) for name in ("东总支", "西总支"))
    branch = house.unit("第一党支部", east)
    house.meeting(branch, date(2026, 3, 5))
    house.meeting(branch, date(2026, 9, 5))
    old = branch.place
    units.move(branch, parent=west, on=date(2026, 7, 1))
    assert rollup(HELD, root=root.place, period=H1) == {east.place: Share(1)}
    assert rollup(HELD, root=root.place, period=H2) == {west.place: Share(1)}
    assert rollup(HELD, root=root.place, period=YEAR) == {west.place: Share(2)}
    assert rollup(HELD, root=root.place, period=YEAR, today=date(2026, 6, 30)) == {east.place: Share(2)}
    assert place_on(branch, date(2026, 6, 30)) == old
    assert total(COVERED, root=east.place, period=H1) == Share(1, 1)
    assert total(COVERED, root=east.place, period=H2) == Share(0, 0)


def test_a_merged_unit_keeps_its_records_in_the_number_of_those_above():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    first, second = (house.unit(name, root) for name in ("第一党支部", "第二党支部"))
    house.meeting(first, date(2026, 3, 5))
    on = date(2026, 5, 1)
    units.close(first, on=on)
    units.close(second, on=on)
    joint = house.unit("联合党支部", root, since=on)
    house.meeting(joint, date(2026, 6, 5))
    assert rollup(HELD, root=root.place, period=YEAR) == {first.place: Share(1), joint.place: Share(1)}
    assert total(HELD, root=root.place, period=H1) == Share(2)
    assert total(COVERED, root=root.place, period=YEAR) == Share(1, 1)
    assert total(COVERED, root=root.place, period=periods.parse("2026Q1")) == Share(1, 2)
    assert rollup(HELD, root=root.place, period=H2) == {}


def test_the_units_own_records_stand_under_its_own_place():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    branch = house.unit("第一党支部", root)
    house.meeting(root, date(2026, 3, 5))
    house.meeting(branch, date(2026, 3, 5))
    assert rollup(HELD, root=root.place, period=YEAR) == {root.place: Share(1), branch.place: Share(1)}


def test_coverage_counts_units_once_and_lists_those_that_have_not():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    branches = [house.unit(f"第{i}党支部", root) for i in range(1, 5)]
    for day in (3, 10, 17):
        house.meeting(branches[0], date(2026, 3, day))
    house.meeting(branches[1], date(2025, 3, 3))
    gone = house.meeting(branches[2], date(2026, 3, 3))
    Meeting.objects.filter(pk=gone.pk).update(withdrawn=True)
    assert total(COVERED, root=root.place, period=YEAR) == Share(1, 4)
    assert set(listed(COVERED, "top", root=root.place, period=YEAR)) == {branches[0]}
    assert set(missing(COVERED, root=root.place, period=YEAR)) == set(branches[1:])
    assert set(listed(COVERED, "bottom", root=root.place, period=YEAR)) == set(branches)


def test_coverage_of_persons_counts_those_who_hold_a_post_that_day():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    first, second = (house.unit(name, root) for name in ("第一党支部", "第二党支部"))
    chairs = house.members(first, 2, post=Post.SECRETARY) + house.members(second, 1, post=Post.SECRETARY)
    house.members(first, 1, post=Post.SECRETARY, until=date(2026, 1, 31))
    Position.objects.create(unit=first, place=first.place, person=chairs[0].person, post=Post.DEPUTY, since=house.START)
    house.meeting(second, date(2026, 4, 1), chair=chairs[0].person)
    led = Coverage("meeting.led", "主持会议的书记", "meeting", "held_on", should=Audience(), people="chair",
                   posts=(Post.SECRETARY, Post.DEPUTY))
    assert rollup(led, root=root.place, period=YEAR) == {first.place: Share(1, 2), second.place: Share(0, 1)}
    assert [one.person for one in holders(led, "top", root=root.place, period=YEAR)] == [chairs[0].person]
    waiting = {one.person for one in holders(led, "missing", root=root.place, period=YEAR)}
    assert waiting == {chairs[1].person, chairs[2].person}
    assert set(missing(led, root=root.place, period=YEAR)) == {first, second}
    assert behind(led, root=root.place, period=YEAR, actor=system_actor(house.TODAY)).count() == 1


def test_a_state_is_asked_of_one_day():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    first, second = (house.unit(name, root) for name in ("第一党支部", "第二党支部"))
    house.members(first, 1, post=Post.SECRETARY, until=date(2026, 5, 1))
    house.members(second, 1, post=Post.SECRETARY, since=date(2026, 3, 1))
    filled = State("position.secretary", "配备书记", "position", "since", until="until",
                   where=Q(post=Post.SECRETARY), should=Audience())
    for key, expected in (("2026-02", 1), ("2026-04", 2), ("2026-05", 1)):
        assert total(filled, root=root.place, period=periods.parse(key)) == Share(expected, 2)
    assert list(missing(filled, root=root.place, period=periods.parse("2026-05"))) == [first]


def test_the_audience_narrows_by_body_kind_size_and_sort():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    big, small = (house.unit(name, root) for name in ("大支部", "小支部"))
    short = house.unit("专项工作临时支部", root, temporary=True, kind="overseas")
    house.members(big, 6)
    house.members(big, 1, until=date(2026, 6, 1))
    house.members(small, 6)

    def who(day=date(2026, 5, 31), **more):
        return set(Audience(**more).units(root=root.place, day=day))

    assert who() == {big, small, short}
    assert who(temporary=False) == {big, small}
    assert who(kinds=("overseas",)) == {short}
    assert who(bodies=(Body.COMMITTEE,)) == {root}
    assert who(min_members=7) == {big}
    assert who(min_members=7, day=date(2026, 6, 1)) == set()
    assert who(system="union") == set()
    assert who(day=date(2019, 12, 31)) == set()


def test_many_questions_share_one_query(django_assert_num_queries):
    root = house.forest(30)
    branch = Unit.objects.filter(body=Body.BRANCH).first()
    house.meeting(branch, date(2026, 3, 5), present=4)
    asks = [(one, root.place, period) for one in ALL for period in (YEAR, H1, H2)]
    with django_assert_num_queries(1):
        together = rollups(asks, today=house.TODAY)
    assert together == [rollup(one, root=place, period=period, today=house.TODAY) for one, place, period in asks]
    assert sum_shares(together[3].values()) == Share(4)


def test_the_list_behind_a_count_is_as_long_as_the_number_and_stays_inside_the_grant():
    root = house.forest(30)
    for i, branch in enumerate(Unit.objects.filter(body=Body.BRANCH)):
        for n in range(i % 4):
            house.meeting(branch, date(2026, 1 + n, 9))
    general = Unit.objects.filter(body=Body.GENERAL).first()
    clerk = Actor(1, "干事", house.TODAY, (Right(EVERY, Verb.SEE, general.place),))
    for place in (root.place, general.place):
        number = total(HELD, root=place, period=YEAR).top
        rows = behind(HELD, root=place, period=YEAR, actor=system_actor(house.TODAY))
        assert rows.count() == number > 0
    inside = total(HELD, root=general.place, period=YEAR).top
    assert behind(HELD, root=root.place, period=YEAR, actor=clerk).count() == inside
    stranger = Actor(2, "其他人", house.TODAY)
    assert not behind(HELD, root=root.place, period=YEAR, actor=stranger).exists()


def test_a_condition_may_compare_columns():
    branch = house.unit("第一党支部")
    for present in (2, 3, 5):
        house.meeting(branch, date(2026, 3, present), expected=5, present=present)
    quorate = Count("meeting.quorate", "有效会议", "meeting", "held_on", where=Q(expected__lte=F("present") * 2))
    assert total(quorate, root=branch.place, period=YEAR) == Share(2)


def test_faults_of_a_declaration_are_said_in_words():
    assert list(HELD.faults()) == []
    assert list(Count("a.b", "", "nothing", "held_on").faults()) == ["there is no register 'nothing'"]
    assert any("no field 'when'" in one for one in Count("a.b", "", "meeting", "when").faults())
    assert any("is no DateField" in one for one in Count("a.b", "", "meeting", "topic").faults())
    assert any("leads to many" in one
               for one in Count("a.b", "", "meeting", "held_on", where=Q(absences__reason="leave")).faults())
    assert any("no field" in one for one in Amount("a.b", "", "meeting", "held_on", "cost").faults())


# -- the law: the parts of a place add up to the place, whatever has been moved, merged or closed ----------------------

FIRST = date(2025, 10, 1)
DAYS = 500
STEP = st.tuples(st.sampled_from(["found", "move", "close", "meet", "meet", "meet"]), st.integers(0, 60),
                 st.integers(0, 9), st.integers(0, 9))


def build(steps):
    """Do the steps day by day; return the units made."""
    made = [house.unit("机关党委", since=FIRST, body=Body.COMMITTEE)]
    made += [house.unit(f"总支{i}", made[0], since=FIRST, body=Body.GENERAL) for i in range(2)]
    day, closed = FIRST, set()
    for verb, days, a, b in steps:
        day = min(day + timedelta(days=days), FIRST + timedelta(days=DAYS))
        one, other = made[a % len(made)], made[b % len(made)]
        one.refresh_from_db()
        other.refresh_from_db()
        if verb == "meet":
            house.meeting(one, day, present=days % 6)
        elif verb == "found" and other.pk not in closed:
            made.append(house.unit(f"支部{len(made)}", other, since=day))
        elif verb == "move" and one is not made[0] and other.pk not in closed and one.pk not in closed \
                and not places.below(other.place, one.place):
            units.move(one, parent=other, on=day)
        elif verb == "close" and one is not made[0] and not Placement.objects.filter(
                until__isnull=True, place__startswith=one.place).exclude(unit=one).exists():
            units.close(one, on=day)
            closed.add(one.pk)
    return made


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEP, max_size=25), st.integers(0, 14), st.sampled_from(["month", "quarter", "half", "year"]),
       st.integers(0, DAYS))
def test_parts_add_up_and_nothing_is_lost(steps, month, every, ago):
    with house.undone():
        made = build(steps)
        period = periods.of(periods.add_months(FIRST, month), every)
        today = FIRST + timedelta(days=ago)
        for indicator in ALL:
            whole = total(indicator, root=made[0].place, period=period, today=today)
            assert whole == by_hand(indicator, made, made[0].place, period, today)
            check_parts(indicator, made[0].place, period, today)


def check_parts(indicator, root, period, today):
    """At every place: each part is the total of its own place, and the parts are the place."""
    for place, share in rollup(indicator, root=root, period=period, today=today).items():
        if place != root:
            assert total(indicator, root=place, period=period, today=today) == share
            check_parts(indicator, place, period, today)


def by_hand(indicator, made, root, period: Period, today) -> Share:
    """The same number by walking: for each unit its last placement that reaches into the period."""
    day = min(period.last_day, today)
    top, bottom = 0, 0
    for one in made:
        stood = [p for p in one.placements.order_by("since") if p.since <= day]
        if not stood or (stood[-1].until and stood[-1].until <= min(period.start, day)):
            continue
        if not places.below(stood[-1].place, root):
            continue
        stands = stood[-1].until is None or stood[-1].until > day
        its = [m for m in Meeting.objects.filter(unit=one) if period.contains(m.held_on)]
        if indicator is HELD:
            top += len(its)
        elif indicator is PRESENT:
            top += sum(m.present for m in its)
        elif stands and one.body == Body.BRANCH:
            top, bottom = top + bool(its), bottom + 1
    return Share(top, bottom if indicator.shared else None)


def test_children_are_those_of_the_day():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    east, west = (house.unit(name, root) for name in ("东总支", "西总支"))
    branch = house.unit("第一党支部", east)
    units.move(branch, parent=west, on=date(2026, 7, 1))
    assert list(children(root.place, day=house.TODAY)) == [east.place, west.place]
    assert children(east.place, day=date(2026, 6, 30)).popitem()[1] == (branch.pk, branch.code, "第一党支部")
    assert children(east.place, day=date(2026, 7, 1)) == {}
