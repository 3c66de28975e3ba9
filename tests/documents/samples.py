"""Papers that several tests print, and how a printed page is read back."""

import io
from collections import defaultdict
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import pypdfium2 as pdfium
from lxml import etree

from luoshi.engine.documents import Paper, Paragraph, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 25.4 / 72

CIRCULAR = Paper(
    title="关于2026年上半年党建重点工作落实情况的通报", issuer="中共示例部机关委员会", kind="通报",
    number="示党〔2026〕7号", recipient="各司局党组织，各直属单位党委",
    signed_by="中共示例部机关委员会", signed_on=date(2026, 7, 1), as_of=date(2026, 6, 30),
    copies_to=("部领导", "机关纪委"), printed_by="示例部机关党委办公室", printed_on=date(2026, 7, 2),
    body=(
        Paragraph("现将有关情况通报如下。"),
        Paragraph("总体情况", 1),
        Paragraph("各支部按期召开支部党员大会。"),
        Table(("措施", "目标", "完成"), (("召开支部党员大会", "12", "6"),), (4, 1, 1), ("left", "right", "right")),
    ),
)
FULL_TEXT = Paper(
    title="版心测试", issuer="机关党委", kind="通知", red_head=False,
    body=(Paragraph("落实年度工作要点推进党建任务" * 180),),
)


def with_body(*body: Paragraph | Table) -> Paper:
    """The circular with another body and nothing below it."""
    return replace(CIRCULAR, body=body, copies_to=(), printed_by="", printed_on=None)


def text_rows(pdf: bytes, page: int) -> list[tuple[float, float, float, str]]:
    """The rows of a page: middle from the top, left and right edge in mm, and the words."""
    sheet = pdfium.PdfDocument(pdf)[page]
    words, high = sheet.get_textpage(), sheet.get_height()
    rows: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
    for n in range(words.count_chars()):
        char = words.get_text_range(n, 1)
        if char.strip():
            left, low, right, top = words.get_charbox(n, loose=True)
            rows[round(high - (low + top) / 2)].append((left * MM, right * MM, char))
    return [
        (y * MM, min(c[0] for c in cells), max(c[1] for c in cells), "".join(c[2] for c in sorted(cells)))
        for y, cells in sorted(rows.items())
    ]


def pages(pdf: bytes) -> list[str]:
    """The words of every page, without white space."""
    document = pdfium.PdfDocument(pdf)
    return ["".join(document[n].get_textpage().get_text_range().split()) for n in range(len(document))]


def part(docx: bytes, name: str = "word/document.xml") -> etree._Element:
    """One XML part of a docx."""
    return etree.fromstring(ZipFile(io.BytesIO(docx)).read(name))


def words(docx: bytes) -> str:
    """All words of a docx body."""
    return "".join(node.text or "" for node in part(docx).iter(f"{W}t"))
