"""From signing in to who came: ticks that follow the sign-in, lists too long to tick, and places of other units."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.engine import samples
from luoshi.engine.register import register
from luoshi.engine.signing import sheets
from luoshi.foundation import trail
from luoshi.foundation.grants import Verb
from luoshi.registers.events import pages
from luoshi.registers.events.models import Event, Signup
from luoshi.registers.events.tests.test_register import opened, signed


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


@pytest.fixture
def event(house, system):
    found = opened(system, house.root, starts_on=system.today)
    found.its = [signed(system, found, samples.person(unit)) for unit in (house.here, house.here, house.beside)]
    return found


def outcomes(event) -> list[str]:
    return [Signup.objects.get(pk=one.pk).outcome for one in event.its]


def test_who_signed_in_is_ticked_and_the_others_are_proposed_as_absent(event, system, office):
    sheet = sheets.open_sheet(system, event)
    sheets.sign(sheet, event, [event.its[0].person_id], today=system.today)
    address = f"/events/{event.pk}/attendance/"
    html = office.get(address).content.decode()
    assert "名单 3 人，已签到 1 人" in html
    assert [f'value="{one.pk}" checked' in html for one in event.its] == [True, False, False]
    office.post(address, {"came": [event.its[0].pk, event.its[2].pk], "head_count": ""})
    assert outcomes(event) == ["came", "away", "came"], "what the office sends decides, not the sign-in"
    assert Event.objects.get(pk=event.pk).head_count == 2


def test_without_a_sign_in_all_are_ticked_as_before(event, office):
    html = office.get(f"/events/{event.pk}/attendance/").content.decode()
    assert [f'value="{one.pk}" checked' in html for one in event.its] == [True] * 3


def test_a_list_too_long_to_tick_follows_the_sign_in(event, system, office, monkeypatch):
    monkeypatch.setattr(pages, "LISTED", 2)
    sheet = sheets.open_sheet(system, event)
    sheets.sign(sheet, event, [one.person_id for one in event.its[1:]], today=system.today)
    address = f"/events/{event.pk}/attendance/"
    html = office.get(address).content.decode()
    assert "不逐人勾选" in html
    assert 'name="came"' not in html
    assert office.post(address, {"head_count": ""}).status_code == 302
    assert outcomes(event) == ["away", "came", "came"]
    assert Event.objects.get(pk=event.pk).head_count == 2
    assert list(trail.verify()) == []


def test_marking_asks_no_more_for_many_than_for_few(house, system, office):
    costs = []
    for many in (2, 3, 15):  # the first one begins a chain of the trail
        event = opened(system, house.root, title=f"活动{many}", starts_on=system.today)
        came = [signed(system, event, samples.person(house.here)).pk for _n in range(many)]
        with CaptureQueriesContext(connection) as seen:
            assert office.post(f"/events/{event.pk}/attendance/", {"came": came}).status_code == 302
        costs.append(len(seen))
    assert costs[1] == costs[2]


def test_a_list_too_long_to_tick_without_a_sign_in_wants_a_number_and_marks_nobody(event, office, monkeypatch):
    monkeypatch.setattr(pages, "LISTED", 2)
    address = f"/events/{event.pk}/attendance/"
    assert office.post(address, {"head_count": ""}).status_code == 422
    assert office.post(address, {"head_count": "２"}).status_code == 422
    assert Event.objects.get(pk=event.pk).state == "open"
    assert office.post(address, {"head_count": "3"}).status_code == 302
    assert outcomes(event) == ["signed"] * 3
    assert Event.objects.get(pk=event.pk).head_count == 3


def test_who_holds_an_activity_notes_people_of_other_units_too(house, system, grant, client_of):
    event = opened(system, house.above, starts_on=system.today)
    event.its = [signed(system, event, samples.person(house.far))]
    client = client_of(grant(house.above, Verb.CHANGE, "event"))
    assert client.post(f"/events/{event.pk}/attendance/", {"came": event.its[0].pk}).status_code == 302
    assert outcomes(event) == ["came"]
    assert register("signup").base().get().version == 2


def test_two_who_mark_at_once_are_told(event, office):
    address = f"/events/{event.pk}/attendance/"
    old = Event.objects.get(pk=event.pk).version
    assert office.post(address, {"came": event.its[0].pk, "version": old}).status_code == 302
    late = office.post(address, {"came": event.its[1].pk, "version": old})
    assert late.status_code == 422
    assert "已被修改" in late.content.decode()
    assert outcomes(event) == ["came", "away", "away"]
