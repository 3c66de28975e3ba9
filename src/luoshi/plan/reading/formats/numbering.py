"""Automatic numbers of a docx, resolved to what the reader sees on the page: 一、（二） 3. ④."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .word_names import number, value, w

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CHINESE = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
            "taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTenThousand", "koreanDigital2"}
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts and how it is written; `restart` as w:lvlRestart."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    style: str = ""
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counted: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, number_id: str, style_id: str) -> int:
        """The level of the list that is tied to the style, 0 where none is."""
        for depth, level in self.levels.get(self.lists.get(number_id, ""), {}).items():
            if level.style == style_id:
                return depth
        return 0

    def next(self, number_id: str, depth: int) -> str:
        """The number of the next paragraph of this list at `depth` (0 is the outermost), "" for bullets and none."""
        abstract = self.lists.get(number_id)
        if abstract is None or not 0 <= depth < _LEVELS:
            return ""
        counts = self.counted.setdefault(abstract, [None] * _LEVELS)
        level = self._level(number_id, depth)
        override = self.restarts.get(number_id, {}).get(depth)
        if override is not None and (number_id, depth) not in self.begun:
            self.begun.add((number_id, depth))
            counts[depth] = None
            level = Level(override, level.format, level.text, level.restart, level.style, level.legal)
        reached = counts[depth]
        counts[depth] = level.start if reached is None else reached + 1
        for above in range(depth):
            if counts[above] is None:
                counts[above] = self._level(number_id, above).start
        for below in range(depth + 1, _LEVELS):
            restart = self._level(number_id, below).restart
            if restart is None or depth < restart:
                counts[below] = None
        return self._written(number_id, level, counts)

    def _level(self, number_id: str, depth: int) -> Level:
        own = self.overrides.get(number_id, {}).get(depth)
        return own or self.levels.get(self.lists[number_id], {}).get(depth, Level(text=f"%{depth + 1}."))

    def _written(self, number_id: str, level: Level, counts: list[int | None]) -> str:
        if level.format in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            form = "decimal" if level.legal else self._level(number_id, depth).format
            return in_words(counts[depth] or 0, form)

        return re.sub(r"%([1-9])", shown, level.text).strip()


def in_words(count: int, form: str) -> str:
    """A count written in a w:numFmt, such as 12 → 十二 for chineseCounting; unknown forms count in digits."""
    if form in _CHINESE:
        return _chinese(count, _DIGITS, "十百千")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _chinese(count, _FORMAL, "拾佰仟")
    if form == "ideographTraditional" and 1 <= count <= 10:
        return _STEMS[count - 1]
    if form == "ideographZodiac" and 1 <= count <= 12:
        return _BRANCHES[count - 1]
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if form == "decimalFullWidth":
        return "".join(chr(ord(c) + 0xFEE0) for c in str(count))
    if form == "decimalZero":
        return f"{count:02d}"
    if form in ("upperLetter", "lowerLetter") and 1 <= count <= 780:
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and 1 <= count < 4000:
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    return str(count)


def _chinese(count: int, digits: str, units: str) -> str:
    if not 0 < count < 10_000:
        return str(count)
    written = ""
    for place, digit in enumerate(reversed(str(count))):
        unit = units[place - 1] if place and digit != "0" else ""
        written = digits[int(digit)] + unit + written
    written = re.sub(f"{digits[0]}+", digits[0], written).rstrip(digits[0])
    return written[1:] if written.startswith("一十") else written


def _roman(count: int) -> str:
    steps = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
             (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for size, letters in steps:
        written += letters * (count // size)
        count %= size
    return written


def read(root: Element | None) -> Numbering:
    """The lists of numbering.xml; none where the part is missing."""
    numbering = Numbering()
    if root is None:
        return numbering
    links: dict[str, str] = {}
    by_style: dict[str, str] = {}
    for node in root.iter(w("abstractNum")):
        abstract = node.get(w("abstractNumId"), "")
        numbering.levels[abstract] = {number(n.get(w("ilvl")), 0): _read_level(n) for n in node.findall(w("lvl"))}
        if linked := value(node, "numStyleLink"):
            links[abstract] = linked
        if owner := value(node, "styleLink"):
            by_style[owner] = abstract
    for node in root.iter(w("num")):
        _read_list(numbering, node, links, by_style)
    return numbering


def _read_list(numbering: Numbering, node: Element, links: dict[str, str], by_style: dict[str, str]) -> None:
    number_id, abstract = node.get(w("numId"), ""), value(node, "abstractNumId") or ""
    numbering.lists[number_id] = by_style.get(links.get(abstract, ""), abstract)
    for override in node.findall(w("lvlOverride")):
        depth = number(override.get(w("ilvl")), 0)
        start = value(override, "startOverride")
        if start is not None:
            numbering.restarts.setdefault(number_id, {})[depth] = number(start, 1)
        own = override.find(w("lvl"))
        if own is not None:
            numbering.overrides.setdefault(number_id, {})[depth] = _read_level(own)


def _read_level(node: Element) -> Level:
    restart = value(node, "lvlRestart")
    return Level(
        start=number(value(node, "start"), 1),
        format=value(node, "numFmt") or "decimal",
        text=value(node, "lvlText") or "",
        restart=None if restart is None else number(restart, 0),
        style=value(node, "pStyle") or "",
        legal=node.find(w("isLgl")) is not None,
    )
