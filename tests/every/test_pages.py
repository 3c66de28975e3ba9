"""Pages of every register: query ceilings, fragments inside pages, blank forms, export and import round trips."""

import re

import pytest
from django.test.utils import CaptureQueriesContext

from luoshi.engine import samples
from luoshi.engine.register import register, registers
from luoshi.foundation.grants import Verb

NAMES = [one.name for one in registers()]
WRITABLE = [one.name for one in registers() if one.form]
CEILING = {"list": 12, "detail": 15}


@pytest.fixture
def office(house, grant, client_of):
    """Signed in with every right on the root, for one register."""
    return lambda name: client_of(grant(house.root, Verb.MANAGE, name) if not register(name).sensitive
                                  else grant(house.here, Verb.MANAGE, name))


def queries(client, address: str) -> int:
    from django.db import connection

    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", NAMES)
def test_a_list_costs_the_same_for_one_and_for_thirty_rows(name, house, system, office):
    one, client = register(name), office(name)
    samples.saved(one, house.here, system)
    client.get(f"/r/{name}/")
    few = queries(client, f"/r/{name}/")
    for _n in range(29):
        samples.saved(one, house.here, system)
    many = queries(client, f"/r/{name}/")
    assert few == many <= CEILING["list"]


@pytest.mark.parametrize("name", NAMES)
def test_a_detail_page_stays_under_its_ceiling(name, house, system, office):
    row = samples.saved(register(name), house.here, system)
    assert queries(office(name), f"/r/{name}/{row.pk}/") <= CEILING["detail"]


@pytest.mark.parametrize("name", NAMES)
def test_what_htmx_gets_is_contained_in_the_whole_page(name, house, system, office):
    samples.saved(register(name), house.here, system)
    client = office(name)
    whole = client.get(f"/r/{name}/").content.decode()
    answer = client.get(f"/r/{name}/", headers={"HX-Request": "true", "HX-Target": "list"})
    part = answer.content.decode().strip()
    assert "HX-Request" in answer["Vary"]
    assert part and plain(part) in plain(whole)


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", html).strip()


@pytest.mark.parametrize("name", WRITABLE)
def test_a_form_with_any_field_left_empty_answers_with_words(name, house, system, office):
    client = office(name)
    answer = client.post(f"/r/{name}/new/", {})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "请填写" in html
    filled = posted(register(name), house, system)
    for field in register(name).form:
        partly = {k: v for k, v in filled.items() if k != field}
        assert client.post(f"/r/{name}/new/", partly).status_code in (200, 302, 422), field


def posted(one, house, system) -> dict:
    row = samples.row(one, house.here, system)
    found = {}
    for field in one.form:
        value = one.model._meta.get_field(field).value_from_object(row)
        if value not in (None, False):
            found[field] = value
    return found


@pytest.mark.parametrize("name", WRITABLE)
def test_a_full_form_is_kept_and_a_double_click_makes_one_row(name, house, system, office):
    one, client = register(name), office(name)
    before = one.base().count()
    data = {**posted(one, house, system), "key": "a-key-of-this-form"}
    first = client.post(f"/r/{name}/new/", data)
    assert first.status_code == 302, first.content.decode()[:3000]
    assert client.post(f"/r/{name}/new/", data).status_code == 302
    assert one.base().count() == before + 1


@pytest.mark.parametrize("name", WRITABLE)
def test_two_editors_meet_on_a_page_that_shows_both(name, house, system, office):
    one, client = register(name), office(name)
    row = samples.saved(one, house.here, system)
    data = {f: one.model._meta.get_field(f).value_from_object(row) for f in one.form}
    data = {k: v for k, v in data.items() if v not in (None, False)}
    assert client.post(f"/r/{name}/{row.pk}/edit/", {**data, "version": row.version}).status_code == 302
    late = client.post(f"/r/{name}/{row.pk}/edit/", {**data, "version": row.version})
    assert late.status_code == 409
    assert "您的内容" in late.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_export_import_export_gives_the_same_bytes(name, house, system, office, django_capture_on_commit_callbacks):
    one, client = register(name), office(name)
    if not one.form or not one.key or not set(one.key) <= {*one.columns}:
        pytest.fail(f"{name} has no key among its columns, so an export could not be taken in again") \
            if one.form and one.key else None
    for _n in range(3):
        samples.saved(one, house.here, system)
    first = client.get(f"/r/{name}/export.csv").content
    assert first.startswith(b"\xef\xbb\xbf")
    assert first.count(b"\r\n") == one.base().count() + 1
    if not one.form or not one.key:
        return
    from django.core.files.uploadedfile import SimpleUploadedFile

    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(f"/r/{name}/import/", {"file": SimpleUploadedFile("a.csv", first)})
    assert sent.status_code == 302
    preview = client.get(sent["Location"])["Location"]
    client.post(preview, {"do": "write"})
    assert client.get(f"/r/{name}/export.csv").content == first
