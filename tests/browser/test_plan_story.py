"""From the plan's text to the printed circular, as the people who do it: import, confirm, issue, record, see, print."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from luoshi.plan.models import Circular, Measure, Plan, PlanState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = """机关党委2026年党建工作要点

一、加强理论武装
（一）抓好学习教育
各党支部每月开展一次主题党日活动。（责任单位：甲司党总支）
每季度召开一次支部党员大会。（责任单位：乙司党总支）
二、夯实基层基础
（一）健全组织生活
12月底前举办学习成果交流活动4次。（责任单位：甲司党总支）
制定党务公开工作办法。（责任单位：乙司党总支）
"""


def number_on(page: Page) -> tuple[int, ...]:
    """The figure of a measure page: (top, bottom)."""
    text = page.locator("main").inner_text()
    found = re.search(r"([\d,]+)\s*/\s*([\d,]+)", text)
    assert found, text
    return tuple(int(n.replace(",", "")) for n in found.groups())


def confirm_all(page: Page) -> None:
    """Open the first proposal, then confirm one after another; what has no rule is counted by milestones."""
    page.locator(".proposal a.open").first.click()
    for _round in range(12):
        card = page.locator("li.proposal.open")
        expect(card).to_be_visible()
        here = card.get_attribute("id")
        rule = card.locator("select[name=indicator0]")
        if not rule.input_value():
            rule.select_option("milestones")
        elif card.locator("input[name=target0]").input_value() == "":
            card.locator("input[name=target0]").fill("4")
        card.get_by_role("button", name="确认并看下一条").click()
        expect(page.locator(f"#{here}.open")).to_have_count(0)
        if not page.locator("li.proposal.open").count():
            break


def test_a_plan_is_read_confirmed_issued_and_counts_a_recorded_meeting(town, open_page, tmp_path):
    source = tmp_path / "要点.txt"
    source.write_text(TEXT, encoding="utf-8")
    page = open_page(town.office)

    page.goto("/plan/new/")
    page.set_input_files("input[type=file]", str(source))
    page.get_by_role("button", name="上传并读取").click()
    page.wait_for_url("**/confirm/**")
    plan = Plan.objects.get()
    assert Measure.objects.filter(plan=plan).count() == 4
    confirm_all(page)
    assert set(Measure.objects.filter(plan=plan).values_list("state", flat=True)) == {"accepted"}
    assert set(Measure.objects.filter(plan=plan).values_list("owner__name", flat=True)) == {
        "甲司党总支", "乙司党总支"}

    page.goto(f"/plan/{plan.pk}/issue/")
    page.get_by_role("button", name=re.compile("^下达")).click()
    page.wait_for_load_state()
    plan.refresh_from_db()
    assert plan.state == PlanState.ISSUED

    measure = Measure.objects.get(plan=plan, text__contains="主题党日")
    page.goto(f"/plan/measure/{measure.pk}/")
    before = number_on(page)

    branch = open_page(town.secretary, width=390)
    late = branch.locator("main").inner_text()
    assert "主题党日" in late
    branch.goto(f"/r/meeting/new/?unit={town.branches[0].pk}&kind=theme_day")
    record_theme_day(branch)

    page.reload()
    after = number_on(page)
    assert after[0] == before[0] + 1, (before, after)
    assert after[1] == before[1]
    branch.goto("/")
    assert branch.locator("main").inner_text() != late, "the branch's first screen did not move"

    print_circular(page, plan, figure=after)


def record_theme_day(page: Page) -> None:
    """As the secretary does it on a phone: subject, everybody present, submit."""
    if "record" not in page.url and page.locator("a", has_text="登记会议").count():
        page.goto("/meetings/record/?kind=theme_day")
    page.locator("[name=topic]").fill("重温入党誓词")
    kind = page.locator("select[name=kind]")
    if kind.count():
        kind.select_option(label="主题党日")
    page.get_by_role("button", name=re.compile("^(提交|保存)$")).first.click()
    page.wait_for_load_state()


def print_circular(page: Page, plan: Plan, *, figure: tuple[int, ...]) -> None:
    page.goto(f"/plan/{plan.pk}/circulars/")
    page.locator("input[type=month]").fill("2026-11")
    page.get_by_role("button", name="起草通报").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="印发并固定数据").click()
    page.wait_for_load_state()
    circular = Circular.objects.get(plan=plan)
    assert circular.state == "issued"
    with page.expect_download() as waiting:
        page.locator("main a[href$='.docx']").first.click()
    with zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes())) as paper:
        words = re.sub(r"<[^>]+>", "", paper.read("word/document.xml").decode())
    assert "主题党日" in words and "甲司党总支" in words
    assert re.search(rf"{figure[0]}\s*/\s*{figure[1]}", words), "the paper does not carry the number of the page"


@pytest.mark.parametrize("width", [390, 1440])
def test_the_key_pages_work_without_script(town, open_page, width):
    """Sign in, see the first screen, record a meeting, find it again: with JavaScript off."""
    page = open_page(town.secretary, width=width, script=False)
    record_theme_day_without_script(page)
    page.goto("/r/meeting/")
    expect(page.locator("table")).to_contain_text("重温入党誓词")
    page.goto("/search/?q=yisi")
    assert page.locator("main").inner_text()


def record_theme_day_without_script(page: Page) -> None:
    page.goto("/meetings/record/?kind=theme_day")
    page.locator("[name=topic]").fill("重温入党誓词")
    page.get_by_role("button", name=re.compile("^(提交|保存)$")).first.click()
    page.wait_for_load_state()


def test_large_type_and_english_are_switches_in_the_header(town, open_page):
    page = open_page(town.leader)
    page.get_by_role("button", name="大字").click()
    page.wait_for_load_state()
    assert "large" in (page.locator("html").get_attribute("class") or "")
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("nav", has_text="Home").count()
