"""Sealed columns: nothing readable at rest or on the way out, changed only on purpose, opened only with the right key."""

import base64
import io
import os

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection

from luoshi.engine import samples, write
from luoshi.engine.register import register
from luoshi.foundation import sealed
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.foundation.trail import Line
from luoshi.kernel import ids

ID, PHONE = "110101199003070011", "13812345678"
CANARIES = (ID, ID[6:14], PHONE, PHONE[3:7])
pytestmark = pytest.mark.django_db


def number(first: str = "11010119900307001") -> str:
    return first + ids.identity_check(first)


@pytest.fixture
def person(house, system):
    made = samples.row(register("person"), house.here, system, id_number=number(), phone=PHONE, name="林知远", number="N77")
    return write.save(system, register("person"), made)


def stored(person) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone FROM foundation_person WHERE id = %s", [person.pk])
        return cursor.fetchone()


@pytest.mark.parametrize(("mask", "text", "shown"), [
    (ids.mask_phone, "13800138000", "138****8000"),
    (ids.mask_ends, "110101199003070011", "1" + "*" * 16 + "1"),
    (ids.mask_short, "abc", "***"), (ids.mask_short, "", ""),
])
def test_masks(mask, text, shown):
    assert mask(text) == shown


def test_what_follows_from_an_identity_number(person):
    person.refresh_from_db()
    assert (person.born.isoformat(), person.sex) == ("1990-03-07", "1")
    # Date of birth and sex stand beside it: a mask that leaves region and end would give the number away.
    assert str(person.id_number) == f"1{'*' * 16}{number()[-1]}"
    assert sealed.clear(person.id_number) == number() and sealed.clear(person.phone) == PHONE


def test_nothing_readable_is_stored_or_shown(person, house, grant, client_of):
    for text in (*stored(person), *Line.objects.values_list("data", flat=True)):
        assert not any(canary in text for canary in (number(), PHONE, "19900307", PHONE[3:7])), text
    client = client_of(grant(house.here, Verb.MANAGE))
    for address in ("/r/person/", f"/r/person/{person.pk}/", f"/r/person/{person.pk}/edit/", f"/r/person/{person.pk}/history/",
                    "/r/person/export.csv", f"/api/person/{person.pk}/", "/search/?q=N77"):
        page = client.get(address)
        assert page.status_code == 200, address
        body = b"".join(page.streaming_content) if page.streaming else page.content
        assert PHONE.encode() not in body and number().encode() not in body, address
    assert b"138****5678" in client.get("/r/person/").content
    assert ID not in str(client.get("/r/person/export.xlsx").content)


def test_a_form_sent_back_as_shown_changes_nothing(person, house, grant, client_of):
    client, before = client_of(grant(house.here, Verb.MANAGE)), stored(person)
    page = client.get(f"/r/person/{person.pk}/edit/").content.decode()
    assert 'value="138****5678"' in page
    sent = {"unit": house.here.pk, "name": "林知近", "number": "N77", "id_number": str(Person.objects.get().id_number),
            "phone": "138****5678", "sex": "1", "born": "1990-03-07", "version": person.version}
    assert client.post(f"/r/person/{person.pk}/edit/", sent).status_code == 302
    assert stored(person) == before
    person.refresh_from_db()
    assert person.name == "林知近" and sealed.clear(person.phone) == PHONE


@pytest.mark.parametrize(("field", "value", "said"), [
    ("phone", "139****0000", "不能用星号代替"),
    ("id_number", "110101199003070012", "校验位不符"),
    ("id_number", "11010119900307001", "18 位"),
    ("born", "1991-01-01", "与身份证号不一致"),
    ("sex", "2", "与身份证号不一致"),
])
def test_wrong_values_are_refused_with_a_sentence(person, house, grant, client_of, field, value, said):
    client = client_of(grant(house.here, Verb.MANAGE))
    sent = {"unit": house.here.pk, "name": "林知远", "number": "N77", "id_number": str(Person.objects.get().id_number),
            "phone": "138****5678", "sex": "1", "born": "1990-03-07", "version": person.version, field: value}
    answer = client.post(f"/r/person/{person.pk}/edit/", sent)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_one_identity_number_belongs_to_one_person(person, house, system):
    other = samples.row(register("person"), house.beside, system, id_number=number(), number="N78")
    with pytest.raises(ValidationError, match="已登记在另一人名下"):
        write.save(system, register("person"), other)


def test_a_change_hidden_by_the_mask_is_still_in_the_trail(person, system):
    person.refresh_from_db()
    person.phone = "13899995678"  # the same mask
    write.save(system, register("person"), person)
    change = Line.objects.filter(register="person", row=person.pk, verb="change").get()
    before, after = __import__("json").loads(change.data)["phone"]
    assert before != after and before.startswith("138****5678#") and after.startswith("138****5678#")
    person.refresh_from_db()
    assert sealed.clear(person.phone) == "13899995678"


def test_a_value_cannot_be_copied_to_another_column_or_opened_with_another_key(person, settings):
    text = stored(person)[1]
    assert sealed.opened(text, where="foundation_person.phone") == PHONE
    with pytest.raises(sealed.Unopened):
        sealed.opened(text, where="foundation_person.id_number")
    settings.SEAL_KEY = base64.urlsafe_b64encode(os.urandom(32)).decode()
    sealed.keys.cache_clear()
    try:
        with pytest.raises(sealed.Unopened, match="恢复原来的密钥文件"):
            sealed.opened(text, where="foundation_person.phone")
        assert str(Person.objects.get(pk=person.pk).phone) == sealed.HIDDEN
    finally:
        sealed.keys.cache_clear()


def test_a_new_key_takes_over(person, house, system, settings):
    """Both keys open; after resealing the old one may go, and the same number is still found in another's file."""
    text, old = stored(person)[1], next(iter(sealed.keys().values()))
    new = os.urandom(32)
    names = [base64.urlsafe_b64encode(key).decode() for key in (new, old)]
    try:
        settings.SEAL_KEY = ",".join(names)
        sealed.keys.cache_clear()
        assert sealed.opened(text, where="foundation_person.phone") == PHONE
        call_command("reseal", stdout=io.StringIO())
        settings.SEAL_KEY = names[0]
        sealed.keys.cache_clear()
        found = Person.objects.get(pk=person.pk)
        assert (sealed.clear(found.phone), sealed.clear(found.id_number)) == (PHONE, number())
        assert found.version == person.version
        other = samples.row(register("person"), house.beside, system, id_number=number(), number="N78")
        with pytest.raises(ValidationError, match="已登记在另一人名下"):
            write.save(system, register("person"), other)
    finally:
        sealed.keys.cache_clear()


def test_the_key_file_is_made_once_and_only_its_owner_reads_it(tmp_path, settings):
    settings.SEAL_KEY, settings.SEAL_KEY_FILE = "", tmp_path / "seal.key"
    sealed.keys.cache_clear()
    try:
        first = dict(sealed.keys())
        sealed.keys.cache_clear()
        assert sealed.keys() == first
        assert (tmp_path / "seal.key").stat().st_mode & 0o777 == 0o600
    finally:
        sealed.keys.cache_clear()


def test_bulk_work_seals_too(house, system):
    from luoshi.engine.bulk import save_many

    rows = [samples.row(register("person"), house.here, system, phone=f"1390000{n:04d}", number=f"B{n}") for n in range(3)]
    assert not save_many(system, register("person"), rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM foundation_person WHERE number LIKE 'B%'")
        assert all(":" in text and "139" not in text for (text,) in cursor.fetchall())
    assert sorted(sealed.clear(one.phone) for one in Person.objects.filter(number__startswith="B")) == [
        "13900000000", "13900000001", "13900000002"]


def reveal(client, person, reason="办理关系转接", field="phone"):
    return client.post(f"/r/person/{person.pk}/reveal/{field}/", {"reason": reason})


def test_opening_asks_a_reason_shows_once_and_is_noted(person, house, grant, client_of):
    client = client_of(grant(house.here, Verb.MANAGE))
    address = f"/r/person/{person.pk}/reveal/phone/"
    assert address in client.get(f"/r/person/{person.pk}/").content.decode()
    assert PHONE not in client.get(address).content.decode()
    refused = reveal(client, person, " ")
    assert refused.status_code == 422 and "请写明查看的原因" in refused.content.decode() and PHONE not in refused.content.decode()
    shown = reveal(client, person)
    assert PHONE in shown.content.decode() and "no-store" in shown["Cache-Control"]
    line = Line.objects.get(verb="reveal")
    assert line.reason == "办理关系转接" and PHONE not in line.data
    history = client.get(f"/r/person/{person.pk}/history/").content.decode()
    assert "查看了完整的手机" in history and "办理关系转接" in history and "5678#" not in history


def test_opening_is_rate_limited_for_each_account(person, house, grant, client_of):
    client = client_of(grant(house.here, Verb.MANAGE))
    for _n in range(20):
        assert reveal(client, person).status_code == 200
    late = reveal(client, person)
    assert late.status_code == 422 and "请稍后再试" in late.content.decode() and PHONE not in late.content.decode()
    other = client_of(grant(house.here, Verb.MANAGE, login="other"))
    assert reveal(other, person).status_code == 200


def test_who_may_not_change_may_not_open(person, house, grant, client_of):
    reader, stranger = client_of(grant(house.here, Verb.SEE)), client_of(grant(house.far, Verb.MANAGE))
    assert "reveal" not in reader.get(f"/r/person/{person.pk}/").content.decode()
    assert reveal(reader, person).status_code == 403
    assert reveal(stranger, person).status_code == 404
    assert reveal(client_of(grant(house.here, Verb.MANAGE, login="m")), person, field="name").status_code == 404
    assert not Line.objects.filter(verb="reveal").exists()


def test_what_is_for_statistics_alone_is_shown_of_nobody(person, system, house, grant, client_of):
    person.refresh_from_db()
    person.ethnicity = "56"
    write.save(system, register("person"), person)
    client = client_of(grant(house.here, Verb.MANAGE))
    for address in ("/r/person/", f"/r/person/{person.pk}/", f"/r/person/{person.pk}/history/", f"/r/person/{person.pk}/as-of/",
                    "/r/person/export.csv", f"/api/person/{person.pk}/", f"/r/person/{person.pk}/document/card.docx"):
        page = client.get(address)
        body = b"".join(page.streaming_content) if page.streaming else page.content
        assert "基诺族".encode() not in body and b'"56"' not in body, address
    assert "基诺族" in client.get(f"/r/person/{person.pk}/edit/").content.decode()
