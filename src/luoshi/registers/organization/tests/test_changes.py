"""Units merged and split: members follow, past figures stay, nothing is half done."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.engine import samples, write
from luoshi.engine.indicators import Count, rollup, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person, Position, held
from luoshi.foundation.units import Placement, Unit, standing
from luoshi.kernel import periods, places
from luoshi.registers.organization.models import Term, UnitChange
from luoshi.registers.organization.pages import changing
from tests.counting import house as counting

DAY = date(2026, 6, 1)
HELD = Count("meeting.held", "会议", "meeting", "held_on")


def people(system, unit, n, *, secretary=False):
    """Members of a unit since 2020, the first of them secretary."""
    made = []
    for i in range(n):
        person = samples.person(unit)
        posts = ["member", *(["secretary"] if secretary and i == 0 else [])]
        for post in posts:
            write.save(system, register("position"), Position(unit=unit, person=person, post=post, since=date(2020, 1, 1)))
        made.append(person)
    return made


def at(unit, day, post="member"):
    return set(Position.objects.filter(held(day), unit=unit, post=post).values_list("person", flat=True))


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


def merge(client, unit, *others, do="confirm", **more):
    sent = {f"other{n}": one.pk for n, one in enumerate(others, 1)}
    return client.post(f"/organization/units/{unit.pk}/merge/",
                       {"on": "2026-06-01", "document": "远党批〔2026〕3号", "name": "", "do": do, **sent, **more})


def split(client, unit, goes, *, do="confirm", **more):
    names = {f"name{n}": name for n, name in enumerate(goes, 1)}
    to = {f"to-{person.pk}": n for n, persons in enumerate(goes.values(), 1) for person in persons}
    return client.post(f"/organization/units/{unit.pk}/split/",
                       {"on": "2026-06-01", "document": "远党批〔2026〕4号", "do": do, **names, **to, **more})


def test_one_branch_is_joined_to_another(house, system, office):
    ours, theirs = people(system, house.here, 3), people(system, house.beside, 2, secretary=True)
    term = samples.saved(register("term"), house.beside, system, elected_on=date(2025, 1, 1))
    samples.saved(register("meeting"), house.beside, system, held_on=date(2026, 3, 1), kind="members")
    shown = merge(office, house.here, house.beside, do="check")
    assert "2 人的组织关系转到" in shown.content.decode() and Unit.objects.get(pk=house.beside.pk).until is None
    assert merge(office, house.here, house.beside).status_code == 302
    assert at(house.beside, DAY - timedelta(days=1)) == {one.pk for one in theirs}
    assert at(house.here, DAY) == {one.pk for one in (*ours, *theirs)} and at(house.beside, DAY) == set()
    assert at(house.beside, DAY, "secretary") == at(house.here, DAY, "secretary") == set()
    assert {p.unit_id for p in Person.objects.filter(pk__in=[one.pk for one in theirs])} == {house.here.pk}
    assert Unit.objects.get(pk=house.beside.pk).until == DAY
    assert Term.objects.get(pk=term.pk).ended_on == DAY
    year = periods.year(2026)
    assert total(HELD, root=house.above.place, period=year).top == 1, "the record of the closed branch still counts above"
    change = UnitChange.objects.get()
    assert [(s.unit, s.role, s.members) for s in change.sides.order_by("pk")] == [
        (house.here, "before", 3), (house.beside, "before", 2), (house.here, "after", 5)]
    history = office.get(f"/organization/units/{house.beside.pk}/history/").content.decode()
    assert "合并" in history and "远党批〔2026〕3号" in history


def test_two_branches_make_a_new_one_and_what_stands_below_follows(house, system, office):
    people(system, house.here, 2)
    people(system, house.beside, 2)
    assert merge(office, house.here, house.beside, name="甲司联合党支部").status_code == 302
    new = Unit.objects.get(name="甲司联合党支部")
    assert (new.since, new.parent, new.body) == (DAY, house.above, house.here.body)
    assert len(at(new, DAY)) == 4
    assert Unit.objects.get(pk=house.below.pk).parent == new
    assert Unit.objects.filter(pk__in=(house.here.pk, house.beside.pk), until=DAY).count() == 2
    assert rollup(HELD, root=house.above.place, period=periods.year(2026)) == {}


def test_a_branch_is_split_and_the_old_one_goes_on(house, system, office):
    crew = people(system, house.here, 8, secretary=True)
    goes = {"甲司第三党支部": crew[3:6], "甲司第四党支部": crew[6:]}
    shown = split(office, house.here, goes, do="check").content.decode()
    assert "新设“甲司第三党支部”，转入 3 人" in shown and "正式党员不足 3 人" in shown and "留下 3 人" in shown
    assert split(office, house.here, goes).status_code == 302
    third = Unit.objects.get(name="甲司第三党支部")
    assert at(third, DAY) == {one.pk for one in crew[3:6]} and at(house.here, DAY) == {one.pk for one in crew[:3]}
    assert at(house.here, DAY, "secretary") == {crew[0].pk}
    assert at(house.here, DAY - timedelta(days=1)) == {one.pk for one in crew}
    assert third.code == f"{house.here.code}-1"


def test_a_split_that_leaves_nobody_closes_the_old_one(house, system, office):
    crew = people(system, house.beside, 6)
    goes = {"甲司第五党支部": crew[:3], "甲司第六党支部": crew[3:]}
    refused = split(office, house.beside, goes)
    assert refused.status_code == 422 and "请勾选“撤销原组织”" in refused.content.decode()
    assert split(office, house.beside, goes, closes="on").status_code == 302
    assert Unit.objects.get(pk=house.beside.pk).until == DAY and at(house.beside, DAY) == set()


@pytest.mark.parametrize(("sent", "said"), [
    ({"on": "2027-01-01"}, "生效日期应在"), ({"on": "2019-01-01"}, "有人在该日或之后才任职"),
    ({"document": ""}, "请填写批准文号"), ({"other1": ""}, "请选择至少一个"),
])
def test_what_cannot_be_merged(house, system, office, sent, said):
    people(system, house.here, 2)
    answer = merge(office, house.here, house.beside, **sent)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert Unit.objects.get(pk=house.beside.pk).until is None and not UnitChange.objects.exists()


def test_a_failure_half_way_leaves_everything_as_it_was(house, system, monkeypatch):
    people(system, house.here, 2)
    people(system, house.beside, 2)

    def fails(*_words):
        raise ValidationError("断电")

    monkeypatch.setattr(changing, "keep", fails)
    with pytest.raises(ValidationError):
        changing.merge(system, house.here, [house.beside], name="", on=DAY, document="会议决定")
    assert len(at(house.beside, DAY)) == 2 and Unit.objects.get(pk=house.beside.pk).until is None


def test_who_may_not_manage_and_strangers(house, system, grant, client_of):
    people(system, house.here, 2)
    stranger, reader = client_of(grant(house.far, Verb.MANAGE)), client_of(grant(house.here, Verb.CHANGE))
    for word in ("merge", "split"):
        assert stranger.get(f"/organization/units/{house.here.pk}/{word}/").status_code == 404
        assert reader.get(f"/organization/units/{house.here.pk}/{word}/").status_code == 403
    assert stranger.get(f"/organization/units/{house.here.pk}/history/").status_code == 404
    mine = client_of(grant(house.here, Verb.MANAGE, login="m"))
    assert merge(mine, house.here, house.beside).status_code == 422, "a unit outside the grant cannot be named"
    assert Unit.objects.get(pk=house.beside.pk).until is None


STEP = st.tuples(st.sampled_from(["merge", "new", "split", "close_split"]), st.integers(0, 9), st.integers(0, 9))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEP, max_size=6))
def test_whatever_is_done_everybody_is_in_one_branch_on_every_day(house, system, steps):
    with counting.undone():
        branches = [samples.unit(system, f"第{n}支部", parent=house.above, since=date(2020, 1, 1)) for n in range(3)]
        crew = [one for branch in branches for one in people(system, branch, 3)]
        days, on = [date(2026, 1, 1)], date(2026, 1, 10)
        for word, a, b in steps:
            alive = list(Unit.objects.filter(pk__in=[u.pk for u in branches], until__isnull=True).order_by("pk"))
            one, other = alive[a % len(alive)], alive[b % len(alive)]
            its = sorted(at(one, on))
            if word in ("merge", "new") and one != other:
                new = changing.merge(system, one, [other], name=f"合{on}" if word == "new" else "", on=on, document="决定")
                branches += [new] if new not in branches else []
            elif word in ("split", "close_split") and len(its) >= 2:
                part = its if word == "close_split" else its[:1]
                branches += changing.split(system, one, {f"分{on}": part}, closes=word == "close_split", on=on,
                                           document="决定")
            else:
                continue
            days += [on - timedelta(days=1), on]
            on += timedelta(days=10)
        for day in days:
            rows = Position.objects.filter(held(day), post="member", person__in=crew)
            assert sorted(rows.values_list("person", flat=True)) == sorted(one.pk for one in crew)
            stood = Placement.objects.filter(standing(day), unit__in=branches)
            assert all(places.below(one.place, house.above.place) for one in stood)
            assert len({one.unit_id for one in stood}) == stood.count()
            assert set(rows.values_list("unit", flat=True)) <= {one.unit_id for one in stood}
