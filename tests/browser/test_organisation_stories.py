"""A branch is split; a secretary hands over: as the people who do it, in Chromium and without scripts."""

from datetime import date

import pytest
from playwright.sync_api import expect

from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import Grant, Verb
from luoshi.foundation.people import Position, Post
from luoshi.foundation.units import Unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False])
def test_a_branch_is_split(town, open_page, script):
    page = open_page(town.office, script=script)
    branch = Unit.objects.get(name="甲司第一党支部")
    page.goto(f"/organization/units/{branch.pk}/split/")
    page.fill("[name=on]", "2026-11-02")
    page.fill("[name=document]", "甲〔2026〕9号")
    page.fill("[name=name_1]", "甲司第三党支部")
    page.fill("[name=code_1]", "NEW3")
    boxes = page.locator("select[name^=person-]")
    expect(boxes).to_have_count(9)
    for n in range(6, 9):
        boxes.nth(n).select_option("1")
    page.get_by_role("button", name="看看将发生什么").click()
    expect(page.get_by_text("成立；转入 3 人、0 个下级组织")).to_be_visible()
    assert not Unit.objects.filter(code="NEW3").exists()
    page.set_input_files("[name=paper]", {"name": "批复.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"})
    page.get_by_role("button", name="确认办理").click()
    expect(page.get_by_text("甲司第一党支部分设出甲司第三党支部")).to_be_visible()
    expect(page.get_by_role("link", name="批复.pdf")).to_be_visible()
    made = Unit.objects.get(code="NEW3")
    assert Position.objects.filter(unit=made, post=Post.MEMBER, since=date(2026, 11, 2)).count() == 3
    assert Position.objects.filter(unit=branch, post=Post.MEMBER, until__isnull=True).count() == 6


def test_a_secretary_hands_over(town, open_page):
    branch = Unit.objects.get(name="甲司第一党支部")
    people = [one.person for one in Position.objects.filter(unit=branch, post=Post.MEMBER).order_by("pk")[:2]]
    accounts = []
    for n, person in enumerate(people):
        one = Account.objects.create_user(f"hand{n}", None, label=person.name, role=f"交接人{n}", person=person, home=branch,
                                          demo=True)
        accounts.append(one)
    Grant.objects.create(account=accounts[0], unit=branch, verb=Verb.MANAGE, since=date(2020, 1, 1))
    old = open_page(accounts[0])
    old.goto("/r/handover/new/")
    old.select_option("[name=unit]", str(branch.pk))
    old.select_option("[name=leaving]", str(people[0].pk))
    old.select_option("[name=taking]", str(people[1].pk))
    old.fill("[name=on]", "2026-11-23")
    old.fill("[name=note]", "印章 1 枚")
    old.locator("#main form button.btn-primary").first.click()
    old.locator("main summary", has_text="更多").first.click()
    old.get_by_text("查看清单并确认").first.click()
    expect(old.get_by_role("heading", name="工作交接清单")).to_be_visible()
    expect(old.get_by_text("未完成的职责")).to_be_visible()
    address = old.url
    old.get_by_role("button", name="确认移交").click()
    new = open_page(accounts[1])
    new.goto(address)
    new.get_by_role("button", name="确认接收").click()
    expect(new.get_by_text("双方已确认，权限已按清单处理")).to_be_visible()
    assert Grant.objects.get(account=accounts[1]).unit == branch
    assert Grant.objects.get(account=accounts[0]).until == date(2026, 11, 23)
