"""A branch is split; a secretary hands over: as the office does it in the browser, and what those concerned then see."""

import pytest
from playwright.sync_api import expect

from luoshi.foundation.accounts import Account
from luoshi.foundation.people import Position, held
from luoshi.foundation.units import Unit
from tests.conftest import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [390, 1440])
def test_a_branch_is_split(town, open_page, width):
    branch = town.branches[0]
    members = list(Position.objects.filter(held(TODAY), unit=branch, post="member").select_related("person"))
    page = open_page(town.office, width=width)
    page.goto(f"/r/unit/{branch.pk}/")
    page.get_by_role("link", name="拆分组织").click()
    page.locator("input[name=name1]").fill("甲司第三党支部")
    page.locator("input[name=document]").fill("远党批〔2026〕8号")
    for one in members[5:]:
        page.locator(f"input[name=to-{one.person_id}][value='1']").check()
    page.get_by_role("button", name="核对变动结果").click()
    expect(page.locator("main")).to_contain_text("新设“甲司第三党支部”，转入 4 人")
    expect(page.locator("main")).to_contain_text("留下 5 人")
    assert not Unit.objects.filter(name="甲司第三党支部").exists(), "nothing is done before it is confirmed"
    page.get_by_role("button", name="确认办理").click()
    expect(page.locator("main")).to_contain_text("远党批〔2026〕8号")
    new = Unit.objects.get(name="甲司第三党支部")
    assert set(Position.objects.filter(held(TODAY), unit=new).values_list("person", flat=True)) == {
        one.person_id for one in members[5:]}
    page.goto(f"/r/position/?unit={new.code}")
    expect(page.locator("#list")).to_contain_text("甲司第三党支部")


def test_a_secretary_hands_over(town, open_page):
    branch = town.branches[0]
    posts = Position.objects.filter(held(TODAY), unit=branch).select_related("person")
    giver = posts.get(post="secretary").person
    taker = posts.filter(post="member").exclude(person=giver).order_by("person__strokes").first().person
    Account.objects.filter(pk=town.secretary.pk).update(person=giver)
    new = Account.objects.create_user("next", None, label="新书记", role="新书记", demo=True, home=branch, person=taker)

    page = open_page(town.office)
    page.goto(f"/r/unit/{branch.pk}/")
    page.get_by_role("link", name="工作交接").click()
    expect(page.locator("main")).to_contain_text("未办职责")
    page.locator("select[name=taker]").select_option(label=str(taker))
    page.locator("textarea[name=note]").fill("印章一枚")
    page.get_by_role("button", name="确认交接").click()
    expect(page.locator("main")).to_contain_text("已完成交接")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="交接清单 Word").click()
    assert waiting.value.path().read_bytes()[:2] == b"PK"

    theirs = open_page(new, width=390)
    expect(theirs.locator("main")).to_contain_text(branch.name)
    theirs.goto(f"/meetings/record/?unit={branch.code}&kind=theme_day")
    expect(theirs.locator("[name=topic]")).to_be_visible()
    before = open_page(town.secretary, width=390)
    expect(before.locator("main")).to_contain_text("还没有可以办理的单位")
