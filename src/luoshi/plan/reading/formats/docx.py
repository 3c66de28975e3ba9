"""Word documents: paragraphs and tables in reading order, with headings, automatic numbers and the title told apart."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..blocks import Block
from ..errors import BROKEN, Unreadable
from . import numbering, package, paragraphs, styles, tables, titles, word_tables
from .word_names import child, normalised, number, value, w

_HOLDERS = {w("sdt"), w("sdtContent"), w("ins"), w("moveTo"), w("customXml"), w("smartTag")}
_DEEPEST = 40


def read(parts: package.Parts) -> tuple[list[Block], str]:
    """Blocks of the main text, and the words of headers, footers and text boxes. Raises Unreadable."""
    names = [name for name in parts.names() if re.fullmatch(r"word/document\d*\.xml", name)]
    if not names:
        raise Unreadable(BROKEN)
    root = package.parse(normalised(parts.read(names[0])))
    body = root.find(w("body"))
    if body is None:
        raise Unreadable(BROKEN)
    reader = _Reader(styles.read(_part(parts, "word/styles.xml")), numbering.read(_part(parts, "word/numbering.xml")))
    edges = [_part(parts, name) for name in parts.names() if re.fullmatch(r"word/(header|footer)\d*\.xml", name)]
    loose = "\n".join([paragraphs.all_words(root), *(paragraphs.all_words(e) for e in edges if e is not None)])
    return titles.settle(list(reader.blocks(body))), loose


def _part(parts: package.Parts, name: str) -> Element | None:
    return package.parse(normalised(parts.read(name))) if name in parts.archive.NameToInfo else None


class _Reader:
    """Walks the body once, in order, because automatic numbers count as they are met."""

    def __init__(self, all_styles: styles.Styles, lists: numbering.Numbering) -> None:
        self.styles, self.lists = all_styles, lists

    def blocks(self, holder: Element, depth: int = 0) -> Iterator[titles.Found]:
        for node in holder:
            if node.tag == w("p"):
                yield from self._paragraph(node)
            elif node.tag == w("tbl"):
                for block in tables.blocks(word_tables.grid(node, self.cell)):
                    yield titles.Found(block, in_table=True)
            elif node.tag in _HOLDERS and depth < _DEEPEST and not _contents(node):
                yield from self.blocks(node, depth + 1)

    def cell(self, paragraph: Element) -> str:
        """A cell's paragraph with its automatic number in front, as the reader sees it."""
        words = paragraphs.words(paragraph)
        return f"{self._number(paragraph)}{words}" if words else ""

    def _paragraph(self, node: Element) -> Iterator[titles.Found]:
        words = paragraphs.words(node)
        style_id = value(node, "pPr/pStyle") or ""
        if not words or self.styles.contents(style_id):
            return
        shown = self._number(node)
        level = self._level(node, style_id)
        centred = (value(node, "pPr/jc") or ("center" if self.styles.centred(style_id) else "")) == "center"
        bold = paragraphs.wholly_bold(node)
        bold = self.styles.bold(style_id) if bold is None else bold
        lines = words.split("\n") if level is None else [words.replace("\n", "")]
        for line in lines:
            yield titles.Found(Block(line, number=shown), level=level, centred=centred, bold=bold)
            shown = ""

    def _level(self, node: Element, style_id: str) -> int | None:
        direct = value(node, "pPr/outlineLvl")
        if direct is not None:
            depth = number(direct, 9)
            return depth + 1 if depth < 9 else None
        return self.styles.level(style_id)

    def _number(self, node: Element) -> str:
        style_id = value(node, "pPr/pStyle") or self.styles.default
        own = child(node, "pPr/numPr")
        number_id, depth = self.styles.numbering(style_id)
        tied = own is None or value(own, "numId") is None
        if own is not None:
            number_id = value(own, "numId") or number_id
            said = value(own, "ilvl")
            depth = number(said, 0) if said is not None else depth
        if number_id in (None, "0"):
            return ""
        if depth is None:
            depth = self.lists.level_of_style(number_id or "", style_id) if tied else 0
        return self.lists.next(number_id or "", depth)


def _contents(node: Element) -> bool:
    gallery = value(node, "sdtPr/docPartObj/docPartGallery") or ""
    return gallery.lower() == "table of contents"
