"""From lines on pages to paragraphs: what is a running header, where a paragraph starts, what stands in the middle."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..blocks import Block
from . import titles
from .plain import clean

_PAGE_NUMBER = re.compile(
    r"[\s—–\-－·.]*(?:第\s*)?(?:\d{1,4}|[一二三四五六七八九十百]+)(?:\s*页)?[\s—–\-－·.]*"
    r"(?:[/／共，,]\s*(?:共\s*)?\d{1,4}\s*页?)?[\s—–\-－·.]*$"
)
_EDGE = 0.13
_LONGEST_HEADING = 40
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2014\u2026\u00b7]"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its place in points from the page's lower left corner, and its page and height share."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    page: int = 0
    share: float = 0.5
    fresh: bool = False  # a table stands above it, so no paragraph goes on here


def placed(lines: Iterable[Line], page: int, height: float, table_foot: float | None) -> list[Line]:
    """Lines with their page number and how high they stand on it, 0 at the foot and 1 at the head."""
    out: list[Line] = []
    above = table_foot is not None
    for line in lines:
        below = table_foot is not None and above and line.top <= table_foot + line.size
        above = above and not below
        out.append(replace(line, page=page, share=line.bottom / height if height > 0 else 0.5, fresh=below))
    return out


def tidy(text: str) -> str:
    """The text without the blanks that justification puts between Chinese characters."""
    text = re.sub(rf"(?<={_WIDE})[ \u00a0]+(?={_WIDE})", "", clean(text))
    return re.sub(rf"(?<={_WIDE}) (?=\d)|(?<=\d) (?={_WIDE})", "", text)


def paragraphs(pages: list[list[Line]], body: float, tables: list[tuple[float, float]]) -> Iterator[titles.Found]:
    """Paragraphs in reading order; `body` is the size of most letters, `tables` gives left and right of each table."""
    lines = [line for page in _without_running(pages) for line in page]
    if not lines:
        return
    full = [line for line in lines if abs(line.size - body) < 1] or lines
    left = _common([line.left for line in full], body, lowest=True)
    right = _common([line.right for line in full], body, lowest=False)
    left, right = min([left, *(edge for edge, _ in tables)]), max([right, *(edge for _, edge in tables)])
    held: list[Line] = []
    for line in lines:
        if held and not _continues(held, line, left, right, body):
            yield _found(held, left, right, body)
            held = []
        held.append(line)
    yield _found(held, left, right, body)


def _without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without the lines that stand on the same edge of several pages, and without page numbers."""
    edges = Counter(key for page in pages for key in {_key(line) for line in page if _on_edge(line)})
    often = max(2, len(pages) // 3)

    def runs(line: Line) -> bool:
        return _on_edge(line) and (bool(_PAGE_NUMBER.match(line.text)) or edges[_key(line)] >= often)

    return [[line for line in page if not runs(line)] for page in pages]


def _on_edge(line: Line) -> bool:
    return line.share < _EDGE or line.share > 1 - _EDGE


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.share * 50)


def _common(edges: list[float], body: float, *, lowest: bool) -> float:
    """The margin: the outermost edge that several lines share."""
    counted = Counter(round(edge / body * 2) for edge in edges)
    shared = [at for at, times in counted.items() if times >= max(2, len(edges) * 0.08)] or list(counted)
    return (min(shared) if lowest else max(shared)) * body / 2


def _continues(held: list[Line], line: Line, left: float, right: float, body: float) -> bool:
    last = held[-1]
    if line.fresh or abs(line.size - last.size) > 0.6:
        return False
    if _centred(last, left, right, body) and len(held) == 1:
        # the second line of a title is not a paragraph going on
        return False
    indented = line.left > left + 1.2 * body
    hanging = len(held) > 1 and abs(line.left - held[1].left) < 0.6 * body and held[1].left > left + 1.2 * body
    if titles.typed_depth(line.text) and last.text.endswith(("。", "；")):
        return False
    reached = last.right > right - 2.2 * body
    return reached and (not indented or hanging) and not (held[0].left < left + body and indented)


def _centred(line: Line, left: float, right: float, body: float) -> bool:
    before, after = line.left - left, right - line.right
    return before > 2.5 * body and abs(before - after) < 1.5 * body


def _found(held: list[Line], left: float, right: float, body: float) -> titles.Found:
    text = ""
    for line in held:
        joint = " " if text[-1:].isascii() and text[-1:].isalpha() and line.text[:1].isascii() else ""
        text += joint + line.text
    first = held[0]
    depth = titles.typed_depth(text)
    larger = first.size > body + 0.9
    centred = all(_centred(line, left, right, body) for line in held) or (larger and first.page == 0 and not depth)
    short = len(text) <= _LONGEST_HEADING and not re.search(r"[。；：]", text)
    heading = short and depth in (1, 2) and len(held) == 1
    place = (first.page, -first.top)
    return titles.Found(Block(text), centred=centred, bold=heading or (larger and short), place=place)
