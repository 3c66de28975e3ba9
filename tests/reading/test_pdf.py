"""Text PDF: running headers and page numbers go, paragraphs come together across lines and pages."""

import pytest

from luoshi.plan.reading.files import read_file

from . import build_gold

OPENING = "为做好全年工作，" + "结合实际，" * 12 + "制定本工作要点。"
ITEMS = "".join(f"第{n}项是组织开展第{n}期专题学习和交流研讨；" for n in range(1, 60))
LONG = f"（一）抓好学习。{ITEMS}年底前完成总结。"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    lines = [["p", OPENING], ["h1", "一、加强学习，提高素质"], ["p", LONG], ["h1", "二、开展活动"],
             ["p", "1.5月举办“健步走”活动（责任部门：工会）。"], ["p", "2.编印《简报》，每月1期，全年12期。"]]
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    build_gold.paged_pdf({"title": "平川市水务局机关党委2026年工作要点", "lines": lines}, path)
    return read_file(path)


def test_paragraphs_are_whole_across_lines_and_pages(found):
    assert [b.text for b in found.blocks] == [
        "平川市水务局机关党委2026年工作要点", OPENING, "一、加强学习，提高素质", LONG, "二、开展活动",
        "1.5月举办“健步走”活动（责任部门：工会）。", "2.编印《简报》，每月1期，全年12期。"]


def test_kinds_and_levels(found):
    assert [(b.kind, b.level) for b in found.blocks] == [
        ("title", None), ("paragraph", None), ("heading", 1), ("paragraph", None), ("heading", 1),
        ("paragraph", None), ("paragraph", None)]


def test_running_headers_and_page_numbers_are_gone(found):
    assert "文件选编" not in found.text
    assert "—" not in found.text


TABLE = """
#set page(paper: "a5", numbering: "1")
#set text(font: "Noto Serif CJK SC", size: 11pt, lang: "zh")
#align(center, text(16pt)[平川市水务局2026年重点任务分解表])
#table(columns: (1fr, 2fr, 1fr, 1fr),
  table.header(
    table.cell(rowspan: 2)[重点任务], table.cell(rowspan: 2)[工作措施], table.cell(colspan: 2)[责任分工],
    [牵头单位], [完成时限]),
  table.cell(rowspan: 2)[一、学习], [1.制定计划\\ 2.印发通知], table.cell(rowspan: 2)[宣传部], [3月],
  [举办全体党员和入党积极分子集中培训班，并组织交流], [每季度],
  table.cell(colspan: 4)[二、活动],
  ROWS
)
注：按月报送进度。
"""


def test_ruled_table_with_merges_over_two_pages(tmp_path):
    import typst

    rows = "".join(f"[第{n}类], [举办第{n}场职工文体比赛和健康讲座], [工会], [{n % 12 + 1}月]," for n in range(30))
    (tmp_path / "a.typ").write_text(TABLE.replace("ROWS", rows), encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(typst.compile(str(tmp_path / "a.typ")))
    blocks = read_file(tmp_path / "a.pdf").blocks
    assert [b.kind for b in blocks] == ["title", "row", "row", "heading", *["row"] * 30, "note"]
    assert blocks[1].cells == (
        ("重点任务", "一、学习"), ("工作措施", "1.制定计划\n2.印发通知"), ("牵头单位", "宣传部"), ("完成时限", "3月"))
    assert blocks[2].cells == (
        ("重点任务", "一、学习"), ("工作措施", "举办全体党员和入党积极分子集中培训班，并组织交流"),
        ("牵头单位", "宣传部"), ("完成时限", "每季度"))
    assert blocks[-2].cells[1] == ("工作措施", "举办第29场职工文体比赛和健康讲座")
