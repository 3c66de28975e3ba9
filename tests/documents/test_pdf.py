"""The PDF as it is printed: places on the page, faces, long tables, hostile text, same bytes."""

import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from luoshi.engine.documents import Appendix, PaperError, Paragraph, Table
from luoshi.engine.documents.fonts import fonts_used
from luoshi.engine.documents.pdf import to_pdf

from .samples import CIRCULAR, FULL_TEXT, MM, pages, text_rows, with_body


def _row(pdf: bytes, page: int, start: str) -> tuple[float, float, float, str]:
    return next(row for row in text_rows(pdf, page) if row[3].startswith(start))


def test_a_page_of_text_fills_the_block_with_22_lines_of_28_characters() -> None:
    pdf = to_pdf(FULL_TEXT)
    width, height = pdfium.PdfDocument(pdf)[0].get_size()
    assert (round(width * MM), round(height * MM)) == (210, 297)
    *rows, number = text_rows(pdf, 1)
    assert [len(text) for *_, text in rows] == [28] * 22
    assert all(abs(left - 28) < 0.2 and abs(right - 184) < 0.3 for _, left, right, _ in rows)
    steps = [b[0] - a[0] for a, b in pairwise(rows)]
    assert all(abs(step - 225 / 22) < 0.4 for step in steps)
    assert 37 < rows[0][0] < 37 + 225 / 22
    assert 262 - 225 / 22 < rows[-1][0] < 262
    assert number[3] == "—2—"


def test_page_numbers_stand_seven_millimetres_below_the_block_right_then_left() -> None:
    pdf = to_pdf(FULL_TEXT)
    odd, even = text_rows(pdf, 0)[-1], text_rows(pdf, 1)[-1]
    assert (odd[3], even[3]) == ("—1—", "—2—")
    assert abs(odd[0] - 269) < 1
    assert abs(odd[2] - (184 - 14 * MM)) < 1
    assert abs(even[1] - (28 + 14 * MM)) < 1


def test_the_head_stands_where_the_standard_puts_it() -> None:
    pdf = to_pdf(CIRCULAR)
    document = pdfium.PdfDocument(pdf)[0]
    page = document.render(scale=4, rev_byteorder=True).to_numpy()[:, :, :3].astype(int)
    red = (page[:, :, 0] > 200) & (page[:, :, 1] < 80) & (page[:, :, 2] < 80)
    rows = [n for n in range(len(red)) if red[n].any()]
    line = [n for n in rows if red[n].sum() > 0.9 * 156 / MM * 4]
    mm = MM / 4
    assert abs(rows[0] * mm - (37 + 35)) < 1.5
    assert abs(red[line[0]].sum() * mm - 156) < 0.5
    number = _row(pdf, 0, "示党〔")
    assert abs(line[0] * mm - (number[0] + 8 * MM) - 4) < 1


def test_signature_and_date_without_a_seal() -> None:
    pdf = to_pdf(with_body(Paragraph("文。")))
    name, day = _row(pdf, 0, "中共示例部机关委员会"), _row(pdf, 0, "2026年7月1日")
    rows = [row for row in text_rows(pdf, 0) if row[3].startswith("中共示例部机关委员会")]
    name = rows[-1]
    character = 15.79 * MM
    assert abs(184 - name[2] - 2 * character) < 0.6
    assert abs(day[1] - name[1] - 2 * character) < 2
    assert day[0] > name[0]


def test_the_record_block_ends_on_an_even_page_without_a_number() -> None:
    made = pages(to_pdf(CIRCULAR))
    assert len(made) % 2 == 0
    assert "抄送：部领导，机关纪委。" in made[-1]
    assert "2026年7月2日印发" in made[-1]
    one_page = pages(to_pdf(replace(CIRCULAR, body=(Paragraph("文。"),))))
    assert len(one_page) == 2
    assert "—1—" in one_page[0]
    assert "—" not in one_page[1]


def test_300_rows_repeat_the_header_on_every_page_and_lose_nothing() -> None:
    rows = tuple((str(n), f"第{n}党支部", "按期") for n in range(1, 301))
    made = pages(to_pdf(with_body(Table(("序号", "党支部", "状态"), rows, (1, 4, 1)))))
    assert len(made) > 8
    holding = [page for page in made if "党支部按期" in page]
    assert all("序号党支部状态" in page for page in holding)
    whole = "".join(made)
    assert all(f"第{n}党支部" in whole for n in range(1, 301))


def test_a_row_longer_than_a_page_is_still_printed_whole() -> None:
    long = "落实年度任务" * 400
    made = pages(to_pdf(with_body(Table(("内容",), ((long,),)))))
    assert len(made) >= 2
    assert sum(page.count("落") for page in made) >= 400


def test_a_paragraph_of_5000_characters_is_printed_whole() -> None:
    made = pages(to_pdf(with_body(Paragraph("龘" * 5000))))
    assert sum(page.count("龘") for page in made) == 5000


@pytest.mark.parametrize("text", [
    '#read("/etc/passwd") $x^2$ @ref <label> *粗* _斜_ `码` \\ // 注 /* */ = 题',
    "[] {} #{1+1} #set page(width: 1pt)", "{{ x }}<script>&lt;", '"\\u{41}"',
])
def test_hostile_text_is_printed_as_it_stands(text: str) -> None:
    printed = "".join(pages(to_pdf(with_body(Paragraph(text), Table(("列",), ((text,),))))))
    plain = "".join(text.split())
    found = printed.replace("\u200b", "").replace("\ufffe", "").replace("\u2010", "-")
    assert found.count(plain[:30]) == 2


def test_a_run_without_breaks_stays_on_the_page() -> None:
    pdf = to_pdf(with_body(Paragraph("x" * 400), Table(("列", "格"), (("y" * 400, "z" * 400),), (1, 5))))
    rows = [row for page in range(len(pages(pdf))) for row in text_rows(pdf, page)]
    printed = "".join(row[3] for row in rows)
    assert [printed.count(letter) for letter in "xyz"] == [400, 400, 400]
    assert max(right for _, _, right, _ in rows) < 185


def test_controls_and_direction_overrides_are_gone_and_rare_characters_print() -> None:
    printed = "".join(pages(to_pdf(with_body(Paragraph("甲\u202e乙\x00\u2067丙\U00020bb7喆玥珺祎")))))
    assert "甲乙丙\U00020bb7喆玥珺祎" in printed


def test_attachments_begin_pages_with_their_word_in_the_corner() -> None:
    paper = replace(CIRCULAR, appendices=(Appendix("一览表", (Paragraph("文"),)), Appendix("安排", ())))
    made = pages(to_pdf(paper))
    assert [page[:3] for page in made if page.startswith(("附件1", "附件2"))] == ["附件1", "附件2"]


def test_forty_attachments_and_a_long_name_keep_signature_and_date_together() -> None:
    many = replace(CIRCULAR, attachments=tuple(f"第{n}号名称" for n in range(1, 41)), signed_by="机关" * 18)
    made = pages(to_pdf(many))
    assert sum(page.count("号名称") for page in made) == 40
    closing = next(page for page in made if "2026年7月1日" in page)
    assert "机关" * 18 + "2026年7月1日" in closing
    assert "40.第40号名称" in closing


def test_a_table_sheet_counts_its_pages() -> None:
    table = Table(("序号",), tuple((str(n),) for n in range(100)))
    pdf = to_pdf(replace(CIRCULAR, form="table", landscape=True, body=(table,)))
    made = pages(pdf)
    assert all(f"第{n}页共{len(made)}页" in page for n, page in enumerate(made, 1))
    width, height = pdfium.PdfDocument(pdf)[0].get_size()
    assert width > height


def test_same_paper_same_bytes_with_title_and_date() -> None:
    pdf = to_pdf(CIRCULAR)
    assert pdf == to_pdf(replace(CIRCULAR))
    about = pdfium.PdfDocument(pdf).get_metadata_dict()
    assert about["Title"] == CIRCULAR.title
    assert about["Author"] == CIRCULAR.issuer
    assert about["CreationDate"].startswith("D:20260701")


def test_every_face_is_named_with_a_sentence() -> None:
    faces = {face.role: face for face in fonts_used()}
    assert set(faces) == {"song", "fang", "kai", "hei", "digits"}
    assert all(face.used in face.sentence and face.sentence.endswith("。") for face in faces.values())


def test_a_bare_machine_prints_with_the_font_package() -> None:
    made = pages(to_pdf(CIRCULAR, system_fonts=False))
    assert "各支部按期召开支部党员大会。" in made[0] + made[1]
    assert {face.used for face in fonts_used(system_fonts=False)} == {"Noto Serif SC", "Noto Sans SC"}


def test_a_site_may_name_its_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LUOSHI_FONTS", os.fspath(tmp_path))
    assert to_pdf(CIRCULAR).startswith(b"%PDF")
    monkeypatch.setenv("LUOSHI_FONTS", os.fspath(tmp_path / "missing"))
    with pytest.raises(PaperError, match="LUOSHI_FONTS"):
        to_pdf(CIRCULAR)
