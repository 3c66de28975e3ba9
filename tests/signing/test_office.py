"""The office's side: who may open a sign-in, what the record shows, signing for others, and what is kept of the hour."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.engine import samples
from luoshi.engine.models import Presence, Sheet
from luoshi.engine.register import register
from luoshi.engine.signing import sheets
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position, Post
from luoshi.foundation.trail import Line
from tests.signing.conftest import opened


@pytest.fixture
def office(house, grant, client_of):
    return client_of(grant(house.root, Verb.MANAGE))


def page(hall) -> str:
    return f"/r/event/{hall.event.pk}/signing/"


def test_opening_twice_is_once_and_the_record_shows_how_many_came(hall, office, system):
    for _n in range(2):
        office.post(page(hall), {"do": "open"})
    assert Sheet.objects.count() == 1
    assert Line.objects.filter(register="event", row=hall.event.pk, verb="sign-open").count() == 1
    sheets.sign(hall.sheet, hall.event, [hall.lin.pk], today=system.today)
    detail = office.get(f"/r/event/{hall.event.pk}/").content.decode()
    assert "已签到 1 人，名单 3 人" in detail
    assert "开放了签到" in detail
    html = office.get(page(hall)).content.decode()
    assert "<svg" in html
    assert "/sign/" in html
    assert hall.zhou.name in html
    assert hall.lin.name not in html, "those who did not sign yet are shown first"


def test_only_who_may_change_the_record_opens_or_sees_the_code(hall, house, system, grant, client_of):
    reader, stranger = (client_of(grant(unit, verb, "event")) for unit, verb in ((house.root, Verb.SEE), (house.far, Verb.CHANGE)))
    assert reader.get(page(hall)).status_code == 403
    assert reader.post(page(hall), {"do": "close"}).status_code == 403
    assert "/signing/" not in reader.get(f"/r/event/{hall.event.pk}/").content.decode()
    closed = samples.saved(register("event"), house.root, system)
    assert stranger.get(f"/r/event/{closed.pk}/signing/").status_code == 404
    assert not Sheet.objects.get().closed
    assert reader.get("/r/unit/1/signing/").status_code == 404


def test_the_office_signs_for_those_without_a_phone_and_takes_back_what_was_wrong(hall, office):
    answer = office.post(page(hall), {"do": "sign", "person": [hall.zhou.pk, hall.qi.pk, hall.stranger.pk, "x", "9" * 30]}, follow=True)
    assert "已为 2 人签到" in answer.content.decode()
    assert sheets.signed(hall.event) == {hall.zhou.pk, hall.qi.pk}
    office.post(page(hall), {"do": "unsign", "person": [hall.qi.pk, hall.lin.pk]})
    assert sheets.signed(hall.event) == {hall.zhou.pk}
    lines = Line.objects.filter(register="presence").order_by("seq")
    assert [one.verb for one in lines] == ["sign", "sign", "unsign"]
    assert all(one.actor for one in lines), "who signed for others is known"
    assert "请勾选人员" in office.post(page(hall), {"do": "sign"}, follow=True).content.decode()


def test_the_hour_of_arrival_is_kept_nowhere(hall, system):
    sheets.sign(hall.sheet, hall.event, [hall.lin.pk], today=system.today)
    line = Line.objects.get(register="presence")
    assert timezone.localtime(line.at).time() == time(0)
    assert {f.name for f in Presence._meta.concrete_fields} == {"id", "sheet", "person"}
    assert line.stream.startswith("sign-in "), "not between lines that tell their hour"


def test_a_cancelled_or_past_activity_is_not_opened_and_says_why(house, system, office):
    for more, words in (({"state": "cancelled"}, "活动已取消"), ({"starts_on": system.today - timedelta(days=9)}, "日期已过")):
        event = opened(system, house.here, title=f"活动{words}", **more)
        with pytest.raises(ValidationError):
            sheets.open_sheet(system, event)
        html = office.get(f"/r/event/{event.pk}/signing/").content.decode()
        assert words in html
        assert 'value="open"' not in html
        assert words in office.post(f"/r/event/{event.pk}/signing/", {"do": "open"}, follow=True).content.decode()
    assert not Sheet.objects.exists()


def test_an_activity_without_sign_ups_lists_the_people_of_the_unit(house, system, office):
    event = opened(system, house.above)
    inside, outside = samples.person(house.here), samples.person(house.far)
    assert "名单 1 人" in office.get(f"/r/event/{event.pk}/signing/").content.decode()
    sheet = sheets.open_sheet(system, event)
    found = set(sheets.people(event, sheet).values_list("pk", flat=True))
    assert inside.pk in found
    assert outside.pk not in found


@pytest.fixture
def members(house, system):
    """Two members of a branch, and somebody of the branch who is none."""
    found = [samples.person(house.here, name) for name in ("林知远", "周望舒", "齐一松")]
    for member in found[:2]:
        position = Position(unit=house.here, person=member, post=Post.MEMBER, since=system.today.replace(year=2020))
        position.settle()
        position.save()
    return found


def test_a_meeting_is_signed_in_to_by_its_own_list(house, system, office, members):
    meeting = samples.saved(register("meeting"), house.here, system, held_on=system.today)
    address = f"/r/meeting/{meeting.pk}/signing/"
    office.post(address, {"do": "open"})
    office.post(address, {"do": "sign", "person": [members[0].pk, members[2].pk]})
    assert sheets.signed(meeting) == {members[0].pk}
    assert "已签到 1 人，名单 2 人" in office.get(f"/r/meeting/{meeting.pk}/").content.decode()


def test_who_did_not_sign_in_to_a_planned_meeting_is_proposed_as_absent(house, system, office, members):
    meeting = samples.saved(register("meeting"), house.here, system, planned_on=system.today, held_on=None, expected=None, present=None)
    form = f"/meetings/record/{meeting.pk}/"
    sheet = sheets.open_sheet(system, meeting)
    assert "已列为未到" not in office.get(form).content.decode(), "open, but nobody used it"
    sheets.sign(sheet, meeting, [members[1].pk], today=system.today)
    html = office.get(form).content.decode()
    assert "有 1 人没有签到" in html
    assert f'name="away" value="{members[0].pk}" checked' in html
    assert f'name="away" value="{members[1].pk}"' in html
    assert f'name="away" value="{members[1].pk}" checked' not in html


def test_a_meeting_that_was_called_off_is_not_signed_in_to(house, system, office):
    meeting = samples.saved(register("meeting"), house.here, system, planned_on=system.today, held_on=None, expected=None, present=None,
                            called_off="主持人出差")
    assert "会议已取消" in office.get(f"/r/meeting/{meeting.pk}/signing/").content.decode()


def test_the_page_costs_the_same_for_one_and_for_many(hall, office, house, system):
    from django.db import connection

    from tests.signing.conftest import listed

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert office.get(page(hall)).status_code == 200
        return len(seen)

    cost()
    few = cost()
    for n in range(12):
        listed(system, hall.event, house.here, f"周{chr(0x4e00 + n)}")
    assert cost() == few <= 20


def test_the_printed_sheet_shows_the_code_and_ends_with_the_sign_in(hall, office, system):
    html = office.get(f"{page(hall)}print/").content.decode()
    assert "<svg" in html
    assert str(hall.event) in html
    sheets.close(system, hall.event)
    assert office.get(f"{page(hall)}print/").status_code == 302
