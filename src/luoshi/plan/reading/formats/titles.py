"""Which of the found paragraphs is the title, which are headings, and how deep each heading lies."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..blocks import Block

_CHAPTER = re.compile(r"第?[一二三四五六七八九十百]+[、.．章部]")
_SECTION = re.compile(r"[（(][一二三四五六七八九十百]+[)）]|第[一二三四五六七八九十百]+节")
_POINT = re.compile(r"\d{1,2}[.．、]|[（(]\d{1,2}[)）]")
_PAPER_NUMBER = re.compile(
    r".{0,16}[〔\[【（(]\s*(?:19|20)\d\d\s*[〕\]】）)]\s*(?:第\s*)?\d*\s*号?$"
    r"|[（(].*\d{4}年.*[)）]$|\d{4}年\d+月\d+日$"
)
_NOTE = re.compile(r"(?:注|备注|附注)\s*\d*\s*[：:]|[（(]?此件|抄送[：:]")
_TITLE_LENGTH = 80
_HEADING_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph with what its format says about it; `level` 0 is a title, 1-9 a heading."""

    block: Block
    level: int | None = None
    centred: bool = False
    bold: bool = False
    in_table: bool = False
    place: tuple[int, float] = (0, 0.0)  # page, and how far down it, where the format has pages


def settle(found: list[Found]) -> list[Block]:
    """The blocks with kinds and levels; the title is the styled one, the lone first heading, or the centred lines."""
    levels = sorted({f.level for f in found if f.level and not f.in_table})
    first = next((f for f in found if not f.in_table), None)
    lone = bool(first and levels and first.level == levels[0] and _count(found, levels[0]) == 1 and len(levels) > 1)
    shown = levels[1:] if lone else levels
    out: list[Block] = []
    opening = True
    for each in found:
        block = each.block
        if each.in_table:
            # a table's own title rows name the table where the document already has a title
            named = block.kind == "title" and any(b.kind == "title" for b in out)
            out.append(replace(block, kind="heading", level=1) if named else block)
            opening = False
            continue
        kind, level = _kind(each, lone and each is first, opening)
        opening = opening and kind in ("title", "note")
        if kind == "heading" and level is None and each.level in shown:
            level = shown.index(each.level) + 1
        out.append(replace(block, kind=kind, level=level))
    return _one_title(out)


def _count(found: Iterable[Found], level: int) -> int:
    return sum(f.level == level and not f.in_table for f in found)


def _kind(each: Found, lone_title: bool, opening: bool) -> tuple[str, int | None]:
    text = each.block.text
    if each.level == 0 or lone_title:
        return ("title" if opening else "note"), None
    if each.level:
        return "heading", None
    if opening and _PAPER_NUMBER.match(text) and len(text) < 40:
        return "note", None
    if opening and each.centred and len(text) <= _TITLE_LENGTH and not text.endswith("。") and not each.block.number:
        return "title", None
    if _NOTE.match(text):
        return "note", None
    depth = typed_depth(each.block.number + text)
    if (each.bold or each.centred) and len(text) <= _HEADING_LENGTH and not text.endswith(("。", "；", "：")):
        if depth or each.bold:
            return "heading", depth
        return "note", None
    return "paragraph", None


def typed_depth(text: str) -> int | None:
    """1 for 一、 and 第一章, 2 for （一） and 第一节, 3 for 1. and （1）, None without such a number."""
    for depth, pattern in ((1, _CHAPTER), (2, _SECTION), (3, _POINT)):
        if pattern.match(text):
            return depth
    return None


def _one_title(blocks: list[Block]) -> list[Block]:
    """Title lines that follow each other are one title."""
    out: list[Block] = []
    for block in blocks:
        if block.kind == "title" and out and out[-1].kind == "title":
            out[-1] = replace(out[-1], text=out[-1].text + block.text)
        else:
            out.append(block)
    return out
