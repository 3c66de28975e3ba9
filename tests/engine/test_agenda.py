"""The agenda of one's own units, and the calendar that programs read under an address nobody can guess."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from luoshi.engine import agenda, samples
from luoshi.engine.actor import actor_of
from luoshi.engine.models import Feed
from luoshi.engine.register import register
from luoshi.foundation.grants import EVERY, Verb
from luoshi.kernel import periods

KEY = periods.month(date(2026, 12, 1)).key
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


@pytest.fixture
def secretary(house, grant):
    reverse("home")  # the pages of the registers, which add their entries, are read with the addresses
    return grant(house.here, Verb.MANAGE, EVERY)


def planned(house, system, unit=None, **more):
    given = {"title": "参观展览", "state": "filed", "starts_on": date(2026, 12, 5), "venue": "展览馆", **more}
    return samples.saved(register("event"), unit or house.here, system, head_count=None, cost=None, **given)


def titles(account, system):
    return [one.title for one in agenda.entries(actor_of(account, system.today), FIRST, LAST) if not one.uid.startswith("duty")]


def test_it_holds_what_is_planned_at_ones_own_unit_and_what_is_open_to_all(house, system, secretary):
    planned(house, system)
    planned(house, system, unit=house.far, title="外单位自己的活动")
    planned(house, system, unit=house.far, title="面向全体的活动", state="open")
    planned(house, system, title="取消的活动", state="cancelled")
    samples.saved(register("training_class"), house.root, system, name="冬训班", state="open", starts_on=date(2026, 12, 7),
                  ends_on=date(2026, 12, 9))
    session = register("study").model(unit=house.here, planned_on=date(2026, 12, 11), starts=time(14), venue="二会议室")
    session.settle()
    session.save()
    samples.saved(register("term"), house.here, system, elected_on=date(2023, 12, 20))
    assert titles(secretary, system) == ["参观展览", "面向全体的活动", "冬训班", f"{house.here}计划学习", f"{house.here}届满"]


def test_duties_stand_on_their_last_day_and_together_for_those_above(house, system, grant):
    single = actor_of(grant(house.beside, Verb.MANAGE, EVERY), system.today)
    own = [one for one in agenda.entries(single, date(2026, 11, 1), date(2026, 11, 30)) if "主题党日" in one.title]
    assert [(one.day, one.title) for one in own] == [(date(2026, 11, 30), f"{house.beside}：主题党日截止")]
    above = actor_of(grant(house.root, Verb.MANAGE, EVERY), system.today)
    (one,) = [one for one in agenda.entries(above, date(2026, 11, 1), date(2026, 11, 30)) if "主题党日" in one.title]
    assert "个单位未完成" in one.title


def test_the_page_shows_a_month_and_works_without_a_grant(house, system, secretary, client_of, grant):
    planned(house, system)
    page = client_of(secretary).get(f"/agenda/?period={KEY}").content.decode()
    assert "参观展览" in page and "2026-12-05" in page
    stranger = grant(house.far, Verb.SEE, "meeting")
    assert "参观展览" not in client_of(stranger).get(f"/agenda/?period={KEY}").content.decode()


def test_a_calendar_is_read_under_its_address_until_it_is_renewed_or_ended(house, system, secretary, client_of, client):
    row = planned(house, system, ends_on=date(2026, 12, 6))
    signed_in = client_of(secretary)
    page = signed_in.post("/agenda/feed/", {"do": "new"}, follow=True).content.decode()
    address = page.split("<code class=\"break\">")[1].split("</code>")[0]
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in str(list(Feed.objects.values())), "only a digest is stored"
    assert address not in signed_in.get("/agenda/").content.decode(), "shown once"
    answer = client.get(f"/calendar/{token}.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    (event,) = [one for one in calendar.walk("VEVENT") if one["summary"] == "参观展览"]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 12, 5), date(2026, 12, 7)), "the end of a whole day is the day after"
    assert str(event["uid"]).startswith(f"event-{row.pk}@")
    assert f"/r/event/{row.pk}/" in str(event["url"])
    again = client.get(f"/calendar/{token}.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and not again.content
    signed_in.post("/agenda/feed/", {"do": "new"})
    assert client.get(f"/calendar/{token}.ics").status_code == 404, "a new address ends the old one"
    signed_in.post("/agenda/feed/", {"do": "end"})
    assert not Feed.objects.exists()


def test_a_wrong_address_and_an_account_that_ended_are_not_found(secretary, client_of, client):
    assert client.get("/calendar/geraten.ics").status_code == 404
    page = client_of(secretary).post("/agenda/feed/", {"do": "new"}, follow=True).content.decode()
    token = page.split("/calendar/")[1].split(".ics")[0]
    assert client.get(f"/calendar/{token}.ics").status_code == 200
    secretary.is_active = False
    secretary.save()
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_hours_are_told_with_their_zone(house, system, secretary, client_of, client):
    row = register("study").model(unit=house.here, planned_on=system.today + timedelta(days=3), starts=time(14))
    row.settle()
    row.save()
    page = client_of(secretary).post("/agenda/feed/", {"do": "new"}, follow=True).content.decode()
    data = client.get(f"/calendar/{page.split('/calendar/')[1].split('.ics')[0]}.ics").content.decode()
    assert "BEGIN:VTIMEZONE" in data
    assert "DTSTART;TZID=Asia/Shanghai:20261126T140000" in data


def test_the_page_asks_as_much_for_one_as_for_thirty(house, system, secretary, client_of, django_assert_max_num_queries):
    for n in range(30):
        planned(house, system, title=f"活动{n}")
    client = client_of(secretary)
    client.get(f"/agenda/?period={KEY}")
    with django_assert_max_num_queries(20):
        client.get(f"/agenda/?period={KEY}")
