"""Picker boxes offer what the form behind them takes, no more and no less."""

import re

import pytest

from luoshi.engine import forms, samples
from luoshi.engine.actor import actor_of
from luoshi.engine.pages import pick
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb


@pytest.fixture
def crowd(house):
    return [samples.person(house.here, name) for name in ("张伟明", "张伟", "王伟")] + [
        samples.person(house.here) for _n in range(forms.FEW)]


def offered(client, kind="person", **query):
    html = client.get(f"/pick/{kind}/", query).content.decode()
    return re.findall(r'data-pick="(\d+)" data-shown="([^"]*)"', html)


def test_a_right_on_meetings_alone_is_enough_to_pick_who_chairs(house, crowd, grant, client_of):
    client = client_of(grant(house.here, Verb.MANAGE, "meeting"))
    link = re.search(r'hx-get="(/pick/person/\?name=chair[^"]*)"', client.get("/r/meeting/new/").content.decode())[1]
    found = re.findall(r'data-shown="([^"]*)"', client.get(link.replace("&amp;", "&") + "&chair_q=zhangwei").content.decode())
    ours = [name for name in found if name in ("张伟", "张伟明")]  # another may sound the same
    assert ours == ["张伟", "张伟明"]
    assert offered(client, q="zhangwei") == [], "without a form behind it the right on persons is asked"


@pytest.mark.parametrize("asker", ["meeting.chair", "meeting.unit", "person.unit", "position.person", "event.host"])
@pytest.mark.parametrize("seat", ["here", "far"])
def test_what_is_offered_is_what_the_form_takes(house, crowd, grant, asker, seat):
    samples.person(house.far, "张伟远")
    name, field = asker.split(".")
    if not forms.has_field(register(name).model, field):
        name, field = "meeting", "chair"
    model = register(name).model._meta.get_field(field).related_model
    actor = actor_of(grant(getattr(house, seat), Verb.MANAGE, name))
    takes = set(forms.choosable(model, register(name), actor, field))
    kind = "unit" if field == "unit" else "person"
    for text in ("张伟", "zw", "支部", "z"):
        found = pick.find(actor, kind, text, f"{name}.{field}")
        assert set(found) <= takes
        assert len(found) == min(pick.MOST, sum(text in row.search for row in takes if f" {text}" in row.search))


def test_a_typed_number_comes_first_and_an_exact_name_before_longer_ones(house, system, crowd):
    assert pick.find(system, "person", crowd[0].number)[0] == crowd[0]
    assert [row.name for row in pick.find(system, "person", "张伟")] == ["张伟", "张伟明"]
    assert pick.find(system, "unit", house.far.code)[0] == house.far


def test_an_unknown_asker_is_no_page(house, grant, client_of):
    client = client_of(grant(house.here, Verb.MANAGE))
    assert client.get("/pick/person/", {"q": "z", "for": "nothing.chair"}).status_code == 404
    assert client.get("/pick/nothing/", {"q": "z"}).status_code == 404
