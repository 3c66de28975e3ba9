"""Excel ledgers: titles above the header, merges, real dates, notes and several sheets."""

import datetime
import io

import openpyxl

from luoshi.plan.reading.blocks import Block
from luoshi.plan.reading.files import read_bytes

HEADER = ["序号", "工作任务", "责任部门", "完成时间"]


def saved(book: openpyxl.Workbook) -> tuple[Block, ...]:
    out = io.BytesIO()
    book.save(out)
    return read_bytes(out.getvalue(), "台账.xlsx").blocks


def sheet_of(book: openpyxl.Workbook, name: str, rows: list[list[object]]):
    made = book.create_sheet(name)
    for row in rows:
        made.append(row)
    return made


def fresh() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    return book


def test_values_become_words():
    book = fresh()
    sheet_of(book, "Sheet1", [
        HEADER, [1, "每月\n组织 学习", 3.5, datetime.date(2026, 6, 30)],
        [2.0, "签订承诺书", True, datetime.datetime(2026, 7, 1, 9)]])
    rows = [b.cells for b in saved(book)]
    assert rows == [
        (("序号", "1"), ("工作任务", "每月\n组织 学习"), ("责任部门", "3.5"), ("完成时间", "2026-06-30")),
        (("序号", "2"), ("工作任务", "签订承诺书"), ("责任部门", "是"), ("完成时间", "2026-07-01 09:00"))]


def test_title_rows_notes_and_section_rows_also_without_merges():
    book = fresh()
    sheet_of(book, "Sheet1", [
        ["平川局2026年任务台账"], ["填报单位：办公室", None, None, "2026年1月"], [], HEADER, ["一、学习教育"],
        [1, "制定计划", "宣传部", "3月"], ["（一）活动"], [2, "举办比赛", "工会", "5月"], [], ["注：按月更新。"]])
    found = saved(book)
    assert [(b.kind, b.level) for b in found] == [
        ("title", None), ("note", None), ("heading", 1), ("row", None), ("heading", 2), ("row", None), ("note", None)]


def test_vertical_merges_are_filled_down_and_the_table_may_stand_anywhere():
    book = fresh()
    made = book.create_sheet("台账")
    for at, row in enumerate([HEADER, [1, "制定计划", "宣传部", "3月"], [2, "印发通知", None, "4月"]], start=5):
        for column, value in enumerate(row, start=3):
            made.cell(at, column, value)
    made.merge_cells("E6:E7")
    assert [dict(b.cells)["责任部门"] for b in saved(book)] == ["宣传部", "宣传部"]


def test_sheets_without_titles_are_chapters_and_hidden_ones_are_left_out():
    book = fresh()
    sheet_of(book, "党建", [HEADER, [1, "制定计划", "宣传部", "3月"]])
    sheet_of(book, "工会", [HEADER, [1, "举办比赛", "工会", "5月"]])
    sheet_of(book, "草稿", [HEADER, [1, "不要的任务", "工会", "5月"]]).sheet_state = "hidden"
    assert [(b.kind, b.level, b.text) for b in saved(book) if b.kind != "row"] == [
        ("heading", 1, "党建"), ("heading", 1, "工会")]


def test_offsets_point_into_the_text():
    book = fresh()
    sheet_of(book, "Sheet1", [HEADER, [1, "每月\n学习", "宣传部", "3月"], [2, "举办比赛", "工会", "5月"]])
    out = io.BytesIO()
    book.save(out)
    found = read_bytes(out.getvalue(), "a")
    for block in found.blocks:
        assert found.text[block.start : block.start + len(block.text)] == block.text
