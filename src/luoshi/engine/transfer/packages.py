"""Looks into a packed workbook before anything unfolds it: size as it really is, cells as far as they really lie."""

import html
import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

MOST_ROWS, MOST_COLUMNS, MOST_UNPACKED, MOST_ENTRIES = 100_000, 200, 200 * 1024 * 1024, 2000
CHUNK = 1 << 20
# Where a cell says it lies; the reader keeps room for every cell up to the last one.
# Only places of two letters or six digits are looked at: all others are near enough.
FAR = re.compile(rb"""\sr\s*=\s*["']([A-Z]{2,3}(?=\d)|[A-Z]?(?=\d{6}))(\d{1,9})["']""")


class Unreadable(ValueError):
    """The file is no table we can read; str() says why and what to do."""


def check(data: bytes) -> None:
    """Raise Unreadable for a package that is broken, no workbook, too large unfolded, or with a cell too far out."""
    unpacked = 0
    limit = min(MOST_UNPACKED, 100 * max(len(data), 10_000))
    try:
        for name, chunk in _chunks(data):
            if "worksheets/" in name:
                _check_cells(chunk)
            unpacked += len(chunk)
            if unpacked > limit:
                raise Unreadable(_("文件解压后过大，请只保留需要导入的工作表后重新上传"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(_("文件不完整，可能没有传完，请重新保存后上传")) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise Unreadable(_("文件不完整，可能没有传完，请重新保存后上传")) from error


def too_large() -> str:
    return _("表格超过 %(rows)s 行或 %(columns)s 列，请分几次导入") % {
        "rows": f"{MOST_ROWS:,}", "columns": MOST_COLUMNS}


def texts(data: bytes, wanted: re.Pattern[str]) -> Iterator[str]:
    """The words of the parts of a package that `check` let through, tags taken out, piece by piece.

    Only of pieces in which `wanted` stands, or a character written as a number, which may be it.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.infolist():
            if not entry.filename.endswith((".xml", ".rels", ".vml")):
                continue
            with package.open(entry) as part:
                tail = b""
                while chunk := part.read(CHUNK):
                    whole = tail + chunk
                    text = whole.decode("utf-8", "replace")
                    if "&#" in text or wanted.search(text):
                        yield html.unescape(re.sub(r"<[^>]*>", "", text))
                    tail = whole[-4000:]  # what is cut between two pieces is whole in the next


def _chunks(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every entry's bytes, piece by piece: what a package says of its own size is not believed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
        if len(entries) > MOST_ENTRIES:
            raise Unreadable(_("文件解压后过大，请只保留需要导入的工作表后重新上传"))
        if "xl/workbook.xml" not in {e.filename for e in entries}:
            raise Unreadable(_("不是 Excel 工作簿，请另存为 xlsx 后上传"))
        for entry in entries:
            with package.open(entry) as part:
                tail = b""
                while chunk := part.read(CHUNK):
                    yield entry.filename, tail + chunk
                    tail = chunk[-600:]  # a cell may lie across two pieces


def _check_cells(chunk: bytes) -> None:
    found = FAR.findall(chunk)
    for letters in {letters for letters, _digits in found}:  # a few columns, however many cells
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        if column > MOST_COLUMNS:
            raise Unreadable(too_large())
    if any(int(digits) > MOST_ROWS + 20 for digits in {digits for _letters, digits in found}):
        raise Unreadable(too_large())
