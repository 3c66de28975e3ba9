"""Excel ledgers: every visible sheet as a grid with its merges filled and its dates in ISO form."""

import datetime
import html
import io
import re
from collections.abc import Iterable
from dataclasses import replace

from ..blocks import Block
from ..errors import BROKEN, Unreadable
from . import package, scale
from .plain import clean
from .tables import Cell, Grid, blocks

_REFERENCE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,7})(\d{1,12})"')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d{1,12})"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="[A-Z]{1,7}\d{1,12}:([A-Z]{1,7})(\d{1,12})"')
_CELL_END = re.compile(rb"</(?:\w+:)?(?:si|c|row|\w+Header|\w+Footer)>")
_TAG = re.compile(rb"<[^>]*>")
_MERGES = 20_000
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表)\s*\d*$", re.IGNORECASE)


def read(parts: package.Parts) -> tuple[list[Block], str]:
    """Blocks of all visible sheets, and all words with hidden sheets and page headers. Raises Unreadable."""
    loose = _check(parts)
    found: list[Block] = []
    sheets = _grids(parts.data)
    for name, grid in sheets:
        own = list(blocks(grid))
        if not own:
            continue
        found.extend(_continued(own, name) if found else _named(own, name, len(sheets)))
    return found, loose


def _named(own: list[Block], name: str, sheets: int) -> Iterable[Block]:
    if sheets > 1 and not any(b.kind == "title" for b in own) and not _DEFAULT_NAME.match(name):
        yield Block(name, kind="heading", level=1)
    yield from own


def _continued(own: list[Block], name: str) -> Iterable[Block]:
    """A further sheet: its title row, or else its name, is a heading of the whole unless it has headings itself."""
    divided = any(b.kind == "heading" for b in own)
    if not divided and not any(b.kind == "title" for b in own) and not _DEFAULT_NAME.match(name):
        yield Block(name, kind="heading", level=1)
    for block in own:
        if block.kind == "title":
            yield replace(block, kind="note") if divided else replace(block, kind="heading", level=1)
        else:
            yield block


def _check(parts: package.Parts) -> str:
    """Far-away cells, counted before the library makes room for all cells between; XML with entities refused."""
    loose: list[str] = []
    for name in parts.names():
        if not name.endswith((".xml", ".rels")) or not name.startswith(("xl/", "_rels/", "[Content")):
            continue
        data = parts.read(name)
        # Excel writes UTF-8 only; in another encoding the checks below would look past the cells
        if b"\x00" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise Unreadable(package.UNSAFE)
        if name.startswith("xl/worksheets/"):
            _check_sheet(data)
        if name == "xl/sharedStrings.xml" or name.startswith("xl/worksheets/"):
            # hidden sheets count too, so that a mark is not brought in unseen
            loose.append(html.unescape(_TAG.sub(b"", _CELL_END.sub(b"\n", data)).decode("utf-8", "replace")))
    return "\n".join(loose)


def _check_sheet(data: bytes) -> None:
    for row in _ROW.finditer(data):
        scale.check_table(int(row[1]), 0)
    for reference in _REFERENCE.finditer(data):
        scale.check_table(int(reference[2]), _column(reference[1]))
    for count, merge in enumerate(_MERGE.finditer(data)):
        scale.check_table(int(merge[2]) if count < _MERGES else scale.ROWS + 1, 0)


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at


def _grids(data: bytes) -> list[tuple[str, Grid]]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        metas = [m for m in book.sheets_metadata if m.visible == calamine.SheetVisibleEnum.Visible]
        return [(m.name, _grid(book.get_sheet_by_name(m.name))) for m in metas if "Work" in str(m.typ)]
    except calamine.PasswordError:
        raise Unreadable("文件加了打开密码，无法读取；请在 WPS 或 Excel 中取消密码，另存后再试。") from None
    except (calamine.CalamineError, ValueError):
        raise Unreadable(BROKEN) from None


def _grid(sheet: "object") -> Grid:
    rows = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    scale.check_table(len(rows), max((len(row) for row in rows), default=0))
    grid = [[Cell(text(value)) for value in row] for row in rows]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():  # type: ignore[attr-defined]
        if top >= len(grid) or left >= len(grid[top]):
            continue
        held = grid[top][left]
        for row in grid[top : bottom + 1]:
            width = len(row[left : right + 1])
            row[left : right + 1] = [held] * width
    return grid


def text(value: object) -> str:
    """A cell as words: dates in ISO form, whole numbers without a decimal point, line breaks kept."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    lines = map(clean, str(value).replace("_x000D_", "").splitlines())
    return "\n".join(filter(None, lines))
