"""Duties: the regulation's worked examples, who owes what, lamps on each day, and a constant number of queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext

from luoshi.engine.audience import Audience
from luoshi.engine.duties import Duty, lamps, owed
from luoshi.engine.indicators import OnTime, missing, obligations, rollup, total
from luoshi.engine.register import Register, register
from luoshi.foundation import units
from luoshi.foundation.units import Body, Unit
from luoshi.kernel import periods
from luoshi.kernel.shares import Share
from luoshi.registers.meetings.models import Meeting

from . import house

pytestmark = pytest.mark.django_db

BRANCHES = Audience()
QUORUM = Q(expected__lte=F("present") * 2)


def duty(kind, every, **more):
    more.setdefault("who", BRANCHES)
    return Duty(f"life.{kind}", kind, "", "meeting", every=every,
                where=more.pop("where", Q()) & Q(kind=kind), **more)


MEMBERS = duty("members", "quarter")
COMMITTEE = duty("committee", "month", who=Audience(min_members=7), where=QUORUM)
THEME = duty("theme_day", "month")
LIFE = duty("life", "year")


@pytest.fixture
def branch():
    made = house.unit("第一党支部")
    house.members(made, 7)
    return made


def lamp(one, key, of, today=house.TODAY):
    period = periods.parse(key)
    return lamps([one], root=of.place, periods=[period], today=today)[of.pk][one.name, period.key]


@pytest.mark.parametrize(("one", "key", "days", "expected"), [
    (MEMBERS, "2026Q3", [("members", "2026-07-02", 9)], "ok"),
    (MEMBERS, "2026Q3", [("members", "2026-06-30", 9), ("members", "2026-06-30", 9)], "late"),
    (COMMITTEE, "2026-08", [("committee", "2026-08-05", 2)], "late"),
    (COMMITTEE, "2026-08", [("committee", "2026-08-05", 3)], "ok"),
    (LIFE, "2026", [("life", "2026-03-11", 9)], "ok"),
])
def test_worked_examples_of_the_branch_regulation(branch, one, key, days, expected):
    for kind, day, present in days:
        house.meeting(branch, date.fromisoformat(day), kind=kind, expected=5 if kind == "committee" else 9,
                      present=present)
    assert lamp(one, key, branch).state == expected


def test_half_of_an_even_committee_is_a_quorum(branch):
    house.meeting(branch, date(2026, 8, 5), expected=4, present=2)
    assert lamp(COMMITTEE, "2026-08", branch).state == "ok"


def test_members_are_counted_on_the_last_day_of_each_period(branch):
    small = house.unit("小支部")
    house.members(small, 6)
    house.members(small, 1, since=date(2026, 3, 31), until=date(2026, 5, 1))
    months = periods.split(periods.year(2026), "month")
    found = lamps([COMMITTEE], root=small.place, periods=months, today=house.TODAY)
    assert [key for _, key in found[small.pk]] == ["2026-03", "2026-04"]
    assert len(lamps([COMMITTEE], root=branch.place, periods=months, today=house.TODAY)[branch.pk]) == 12


def test_a_unit_owes_only_periods_it_stood_through():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    young = house.unit("新支部", root, since=date(2026, 2, 1))
    late = house.unit("较新支部", root, since=date(2026, 2, 2))
    ended = house.unit("已撤销支部", root)
    units.close(ended, on=date(2026, 4, 1))
    months = periods.split(periods.year(2026), "month")[:4]

    def owes(today, *asked):
        found = lamps([THEME], root=root.place, periods=asked or months, today=today)
        return {unit: [key for _, key in its] for unit, its in found.items()}

    assert owes(house.TODAY) == {young.pk: ["2026-02", "2026-03", "2026-04"], late.pk: ["2026-03", "2026-04"]}
    assert owes(house.TODAY, months[2])[ended.pk] == ["2026-03"]
    assert ended.pk not in owes(house.TODAY, months[3])


@pytest.mark.parametrize(("today", "state"), [
    (date(2026, 8, 31), "none"), (date(2026, 9, 1), "none"), (date(2026, 9, 19), "none"), (date(2026, 9, 20), "soon"),
    (date(2026, 9, 30), "soon"), (date(2026, 10, 1), "late"),
])
def test_the_lamp_of_each_day(branch, today, state):
    assert lamp(THEME, "2026-09", branch, today).state == state


def test_a_due_day_before_the_end_of_the_period(branch):
    early = duty("theme_day", "month", due=lambda period: period.start + timedelta(days=14))
    assert lamp(early, "2026-09", branch, date(2026, 9, 16)).state == "late"
    house.meeting(branch, date(2026, 9, 20), kind="theme_day")
    found = lamp(early, "2026-09", branch, date(2026, 9, 21))
    assert (found.state, found.timely, found.due) == ("ok", False, date(2026, 9, 15))
    house.meeting(branch, date(2026, 9, 15), kind="theme_day")
    assert lamp(early, "2026-09", branch, date(2026, 9, 21)).timely


def test_several_records_may_be_owed(branch):
    twice = duty("theme_day", "month", count=2)
    house.meeting(branch, date(2026, 9, 20), kind="theme_day")
    found = lamp(twice, "2026-09", branch)
    assert (found.state, found.found, found.needed) == ("late", 1, 2)


def test_a_quarterly_duty_answers_for_the_quarter_of_a_month(branch):
    found = lamps([MEMBERS, THEME, LIFE], root=branch.place, periods=[periods.parse("2026-11")], today=house.TODAY)
    assert set(found[branch.pk]) == {("life.members", "2026Q4"), ("life.theme_day", "2026-11"), ("life.life", "2026")}
    year = lamps([MEMBERS], root=branch.place, periods=[periods.year(2026)], today=house.TODAY)
    assert [key for _, key in year[branch.pk]] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]


def test_what_is_owed_comes_late_first_and_never_what_is_done(branch):
    house.meeting(branch, date(2026, 11, 3), kind="theme_day")
    house.meeting(branch, date(2026, 8, 3), kind="theme_day")
    house.meeting(branch, date(2026, 9, 3), kind="theme_day")
    house.meeting(branch, date(2026, 9, 3), kind="members")
    found = owed(root=branch.place, today=house.TODAY, wanted=[MEMBERS, THEME, LIFE])
    assert [(unit, one.name, it.state, it.period.key) for unit, one, it in found] == [
        (branch, "life.theme_day", "late", "2026-10"),
        (branch, "life.members", "none", "2026Q4"),
        (branch, "life.life", "none", "2026")]


def by_hand(one, made, period, today):
    """(found, whether it owes) by walking the records of one unit."""
    records = Meeting.objects.filter(one.where, unit=made, held_on__gte=period.start, held_on__lt=period.end)
    return records.count()


def test_set_based_lamps_equal_a_walk_over_every_unit():
    root = house.forest(12)
    kinds = ["members", "theme_day", "life"]
    for i, made in enumerate(Unit.objects.filter(body=Body.BRANCH)):
        for n in range(i % 5 * 4):
            house.meeting(made, date(2026, 1, 1) + timedelta(days=(i * 37 + n * 53) % 365), kind=kinds[(i + n) % 3])
    wanted = [MEMBERS, THEME, LIFE, duty("theme_day", "half", count=3)]
    found = lamps(wanted[:3], root=root.place, periods=[periods.year(2026)], today=house.TODAY)
    assert len(found) == 12
    for made in Unit.objects.filter(body=Body.BRANCH):
        for one in wanted[:3]:
            for period in periods.split(periods.year(2026), one.every):
                it = found[made.pk][one.name, period.key]
                assert it.found == by_hand(one, made, period, house.TODAY)
                assert (it.state == "ok") == (it.found >= 1)


def test_the_queries_do_not_grow():
    wanted = [duty(f"k{i}", "month", who=Audience(min_members=i % 2 * 7)) for i in range(12)]
    year = [periods.year(2026)]
    seen = []
    for rows in (3, 300):
        root = house.forest(rows)
        with CaptureQueriesContext(connection) as queries:
            found = lamps(wanted, root=root.place, periods=year, today=house.TODAY)
        seen.append(len(queries))
        assert len(found) == rows
    assert seen == [4, 4]  # units, members, records, what is waived


@pytest.fixture
def declared(monkeypatch):
    """The duty of theme days as if the register of meetings declared it alone."""
    monkeypatch.setattr(type(register("meeting")), "duties", (THEME, LIFE), raising=False)
    for other in {type(one) for one in _others()}:
        monkeypatch.setattr(other, "duties", ())


def _others() -> list[Register]:
    from luoshi.engine.register import registers
    return [one for one in registers() if one.name != "meeting"]


@pytest.mark.usefixtures("declared")
def test_on_time_counts_what_has_fallen_due():
    root = house.unit("机关党委", body=Body.COMMITTEE)
    first, second, ended = (house.unit(name, root) for name in ("第一党支部", "第二党支部", "第三党支部"))
    for month in range(1, 12):
        house.meeting(first, date(2026, month, 9), kind="theme_day")
    house.meeting(second, date(2026, 5, 9), kind="theme_day")
    units.close(ended, on=date(2026, 3, 1))
    prompt = OnTime("meeting.prompt", "主题党日按期开展率", "life.theme_day")
    year = periods.year(2026)
    parts = rollup(prompt, root=root.place, period=year, today=house.TODAY)
    assert parts == {first.place: Share(10, 10), second.place: Share(1, 10), ended.place: Share(0, 2)}
    assert total(prompt, root=root.place, period=year, today=house.TODAY) == Share(11, 22)
    assert total(prompt, root=root.place, period=year) == Share(12, 26)
    list_behind = obligations(prompt, root=root.place, period=year, today=house.TODAY)
    assert (sum(it.timely for _, it in list_behind), len(list_behind)) == (11, 22)
    assert set(missing(prompt, root=root.place, period=year, today=house.TODAY)) == {second, ended}
    assert total(prompt, root=root.place, period=periods.parse("2026-11"), today=house.TODAY) == Share(0, 0)
    months = [total(prompt, root=root.place, period=one, today=house.TODAY) for one in periods.split(year, "month")]
    assert sum(share.bottom for share in months) == 22


def test_faults_of_a_duty_are_said_in_words():
    assert list(THEME.faults()) == []
    assert list(Duty("a", "", "", "meeting", every="month", who=BRANCHES, on="when").faults())
