"""Rows to workbooks and back: xlsx, xls and csv in, xlsx and csv out."""

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from . import packages, sources
from .packages import MOST_COLUMNS, MOST_ROWS
from .packages import Unreadable as Unreadable

MOST_BYTES = 20 * 1024 * 1024
LONGEST = 32_767  # characters in a cell of a workbook
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet: rows of plain values, read anew for whoever asks; the first is line 1."""

    rows: sources.Source


def read(data: bytes, name: str, *, checked: bool = False) -> Sheet:
    """Rows of the first sheet that has any. Raises Unreadable with a sentence for the clerk.

    `checked`: the same bytes were let through before, so that they are not unfolded once more to look at their size.
    """
    if not data:
        raise Unreadable(_("文件是空的，请检查后重新上传"))
    if len(data) > MOST_BYTES:
        raise Unreadable(_("文件大于 20 MB，请分几次导入"))
    if data[:4] == b"PK\x03\x04":
        if not checked:
            packages.check(data)
        return _workbook(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _workbook(data)
    if data[:4] == b"%PDF" or (b"\x00" in data[:2000] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise Unreadable(_("“%(name)s”不是表格文件，请另存为 xlsx 或 csv 后上传") % {"name": name[:60]})
    return _text(data)


def _workbook(data: bytes) -> Sheet:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > MOST_ROWS + 20 or sheet.total_width > MOST_COLUMNS:
                raise Unreadable(packages.too_large())
            rows = sources.Book(sheet)
            if any(cell != "" for row in rows for cell in row):
                return Sheet(rows)
    except CalamineError as error:
        raise Unreadable(_("无法读取此工作簿，可能已加密或损坏，请取消密码或另存为 xlsx 后上传")) from error
    raise Unreadable(_("工作簿里没有内容，请检查后重新上传"))


def _text(data: bytes) -> Sheet:
    text = decode(data)
    first_line = text[:5000].split("\n", 1)[0]
    mark = max(",\t;，", key=first_line.count)
    try:
        rows = sources.Text(text, mark, unescape)
    except csv.Error as error:
        raise Unreadable(_("表格里有没有配对的引号或过长的一格，请改为 xlsx 后重新上传")) from error
    if not any(any(row) for row in rows):
        raise Unreadable(_("文件里没有内容，请检查后重新上传"))
    if rows.height > MOST_ROWS + 20 or rows.width > MOST_COLUMNS:
        raise Unreadable(packages.too_large())
    return Sheet(rows)


def decode(data: bytes) -> str:
    """Text in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030 as office programs here write it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("文字编码无法识别，请另存为 UTF-8 编码的 csv 或 xlsx 后上传"))


def escape(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets a leading apostrophe in csv."""
    return f"'{value}" if isinstance(value, str) and value.startswith((*FORMULA, "'")) else value


def unescape(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith((*FORMULA, "'")) else text


def plain(value: Any) -> Any:
    """A value a sheet can hold: numbers and dates stay, all else is text without control characters."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value if value.year >= 1900 else value.isoformat()  # a workbook knows no earlier day
    if isinstance(value, bool | int | float):
        return value
    return clean(str(value))[:LONGEST]


# Controls, halves of characters, and signs that only steer how text runs. Characters that this program does not know
# yet stay: rare names are written with them.
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
                      "\ufeff\ufff9-\ufffb\ufffe\uffff]")


def clean(text: str) -> str:
    """Text without what nobody can see; line ends stay."""
    return text if text.isprintable() else STEERING.sub("", text)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with BOM, which office programs here open rightly."""
    return b"".join(stream_csv(header, rows))


def stream_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The same piece by piece, a few hundred rows each: a long list never stands in memory as a whole."""
    out = io.StringIO()
    pen = csv.writer(out)
    out.write("\ufeff")
    pen.writerow(header)
    for n, row in enumerate(rows, 1):
        pen.writerow([escape(_flat(cell)) for cell in row])
        if n % 500 == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _flat(value: Any) -> Any:
    value = plain(value)
    return value.isoformat() if isinstance(value, date | time) else value


def write_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[Any]], *, note: str = "",
               colour: str = "") -> bytes:
    """A workbook with one sheet: title, a note line (on a ground of this colour), a header row and the rows.

    Text stays text, also where it looks like a formula or a long number. The library is young: it is named here only.
    """
    from rustpy_xlsxwriter import Format, write_worksheet

    keys = _distinct(header)
    records = (dict(zip(keys, (plain(cell) for cell in row), strict=True)) for row in rows)
    out = io.BytesIO()
    above = Format().set_bold()
    told = Format().set_background_color(colour).set_text_wrap() if colour else None
    last = max(len(keys) - 1, 1)
    write_worksheet(
        _filled(records, keys), out, sheet_name=_sheet_name(title), header_row=2, freeze_row=3, bold_headers=True,
        datetime_format="yyyy-mm-dd", column_widths=[_width(key) for key in keys],
        merge_ranges=[(0, 0, 0, last, title, above), (1, 0, 1, last, note or " ", told)],
    )
    return out.getvalue()


MARKED = "#FFE2B8"
FIRST = 4  # the row of a workbook in which its records begin


def write_marked(title: str, header: Sequence[str], rows: Iterable[tuple[Sequence[Any], Collection[int]]], *,
                 note: str) -> bytes:
    """A workbook whose cells at the given positions of each row stand on the same coloured ground as the note.

    The library writes no single cell in a format of its own: the finished sheet is gone through once more.
    """
    spots: set[bytes] = set()

    def plainly() -> Iterator[Sequence[Any]]:
        for n, (cells, positions) in enumerate(rows):
            spots.update(f"{letters(i)}{FIRST + n}".encode() for i in positions)
            # An empty cell is not written at all, and so could not be marked.
            yield [" " if i in positions and cell == "" else cell for i, cell in enumerate(cells)]

    whole = io.BytesIO(write_xlsx(title, header, plainly(), note=note, colour=MARKED))
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet") and (found := re.search(rb'<c r="A2" s="(\d+)"', data)):
                data = CELL.sub(partial(_painted, spots, found[1]), data)
            target.writestr(entry, data)
    return out.getvalue()


CELL = re.compile(rb'<c r="([A-Z]+\d+)"(?: s="\d+")?')


def _painted(spots: set[bytes], style: bytes, cell: re.Match[bytes]) -> bytes:
    return b'<c r="%s" s="%s"' % (cell[1], style) if cell[1] in spots else cell[0]


def letters(column: int) -> str:
    """The name of a column, the first being A."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _filled(records: Iterable[dict[str, Any]], keys: list[str]) -> Iterable[dict[str, Any]]:
    """The library takes the header from the first record: an empty list still shows its header."""
    some = False
    for record in records:
        some = True
        yield record
    if not some:
        yield dict.fromkeys(keys, "")


def _distinct(header: Sequence[str]) -> list[str]:
    """Headings as keys of a record: a repeated one gets a number."""
    seen: dict[str, int] = {}
    keys = []
    for heading in header:
        seen[heading] = seen.get(heading, 0) + 1
        keys.append(heading if seen[heading] == 1 else f"{heading}{seen[heading]}")
    return keys


def _width(heading: str) -> int:
    return max(12, min(40, 2 * len(heading) + 6))


def _sheet_name(title: str) -> str:
    return "".join("　" if c in "[]:*?/\\" else c for c in title)[:31] or "Sheet1"
