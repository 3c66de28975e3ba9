"""The confirm page at the keyboard: find a unit by initials, split, merge, drop, bring back, and lose nothing."""

from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from luoshi.engine import samples
from luoshi.engine.actor import system_actor
from luoshi.engine.forms import FEW
from luoshi.plan.models import Measure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = """机关党委2026年党建工作要点

一、加强理论武装
每月开展一次主题党日活动。（责任单位：甲司党总支）
举办学习成果交流活动4次；编印学习简报6期。（责任单位：甲司党总支）
二、夯实基层基础
制定党务公开工作办法。（责任单位：乙司党总支）
"""


@pytest.fixture
def desk(town, open_page, tmp_path) -> Page:
    """The confirm page of a plan just read, its first proposal open; more units than a plain list of choices holds."""
    for n in range(FEW):
        samples.unit(system_actor(date(2026, 11, 23)), f"丙司第{n}党支部", parent=town.root)
    source = tmp_path / "要点.txt"
    source.write_text(TEXT, encoding="utf-8")
    page = open_page(town.office)
    page.goto("/plan/new/")
    page.set_input_files("input[type=file]", str(source))
    page.get_by_role("button", name="上传并读取").click()
    page.wait_for_url("**/confirm/**")
    page.wait_for_load_state("networkidle")  # the script is there before the first key
    page.locator(".proposal a.open").first.click()
    expect(opened(page)).to_be_visible()
    return page


def opened(page: Page) -> Locator:
    return page.locator("li.proposal.open")


def texts() -> list[str]:
    return list(Measure.objects.exclude(state="dropped").order_by("start", "id").values_list("text", flat=True))


def settled(page: Page) -> None:
    """Wait until the renewed desk has put the cursor into the open proposal; keys pressed before go elsewhere."""
    page.wait_for_function("() => document.activeElement.matches('.proposal.open textarea')")


def kept(page: Page) -> None:
    """Wait until the page says that what was typed is kept."""
    expect(page.locator("#kept")).to_contain_text("已保存")


def test_owner_and_helper_are_found_by_initials(desk):
    owner = opened(desk).locator("input[name=owner_q]")
    expect(owner).to_have_value("甲司党总支")
    opened(desk).focus()
    desk.keyboard.press("o")
    expect(owner).to_be_focused()
    owner.press("Control+a")
    owner.press_sequentially("ysdzz")
    opened(desk).get_by_role("button", name="乙司党总支").click()
    opened(desk).locator("details.folded summary").click()
    helper = opened(desk).locator("input[name=helper_q]")
    helper.press_sequentially("jsdzz")
    opened(desk).get_by_role("button", name="甲司党总支").click()
    desk.keyboard.press("Control+Enter")
    desk.wait_for_function("() => document.querySelectorAll('.proposal.accepted').length === 1")
    one = Measure.objects.get(state="accepted")
    assert one.owner.name == "乙司党总支"
    assert [h.unit.name for h in one.helpers.all()] == ["甲司党总支"]


def test_split_at_the_cursor_merge_drop_and_bring_back(desk):
    before = texts()
    assert len(before) >= 3
    whole = next(one for one in before if "主题党日" in one)
    box = opened(desk).locator("textarea[name=text]")
    box.evaluate("box => { box.focus(); box.selectionStart = box.selectionEnd = 4; }")
    opened(desk).get_by_role("button", name="在光标处拆分").click()
    expect(desk.locator(".proposal")).to_have_count(len(before) + 1)
    assert texts()[:2] == [whole[:4], whole[4:]]
    settled(desk)

    desk.locator(".proposal").first.focus()
    desk.keyboard.press("m")
    dropped = desk.locator(".proposal.dropped")
    expect(dropped).to_have_count(1)  # the second half, which can be brought back
    assert texts() == [f"{whole[:4]}，{whole[4:]}", *before[1:]]
    settled(desk)

    desk.locator(".proposal:not(.open):not(.dropped)").last.focus()
    desk.keyboard.press("d")
    expect(dropped).to_have_count(2)
    assert texts()[-1] == before[-2]
    dropped.last.get_by_role("button", name="恢复").click()
    expect(dropped).to_have_count(1)
    assert texts()[1:] == before[1:]


def test_one_owner_for_a_whole_section(desk):
    last = desk.locator("section.block").last
    last.locator("details.folded summary").first.click()
    last.locator("input[name=owner_q]").press_sequentially("bsd3")
    last.get_by_role("button", name="丙司第3党支部").click()
    Measure.objects.filter(text__contains="党务公开").update(owner=None)
    last.get_by_role("button", name="用于本节").click()
    desk.wait_for_function("() => document.body.innerText.includes('1 条措施由丙司第3党支部牵头')")
    assert Measure.objects.get(text__contains="党务公开").owner.name == "丙司第3党支部"


def test_what_was_typed_is_there_when_the_browser_comes_back(desk, open_page, town):
    opened(desk).locator("textarea[name=text]").fill("每月开展一次主题党日活动并登记")
    kept(desk)
    address = desk.url
    desk.close()
    again = open_page(town.office)
    again.goto(address)
    expect(opened(again).locator("textarea[name=text]")).to_have_value("每月开展一次主题党日活动并登记")
