"""Text PDF: lines with their places on the page, without running headers and page numbers, joined into paragraphs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from ..blocks import Block
from ..errors import BROKEN, Unreadable
from . import layout, ruled, scale, titles
from .tables import Grid, blocks

_LOCKED = "PDF 加了打开密码，无法读取；请用阅读软件取消密码，另存后再试。"
_SCANNED = "这份 PDF 只有扫描图片，没有可读的文字；请先做文字识别（OCR），另存为 docx 或带文字的 PDF 后再试。"
_PASSWORD_ERROR = 4


@dataclass(frozen=True, slots=True)
class _Glyph:
    character: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


def read(data: bytes) -> tuple[list[Block], str]:
    """Blocks, and all text of the pages with headers. Raises Unreadable for locked, scanned and damaged files."""
    import pypdfium2 as pdfium

    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower()
        raise Unreadable(_LOCKED if locked else BROKEN) from None
    if len(file) > scale.PAGES:
        raise Unreadable("PDF 超过 1000 页，不像一份计划；请只保留计划正文后再试。")
    pages: list[list[layout.Line]] = []
    drawn: list[_Table] = []
    loose: list[str] = []
    sizes: Counter[float] = Counter()
    characters = 0
    for at in range(len(file)):
        glyphs, boxes, height = _page(pdfium, file, at)
        sizes.update(round(glyph.size * 2) / 2 for glyph in glyphs)
        characters += len(glyphs)
        scale.check_text(characters)
        table = ruled.find(boxes)
        if table is not None:
            inside, glyphs = _parted(glyphs, table)
            drawn.append(_Table(at, table, ruled.grid(table, partial(_inside, inside))))
        lines = list(_grouped(glyphs))
        loose.extend(line.text for line in lines)
        pages.append(layout.placed(lines, at, height, table.rows[-1] if table else None))
    if characters < scale.LEAST_CHARACTERS:
        raise Unreadable(_SCANNED)
    edges = [(one.rules.columns[0], one.rules.columns[-1]) for one in drawn]
    found = [*layout.paragraphs(pages, max(sizes, key=sizes.__getitem__) or 1.0, edges), *_in_tables(drawn)]
    return titles.settle(sorted(found, key=lambda one: one.place)), "\n".join(loose)


@dataclass(frozen=True, slots=True)
class _Table:
    page: int
    rules: ruled.Ruled
    grid: Grid


def _in_tables(drawn: list[_Table]) -> Iterator[titles.Found]:
    """Rows of the tables; one that goes on over the next page with the same columns is one table."""
    held: list[_Table] = []
    for table in [*drawn, None]:
        goes_on = table and held and table.page == held[-1].page + 1 and len(table.grid[0]) == len(held[-1].grid[0])
        if held and not goes_on:
            place = (held[0].page, -held[0].rules.rows[0])
            for block in blocks(ruled.joined([one.grid for one in held])):
                yield titles.Found(block, in_table=True, place=place)
            held = []
        if table:
            held.append(table)


def _parted(glyphs: list[_Glyph], table: ruled.Ruled) -> tuple[list[_Glyph], list[_Glyph]]:
    inside: list[_Glyph] = []
    outside: list[_Glyph] = []
    for glyph in glyphs:
        (inside if table.holds((glyph.left + glyph.right) / 2, _middle(glyph)) else outside).append(glyph)
    return inside, outside


def _inside(glyphs: list[_Glyph], left: float, bottom: float, right: float, top: float) -> str:
    """The words in a cell; a line that begins with a number stands on its own."""
    text = ""
    held = [g for g in glyphs if left <= (g.left + g.right) / 2 < right and bottom <= _middle(g) < top]
    for line in _grouped(held):
        text += f"\n{line.text}" if text and titles.typed_depth(line.text) else line.text
    return text


def _page(pdfium: Any, file: Any, at: int) -> tuple[list[_Glyph], list[ruled.Box], float]:
    """Glyphs, drawn boxes and height of one page."""
    try:
        page = file[at]
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        raise Unreadable(BROKEN) from None
    try:
        drawings = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH], max_depth=3)
        boxes = [tuple(drawing.get_bounds()) for drawing in islice(drawings, ruled.MOST_RULES)]
        return _glyphs(pdfium.raw, text_page), boxes, float(page.get_height())
    finally:
        text_page.close()
        page.close()


def _glyphs(raw: Any, text_page: Any) -> list[_Glyph]:
    found: list[_Glyph] = []
    box = raw.FS_RECTF()
    for index in range(min(text_page.count_chars(), scale.TEXT_CHARACTERS + 1)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if not 32 < code < 0x110000 or 0xD800 <= code < 0xE000 or code in (0xA0, 0x3000, 0xFFFE):
            continue
        raw.FPDFText_GetLooseCharBox(text_page, index, box)
        size = raw.FPDFText_GetFontSize(text_page, index)
        found.append(_Glyph(chr(code), box.left, box.right, box.bottom, box.top, size))
    return found


def _grouped(glyphs: list[_Glyph]) -> Iterator[layout.Line]:
    """Lines from the places of the glyphs: programs draw quotes and digits of another font after the whole line."""
    rows: list[list[_Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -(g.bottom + g.top)):
        if rows and _middle(rows[-1][0]) - _middle(glyph) < 0.5 * max(rows[-1][0].size, 1):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        yield from _pieces(sorted(row, key=lambda g: g.left))


def _middle(glyph: _Glyph) -> float:
    return (glyph.bottom + glyph.top) / 2


def _pieces(row: list[_Glyph]) -> Iterator[layout.Line]:
    """The row, cut where columns of a table or of the page leave a wide gap."""
    held = [row[0]]
    for glyph in row[1:]:
        if glyph.left - held[-1].right > 2.5 * max(glyph.size, 1):
            yield _line(held)
            held = []
        held.append(glyph)
    yield _line(held)


def _line(glyphs: list[_Glyph]) -> layout.Line:
    text = ""
    last = None
    for glyph in glyphs:
        apart = last is not None and glyph.left - last.right > 0.2 * max(glyph.size, 1)
        text += f" {glyph.character}" if apart else glyph.character
        last = glyph
    sizes = sorted(g.size for g in glyphs)
    return layout.Line(layout.tidy(text), glyphs[0].left, max(g.right for g in glyphs),
                       min(g.bottom for g in glyphs), max(g.top for g in glyphs), sizes[len(sizes) // 2])
