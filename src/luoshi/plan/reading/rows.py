"""A row of a task table: which column holds the measures, which names the units, which the time."""

from dataclasses import dataclass
from functools import lru_cache

from . import headings, owners, words
from .blocks import Block


@dataclass(frozen=True, slots=True)
class Row:
    """Offsets are counted in the block's text."""

    measures: tuple[tuple[int, int], ...]
    named: owners.Named
    when: str = ""
    section: tuple[int, int] | None = None
    section_title: str = ""

    def when_of(self, at: int) -> str:
        """The time cell's line for the measure line at this position, or the whole cell."""
        lines = [line for line in self.when.split("\n") if line.strip()]
        return lines[at] if len(lines) == len(self.measures) > 1 else self.when.replace("\n", "、")


@lru_cache(maxsize=64)
def _is(header: str, entry: str) -> bool:
    return any(word in header for word in words.table("owners")[entry])


def read(block: Block, *, headed: bool) -> Row:
    """The row's parts; where the document has no headings, a column before the measures names the section."""
    spans: list[tuple[str, int, int]] = []
    at = 0
    for header, value in block.cells:
        start = block.text.find(value, at)
        if start < 0:
            continue
        spans.append((header.replace("\n", "").replace(" ", ""), start, start + len(value)))
        at = start + len(value)
    texts = [s for s in spans if not any(_is(s[0], e) for e in ("time_columns", "ignored_columns")) and not _unit(s[0])]
    best = min(texts, key=lambda s: (_rank(s[0]), -s[1]), default=None)
    if best is None:
        return Row((), owners.Named())
    before = [s for s in texts if s[1] < best[1]]
    section = None if headed or not before else before[0]
    leads = [name for s in spans if _unit(s[0]) and not _is(s[0], "helper_columns") for name in _names(block, s)]
    helps = [name for s in spans if _is(s[0], "helper_columns") for name in _names(block, s)]
    when = next((block.text[s[1] : s[2]] for s in spans if _is(s[0], "time_columns")), "")
    title, place = "", None
    if section:
        skip = headings.numbered(block.text[section[1] : section[2]])[1]
        place = (section[1] + skip, section[2])
        title = block.text[place[0] : place[1]]
    return Row(
        _lines(block.text, best[1], best[2]),
        owners.Named(leads[0] if leads else "", tuple(dict.fromkeys([*leads[1:], *helps]))), when, place, title,
    )


def _unit(header: str) -> bool:
    return _is(header, "helper_columns") or _is(header, "lead_columns")


def _rank(header: str) -> int:
    known = words.table("owners")["measure_columns"]
    return next((rank for rank, word in enumerate(known) if word in header), len(known))


def _names(block: Block, span: tuple[str, int, int]) -> list[str]:
    cell = block.text[span[1] : span[2]].strip()
    if owners.note().match(cell):
        found = owners.from_note(cell)
        return [found.owner, *found.helpers]
    return owners.split_names(cell)


def _lines(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    out, at = [], start
    for line in text[start:end].split("\n"):
        skip = headings.numbered(line)[1] if headings.numbered(line)[0] >= 3 else 0
        if line.strip():
            out.append((at + skip, at + len(line)))
        at += len(line) + 1
    return tuple(out)
