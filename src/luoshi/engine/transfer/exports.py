"""Export: exactly the list shown, same rows, same columns, same order; and the refused rows of an import, marked."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from ..columns import Column, paths
from ..models import Batch
from . import headings, sheets
from .fixing import FAULTY, proposals_of


def rows_of(queryset: Any, found: list[Column], order: tuple[str, ...]) -> Iterator[list[Any]]:
    """Cells of every row, streamed."""
    needed = paths(found)
    spots = [tuple(needed.index(path) for path in column.needs) for column in found]
    for row in queryset.order_by(*order).values_list(*needed).iterator(2000):
        yield [column.cell(*[row[i] for i in spot]) for column, spot in zip(found, spots, strict=True)]


def faulty(batch: Batch, title: str) -> bytes:
    """The refused rows as a workbook: each with its line and reasons, the cells in question marked and explained."""
    width, own = len(batch.header), headings.own_columns()
    header = [*batch.header, *own]
    note = _("标色的单元格需要修改，改后把本文件重新导入；“问题”和“原行号”两栏可以保留")
    return sheets.write_marked(title, header, _marked(batch, width), note=note)


def _marked(batch: Batch, width: int) -> Iterable[tuple[list[Any], dict[int, str]]]:
    """(cells, {position: what is wrong with it}) of each refused row."""
    for row in batch.rows.filter(state__in=FAULTY).order_by("line").iterator(1000):
        cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
        found = proposals_of(row)
        said = {reason[0]: reason[1] + (_("（建议：%(text)s）") % {"text": found[reason[0]]} if reason[0] in found else "")
                for reason in row.reasons if reason[0] is not None}
        whole = "；".join(reason[1] for reason in row.reasons)
        yield [*cells, whole, row.line], {i: text for i, text in said.items() if i < width}
