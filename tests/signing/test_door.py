"""The phone page: who may sign, what a wrong entry is told, and addresses that lead nowhere."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from luoshi.engine import samples, write
from luoshi.engine.models import Presence, Sheet
from luoshi.engine.register import register
from luoshi.engine.signing import address, door, sheets
from luoshi.foundation.grants import Verb
from luoshi.foundation.trail import Line
from luoshi.registers.events.models import Event
from luoshi.ui import icons
from tests.engine.hostile import TEXTS
from tests.signing.conftest import opened

WRONG = "姓名与号码不符，或不在本次名单中"


def sent(hall, name, number, client=None):
    return (client or Client()).post(hall.url, {"name": name, "number": number})


def test_name_and_last_digits_sign_in_and_twice_changes_nothing(hall):
    for _n in range(2):
        answer = sent(hall, "林知远", "5678")
        assert answer.status_code == 200
        assert "林知远，您已签到" in answer.content.decode()
    assert sheets.signed(hall.event) == {hall.lin.pk}
    assert Line.objects.filter(register="presence", row=hall.sheet.pk).count() == 1


def test_the_staff_number_signs_in_too_and_is_forgiving_about_its_form(hall):
    assert sent(hall, " 周 望舒", hall.zhou.number.lower()).status_code == 200
    assert sent(hall, "齐一松", "２２２２").status_code == 200
    assert sheets.signed(hall.event) == {hall.zhou.pk, hall.qi.pk}


@pytest.mark.parametrize(("name", "number"), [
    ("林知远", "5679"), ("林知远", "1111"), ("林知远", "13912345678"), ("顾清书", "3333"), ("无此人", "0000"),
    ("林知远", "*678"), ("林", "5678"), ("' OR 1=1 --", "5678"), ("林知远", "%"), ("顾清书", "")])
def test_a_wrong_entry_writes_nothing_and_is_kept_in_the_form(hall, name, number):
    answer = sent(hall, name, number)
    assert answer.status_code == 422
    assert not Presence.objects.exists()
    assert ("请填写手机号" if not number else WRONG) in answer.content.decode()


def test_the_answer_does_not_tell_who_is_on_the_list(hall):
    """The same bytes for one of the list with a wrong number, one of the house who is not, and a name nobody has."""
    from django.conf import settings

    def shown(name: str) -> str:
        client = Client()
        client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
        html = sent(hall, name, "0000", client).content.decode().replace(name, "NAME")
        head, _mark, rest = html.partition('name="csrfmiddlewaretoken" value="')
        return head + rest.partition('"')[2]

    assert shown("林知远") == shown("顾清书") == shown("无此人")
    assert hall.lin.name not in Client().get(hall.url).content.decode()


def test_two_of_one_name_are_told_apart_by_number_only(hall, house, system):
    from tests.signing.conftest import listed

    twin = listed(system, hall.event, house.here, "林知远", "13800005678")
    assert sent(hall, "林知远", "5678").status_code == 422
    assert sent(hall, "林知远", twin.number).status_code == 200
    assert sheets.signed(hall.event) == {twin.pk}


def test_five_wrong_entries_close_one_name_for_a_while_and_no_other(hall):
    for name in ("林知远", "无此人"):
        for _n in range(door.TRIES):
            assert WRONG in sent(hall, name, "0000").content.decode()
        assert "15 分钟后再试" in sent(hall, name, "5678").content.decode()
    assert not Presence.objects.exists()
    assert sent(hall, "周望舒", "1111").status_code == 200
    cache.clear()
    assert sent(hall, "林知远", "5678").status_code == 200


def test_one_address_that_tries_everybody_is_locked_at_that_sheet(hall, monkeypatch):
    monkeypatch.setattr(door, "ADDRESS_TRIES", 3)
    for name in ("甲", "乙", "丙"):
        sent(hall, name, "0000")
    assert "15 分钟后再试" in sent(hall, "周望舒", "1111").content.decode()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sent(hall, "周望舒", "1111", elsewhere).status_code == 200


def test_an_account_signs_in_with_one_tap(hall, house, grant, client_of):
    account = grant(house.here, Verb.SEE)
    account.person = hall.lin
    account.save()
    client = client_of(account)
    assert "林知远，请确认签到" in client.get(hall.url).content.decode()
    assert not Presence.objects.exists(), "opening the page is not signing"
    for _n in range(2):
        assert "您已签到" in client.post(hall.url).content.decode()
    assert sheets.signed(hall.event) == {hall.lin.pk}
    line = Line.objects.get(register="presence")
    assert (line.actor, line.data) == (account.pk, f'{{"person_id":[null,{hall.lin.pk}]}}')


def test_an_account_of_a_stranger_cannot_sign_not_even_with_somebodys_number(hall, house, grant, client_of):
    account = grant(house.here, Verb.SEE)
    account.person = hall.stranger
    account.save()
    answer = sent(hall, "林知远", "5678", client_of(account))
    assert "您不在本次名单中" in answer.content.decode()
    assert not Presence.objects.exists()


def test_a_foreign_page_cannot_sign_somebody_in(hall, house, grant):
    account = grant(house.here, Verb.SEE)
    account.person = hall.lin
    account.save()
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    assert client.post(hall.url).status_code == 403
    assert not Presence.objects.exists()


def test_an_address_that_was_not_signed_here_is_not_found(hall):
    good = address.token(hall.sheet.pk, 1)
    body, _sep, seal = good.partition("~")
    other = address.token(hall.sheet.pk + 999, 1)
    for token in (body, f"{body}~", f"{body}~{seal[:-1]}", f"{hall.sheet.pk}-2~{seal}", good + "x", other, "~", "1-1~" + "a" * 43):
        assert Client().get(f"/sign/{token}/").status_code == 404, token
    assert Client().get(reverse("sign", args=[good])).status_code == 200


def test_a_seal_made_for_another_purpose_opens_nothing(hall):
    from django.core import signing

    token = signing.Signer(sep="~", salt="another").sign(f"{hall.sheet.pk}-1")
    assert Client().get(f"/sign/{token}/").status_code == 404


def over(hall, url: str = "") -> bool:
    answer = Client().get(url or hall.url)
    refused = Client().post(url or hall.url, {"name": "林知远", "number": "5678"})
    assert not Presence.objects.exists()
    return answer.status_code == refused.status_code == 410 and "此签到已结束" in answer.content.decode()


def test_a_renewed_closed_or_expired_address_says_so_and_signs_nobody(hall, system, settings):
    sheets.renew(system, hall.event)
    assert over(hall)
    new = reverse("sign", args=[address.token(hall.sheet.pk, 2)])
    assert Client().get(new).status_code == 200
    sheets.close(system, hall.event)
    assert over(hall, new)
    sheets.open_sheet(system, hall.event)
    assert Client().get(new).status_code == 200
    settings.LUOSHI_TODAY = system.today + timedelta(days=1)
    assert Client().get(new).status_code == 200
    settings.LUOSHI_TODAY = system.today + timedelta(days=2)
    assert over(hall, new)


def test_a_cancelled_or_withdrawn_record_cannot_be_signed_in_to(hall, system):
    event = Event.objects.get(pk=hall.event.pk)
    write.move(system, register("event"), event, "cancelled")
    assert over(hall)
    write.withdraw(system, register("event"), event, reason="重复登记")
    assert over(hall)


def test_before_its_day_there_is_nothing_to_send(house, system):
    event = opened(system, house.root, starts_on=system.today + timedelta(days=1))
    sheet = sheets.open_sheet(system, event)
    url = reverse("sign", args=[address.token(sheet.pk, 1)])
    html = Client().get(url).content.decode()
    assert "签到尚未开始" in html
    assert "<form" not in html
    samples.person(house.root, "林知远", phone="13912345678")
    Client().post(url, {"name": "林知远", "number": "5678"})
    assert not Presence.objects.exists()


def test_the_page_asks_little_and_weighs_little(hall, django_assert_max_num_queries):
    client = Client()
    html = client.get(hall.url).content
    static = Path(icons.__file__).parent / "static"
    parts = [html, *((static / name).read_bytes() for name in ("luoshi.css", "icons.svg", "favicon.svg"))]
    assert sum(len(gzip.compress(one, 9)) for one in parts) <= 15 * 1024
    assert b"<script" not in html
    with django_assert_max_num_queries(4):
        client.get(hall.url)
    with django_assert_max_num_queries(12):
        sent(hall, "林知远", "5678")
    assert Sheet.objects.count() == 1


def test_whatever_is_typed_at_the_door_is_answered(hall, monkeypatch):
    monkeypatch.setattr(door, "ADDRESS_TRIES", 10**6)
    for text in TEXTS:
        for sent_ in ({"name": text, "number": "5678"}, {"name": "林知远", "number": text}, {"name": [text, text]}):
            assert Client().post(hall.url, sent_).status_code in (200, 400, 422), text[:40]
    assert sheets.signed(hall.event) <= {hall.lin.pk}
