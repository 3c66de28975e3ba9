"""Units, terms, visits and sheets through the doors: the tree follows, the pages refuse, the numbers count."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from luoshi.engine import samples, write
from luoshi.engine.duties import duties
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position, Post
from luoshi.foundation.trail import Line
from luoshi.foundation.units import Placement, Unit
from luoshi.kernel import periods
from luoshi.kernel.shares import Share
from luoshi.registers.organization.models import Action, Guidance, Heading, Improvement, Term

DAY = date(2026, 11, 23)


def kept(system, model, **values):
    name = {Unit: "unit", Term: "term", Guidance: "guidance", Improvement: "improvement"}[model]
    return write.save(system, register(name), model(**values))


def a_unit(system, parent, code="N1", **more) -> Unit:
    return kept(system, Unit, name=f"新支部{code}", code=code, parent=parent, since=date(2026, 3, 1), **more)


def count(name: str, root: Unit) -> Share:
    return total(indicators()[name], root=root.place, period=periods.year(DAY), today=DAY)


def test_a_new_unit_stands_in_the_tree_from_its_first_day(house, system):
    unit = a_unit(system, house.above)
    (stands,) = Placement.objects.filter(unit=unit)
    assert (stands.place, stands.since, stands.until) == (unit.place, date(2026, 3, 1), None)
    assert unit.place.startswith(house.above.place)


def test_the_form_cannot_move_a_unit(house, system):
    house.here.parent = house.root
    with pytest.raises(ValidationError) as refused:
        write.save(system, register("unit"), house.here)
    assert "parent" in refused.value.message_dict
    assert Unit.objects.get(pk=house.here.pk).parent == house.above


def test_a_unit_with_units_below_cannot_be_closed_or_withdrawn(house, system):
    house.above.until = DAY
    with pytest.raises(ValidationError):
        write.save(system, register("unit"), house.above)
    with pytest.raises(ValidationError):
        write.withdraw(system, register("unit"), Unit.objects.get(pk=house.above.pk), reason="重复登记")


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


def test_moving_takes_the_unit_and_all_below_and_leaves_the_past(house, office):
    answer = office.post(f"/organization/units/{house.here.pk}/move/",
                         {"parent": house.root.pk, "on": "2026-11-02", "document": "甲〔2026〕7号"})
    assert answer.status_code == 302
    here, below = Unit.objects.get(pk=house.here.pk), Unit.objects.get(pk=house.below.pk)
    assert here.parent == house.root
    assert below.place.startswith(here.place)
    assert not here.place.startswith(house.above.place)
    old = Placement.objects.get(unit=house.here, until=date(2026, 11, 2))
    assert old.place.startswith(house.above.place)
    line = Line.objects.get(register="unit", row=here.pk, verb="move")
    assert "甲〔2026〕7号" in line.reason
    assert f'"parent_id":[{house.above.pk},{house.root.pk}]' in line.data


@pytest.mark.parametrize(("sent", "said"), [
    ({"document": ""}, "请填写批准文号"),
    ({"on": "2026-11-24"}, "今天之前"),
    ({"parent": "below"}, "不能是本组织或其下级"),
])
def test_a_wrong_move_is_refused_with_words(house, office, sent, said):
    data = {"parent": house.root.pk, "on": "2026-11-02", "document": "甲〔2026〕7号", **sent}
    if data["parent"] == "below":
        data["parent"] = house.below.pk
    answer = office.post(f"/organization/units/{house.here.pk}/move/", data)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Unit.objects.get(pk=house.here.pk).parent == house.above


def test_a_unit_cannot_be_pushed_out_of_a_grant(house, grant, client_of):
    clerk = client_of(grant(house.above, Verb.MANAGE))
    answer = clerk.post(f"/organization/units/{house.here.pk}/move/",
                        {"parent": house.root.pk, "on": "2026-11-02", "document": "甲〔2026〕7号"})
    assert answer.status_code == 422
    assert Unit.objects.get(pk=house.here.pk).parent == house.above
    assert client_of(grant(house.beside, Verb.MANAGE)).get(
        f"/organization/units/{house.here.pk}/move/").status_code == 404
    assert client_of(grant(house.here, Verb.CHANGE)).get(
        f"/organization/units/{house.here.pk}/move/").status_code == 403


def test_closing_ends_the_placement_and_keeps_the_unit(house, office):
    answer = office.post(f"/organization/units/{house.beside.pk}/close/",
                         {"on": "2026-11-02", "document": "会议决定"})
    assert answer.status_code == 302
    assert Unit.objects.get(pk=house.beside.pk).until == date(2026, 11, 2)
    assert not Placement.objects.filter(unit=house.beside, until__isnull=True).exists()
    again = office.post(f"/organization/units/{house.here.pk}/close/", {"on": "2026-11-02", "document": "会议决定"})
    assert again.status_code == 422, "a unit with a group below stays"


def test_the_length_of_a_term_follows_the_body(house, system):
    assert kept(system, Term, unit=house.here, number=3, elected_on=date(2023, 5, 10)).due_on == date(2026, 5, 10)
    assert kept(system, Term, unit=house.root, number=9, elected_on=date(2021, 11, 1)).due_on == date(2026, 11, 1)
    old = kept(system, Term, unit=house.beside, number=1, elected_on=date(2014, 5, 10), years=2)
    assert old.due_on == date(2016, 5, 10), "terms before the regulation keep their own length"


def test_terms_that_run_out_are_listed_with_their_state(house, system, office):
    kept(system, Term, unit=house.here, number=3, elected_on=date(2023, 5, 10))
    kept(system, Term, unit=house.beside, number=2, elected_on=date(2024, 2, 1))
    kept(system, Term, unit=house.far, number=2, elected_on=date(2025, 2, 1))
    html = office.get("/organization/terms/").content.decode()
    assert html.count("已届满未换届") == 1
    assert html.count("不足 3 个月届满") == 1
    assert house.far.name not in html


def test_terms_in_force_are_counted_on_the_day(house, system):
    kept(system, Term, unit=house.here, number=3, elected_on=date(2023, 5, 10))
    assert count("organization.in_term", house.above).top == 0
    kept(system, Term, unit=house.here, number=4, elected_on=date(2026, 6, 1))
    assert count("organization.in_term", house.above).top == 1


def test_visits_cover_units_once_however_often_they_are_visited(house, system):
    visitor = samples.person(house.root)
    for day in (date(2026, 3, 1), date(2026, 4, 1)):
        kept(system, Guidance, unit=house.here, visitor=visitor, visited_on=day, subject="了解换届准备")
    assert count("organization.visits", house.root) == Share(2)
    covered = count("organization.visited", house.above)
    assert (covered.top, covered.bottom) == (1, 4), "one of the four units of this branch of the tree"


def test_a_sheet_without_an_action_under_a_heading_is_not_whole(house):
    sheet = Improvement(unit=house.here, year=2026, title="能力提升", made_on=date(2026, 2, 1))
    actions = [Action(heading=heading, text="甲") for heading in ("study", "education", "service")]
    said = [str(message) for _field, message in sheet.problems(today=DAY, lines={"actions": actions})]
    assert len(said) == 1
    assert "创新能力" in said[0]


def test_a_sheet_counts_once_it_has_actions(house, system):
    sheet = kept(system, Improvement, unit=house.here, year=2026, title="能力提升", made_on=date(2026, 2, 1))
    assert count("organization.sheets", house.above).top == 0
    with pytest.raises(ValidationError):
        write.save(system, register("improvement"), sheet, lines={"actions": [Action(heading="study", text="甲")]})
    whole = [Action(heading=heading, text="甲") for heading in Heading.values]
    write.save(system, register("improvement"), Improvement.objects.get(pk=sheet.pk), lines={"actions": whole})
    assert count("organization.sheets", house.above).top == 1


def test_the_review_is_proposed_from_the_records_and_kept(house, system, office):
    sheet = write.save(system, register("improvement"),
                       Improvement(unit=house.here, year=2026, title="能力提升", made_on=date(2026, 2, 1)),
                       lines={"actions": [Action(heading=h, text=f"措施{h}") for h in Heading.values]})
    for n in (1, 2):
        samples.saved(register("meeting"), house.here, system, kind="theme_day", held_on=date(2026, 9, n))
    address = f"/organization/improvements/{sheet.pk}/review/"
    html = office.get(address).content.decode()
    assert "措施study" in html
    assert "主题党日 2 次" in html
    assert office.post(address, {"review": ""}).status_code == 422
    assert office.post(address, {"review": "已完成"}).status_code == 302
    assert count("organization.reviewed", house.above).top == 1


def test_structure_lists_a_branch_that_is_too_small(house, system, office):
    person = samples.person(house.here)
    for post in (Post.MEMBER, Post.SECRETARY):
        Position.objects.create(unit=house.here, place=house.here.place, person=person, post=post,
                                since=date(2024, 1, 1))
    html = office.get("/organization/structure/").content.decode()
    assert house.here.name in html
    assert "按党员人数宜设联合支部" in html


def test_every_duty_and_indicator_of_the_house_is_sound():
    faults = [fault for one in (*duties().values(), *indicators().values()) for fault in one.faults()]
    assert faults == []
