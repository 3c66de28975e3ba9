"""A person asks to have their file corrected; the keeper compares and decides; the file changes through its own rules."""

import pytest
from django.db import connection

from luoshi.engine import samples, write
from luoshi.engine.register import register
from luoshi.foundation import sealed
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.foundation.trail import Line
from luoshi.registers.membership.models import Correction

pytestmark = pytest.mark.django_db
NEW = "13987654321"


@pytest.fixture
def person(house, system):
    return write.save(system, register("person"), samples.row(
        register("person"), house.here, system, name="林知远", phone="13812345678", education="31"))


@pytest.fixture
def mine(person, house, client_of):
    return client_of(Account.objects.create_user("me", None, label="林知远", home=house.here, person=person))


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE, login="office"))


def ask(client, **sent):
    return client.post("/membership/correction/", {"field": "phone", "proposed": NEW, "reason": "已换号", **sent})


def decide(client, row, do, **sent):
    return client.post(f"/membership/correction/{row.pk}/", {"do": do, "version": row.version, **sent})


def test_asked_compared_and_written_into_the_file(mine, office, person):
    assert "/membership/correction/" in mine.get("/me/").content.decode()
    assert ask(mine).status_code == 302
    row = Correction.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT proposed FROM membership_correction")
        assert NEW not in cursor.fetchone()[0]
    assert "林知远 手机" in office.get("/waiting/").content.decode()
    assert NEW not in office.get("/r/correction/").content.decode()
    page = office.get(f"/membership/correction/{row.pk}/").content.decode()
    assert NEW in page and "138****5678" in page
    assert Line.objects.filter(verb="reveal", register="correction").count() == 1
    assert decide(office, row, "accept").status_code == 302
    person.refresh_from_db()
    row.refresh_from_db()
    assert sealed.clear(person.phone) == NEW and row.state == "accepted"
    line = Line.objects.filter(register="person", row=person.pk, verb="change").get()
    assert line.reason == "本人申请更正" and line.actor_name == "office"
    assert "已更正" in mine.get("/membership/correction/").content.decode()


def test_codes_are_typed_by_name_and_wrong_words_are_told(mine, office, person):
    assert ask(mine, field="education", proposed="大学本科毕业").status_code == 302
    assert decide(office, Correction.objects.get(), "accept").status_code == 302
    assert Person.objects.get(pk=person.pk).education == "21"
    wrong = ask(mine, field="education", proposed="大本")
    assert wrong.status_code == 422 and "请从列表中选择" in wrong.content.decode() and "大本" in wrong.content.decode()
    assert "2026-03-01" in ask(mine, field="joined", proposed="三月").content.decode()


def test_the_rules_of_the_file_are_asked(mine, office, person):
    assert ask(mine, field="id_number", proposed="110101199003070012").status_code == 302
    row = Correction.objects.get()
    refused = decide(office, row, "accept")
    assert refused.status_code == 422 and "校验位" in refused.content.decode()
    row.refresh_from_db()
    assert row.state == "asked" and not Person.objects.get(pk=person.pk).id_number


def test_a_refusal_needs_a_reason_and_the_file_stays(mine, office, person):
    ask(mine)
    row = Correction.objects.get()
    assert "不予更正须写明原因" in decide(office, row, "refuse").content.decode()
    assert decide(office, row, "refuse", answer="与证件不符").status_code == 302
    assert sealed.clear(Person.objects.get(pk=person.pk).phone) == "13812345678"
    assert "与证件不符" in mine.get("/membership/correction/").content.decode()
    assert decide(office, Correction.objects.get(), "accept").status_code == 302  # decided already: nothing happens
    assert sealed.clear(Person.objects.get(pk=person.pk).phone) == "13812345678"


def test_one_open_request_for_a_field_and_double_clicks(mine):
    ask(mine, key="k")
    assert ask(mine, key="k").status_code == 302
    again = ask(mine)
    assert again.status_code == 422 and "已有申请在核对" in again.content.decode()
    assert Correction.objects.count() == 1


def test_strangers_see_nothing_and_nobody_asks_for_another(mine, person, house, system, grant, client_of):
    ask(mine)
    row = Correction.objects.get()
    stranger = client_of(grant(house.far, Verb.MANAGE))
    assert stranger.get(f"/membership/correction/{row.pk}/").status_code == 404
    assert stranger.get(f"/r/correction/{row.pk}/").status_code == 404
    reader = client_of(grant(house.here, Verb.SEE, login="reader"))
    assert reader.get(f"/membership/correction/{row.pk}/").status_code == 403
    nobody = client_of(Account.objects.create_user("x", None, label="值班", home=house.here))
    assert ask(nobody).status_code == 302 and Correction.objects.count() == 1
