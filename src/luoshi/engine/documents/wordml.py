"""WordprocessingML of single paragraphs, runs and tables; sizes come in points, lengths in twips (1/20 point)."""

from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .lines import BODY_SIZE, FANG, HEI, KAI, SONG, Span

FONT_NAMES = {SONG: "方正小标宋简体", FANG: "仿宋_GB2312", KAI: "楷体_GB2312", HEI: "黑体", "digits": "宋体"}
RED = "FF0000"
# 28 characters of 16 pt are 448 pt and the text block has 442.25: each is set 0.3 pt (6 twips) closer, then the line is
# justified. 0.25 would do by arithmetic, but LibreOffice takes what the grid leaves over off both sides.
TIGHT = -6
TWIPS_PER_MM = 1440 / 25.4
_PROPERTY_ORDER = (
    "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "tabs", "kinsoku", "overflowPunct",
    "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "jc",
)


def twips(mm: float) -> int:
    """Millimetres as twips."""
    return round(mm * TWIPS_PER_MM)


def el(tag: str, children: Iterable[Any] = (), **values: object) -> Any:
    """One element of the w: namespace with w: attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(list(children))
    return made


def fonts(face: str) -> Any:
    """rFonts naming the face for every script; without eastAsia, Word and WPS fall back to their own."""
    name = FONT_NAMES[face]
    return el("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia")


def run(text: str, face: str, size: float, color: str = "") -> Any:
    """A run; line breaks in the text become breaks."""
    made = el("r", [run_properties(face, size, color)])
    for n, part in enumerate(text.split("\n")):
        if n:
            made.append(el("br"))
        said = el("t")
        said.text = part
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(said)
    return made


def run_properties(face: str, size: float, color: str = "") -> Any:
    """Face, colour, tightness and size; only body text is tightened, so that 28 characters fit a line."""
    tight = TIGHT if size == BODY_SIZE else 0
    return el("rPr", [
        fonts(face), *([el("color", val=color)] if color else []), el("spacing", val=tight), el("kern", val=0),
        el("sz", val=round(size * 2)), el("szCs", val=round(size * 2)),
    ])


def tab(face: str, size: float) -> Any:
    """A run holding one tab."""
    return el("r", [run_properties(face, size), el("tab")])


def field(code: str, face: str, size: float) -> list[Any]:
    """The runs of a field such as PAGE."""
    def piece(child: Any) -> Any:
        return el("r", [run_properties(face, size), child])

    instruction = el("instrText")
    instruction.text = f" {code} "
    shown = el("t")
    shown.text = "1"
    return [
        piece(el("fldChar", fldCharType="begin")), piece(instruction), piece(el("fldChar", fldCharType="separate")),
        piece(shown), piece(el("fldChar", fldCharType="end")),
    ]


def paragraph(runs: Iterable[Any], *properties: Any) -> Any:
    """A paragraph; its properties are put into the order the schema asks for."""
    def place(property_: Any) -> int:
        return _PROPERTY_ORDER.index(property_.tag.split("}")[1])

    return el("p", [el("pPr", sorted(properties, key=place)), *runs])


def begin_page(made: Any) -> None:
    """Lets a paragraph begin a new page."""
    made.pPr.insert(1 if made.pPr.find(qn("w:keepNext")) is not None else 0, el("pageBreakBefore"))


def spacing(line: float, before: float = 0, *, rule: str = "exact") -> Any:
    """Line height and white before, in twips."""
    return el("spacing", before=round(before), after=0, line=round(line), lineRule=rule)


def spans_runs(spans: Sequence[Span], size: float) -> list[Any]:
    """One run for each span."""
    return [run(span.text, span.face, size) for span in spans]


def border(side: str, points: float, color: str = "000000", space: int = 0) -> Any:
    """One border; its width is kept in eighths of a point."""
    return el(side, val="single", sz=max(2, round(points * 8)), space=space, color=color)


def table(
    widths: Sequence[int], rows: Iterable[Any], *, borders: Sequence[Any], place: Any = None, inset: int = 80,
) -> Any:
    """A fixed-layout table; `place` positions it on the page."""
    properties = [
        *([place, el("tblOverlap", val="never")] if place is not None else []),
        el("tblW", w=sum(widths), type="dxa"), *([el("jc", val="center")] if place is None else []),
        *([el("tblBorders", borders)] if borders else []), el("tblLayout", type="fixed"),
        el("tblCellMar", [el("left", w=inset, type="dxa"), el("right", w=inset, type="dxa")]),
    ]
    return el("tbl", [el("tblPr", properties), el("tblGrid", [el("gridCol", w=w) for w in widths]), *rows])


def row(cells: Iterable[Any], *, header: bool = False, whole: bool = True, height: int = 0) -> Any:
    """A row; `header` repeats it on every page, `whole` keeps it from breaking, `height` is in twips (0: as needed)."""
    properties = [
        *([el("cantSplit")] if whole else []), *([el("trHeight", val=height, hRule="exact")] if height else []),
        *([el("tblHeader")] if header else []),
    ]
    return el("tr", [el("trPr", properties), *cells])


def cell(width: int, paragraphs: Iterable[Any], borders: Sequence[Any] = (), span: int = 1) -> Any:
    """A cell, centred in height."""
    properties = [
        el("tcW", w=width, type="dxa"), *([el("gridSpan", val=span)] if span > 1 else []),
        *([el("tcBorders", borders)] if borders else []), el("vAlign", val="center"),
    ]
    return el("tc", [el("tcPr", properties), *paragraphs])
