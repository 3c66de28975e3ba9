"""A docx table as a grid: horizontal and vertical merges filled, each cell knowing which merge it belongs to."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from . import scale
from .tables import Cell, Grid
from .word_names import child, number, value, w

_INNER = {w("sdt"), w("sdtContent"), w("customXml"), w("ins")}


def grid(table: Element, words: Callable[[Element], str]) -> Grid:
    """Rows of the table; `words` gives the text of one paragraph. Raises Unreadable beyond the table caps."""
    rows: list[list[Cell]] = []
    for row in _rows(table):
        if child(row, "trPr/del") is not None:
            continue
        rows.append(_row(row, rows[-1] if rows else [], words))
        scale.check_table(len(rows), len(rows[-1]))
    return rows


def _row(row: Element, above: list[Cell], words: Callable[[Element], str]) -> list[Cell]:
    cells: list[Cell] = [Cell("") for _ in range(min(number(value(row, "trPr/gridBefore"), 0), scale.COLUMNS + 1))]
    for node in _within(row, w("tc")):
        span = max(1, min(number(value(node, "tcPr/gridSpan"), 1), scale.COLUMNS + 1))
        merge = child(node, "tcPr/vMerge")
        continued = merge is not None and merge.get(w("val"), "continue") == "continue"
        if continued and len(above) > len(cells):
            cell = above[len(cells)]
        else:
            cell = Cell(_text(node, words))
        cells.extend([cell] * span)
    return cells


def _text(node: Element, words: Callable[[Element], str]) -> str:
    # a table inside a cell reads as the lines of its paragraphs
    return "\n".join(filter(None, (words(paragraph) for paragraph in node.iter(w("p")))))


def _rows(table: Element) -> Iterator[Element]:
    yield from _within(table, w("tr"))


def _within(holder: Element, tag: str) -> Iterator[Element]:
    for node in holder:
        if node.tag == tag:
            yield node
        elif node.tag in _INNER:
            yield from _within(node, tag)
