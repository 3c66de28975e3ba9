"""A meeting of twenty-five people on a phone: from the first screen to the kept record in at most twelve actions."""

from datetime import date

import pytest
from playwright.sync_api import Page

from luoshi.engine import samples
from luoshi.foundation.people import Position, Post
from luoshi.registers.meetings.models import Meeting, MeetingTask

pytestmark = pytest.mark.browser

MOST = 12
SIZE = 25


class Hand:
    """Taps and fills, counted: one tap, one burst of keys into a field, one choice from a box is one action."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def tap(self, where: str) -> None:
        self.actions += 1
        self.page.locator(where).first.click()

    def type(self, where: str, text: str) -> None:
        self.actions += 1
        self.page.locator(where).first.fill(text)

    def choose(self, where: str, label: str) -> None:
        self.actions += 1
        self.page.locator(where).first.select_option(label=label)


@pytest.fixture
def people(town):
    """Sixteen more members: twenty-five in the branch."""
    branch = town.branches[0]
    found = [samples.person(branch, joined=date(2010, 1, 1)) for _n in range(SIZE - 9)]
    for person in found:
        Position.objects.create(unit=branch, place=branch.place, person=person, post=Post.MEMBER, since=date(2020, 1, 1))
    return found


@pytest.mark.parametrize("script", [True, False])
def test_a_meeting_of_twenty_five_takes_at_most_twelve_actions(town, people, open_page, script):
    page = open_page(town.secretary, width=390, script=script)
    hand = Hand(page)
    hand.tap("a.btn[href*='kind=members']")
    page.wait_for_url("**/meetings/record/**")
    assert page.locator("input[name=away]").count() == SIZE
    hand.type("[name=topic]", "讨论年度计划")
    hand.type("[name=agenda]", "一、通报上季度工作\n二、讨论年度计划")
    hand.tap(f"input[name=away][value='{people[3].pk}']")
    hand.tap(f"input[name=away][value='{people[9].pk}']")
    hand.choose(f"select[name=reason-{people[9].pk}]", "出差")
    hand.type("[name=decisions]", "同意年度计划")
    hand.type("[name=tasks-0-title]", "印发年度计划")
    hand.choose("select[name=tasks-0-owner]", people[0].name)
    hand.type("[name=tasks-0-due_on]", "2026-12-10")
    hand.tap("form#form button.btn-primary")
    page.wait_for_url("**/r/meeting/*/")
    kept = Meeting.objects.get()
    assert (kept.topic, kept.expected, kept.present, kept.held_on) == ("讨论年度计划", SIZE, SIZE - 2, date(2026, 11, 23))
    assert dict(kept.absences.values_list("person", "reason")) == {people[3].pk: "leave", people[9].pk: "travel"}
    assert MeetingTask.objects.get().owner == people[0]
    assert hand.actions <= MOST
