"""Recording a meeting of twenty-five people: the page is filled, exceptions are ticked, nothing is typed twice."""

import re
from datetime import date

import pytest

from luoshi.engine import samples, write
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position, Post
from luoshi.registers.meetings.models import Meeting

ADDRESS = "/meetings/record/"


@pytest.fixture
def people(house):
    found = [samples.person(house.here) for _n in range(25)]
    for person in found:
        Position.objects.create(unit=house.here, place=house.here.place, person=person, post=Post.MEMBER,
                                since=date(2024, 1, 1))
    return found


@pytest.fixture
def clerk(house, grant, client_of):
    return client_of(grant(house.here, Verb.CHANGE))


def sent(house, **more) -> dict:
    return {"unit": house.here.pk, "kind": "members", "held_on": "2026-11-20", "topic": "讨论年度计划",
            "expected": "25", "present": "", "key": "k1", **more}


def value_of(html: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', html)[1]


def test_the_page_comes_filled_with_unit_day_and_number(people, clerk):
    html = clerk.get(ADDRESS).content.decode()
    assert value_of(html, "held_on") == "2026-11-23"
    assert value_of(html, "expected") == "25"
    assert html.count('name="away"') == 25


def test_all_present_and_the_exceptions(house, people, clerk):
    answer = clerk.post(ADDRESS, sent(house, away=[people[3].pk, people[9].pk], **{f"reason-{people[9].pk}": "travel"}))
    assert answer.status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.expected, meeting.present) == (25, 23)
    assert dict(meeting.absences.values_list("person", "reason")) == {people[3].pk: "leave", people[9].pk: "travel"}


def test_a_double_click_makes_one_meeting(house, people, clerk):
    assert [clerk.post(ADDRESS, sent(house)).status_code for _n in range(2)] == [302, 302]
    assert Meeting.objects.count() == 1


def test_what_was_refused_is_still_there(house, people, clerk):
    answer = clerk.post(ADDRESS, sent(house, topic="", decisions="同意计划", away=[people[3].pk]))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写主题" in html
    assert "同意计划" in html
    assert re.search(rf'value="{people[3].pk}" checked', html)
    assert not Meeting.objects.exists()


def test_somebody_of_another_unit_cannot_be_absent_here(house, people, clerk):
    stranger = samples.person(house.beside)
    assert clerk.post(ADDRESS, sent(house, away=[stranger.pk])).status_code == 302
    assert not Meeting.objects.get().absences.exists()


def test_the_next_one_is_filled_as_the_last_one(house, people, clerk, system):
    write.save(system, register("meeting"), Meeting(
        unit=house.here, kind="members", held_on=date(2026, 8, 20), topic="甲", expected=25, present=25,
        venue="三楼会议室", chair=people[0]))
    html = clerk.get(ADDRESS).content.decode()
    assert value_of(html, "venue") == "三楼会议室"
    assert "2026-08-20" in html
    assert value_of(clerk.get(f"{ADDRESS}?kind=theme_day").content.decode(), "venue") == ""


def test_the_roster_follows_the_day(house, people, clerk):
    Position.objects.filter(person=people[0]).update(until=date(2026, 6, 1))
    asked = {"unit": house.here.pk, "kind": "members"}
    late = clerk.get(f"{ADDRESS}roll/", {**asked, "held_on": "2026-11-20"}).content.decode()
    early = clerk.get(f"{ADDRESS}roll/", {**asked, "held_on": "2026-05-20"}).content.decode()
    assert (late.count('name="away"'), early.count('name="away"')) == (24, 25)


def test_votes_are_counted_and_kept(house, people, clerk):
    vote = {"votes-0-subject": "年度计划", "votes-0-matter": "ordinary", "votes-0-entitled": "25",
            "votes-0-present": "24", "votes-0-yes": "20", "votes-0-no": "3", "votes-0-abstain": "1"}
    assert clerk.post(ADDRESS, sent(house, **vote)).status_code == 302
    assert Meeting.objects.get().votes.get().passed


BLANK_VOTE = {"votes-0-subject": "", "votes-0-matter": "ordinary", "votes-0-entitled": "", "votes-0-present": "",
              "votes-0-yes": "", "votes-0-no": "0", "votes-0-abstain": "0"}


def test_the_blank_line_that_a_browser_sends_is_no_vote(house, people, clerk):
    assert clerk.post(ADDRESS, sent(house, **BLANK_VOTE)).status_code == 302
    assert not Meeting.objects.get().votes.exists()


def test_more_votes_than_people_are_refused_with_words(house, people, clerk):
    vote = {**BLANK_VOTE, "votes-0-subject": "年度计划", "votes-0-entitled": "25", "votes-0-present": "24",
            "votes-0-yes": "25"}
    answer = clerk.post(ADDRESS, sent(house, **vote))
    assert answer.status_code == 422
    assert "不能多于实到人数" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_who_may_only_look_cannot_record(house, people, grant, client_of):
    reader = client_of(grant(house.here, Verb.SEE))
    assert reader.get(ADDRESS).status_code == 403
    assert reader.post(ADDRESS, sent(house)).status_code == 403
    assert not Meeting.objects.exists()


def test_nobody_records_for_a_unit_outside_the_grant(house, people, grant, client_of):
    neighbour = client_of(grant(house.beside, Verb.CHANGE))
    assert neighbour.post(ADDRESS, sent(house)).status_code == 422
    assert not Meeting.objects.exists()


def test_a_duty_leads_to_the_page_filled_for_its_unit_and_kind(house, people, clerk, grant, client_of):
    office = client_of(grant(house.root, Verb.CHANGE))
    html = office.get(f"{ADDRESS}?kind=theme_day&unit={house.here.code}").content.decode()
    assert "登记主题党日" in html
    assert html.count('name="away"') == 25
    assert f"{ADDRESS}?kind=theme_day&amp;unit={house.here.code}" in clerk.get("/").content.decode()
