"""8,000 rows from Excel, as the clerk does it: dropped, watched, mended on the page, written, looked at, taken back."""

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from luoshi.engine.models import Batch
from luoshi.foundation.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = 8000


def workbook(town, path) -> None:
    """8,000 persons under a title, with three rows that need a hand and one that stands twice."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["机关党委党员名册"])
    sheet.append(["所在党支部", "党员姓名", "人员编号", "入党时间"])
    for n in range(ROWS):
        row = [town.branches[n % 4].name, f"张{chr(0x4E00 + n % 900)}", f"X{n:06d}", "2010.7.1"]
        if n == 10:
            row[3] = "2008年7月"
        if n == 20:
            row[0] = "甲司第一党支"
        if n == 30:
            row[1] = ""
        if n == 40:
            row[2] = "X000039"
        sheet.append(row)
    book.save(path)


def test_eight_thousand_rows_from_excel(town, open_page, tmp_path):
    source = tmp_path / "名册.xlsx"
    workbook(town, source)
    page = open_page(town.office)
    page.set_default_timeout(60_000)
    before = Person.objects.count()

    page.goto("/r/person/import/")
    page.set_input_files("input[type=file]", str(source))
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_url("**/r/person/import/*/")
    counts = page.locator("#import-state")
    expect(counts).to_contain_text(f"新增 {ROWS - 4}")
    expect(counts).to_contain_text("待修改 3")
    expect(counts).to_contain_text("重复 1")
    assert Person.objects.count() == before, "nothing is written before the clerk says so"

    page.get_by_role("link", name="修改 3 行").click()
    card = page.locator("form.card", has_text="第 13 行")
    expect(card.get_by_label("入党时间")).to_have_value("2008-07-01")
    card.get_by_role("button", name="保存并检查这一行").click()
    expect(card).to_contain_text("新增")
    expect(page.locator("#import-state")).to_contain_text("待修改 2")
    name = page.locator("form.card", has_text="第 33 行").get_by_label("党员姓名")
    name.fill("李四")
    name.press("Tab")
    expect(page.locator("#import-state")).to_contain_text("待修改 1")
    page.get_by_role("button", name="采用全部建议").click()
    expect(page.locator("#import-state")).to_contain_text(f"新增 {ROWS - 1}")

    page.get_by_role("button", name=f"写入 {ROWS - 1:d} 条").click()
    page.get_by_role("link", name="查看列表").wait_for()
    assert Person.objects.count() == before + ROWS - 1
    assert Batch.objects.get().counts == {"new": ROWS - 1, "repeat": 1}, "the counts add up to the rows of the file"

    page.get_by_role("button", name="撤销这一批").click()
    expect(page.locator("main")).to_contain_text("已撤销")
    assert Person.objects.filter(withdrawn=False).count() == before


def test_rows_are_mended_without_javascript(town, open_page, tmp_path):
    source = tmp_path / "名册.xlsx"
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["单位", "姓名", "工号", "入党日期"])
    book.active.append([town.branches[0].name, "张一", "Y1", "2008年7月"])
    book.save(out)
    source.write_bytes(out.getvalue())
    page = open_page(town.secretary, width=390, script=False)
    page.goto("/r/person/import/")
    page.set_input_files("input[type=file]", str(source))
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_role("link", name="修改 1 行").click()
    page.get_by_role("button", name="保存并检查这一行").click()
    page.get_by_role("button", name="写入 1 条").click()
    expect(page.locator("main")).to_contain_text("已写入")
    assert Person.objects.get(number="Y1").joined.isoformat() == "2008-07-01"
