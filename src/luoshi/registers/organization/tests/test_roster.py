"""The roster of staff with what each looks after, and guidance by kind."""

from datetime import date
from io import BytesIO

import pytest
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from luoshi.engine import samples
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Post
from luoshi.foundation.units import Kind
from luoshi.registers.organization.rules import kinds


def post(system, unit, what, person=None, **more):
    return samples.saved(register("position"), unit, system, person=person or samples.person(unit), post=what, since=date(2024, 3, 1),
                         **more)


@pytest.mark.parametrize(("members", "staff", "shown"), [(0, 1, "0.0"), (45, 2, "22.5"), (10, 3, "3.3"), (20, 3, "6.7"), (9, 0, "")])
def test_the_share_of_one_person(members, staff, shown):
    assert kinds.workload(members=members, staff=staff) == shown


def test_every_kind_has_its_rule_set():
    assert set(kinds.RULE_SETS) == set(Kind.values)
    assert kinds.RULE_SETS["overseas"].ways[0] == "call"


def test_the_roster_shows_who_looks_after_how_many_and_what_was_declared(system, house, grant, client_of):
    for _n in range(3):
        post(system, house.here, Post.MEMBER)
    one, two = post(system, house.above, Post.CADRE, full_time=True), post(system, house.above, Post.CADRE)
    first, second = post(system, house.above, Post.DISCIPLINE_CADRE), post(system, house.far, Post.DISCIPLINE_CADRE)
    samples.saved(register("recusal"), house.above, system, person=first.person, declared_on=date(2026, 2, 3))
    office = client_of(grant(house.root, Verb.MANAGE))
    shown = office.get("/organization/staff/").content.decode()
    assert all(row.person.name in shown for row in (one, two, first, second))
    assert "1.5" in shown
    assert "2026-02-03" in shown
    assert shown.count("未登记") == 1
    assert "共 4 人次，其中专职 1 人次" in shown
    assert one.person.name not in office.get("/organization/staff/?post=discipline_cadre").content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(office.get("/organization/staff/?as=xlsx&post=cadre").content))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert one.person.name in cells
    assert first.person.name not in cells
    beside = client_of(grant(house.far, Verb.SEE)).get("/organization/staff/").content.decode()
    assert one.person.name not in beside
    assert second.person.name in beside


def test_an_office_works_for_the_members_of_the_body_above_it(system, house, grant, client_of):
    office = samples.unit(system, "机关党委办公室", parent=house.root, body="office")
    for _n in range(3):
        post(system, house.here, Post.MEMBER)
    post(system, office, Post.CADRE)
    shown = client_of(grant(house.root, Verb.SEE)).get("/organization/staff/").content.decode()
    assert "3.0" in shown


def test_guidance_by_kind_names_contacts_and_those_without(system, house, grant, client_of):
    contact = post(system, house.above, Post.CONTACT)
    samples.saved(register("guidance"), house.here, system, visitor=contact.person, visited_on=date(2026, 3, 4))
    shown = client_of(grant(house.root, Verb.MANAGE)).get("/organization/kinds/").content.decode()
    assert contact.person.name in shown
    assert f"还没有联系人的支部 2 个，例如乙中心党委、{house.far.name}" in shown
    assert "支部工作条例 第十六条" in shown
    assert "本年已联系的支部" in shown
    assert "1 个，应联系" in shown
    assert "特办" not in shown.split("<main")[1], "no unit of that kind, no section"


def test_pages_ask_as_often_for_thirty_rows_as_for_one(system, house, grant, client_of, connection_of):
    office = client_of(grant(house.root, Verb.MANAGE))
    asked = {}
    for round_ in (1, 30):
        while register("position").rows(system).filter(post=Post.CADRE).count() < round_:
            post(system, house.here, Post.CADRE)
            post(system, house.here, Post.CONTACT)
        for address in ("staff", "kinds", "structure", "terms"):
            office.get(f"/organization/{address}/")
            with CaptureQueriesContext(connection_of) as found:
                office.get(f"/organization/{address}/")
            asked.setdefault(address, []).append(len(found))
    assert all(first == last <= 20 for first, last in asked.values()), asked


@pytest.fixture
def connection_of():
    from django.db import connection

    return connection
