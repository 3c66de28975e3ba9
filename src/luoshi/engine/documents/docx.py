"""Writes a paper as docx: the page of GB/T 9704-2012 with its grid, named Chinese faces, and real page numbers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from lxml import etree

from . import wordml as w
from .cleaning import one_line
from .closing import Record, width
from .docxpage import CHARACTER, LINE, block_width, prepare
from .layout import Block, Grid, Head, Meta, Sheet, lay_out
from .lines import BODY_SIZE, FANG, HEI, KAI, SONG, Line, PageBreak
from .numbers import PAGE
from .paper import Paper

_TABLE_SIZE = 12.0
_SHEET_LINE = 400
_NO_DATE = date(1980, 1, 1)
_MARK_BELOW_TOP_MM = 35
_RULE_BELOW_NUMBER_MM = 4
# The record block: size 4 (14 pt), one character of white at both ends, 抄送： hanging.
_RECORD_SIZE, _RECORD_LINE, _RECORD_INDENT, _COPIES_LABEL = 14.0, 440, 280, 3
# What an exact line of 28.95 pt leaves under the glyphs of a 16 pt face, as measured in the rendered page.
_UNDER_GLYPHS = 4.0


def to_docx(paper: Paper) -> bytes:
    """The paper as docx; the same paper gives the same bytes. The record block stands on the last page."""
    sheet = lay_out(paper)
    made_on = datetime.combine(paper.signed_on or paper.as_of or _NO_DATE, time(), UTC)
    document = Document()
    prepare(document, sheet=sheet.sheet, landscape=sheet.landscape)
    words = document.core_properties
    words.title, words.author, words.last_modified_by = one_line(paper.title), one_line(paper.issuer), ""
    words.subject, words.comments, words.language = one_line(paper.kind), "", "zh-CN"
    words.created = words.modified = made_on.replace(tzinfo=None)
    body = document.element.body
    end = body.sectPr
    for element in _elements(sheet):
        end.addprevious(element)
    raw = BytesIO()
    document.save(raw)
    return _fixed_times(raw.getvalue(), made_on)


def _elements(sheet: Sheet) -> Iterator[Any]:
    if sheet.head:
        yield from _head(sheet.head)
    breaking = False
    for block in sheet.blocks:
        if isinstance(block, PageBreak):
            breaking = True
            continue
        made = list(_block(block, sheet))
        if breaking:
            w.begin_page(made[0])
            breaking = False
        yield from made
    if sheet.record:
        yield _record(sheet.record)
    # Word asks for a paragraph after a table; a point high, it takes no line of the grid.
    yield w.paragraph([], w.spacing(20))


def _block(block: Block, sheet: Sheet) -> Iterator[Any]:
    match block:
        case Line():
            yield _line(block, sheet)
        case Grid():
            yield from _grid(block, sheet)
        case Meta():
            yield _meta(block, sheet)


def _line(line: Line, sheet: Sheet) -> Any:
    pitch = _SHEET_LINE if sheet.sheet and line.size < BODY_SIZE else LINE
    unit = CHARACTER if line.size == BODY_SIZE else line.size * 20
    indent: dict[str, Any] = {"left": round(line.left * unit), "right": round(line.right * unit)}
    if line.label:
        indent["hanging"] = round(line.label_width * unit)
    elif line.first:
        indent["firstLine"] = round(line.first * unit)
    side = {"left": "both", "center": "center", "right": "right"}[line.align]
    properties = [w.spacing(pitch, line.before * pitch), w.el("ind", **indent), w.el("jc", val=side)]
    if line.keep:
        properties.append(w.el("keepNext"))
    label = [w.run(line.label, FANG, line.size), w.tab(FANG, line.size)] if line.label else []
    if line.label:
        properties.append(w.el("tabs", [w.el("tab", val="left", pos=indent["left"])]))
    return w.paragraph([*label, *w.spans_runs(line.spans, line.size)], *properties)


def _head(head: Head) -> Iterator[Any]:
    for span in head.corner:
        yield w.paragraph(w.spans_runs([span], BODY_SIZE), w.spacing(LINE))
    yield w.paragraph([], w.spacing(w.twips(_MARK_BELOW_TOP_MM) - LINE * len(head.corner)))
    mark = w.run(head.mark, SONG, head.mark_size, w.RED)
    yield w.paragraph([mark], w.spacing(head.mark_size * 20 * 1.1), w.el("jc", val="center"))
    edge = w.el("pBdr", [w.border(
        "bottom", 1.75, w.RED, space=round(_RULE_BELOW_NUMBER_MM * 72 / 25.4 - _UNDER_GLYPHS),
    )])
    if head.signer:
        stop = w.el("tabs", [w.el("tab", val="right", pos=block_width() - round(CHARACTER))])
        runs = [
            w.run(head.number, FANG, BODY_SIZE), w.tab(FANG, BODY_SIZE), w.run("签发人：", FANG, BODY_SIZE),
            w.run(head.signer, KAI, BODY_SIZE),
        ]
        # The indent would shorten the rule as well, so the one character of white is a space.
        yield w.paragraph([w.run("　", FANG, BODY_SIZE), *runs], w.spacing(LINE, 2 * LINE), edge, stop)
    else:
        number = w.run(head.number, FANG, BODY_SIZE)
        yield w.paragraph([number], w.spacing(LINE, 2 * LINE), edge, w.el("jc", val="center"))


def _grid(grid: Grid, sheet: Sheet) -> Iterator[Any]:
    total = block_width(sheet=sheet.sheet, landscape=sheet.landscape)
    widths = [round(share * total) for share in grid.widths]
    yield _small(grid.caption, HEI, "center", keep=True)
    borders = [w.border(side, 0.5) for side in ("top", "left", "bottom", "right", "insideH", "insideV")]
    head = w.row(
        (w.cell(x, [_small(text, HEI, "center")]) for x, text in zip(widths, grid.header, strict=True)), header=True,
    )
    rows = (
        w.row(
            (w.cell(x, [_small(t, FANG, a)]) for x, t, a in zip(widths, cells, grid.align, strict=True)),
            whole=n not in grid.tall,
        )
        for n, cells in enumerate(grid.rows)
    )
    yield w.table(widths, [head, *rows], borders=borders)
    yield w.paragraph([], w.spacing(160))


def _small(text: str, face: str, side: str, *, keep: bool = False) -> Any:
    properties = [
        w.spacing(340 if text else 80, rule="atLeast" if text else "exact"), w.el("jc", val=side),
    ]
    if keep:
        properties.append(w.el("keepNext"))
    return w.paragraph([w.run(text, face, _TABLE_SIZE)] if text else [], *properties)


def _meta(meta: Meta, sheet: Sheet) -> Any:
    total = block_width(sheet=True, landscape=sheet.landscape)
    stops = w.el("tabs", [w.el("tab", val="center", pos=total // 2), w.el("tab", val="right", pos=total)])
    runs = [w.run(meta.left, FANG, _TABLE_SIZE)]
    for part in (meta.center, meta.right):
        runs.extend((w.tab(FANG, _TABLE_SIZE), w.run(part, FANG, _TABLE_SIZE)))
    return w.paragraph(runs, w.spacing(_SHEET_LINE), w.el("keepNext"), stops)


def _record(record: Record) -> Any:
    total = block_width()
    left = total * 6 // 10
    thick, thin = 0.35 * 72 / 25.4, 0.25 * 72 / 25.4
    rows, height = [], 0
    if record.copies:
        line = (total - 2 * _RECORD_INDENT) / (_RECORD_SIZE * 20) - _COPIES_LABEL
        high = _RECORD_LINE * ceil((width(record.copies) - _COPIES_LABEL) / line)
        text = w.paragraph([w.run(record.copies, FANG, _RECORD_SIZE)], w.spacing(_RECORD_LINE), w.el(
            "ind", left=_RECORD_INDENT + round(_COPIES_LABEL * _RECORD_SIZE * 20), right=_RECORD_INDENT,
            hanging=round(_COPIES_LABEL * _RECORD_SIZE * 20),
        ))
        rule = [w.border("top", thick), w.border("bottom", thin if record.printed_by else thick)]
        rows.append(w.row([w.cell(total, [text], rule, span=2)], height=high))
        height += high
    if record.printed_by:
        above = thin if record.copies else thick
        cells = (
            w.cell(
                wide,
                [w.paragraph(
                    [w.run(words, FANG, _RECORD_SIZE)], w.spacing(_RECORD_LINE), indent, w.el("jc", val=side),
                )],
                [w.border("top", above), w.border("bottom", thick)],
            )
            for wide, words, side, indent in (
                (left, record.printed_by, "left", w.el("ind", left=_RECORD_INDENT)),
                (total - left, record.printed_on, "right", w.el("ind", right=_RECORD_INDENT)),
            )
        )
        rows.append(w.row(cells, height=_RECORD_LINE))
        height += _RECORD_LINE
    # Word floats the table at the foot of the text block; a program that cannot float a table as wide as the text
    # leaves it below the last line.
    place = w.el(
        "tblpPr", leftFromText=0, rightFromText=0, vertAnchor="page", horzAnchor="margin", tblpX=1,
        tblpY=w.twips(PAGE.height - PAGE.bottom) - height,
    )
    return w.table([left, total - left], rows, borders=[], place=place, inset=0)


def _fixed_times(raw: bytes, made_on: datetime) -> bytes:
    made = BytesIO()
    stamp = (max(1980, made_on.year), made_on.month, made_on.day, 0, 0, 0)
    with ZipFile(BytesIO(raw)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename == "docProps/thumbnail.jpeg":
                continue
            data = source.read(info)
            if info.filename == "_rels/.rels":
                data = _without_thumbnail(data)
            fixed = ZipInfo(info.filename, stamp)
            fixed.compress_type = ZIP_DEFLATED
            target.writestr(fixed, data)
    return made.getvalue()


def _without_thumbnail(relations: bytes) -> bytes:
    root = etree.fromstring(relations)
    for relation in list(root):
        if relation.get("Target", "").endswith("thumbnail.jpeg"):
            root.remove(relation)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
