"""The docx as it is stored, and how it looks once set."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from luoshi.engine.documents import Appendix, Paragraph, Table
from luoshi.engine.documents.docx import to_docx
from luoshi.engine.documents.pdf import to_pdf

from .samples import CIRCULAR, FULL_TEXT, W, part, text_rows, with_body, words


def _values(docx: bytes, tag: str) -> dict[str, str]:
    found = next(part(docx).iter(f"{W}{tag}"))
    return {name.removeprefix(W): value for name, value in found.attrib.items()}


def test_page_edges_in_twips() -> None:
    docx = to_docx(CIRCULAR)
    size, edges = _values(docx, "pgSz"), _values(docx, "pgMar")
    assert (int(size["w"]), int(size["h"])) == (11906, 16838)
    mm = {side: round(int(edges[side]) / 1440 * 25.4, 1) for side in ("top", "left", "right", "bottom")}
    assert mm == {"top": 37.0, "left": 28.0, "right": 26.0, "bottom": 35.0}


def test_the_grid_has_22_lines_of_28_characters() -> None:
    docx = to_docx(CIRCULAR)
    grid, edges, size = _values(docx, "docGrid"), _values(docx, "pgMar"), _values(docx, "pgSz")
    assert grid["type"] == "linesAndChars"
    high = int(size["h"]) - int(edges["top"]) - int(edges["bottom"])
    wide = int(size["w"]) - int(edges["left"]) - int(edges["right"])
    assert high // int(grid["linePitch"]) == 22
    # A character of the grid is the default size (16 pt) plus charSpace in 4096ths of a point.
    assert int(wide / 20 // (16 + int(grid["charSpace"]) / 4096)) == 28


def test_every_face_is_named_for_chinese() -> None:
    docx = to_docx(replace(CIRCULAR, urgency="特急"))
    faces = {
        "".join(t.text or "" for t in run.iter(f"{W}t")): run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia")
        for run in part(docx).iter(f"{W}r")
    }
    assert faces["中共示例部机关委员会文件"] == faces["党建重点工作落实情况的通报"] == "方正小标宋简体"
    assert faces["一、总体情况"] == faces["特急"] == "黑体"
    assert faces["各支部按期召开支部党员大会。"] == "仿宋_GB2312"
    assert None not in faces.values()


def test_only_the_mark_and_the_line_are_red() -> None:
    root = part(to_docx(CIRCULAR))
    red = [node for node in root.iter() if "FF0000" in (node.get(f"{W}val"), node.get(f"{W}color"))]
    assert [node.tag.removeprefix(W) for node in red] == ["color", "bottom"]


def test_page_numbers_differ_on_odd_and_even_pages() -> None:
    docx = to_docx(CIRCULAR)
    assert next(part(docx, "word/settings.xml").iter(f"{W}evenAndOddHeaders")) is not None
    sides = {}
    for reference in part(docx).iter(f"{W}footerReference"):
        name = {"default": "right", "even": "left"}[reference.get(f"{W}type")]
        sides[name] = reference
    footers = [part(docx, f"word/footer{n}.xml") for n in (1, 2)]
    assert set(sides) == {"right", "left"} == {next(f.iter(f"{W}jc")).get(f"{W}val") for f in footers}
    for footer in footers:
        assert "".join(node.text for node in footer.iter(f"{W}t")) == "— 1 —"
        assert next(footer.iter(f"{W}instrText")).text.strip() == "PAGE"


def test_the_record_block_has_thick_outer_and_thin_inner_lines() -> None:
    record = list(part(to_docx(CIRCULAR)).iter(f"{W}tbl"))[-1]
    assert record.find(f"{W}tblPr/{W}tblpPr") is not None
    sizes = [edge.get(f"{W}sz") for edges in record.iter(f"{W}tcBorders") for edge in edges]
    # Eighths of a point: 0.35 mm is 0.99 pt, 0.25 mm is 0.71 pt.
    assert sizes == ["8", "6", "6", "8", "6", "8"]


def test_a_long_table_repeats_its_head_and_keeps_rows_whole() -> None:
    rows = tuple((str(n), "党支部") for n in range(300))
    table = next(part(to_docx(with_body(Table(("序号", "单位"), rows)))).iter(f"{W}tbl"))
    made = table.findall(f"{W}tr")
    assert len(made) == 301
    assert made[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in made)


def test_markup_and_control_characters_stay_text() -> None:
    hostile = "<w:p>&amp;</w:t>{{ x }} #set ]]> \\* \x00\x0b\u202e甲\U00020bb7"
    said = words(to_docx(with_body(Paragraph(hostile), Table((hostile,), ((hostile,),)))))
    assert said.count("<w:p>&amp;</w:t>{{ x }} #set ]]> \\*") == 3
    assert "\u202e" not in said
    assert "甲\U00020bb7" in said


def test_attachments_begin_a_page() -> None:
    paper = replace(CIRCULAR, appendices=(Appendix("甲", (Paragraph("文"),)), Appendix("乙", ())))
    breaks = [
        "".join(t.text for t in p.iter(f"{W}t")) for p in part(to_docx(paper)).iter(f"{W}p")
        if p.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert breaks == ["附件1", "附件2"]


def test_properties_keep_the_schema_order() -> None:
    order = ["keepNext", "pageBreakBefore", "pBdr", "tabs", "snapToGrid", "spacing", "ind", "jc"]
    paper = replace(CIRCULAR, attachments=("甲", "乙"), appendices=(Appendix("甲", ()), Appendix("乙", ())))
    for properties in part(to_docx(paper)).iter(f"{W}pPr"):
        names = [child.tag.removeprefix(W) for child in properties]
        assert names == sorted(names, key=order.index)


def test_same_paper_same_bytes_and_no_foreign_author() -> None:
    docx = to_docx(CIRCULAR)
    assert docx == to_docx(replace(CIRCULAR))
    core = "".join(part(docx, "docProps/core.xml").itertext())
    assert "中共示例部机关委员会" in core
    assert "python-docx" not in core


def test_a_page_of_text_is_set_as_22_lines_of_28_characters(tmp_path: Path) -> None:
    pdf = _set(to_docx(FULL_TEXT), tmp_path) or to_pdf(FULL_TEXT)
    rows = text_rows(pdf, 1)
    assert [len(text) for *_, text in rows[:-1]] == [28] * 22
    assert rows[-1][3] == "—2—"


def _set(docx: bytes, folder: Path) -> bytes | None:
    office = shutil.which("soffice")
    if not office:
        return None
    (folder / "paper.docx").write_bytes(docx)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf",
         "--outdir", str(folder), str(folder / "paper.docx")],
        check=True, capture_output=True, timeout=120,
    )
    return (folder / "paper.pdf").read_bytes()
