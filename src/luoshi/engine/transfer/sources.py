"""The rows of a file, read anew as often as asked and never all at once: of a workbook's sheet, or of text with marks."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

Row = list[Any]


class Source:
    """Rows in the order of the file; `len` counts them, a position reads up to it."""

    height = 0

    def __iter__(self) -> Iterator[Row]:
        raise NotImplementedError

    def __len__(self) -> int:
        return self.height

    def __getitem__(self, at: Any) -> Any:
        return list(self)[at] if isinstance(at, slice) and at.stop is None else (
            list(islice(self, at.start, at.stop)) if isinstance(at, slice) else next(islice(self, at, None)))


class Book(Source):
    """A sheet as the workbook's reader holds it; a cell merged over several rows stands in each of them."""

    def __init__(self, sheet: Any) -> None:
        self.sheet, self.height = sheet, sheet.total_height
        self.merged: dict[int, list[tuple[int, int]]] = {}
        first = sheet.start[1] if sheet.start else 0  # empty columns at the left are not read
        for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
            if bottom > top and left >= first:
                self.merged.setdefault(top, []).append((left - first, bottom))

    def __iter__(self) -> Iterator[Row]:
        if not self.merged:
            yield from self.sheet.iter_rows()
            return
        running: list[tuple[int, int, Any]] = []  # column, last row, value
        for at, row in enumerate(self.sheet.iter_rows()):
            running = [one for one in running if one[1] >= at]
            for column, _last, value in running:
                row[column] = value
            running += [(column, last, row[column]) for column, last in self.merged.get(at, ()) if column < len(row)]
            yield row


class Text(Source):
    """A csv file; what a cell hides from spreadsheets behind an apostrophe is taken out again."""

    def __init__(self, text: str, mark: str, unescape: Any) -> None:
        self.text, self.mark, self.unescape = text, mark, unescape
        self.width = 0
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            self.height += 1
            self.width = max(self.width, len(row))

    def __iter__(self) -> Iterator[Row]:
        for row in csv.reader(io.StringIO(self.text, newline=""), delimiter=self.mark):
            yield [self.unescape(cell) if cell[:1] == "'" else cell for cell in row]
