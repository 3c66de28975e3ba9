"""The docx page itself: white edges, document grid, default face, page numbers (GB/T 9704-2012, 5.2 and 7.5)."""

from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from . import wordml as w
from .lines import BODY_SIZE, FANG
from .numbers import PAGE

# Names under which a machine without the usual official faces often has the same ones.
_SUBSTITUTES = {
    "方正小标宋简体": "FZXiaoBiaoSong-B05S", "仿宋_GB2312": "FangSong", "楷体_GB2312": "KaiTi", "黑体": "SimHei",
    "宋体": "SimSun",
}
_SHEET_EDGE = 20
_NUMBER_SIZE = 14.0
_NUMBER_BELOW_BLOCK_MM = 7


def block_width(*, sheet: bool = False, landscape: bool = False) -> int:
    """Width of what can be printed on, in twips."""
    if not sheet:
        return w.twips(PAGE.width) - w.twips(PAGE.left) - w.twips(PAGE.right)
    return w.twips(PAGE.height if landscape else PAGE.width) - 2 * w.twips(_SHEET_EDGE)


# One grid line and one grid character in twips; the line is cut to whole twips so that 22 always fit.
LINE = int((w.twips(PAGE.height) - w.twips(PAGE.top) - w.twips(PAGE.bottom)) / PAGE.lines)
CHARACTER = block_width() / PAGE.characters
# Word keeps the grid's character as what is added to the default size, in 4096ths of a point.
CHAR_SPACE = int((CHARACTER / 20 - BODY_SIZE) * 4096) - 1


def prepare(document: Any, *, sheet: bool, landscape: bool) -> None:
    """Sets page, grid, default face, compatibility and page numbers on a new document."""
    for child in list(document.element.body):
        if child.tag != qn("w:sectPr"):
            document.element.body.remove(child)
    _styles(document)
    _name_substitutes(document)
    _settings(document, even_pages=not sheet)
    section = document.sections[0]
    _page(section, sheet=sheet, landscape=landscape)
    if sheet:
        _footer(section.footer, _sheet_number(), "center")
    else:
        _footer(section.footer, _number(), "right")
        _footer(section.even_page_footer, _number(), "left")


def _page(section: Any, *, sheet: bool, landscape: bool) -> None:
    properties = section._sectPr
    for tag in ("pgSz", "pgMar", "cols", "docGrid"):
        for old in properties.findall(qn(f"w:{tag}")):
            properties.remove(old)
    high, wide = w.twips(PAGE.height), w.twips(PAGE.width)
    if sheet:
        edges: dict[str, Any] = dict.fromkeys(("top", "right", "bottom", "left"), w.twips(_SHEET_EDGE))
        footer = w.twips(10)
        grid = w.el("docGrid", linePitch=312)
    else:
        edges = {name: w.twips(getattr(PAGE, name)) for name in ("top", "right", "bottom", "left")}
        # The dash stands in the middle of the footer's one line, 7 mm below the text block.
        footer = w.twips(PAGE.bottom - _NUMBER_BELOW_BLOCK_MM) - round(_NUMBER_SIZE * 10)
        grid = w.el("docGrid", type="linesAndChars", linePitch=LINE, charSpace=CHAR_SPACE)
    size = w.el("pgSz", w=high, h=wide, orient="landscape") if sheet and landscape else w.el("pgSz", w=wide, h=high)
    margins = w.el("pgMar", **edges, header=w.twips(15), footer=footer, gutter=0)
    properties.extend([size, margins, w.el("cols", space=425), grid])


def _styles(document: Any) -> None:
    root = document.styles.element
    for old in root.findall(qn("w:docDefaults")):
        root.remove(old)
    run = w.el("rPr", [
        w.fonts(FANG), w.el("kern", val=0), w.el("sz", val=32), w.el("szCs", val=32),
        w.el("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    ])
    root.insert(0, w.el("docDefaults", [w.el("rPrDefault", [run]), w.el("pPrDefault", [])]))
    normal = document.styles["Normal"].element
    for tag in ("rPr", "pPr"):
        for old in normal.findall(qn(f"w:{tag}")):
            normal.remove(old)
    normal.append(w.el("pPr", [
        w.el("widowControl", val=0), w.el("kinsoku"), w.el("overflowPunct", val=0), w.el("autoSpaceDE", val=0),
        # The grid is declared for the page; lines and characters are set to it outright, because programs that do not
        # know a tightened grid give a 16 pt character two cells.
        w.el("autoSpaceDN", val=0), w.el("snapToGrid", val=0), w.el("jc", val="both"),
    ]))
    normal.append(w.run_properties(FANG, BODY_SIZE))


def _settings(document: Any, *, even_pages: bool) -> None:
    document.settings.odd_and_even_pages_header_footer = even_pages
    root = document.settings.element
    for tag in ("characterSpacingControl", "compat"):
        for old in root.findall(qn(f"w:{tag}")):
            root.remove(old)
    mode = w.el("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    added = [w.el("characterSpacingControl", val="doNotCompress"), w.el("compat", [w.el("useFELayout"), mode])]
    later = [root.find(qn(f"w:{tag}")) for tag in ("rsids", "themeFontLang", "clrSchemeMapping", "decimalSymbol")]
    place = next((found for found in later if found is not None), None)
    for element in added:
        if place is None:
            root.append(element)
        else:
            place.addprevious(element)


def _name_substitutes(document: Any) -> None:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            table = etree.fromstring(relation.target_part.blob)
            for name, other in _SUBSTITUTES.items():
                table.append(w.el("font", [w.el("altName", val=other), w.el("charset", val="86")], name=name))
            relation.target_part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def _footer(footer: Any, runs: list[Any], side: str) -> None:
    footer.is_linked_to_previous = False
    for old in list(footer._element):
        footer._element.remove(old)
    white: dict[str, Any] = {} if side == "center" else {side: 280}
    footer._element.append(w.paragraph(
        runs, w.spacing(_NUMBER_SIZE * 20), w.el("ind", **white), w.el("jc", val=side),
    ))


def _number() -> list[Any]:
    return [
        w.run("— ", "digits", _NUMBER_SIZE), *w.field("PAGE", "digits", _NUMBER_SIZE),
        w.run(" —", "digits", _NUMBER_SIZE),
    ]


def _sheet_number() -> list[Any]:
    return [
        w.run("第 ", "digits", 10.5), *w.field("PAGE", "digits", 10.5), w.run(" 页　共 ", "digits", 10.5),
        *w.field("NUMPAGES", "digits", 10.5), w.run(" 页", "digits", 10.5),
    ]
