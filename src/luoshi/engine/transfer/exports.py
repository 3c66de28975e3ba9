"""Export: exactly the list shown, same rows, same columns, same order."""

from collections.abc import Iterator
from typing import Any

from ..columns import Column, paths


def rows_of(queryset: Any, found: list[Column], order: tuple[str, ...]) -> Iterator[list[Any]]:
    """Cells of every row, streamed."""
    needed = paths(found)
    spots = [tuple(needed.index(path) for path in column.needs) for column in found]
    for row in queryset.order_by(*order).values_list(*needed).iterator(2000):
        yield [column.cell(*[row[i] for i in spot]) for column, spot in zip(found, spots, strict=True)]
