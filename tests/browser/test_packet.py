"""A month at a post without network: the packet out, a meeting recorded offline, the packet back, taken in once."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from luoshi.engine import duties, samples, write
from luoshi.engine.actor import actor_of, system_actor
from luoshi.engine.register import register
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import Grant, Verb
from luoshi.foundation.people import Position, Post
from luoshi.kernel import periods
from luoshi.registers.meetings.models import Meeting
from luoshi.registers.overseas.models import Packet, PacketPaper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 11, 23)
MINUTES = "会议听取了本季度工作情况，讨论了下一季度的安排，明确了分工和完成时间。" * 25


@pytest.fixture
def post(town) -> SimpleNamespace:
    """A branch abroad of fifteen members below the first office, with a packet of this month."""
    unit = samples.unit(system_actor(TODAY), "驻甲地办事处党支部", parent=town.offices[0], kind="overseas", zone="America/Lima")
    people = [samples.person(unit) for _n in range(15)]
    for n, one in enumerate(people):
        for name in [Post.MEMBER, *([Post.SECRETARY] if n == 0 else [])]:
            position = Position(unit=unit, person=one, post=name, since=date(2020, 1, 1))
            position.settle()
            position.save()
    account = Account.objects.create_user("abroad", None, label="驻外书记", role="驻外支部书记", demo=True, home=unit, person=people[0])
    Grant.objects.create(account=account, unit=unit, verb=Verb.MANAGE, since=date(2020, 1, 1))
    packet = write.save(actor_of(account, TODAY), register("packet"), Packet(unit=unit, person=people[0], month=TODAY, note="路上平安"),
                        lines={"papers": [PacketPaper(title="学习材料", text="材料全文。" * 2000)]})
    return SimpleNamespace(unit=unit, account=account, people=people, packet=packet)


def lamp(post) -> str:
    period = periods.quarter(TODAY)
    found = duties.lamps([duties.duties()["life.members"]], root=post.unit.place, periods=[period], today=TODAY)
    return found[post.unit.pk]["life.members", period.key].state


def fetched(page, tmp_path):
    """The packet as a file on the secretary's own disk."""
    page.goto("/r/packet/")
    page.get_by_role("link", name=re.compile(r"^[0-9a-f]{10}$")).click()
    page.wait_for_url("**/r/packet/*/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载离线包").first.click()
    path = tmp_path / "packet.html"
    waiting.value.save_as(path)
    return path


def record(page, topic: str) -> None:
    page.get_by_role("button", name="登记 支部党员大会（2026年第四季度）").click()
    expect(page.get_by_label("应到人数")).to_have_value("15")
    page.get_by_label("会议日期").fill("2026-11-20")
    page.get_by_label("主题").fill(topic)
    page.get_by_label("发言摘要").fill(MINUTES)
    page.get_by_role("button", name="保存", exact=True).click()


def packed(page) -> str:
    page.get_by_role("button", name="生成回传包").click()
    return page.locator("#text").input_value()


def offered(page, text: str) -> None:
    page.goto("/overseas/return/")
    page.get_by_label("或粘贴邮件中的文字").fill(text)
    page.get_by_role("button", name="检查并预览").click()


def test_a_month_without_network(town, post, open_page, tmp_path):
    path = fetched(open_page(post.account), tmp_path)
    assert path.stat().st_size <= 200_000

    away = open_page()
    away.clock.set_fixed_time("2026-11-23T12:00:00Z")
    asked: list[str] = []
    away.on("request", lambda request: asked.append(request.url))
    away.context.set_offline(True)
    away.goto(path.as_uri())
    expect(away.locator("#seal-state")).to_contain_text("内容完整")
    expect(away.locator("#clocks")).to_contain_text("2026-11-23 07:00")
    expect(away.locator("#duties")).to_contain_text("当地时间 12-31 10:59")
    expect(away.locator("#papers")).to_contain_text("学习材料")
    record(away, "讨论一")
    away.get_by_role("button", name="修改").click()
    away.get_by_role("button", name="增加一行：缺席人员").click()
    away.get_by_label("姓名").select_option(index=3)
    away.get_by_label("实到人数").fill("")
    away.get_by_role("button", name="保存", exact=True).click()
    away.reload()
    expect(away.locator("#records")).to_contain_text("讨论一")
    record(away, "讨论二")
    record(away, "讨论三")
    text = packed(away)
    assert 0 < len(text) <= 20_000
    with away.expect_download() as waiting:
        away.get_by_role("button", name="下载回传包文件").click()
    back = tmp_path / "back.txt"
    waiting.value.save_as(back)
    assert back.read_text() == text
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []

    office = open_page(town.office)
    assert lamp(post) != "ok"
    offered(office, text[:200] + ("A" if text[200] != "A" else "B") + text[201:])
    expect(office.locator("main")).to_contain_text("签名不符")
    office.goto("/overseas/return/")
    office.set_input_files("input[type=file]", str(back))
    office.get_by_role("button", name="检查并预览").click()
    expect(office.locator("main")).to_contain_text("共 3 条，新登记 3 条，不能受理 0 条")
    assert not Meeting.objects.exists(), "nothing is written before the confirmation"
    office.get_by_role("button", name="确认受理").click()
    expect(office.locator("body")).to_contain_text("受理 3 条，此前已受理 0 条")
    assert Meeting.objects.count() == 3
    first = Meeting.objects.get(topic="讨论一")
    assert (first.unit, first.expected, first.present, first.absences.count()) == (post.unit, 15, 14, 1)
    assert lamp(post) == "ok"

    offered(office, text)
    expect(office.locator("main")).to_contain_text("新登记 0 条")
    office.get_by_role("button", name="确认受理").click()
    expect(office.locator("body")).to_contain_text("此前已受理 3 条")
    assert Meeting.objects.count() == 3


def test_the_page_speaks_english_and_works_on_a_phone(post, open_page, tmp_path):
    path = fetched(open_page(post.account), tmp_path)
    page = open_page(width=390)
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="中文").click()
    page.get_by_role("button", name="登记 支部党员大会（2026年第四季度）").press("Enter")
    page.get_by_label("主题").fill("")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#f-topic-wrong")).to_contain_text("请填写主题")
    expect(page.get_by_label("主题")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_altered_packet_out_says_so_and_makes_nothing(post, open_page, tmp_path):
    path = fetched(open_page(post.account), tmp_path)
    path.write_text(path.read_text().replace("路上平安", "路上不安"))
    page = open_page()
    page.goto(path.as_uri())
    expect(page.locator("#seal-state")).to_contain_text("请勿使用")
    record(page, "讨论一")
    expect(page.get_by_role("button", name="生成回传包")).to_be_disabled()
