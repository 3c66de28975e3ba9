"""A secretary hands over: the list says what is open; post, grants and record change hands together."""

from datetime import date

import pytest

from luoshi.engine import samples, write
from luoshi.engine.documents.docx import to_docx
from luoshi.engine.handover import pack
from luoshi.engine.register import register
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import Grant, Verb
from luoshi.foundation.people import Position, held
from luoshi.registers.organization import documents as handover_documents
from luoshi.registers.organization.documents import handover_list
from luoshi.registers.organization.models import Handover

TODAY = date(2026, 11, 23)


@pytest.fixture
def crew(house, system):
    """Three members of here, the first of them secretary since 2024 with an account that manages it."""
    people = [samples.person(house.here) for _n in range(3)]
    for n, person in enumerate(people):
        for post in ("member", *(["secretary"] if n == 0 else [])):
            write.save(system, register("position"), Position(unit=house.here, person=person, post=post, since=date(2024, 1, 1)))
    old = Account.objects.create_user("old", None, label="旧书记", home=house.here, person=people[0])
    Grant.objects.create(account=old, unit=house.here, verb=Verb.MANAGE, since=date(2024, 1, 1))
    Account.objects.create_user("new", None, label="新书记", home=house.here, person=people[1])
    return people


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE, login="office"))


def hand(client, house, taker, **more):
    return client.post(f"/organization/units/{house.here.pk}/handover/",
                       {"taker": taker.pk, "on": "2026-11-20", "note": "印章一枚", **more})


def test_post_grants_and_record_change_hands(house, crew, office, client_of):
    old, new = (client_of(Account.objects.get(login=login)) for login in ("old", "new"))
    assert old.get("/r/meeting/").status_code == 200 and new.get("/r/meeting/").status_code == 403
    page = office.get(f"/organization/units/{house.here.pk}/handover/").content.decode()
    assert "支部党员大会" in page and "逾期" in page
    assert hand(office, house, crew[1]).status_code == 302
    held_now = Position.objects.filter(held(TODAY), unit=house.here, post="secretary").values_list("person", flat=True)
    assert list(held_now) == [crew[1].pk]
    assert Position.objects.filter(held(date(2026, 11, 19)), unit=house.here, post="secretary").get().person == crew[0]
    row = Handover.objects.get()
    assert (row.giver, row.taker, row.open_matters > 0) == (crew[0], crew[1], True)
    assert Grant.objects.get(account__login="old").until == date(2026, 11, 20)
    given = Grant.objects.get(account__login="new")
    assert (given.unit, given.verb, given.since, given.until) == (house.here, Verb.MANAGE, date(2026, 11, 20), None)
    assert old.get("/r/meeting/").status_code == 403 and new.get("/r/meeting/").status_code == 200


def test_the_list_is_printed_with_lines_to_sign(house, crew, office, system):
    samples.saved(register("meeting"), house.here, system, held_on=date(2026, 3, 1))
    samples.saved(register("term"), house.here, system, elected_on=date(2024, 1, 1))
    hand(office, house, crew[1])
    paper = handover_list(Handover.objects.get(), system)
    words = "\n".join(paper.texts())
    for said in ("未办职责", "届次", "移交的台账", "印章一枚", "交出人（签字）", "接收人（签字）"):
        assert said in words
    assert to_docx(paper)[:2] == b"PK"


def test_who_has_no_account_is_said(house, crew, office):
    Account.objects.filter(login="new").delete()
    hand(office, house, crew[1])
    assert "还没有账号" in office.get("/").content.decode()
    assert Grant.objects.filter(until=date(2026, 11, 20)).count() == 1


@pytest.mark.parametrize(("sent", "said"), [
    ({"on": "2023-12-31"}, "应晚于现任书记的任职日期"), ({"on": "2027-01-01"}, "不能晚于今天"), ({"on": ""}, "请填写交接日期"),
])
def test_wrong_days(house, crew, office, sent, said):
    answer = hand(office, house, crew[1], **sent)
    assert answer.status_code == 422 and said in answer.content.decode() and "印章一枚" in answer.content.decode()
    assert not Handover.objects.exists() and Grant.objects.get(account__login="old").until is None


def test_not_to_oneself_nor_to_a_stranger(house, crew, office, system):
    assert "不能是同一人" in hand(office, house, crew[0]).content.decode()
    assert hand(office, house, samples.person(house.far)).status_code == 422
    assert not Handover.objects.exists()


def test_a_unit_without_a_secretary_and_strangers(house, office, grant, client_of, system):
    assert "现在没有书记" in office.get(f"/organization/units/{house.far.pk}/handover/").content.decode()
    stranger = client_of(grant(house.far, Verb.MANAGE, login="far"))
    assert stranger.get(f"/organization/units/{house.here.pk}/handover/").status_code == 404
    assert all(one.rows for one in pack(house.here, system))


def test_the_card_of_a_file_prints_masked_numbers(house, system, office):
    person = write.save(system, register("person"), samples.row(
        register("person"), house.here, system, name="林远", phone="13812345678", education="21"))
    write.save(system, register("position"), Position(unit=house.here, person=person, post="member", since=date(2024, 1, 1)))
    person.refresh_from_db()
    words = "\n".join(handover_documents.card(person, system).texts())
    assert "林\u3000远" in words and "大学本科毕业" in words and "138****5678" in words and "13812345678" not in words
    assert office.get(f"/r/person/{person.pk}/document/card.pdf").content[:5] == b"%PDF-"
