"""Paragraph styles of a docx: which ones are titles and headings, and which bring a number along."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .word_names import child, number, switched_on, value, w

_HEADING = re.compile(r"(?:heading|标题|標題|章标题|样式\s*标题)\s*([1-9])(?:$|[\s,，+])", re.IGNORECASE)
_CHINESE_HEADING = re.compile(r"([一二三四五六])级标题|标题([一二三四五六])")
_TITLES = {"title", "标题", "文档标题", "公文标题", "大标题", "主标题", "文件标题"}
_TOC = re.compile(r"(?:toc|目录)\s*\d|toc heading", re.IGNORECASE)
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says, its own words only; `parent` is the style it is based on."""

    name: str
    parent: str
    outline: int | None
    number_id: str | None
    number_level: int | None
    centred: bool | None
    bold: bool | None


@dataclass(slots=True)
class Styles:
    """All paragraph styles of a document by id."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    def chain(self, style_id: str) -> list[Style]:
        """The style and those it is based on, nearest first; loops end."""
        found: list[Style] = []
        current = style_id or self.default
        while current in self.by_id and len(found) < _DEEPEST:
            found.append(self.by_id[current])
            current = self.by_id[current].parent
        return found

    def level(self, style_id: str) -> int | None:
        """0 for a title, 1-9 for a heading, None for body text."""
        for style in self.chain(style_id):
            name = style.name.strip().lower()
            if name in _TITLES:
                return 0
            if match := _HEADING.search(name):
                return int(match[1])
            if match := _CHINESE_HEADING.search(name):
                return "一二三四五六".index(match[1] or match[2]) + 1
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else None
        return None

    def contents(self, style_id: str) -> bool:
        """True for lines of a table of contents."""
        return any(_TOC.match(style.name.strip()) for style in self.chain(style_id))

    def numbering(self, style_id: str) -> tuple[str | None, int | None]:
        """(numId, ilvl) that the style brings along."""
        for style in self.chain(style_id):
            if style.number_id is not None:
                return style.number_id, style.number_level
        return None, None

    def centred(self, style_id: str) -> bool:
        return next((s.centred for s in self.chain(style_id) if s.centred is not None), False)

    def bold(self, style_id: str) -> bool:
        return next((s.bold for s in self.chain(style_id) if s.bold is not None), False)


def read(root: Element | None) -> Styles:
    """The paragraph styles of styles.xml; an empty set where the part is missing."""
    styles = Styles()
    for node in root.iter(w("style")) if root is not None else ():
        if node.get(w("type"), "paragraph") != "paragraph":
            continue
        style_id = node.get(w("styleId"), "")
        level = value(node, "pPr/outlineLvl")
        alignment = value(node, "pPr/jc")
        ilvl = value(node, "pPr/numPr/ilvl")
        styles.by_id[style_id] = Style(
            name=value(node, "name") or style_id,
            parent=value(node, "basedOn") or "",
            outline=None if level is None else number(level, 9),
            number_id=value(node, "pPr/numPr/numId"),
            number_level=None if ilvl is None else number(ilvl, 0),
            centred=None if alignment is None else alignment == "center",
            bold=switched_on(child(node, "rPr"), "b"),
        )
        if node.get(w("default")) in ("1", "true", "on"):
            styles.default = style_id
    return styles
