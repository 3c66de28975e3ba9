"""Units are moved, joined, divided and closed: people follow, papers stay, the past counts as it did."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.engine import samples, write
from luoshi.engine.audience import children
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.files import StoredFile
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person, Position, Post, held
from luoshi.foundation.trail import Line
from luoshi.foundation.units import Placement, Unit, standing
from luoshi.kernel import periods, places
from luoshi.registers.organization.models import Guidance, UnitChange
from luoshi.registers.organization.pages import life

DAY = date(2026, 11, 23)
ON = date(2026, 11, 2)
SENT = {"on": "2026-11-02", "document": "甲〔2026〕9号"}


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


def member(system, unit, post=Post.MEMBER, since=date(2020, 1, 1), person=None):
    person = person or samples.person(unit)
    write.save(system, register("position"), Position(unit=unit, person=person, post=post, since=since))
    return person


def who(unit, day, *posts) -> set[int]:
    rows = Position.objects.filter(held(day), unit=unit)
    return set((rows.filter(post__in=posts) if posts else rows).values_list("person", flat=True))


def visit(system, unit, day):
    return samples.saved(register("guidance"), unit, system, visited_on=day, visitor=samples.person(unit))


def visits(root: str, period) -> int:
    return total(indicators()["organization.visits"], root=root, period=period, today=DAY).top


def test_merging_takes_members_over_ends_offices_and_keeps_the_past(house, system, office):
    one, two = member(system, house.beside), member(system, house.beside, Post.PROBATIONARY)
    both = member(system, house.beside)
    member(system, house.here, person=both)
    member(system, house.beside, Post.SECRETARY, person=one)
    visit(system, house.beside, date(2026, 9, 3))
    before = visits(house.beside.place, periods.month(date(2026, 9, 1)))
    address = f"/organization/units/{house.here.pk}/merge/"
    looked = office.post(address, {**SENT, "sources": [house.beside.pk], "do": "preview"})
    assert "3 人转入，1 个职务终止" in looked.content.decode()
    assert Unit.objects.get(pk=house.beside.pk).until is None, "looking changes nothing"
    paper = SimpleUploadedFile("批复.pdf", b"%PDF-1.4 test")
    done = office.post(address, {**SENT, "sources": [house.beside.pk], "do": "confirm", "paper": paper})
    assert done.status_code == 302
    assert Unit.objects.get(pk=house.beside.pk).until == ON
    assert who(house.here, ON, Post.MEMBER) == {one.pk, both.pk}
    assert who(house.here, ON, Post.PROBATIONARY) == {two.pk}
    assert who(house.beside, ON - timedelta(days=1)) == {one.pk, two.pk, both.pk}
    assert who(house.beside, ON) == set()
    assert who(house.here, ON, Post.SECRETARY) == set()
    assert Position.objects.filter(person=both, unit=house.here).count() == 1, "who was there already is not doubled"
    assert Person.objects.get(pk=one.pk).unit == house.here
    assert visits(house.beside.place, periods.month(date(2026, 9, 1))) == before == 1
    (change,) = UnitChange.objects.all()
    assert StoredFile.objects.get(register="unit_change", row=change.pk).name == "批复.pdf"
    for unit in (house.here, house.beside):
        shown = office.get(f"/organization/units/{unit.pk}/history/").content.decode()
        assert f"{house.beside.name}并入{house.here.name}" in shown
        assert "批复.pdf" in shown
    assert "甲〔2026〕9号" in Line.objects.get(register="unit", row=house.beside.pk, verb="merge").reason


def test_units_below_a_joined_unit_come_along(house, system, office):
    group = samples.unit(system, "乙组", parent=house.beside)
    office.post(f"/organization/units/{house.here.pk}/merge/", {**SENT, "sources": [house.beside.pk], "do": "confirm"})
    group = Unit.objects.get(pk=group.pk)
    assert group.parent == house.here
    assert group.place.startswith(house.here.place)


def test_splitting_sends_each_where_chosen(house, system, office):
    stays, goes = member(system, house.here), member(system, house.here)
    member(system, house.here, Post.PUBLICITY, person=goes)
    member(system, house.below, person=goes)
    address = f"/organization/units/{house.here.pk}/split/"
    assert office.get(address).status_code == 200
    sent = {**SENT, "name_1": "甲司第三党支部", "code_1": "N3", f"person-{goes.pk}": "1"}
    looked = office.post(address, {**sent, "do": "preview"}).content.decode()
    assert "成立；转入 1 人" in looked
    assert "继续存在，留 1 人" in looked
    assert not Unit.objects.filter(code="N3").exists()
    assert office.post(address, {**sent, "do": "confirm"}).status_code == 302
    made = Unit.objects.get(code="N3")
    assert (made.parent, made.since) == (house.above, ON)
    assert who(made, ON) == {goes.pk}
    assert who(house.here, ON) == {stays.pk}
    assert who(house.below, ON) == set(), "who leaves the branch leaves its group"
    assert "分设出甲司第三党支部" in office.get(f"/organization/units/{made.pk}/history/").content.decode()


def test_splitting_in_two_closes_the_old_one_only_when_nobody_is_left_behind(house, system, office):
    people = [member(system, house.here) for _ in range(2)]
    address = f"/organization/units/{house.here.pk}/split/"
    sent = {**SENT, "name_1": "甲", "code_1": "N1", "name_2": "乙", "code_2": "N2", "closes": "on", "do": "confirm",
            f"person-{people[0].pk}": "1", f"person-{people[1].pk}": "2"}
    refused = office.post(address, sent)
    assert refused.status_code == 422
    assert "每个下级组织都须选定去向" in refused.content.decode(), "the group below was not placed"
    assert office.post(address, {**sent, f"unit-{house.below.pk}": "2"}).status_code == 302
    assert Unit.objects.get(pk=house.here.pk).until == ON
    assert Unit.objects.get(pk=house.below.pk).parent.code == "N2"


@pytest.mark.parametrize(("more", "said"), [
    ({"sources": []}, "请至少选择 1 个"),
    ({"on": "2026-11-24"}, "今天之前"),
    ({"document": ""}, "请填写批准文号"),
])
def test_a_wrong_merger_is_refused_with_words(house, office, more, said):
    sent = {**SENT, "sources": [house.beside.pk], "do": "confirm", **more}
    answer = office.post(f"/organization/units/{house.here.pk}/merge/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Unit.objects.get(pk=house.beside.pk).until is None


def test_an_office_that_began_later_stops_a_backdated_merger(house, system, office):
    member(system, house.beside, Post.SECRETARY, since=date(2026, 11, 10))
    answer = office.post(f"/organization/units/{house.here.pk}/merge/",
                         {**SENT, "sources": [house.beside.pk], "do": "confirm"})
    assert answer.status_code == 422
    assert "请改用较晚的生效日期" in answer.content.decode()


def test_a_member_who_came_after_a_backdated_day_belongs_to_what_follows(house, system, office):
    late = member(system, house.beside, since=date(2026, 11, 10))
    office.post(f"/organization/units/{house.here.pk}/merge/", {**SENT, "sources": [house.beside.pk], "do": "confirm"})
    (position,) = Position.objects.filter(person=late)
    assert (position.unit, position.since) == (house.here, date(2026, 11, 10))


def test_a_unit_outside_the_grant_cannot_be_taken_in(house, grant, client_of):
    clerk = client_of(grant(house.here, Verb.MANAGE))
    answer = clerk.post(f"/organization/units/{house.here.pk}/merge/",
                        {**SENT, "sources": [house.beside.pk], "do": "confirm"})
    assert answer.status_code == 422
    assert clerk.get(f"/organization/units/{house.here.pk}/split/").status_code == 403
    assert clerk.get(f"/organization/units/{house.beside.pk}/history/").status_code == 404


def test_a_second_click_and_a_second_editor_do_nothing_twice(house, office):
    address = f"/organization/units/{house.here.pk}/close/"
    stale = {**SENT, "version": house.here.version + 7, "do": "confirm"}
    answer = office.post(f"/organization/units/{house.beside.pk}/close/", stale)
    assert answer.status_code == 422
    assert "刚刚被他人修改" in answer.content.decode()
    address = f"/organization/units/{house.far.pk}/close/"
    for _ in range(2):
        assert office.post(address, {**SENT, "key": "abc"}).status_code in (302, 422)
    assert UnitChange.objects.count() == 1


def test_a_record_saved_with_an_old_look_at_its_unit_stands_where_the_unit_stands_now(house, system):
    stale = Unit.objects.get(pk=house.here.pk)
    life.move(system, Unit.objects.get(pk=house.here.pk), house.far, life.Decision(ON, "甲〔2026〕9号"))
    kept = samples.saved(register("guidance"), stale, system)
    now = Unit.objects.get(pk=house.here.pk).place
    assert stale.place == now
    assert type(kept).objects.get(pk=kept.pk).place == now


def test_a_unit_saved_after_one_above_it_moved_keeps_its_new_place(house, system):
    stale = Unit.objects.get(pk=house.below.pk)
    life.move(system, Unit.objects.get(pk=house.here.pk), house.far, life.Decision(ON, "甲〔2026〕9号"))
    stale.name = "改名"
    write.save(system, register("unit"), stale)
    below = Unit.objects.get(pk=house.below.pk)
    assert below.name == "改名"
    assert below.place.startswith(Unit.objects.get(pk=house.here.pk).place)


def test_a_unit_older_than_its_parents_move_stood_where_the_parent_stood(house, system):
    life.move(system, house.here, house.far, life.Decision(ON, "甲〔2026〕9号"))
    old = write.save(system, register("unit"), Unit(name="补录小组", code="OLD", body="group", parent=house.here,
                                                    since=date(2020, 5, 1)))
    sound(set())
    assert old.pk in {spot.unit for spot in children(
        Placement.objects.get(unit=house.here, until=ON).place, day=date(2026, 10, 1)).values()}


def sound(days: set[date]) -> None:
    """Placements of a unit never overlap, and each stands inside its parent's place for as long as it lasts."""
    far = date.max
    spans: dict[int, list[tuple[date, date, str, int | None]]] = {}
    for one in Placement.objects.order_by("since"):
        spans.setdefault(one.unit_id, []).append((one.since, one.until or far, one.place, one.parent_id))
    for its in spans.values():
        for (_a, end, _p, _u), (start, _e, _q, _v) in pairwise(its):
            assert end <= start
        for since, until, place, parent in its:
            assert since < until
            for day in {since, *(d for d in days if since <= d < until)}:
                above = [p for s, u, p, _ in spans.get(parent, ()) if s <= day < u] if parent else [""]
                assert above == [place[:-places.STEP]], f"{place} on {day}"


def picture(day: date) -> dict[str, int]:
    """What the month before a day counts, at each place of that day's tree."""
    month = periods.month(day)
    stood = Placement.objects.filter(standing(month.last_day)).values_list("place", flat=True)
    return {place: visits(place, month) for place in stood}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_to_units_the_past_stays_and_parts_add_up(house, system, seed):
    roll = Random(seed)
    samples.unit(system, "丙组", parent=house.beside)
    for unit in (house.here, house.beside, house.far, house.below):
        member(system, unit)
    day, past, days = date(2025, 1, 10), {}, set()
    for n in range(10):
        open_units = list(Unit.objects.filter(until__isnull=True, parent__isnull=False).order_by("pk"))
        visit(system, roll.choice(open_units), day + timedelta(days=roll.randrange(5)))
        on = day + timedelta(days=roll.randrange(6, 12))
        one = roll.choice([u for u in open_units if u.since < on])
        _happen(system, roll, one, life.Decision(on, f"甲〔2026〕{n}号"))
        days |= {on, on - timedelta(days=1)}
        sound(days)
        for month, counted in roll.sample(sorted(past.items()), min(2, len(past))):
            assert picture(month) == counted, f"after {on} the past month {month} counts as before"
        past[day] = picture(day)
        _adds_up(periods.month(day))
        day = (day.replace(day=1) + timedelta(days=40)).replace(day=10)


def _happen(system, roll, one, decided) -> None:
    beside = [u for u in Unit.objects.filter(parent=one.parent_id, until__isnull=True, since__lt=decided.on).exclude(pk=one.pk)
              if _settled(u, decided.on)]
    what = roll.choice(["found", "move", "merge", "split", "close"])
    able = [u for u in Unit.objects.filter(until__isnull=True) if not places.below(u.place, one.place)
            and u.pk != one.parent_id and _settled(u, decided.on)]
    if what == "found" or not able or not _settled(one, decided.on):
        life.found(system, Unit(name="新", code=f"R{roll.random()}", parent=one, since=decided.on), decided)
    elif what == "merge" and beside:
        life.merge(system, one, [roll.choice(beside)], decided)
    elif what == "split":
        people = frozenset(who(one, decided.on))
        life.split(system, one, [life.Part("甲", f"S{roll.random()}", people, frozenset(u.pk for u in life.below(one)[:1]))],
                   decided, closes=False)
    elif what == "close" and not life.below(one):
        life.close(system, one, decided)
    else:
        life.move(system, one, roll.choice(able), decided)


def _settled(unit, on) -> bool:
    return Placement.objects.filter(unit=unit, until__isnull=True, since__lt=on).exists()


def _adds_up(month) -> None:
    """Every place counts what a hand would count: visits to units that stood, or last stood, at or below it."""
    last = {}
    for one in Placement.objects.filter(since__lte=month.last_day).order_by("since"):
        last[one.unit_id] = one.place
    rows = Guidance.objects.filter(visited_on__gte=month.start, visited_on__lt=month.end).values_list("unit", flat=True)
    spots = [last[unit] for unit in rows]
    assert spots, "a month without a visit would prove nothing"
    for place in Placement.objects.filter(standing(month.last_day)).values_list("place", flat=True):
        assert visits(place, month) == sum(1 for spot in spots if places.below(spot, place)), place
