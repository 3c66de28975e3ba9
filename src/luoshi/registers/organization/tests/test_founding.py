"""Founding an organisation by document, and the credit codes of units that are legal persons of their own."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from luoshi.engine import samples, write
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Placement, Unit
from luoshi.kernel import ids
from luoshi.registers.organization import documents
from luoshi.registers.organization.models import UnitChange
from luoshi.registers.organization.rules import founding

SENT = {"name": "甲司第三党支部", "code": "N3", "body": "branch", "kind": "organ", "full": "12", "probationary": "1",
        "on": "2026-11-02", "document": "甲〔2026〕12号"}
HEAD = "51100000" + "50001234"  # a society's register, region 100000, an invented organisation
CREDIT = HEAD + ids.body_check("50001234")
CREDIT += ids.credit_check(CREDIT)


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


@pytest.mark.parametrize(("full", "probationary", "body", "called"), [
    (2, 3, "branch", "joint"), (3, 0, "branch", "branch"), (46, 6, "branch", "general"), (99, 0, "general", "general"),
    (100, 0, "general", "committee")])
def test_the_body_called_for_is_that_of_the_regulation(full, probationary, body, called):
    found = founding.called_for(system="party", body=body, full=full, probationary=probationary)
    assert found.body == called
    assert (found.differs == "") == (body == called)


def test_a_larger_body_is_said_to_need_approval_and_a_union_follows_its_own_law():
    assert founding.called_for(system="party", body="general", full=20).differs == "larger"
    assert founding.called_for(system="union", body="committee", full=24).differs == "larger"
    assert founding.called_for(system="union", body="committee", full=25).differs == ""
    assert founding.called_for(system="league", body="branch", full=9) is None


def test_founding_looks_first_then_makes_the_unit_and_its_history(house, office):
    address = f"/organization/units/{house.above.pk}/found/"
    assert office.get(address).status_code == 200
    looked = office.post(address, {**SENT, "do": "preview"}).content.decode()
    assert "与人数相符" in looked
    assert "第七条" in looked
    assert not Unit.objects.filter(code="N3").exists()
    sent = {**SENT, "do": "confirm", "credit_code": CREDIT.lower(), "key": "k1"}
    assert office.post(address, sent).status_code == 302
    assert office.post(address, {**sent, "code": "N4"}).status_code == 422, "the credit code is taken"
    assert office.post(address, {**sent, "code": "N5", "credit_code": ""}).status_code == 302, "a second sending of the same page"
    assert not Unit.objects.filter(code__in=("N4", "N5")).exists()
    made = Unit.objects.get(name="甲司第三党支部")
    assert (made.parent, made.since, made.credit_code) == (house.above, date(2026, 11, 2), CREDIT)
    assert Placement.objects.get(unit=made).place == made.place
    (change,) = UnitChange.objects.filter(unit=made)
    assert change.document == "甲〔2026〕12号"
    shown = office.get(f"/organization/units/{made.pk}/history/").content.decode()
    assert "甲司第三党支部成立" in shown
    assert "正式成员 12 人" in shown
    assert office.get(f"/r/unit_change/{change.pk}/document/decision.docx").status_code == 200
    said = "".join(one.text for one in documents.decision(change, None).body)
    assert "成立甲司第三党支部，组织类型为支部，隶属甲司党总支。" in said
    assert "甲〔2026〕12号" in said


@pytest.mark.parametrize(("changed", "said"), [
    ({"on": "1999-12-31"}, "成立日期不能早于上级的成立日期"), ({"on": "2027-01-01"}, "也不能晚于今天"),
    ({"document": ""}, "请填写批准文号"), ({"credit_code": "9135010"}, "应为 18 位"),
    ({"credit_code": CREDIT[:17] + ("0" if CREDIT[17] != "0" else "1")}, "校验位不符"), ({"full": ""}, "请填写人数")])
def test_what_is_wrong_is_said_and_nothing_is_made(house, office, changed, said):
    answer = office.post(f"/organization/units/{house.above.pk}/found/", {**SENT, **changed, "do": "confirm"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Unit.objects.filter(code="N3").exists()


def test_who_does_not_manage_may_not_found(house, grant, client_of):
    reader = client_of(grant(house.root, Verb.SEE))
    assert reader.post(f"/organization/units/{house.above.pk}/found/", {**SENT, "do": "confirm"}).status_code in (403, 404)
    assert not Unit.objects.filter(code="N3").exists()


def test_a_credit_code_belongs_to_one_unit_and_finds_it(house, system, office):
    house.here.credit_code = CREDIT
    write.save(system, register("unit"), house.here)
    assert house.here.name in office.get(f"/r/unit/?q={CREDIT}").content.decode()
    house.beside.credit_code = CREDIT
    with pytest.raises(ValidationError, match="已登记在另一单位"):
        write.save(system, register("unit"), house.beside)


def test_a_wrong_credit_code_is_refused_by_the_door(house, system):
    row = samples.row(register("unit"), house.here, system, credit_code="ABC")
    with pytest.raises(ValidationError, match="18 位"):
        write.save(system, register("unit"), row)
