"""A morning at the door: the office opens the sign-in and prints the code, people sign on their phones, the record knows."""

import re

import pytest

from luoshi.engine import samples, write
from luoshi.engine.actor import system_actor
from luoshi.engine.register import register
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import Grant, Verb
from luoshi.foundation.people import Person
from luoshi.registers.events.models import Signup
from tests.conftest import TODAY

pytestmark = pytest.mark.browser


@pytest.fixture
def activity(town):
    """An activity of today with four places, and an account for the first person of its list."""
    actor = system_actor(TODAY)
    event = samples.saved(register("event"), town.root, actor, title="参观展览", starts_on=TODAY, state="open", head_count=None, cost=None)
    people = [samples.person(town.branches[0], name, phone=f"1390000{n:04d}")
              for n, name in enumerate(("林知远", "周望舒", "齐一松", "顾清书"))]
    for person in people:
        write.save(actor, register("signup"), Signup(event=event, unit=person.unit, person=person))
    member = Account.objects.create_user("member", None, label="普通党员", role="普通党员", demo=True, home=people[0].unit,
                                         person=people[0])
    Grant.objects.create(account=member, unit=people[0].unit, verb=Verb.SEE, since=TODAY.replace(year=2020))
    return event, member


def code_of(office) -> str:
    """The path behind the code, as its caption shows it."""
    return "/" + re.sub(r"^https?://[^/]+/", "", office.locator("main p.code").inner_text().strip())


def test_the_office_opens_people_sign_and_the_record_shows_who_came(open_page, town, activity):
    event, member = activity
    office = open_page(town.office)
    office.goto(f"/r/event/{event.pk}/")
    office.locator(".action-bar summary").click()
    office.locator(".action-bar").get_by_role("link", name="签到", exact=True).click()
    office.get_by_role("button", name="开放签到").click()
    office.get_by_text("已签到 0 人，名单 4 人").last.wait_for()
    assert office.locator("main svg.qr").bounding_box()["width"] > 150
    path = code_of(office)

    phone = open_page(member, width=390, script=False)
    phone.goto(path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_text("林知远，请确认签到").wait_for()
    phone.get_by_role("button", name="签到").click()
    phone.get_by_text("林知远，您已签到").wait_for()

    visitor = open_page(width=390)
    visitor.goto(path)
    visitor.get_by_label("姓名").fill("周望舒")
    visitor.get_by_label("手机号后四位或工号").fill("9999")
    visitor.get_by_role("button", name="签到").click()
    visitor.get_by_text("姓名与号码不符").first.wait_for()
    assert visitor.get_by_label("姓名").input_value() == "周望舒", "nothing typed is lost"
    visitor.get_by_label("手机号后四位或工号").fill("0001")
    visitor.get_by_role("button", name="签到").click()
    visitor.get_by_text("周望舒，您已签到").wait_for()

    office.reload()
    office.get_by_text("已签到 2 人，名单 4 人").last.wait_for()
    office.get_by_label("齐一松").check()
    office.get_by_role("button", name="代为签到").click()
    office.get_by_text("已为 1 人签到").wait_for()
    office.get_by_role("link", name="打印二维码").click()
    assert office.locator("main svg.qr").bounding_box()["width"] > 350
    office.goto(f"/r/event/{event.pk}/")
    office.get_by_text("已签到 3 人，名单 4 人").last.wait_for()

    office.goto(f"/events/{event.pk}/attendance/")
    assert office.locator("input[name=came]:checked").count() == 3
    office.get_by_role("button", name="提交").click()
    office.wait_for_url(f"**/r/event/{event.pk}/")
    assert sorted(Signup.objects.filter(event=event, outcome="came").values_list("person__name", flat=True)) == sorted(
        ["林知远", "周望舒", "齐一松"])
    assert Signup.objects.get(outcome="away").person == Person.objects.get(name="顾清书")


def test_a_code_that_was_renewed_tells_the_phone_that_it_is_over(open_page, town, activity):
    event, member = activity
    office = open_page(town.office)
    office.goto(f"/r/event/{event.pk}/signing/")
    office.get_by_role("button", name="开放签到").click()
    old = code_of(office)
    office.get_by_role("button", name="换新二维码").click()
    office.get_by_text("原来的二维码不能再使用").wait_for()
    phone = open_page(member, width=390)
    answer = phone.request.get(old)
    assert answer.status == 410
    assert "此签到已结束" in answer.text()
    phone.goto(code_of(office))
    phone.get_by_role("button", name="签到").wait_for()
