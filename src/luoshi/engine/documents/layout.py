"""Lays a paper out as lines, tables and page breaks that every file format prints the same way (GB/T 9704-2012)."""

from collections.abc import Iterator
from dataclasses import dataclass

from .cleaning import clean, lines, one_line
from .closing import Record, attachment_lines, record, signature_lines
from .lines import FANG, HEI, KAI, SONG, Line, PageBreak, Span
from .numbers import chinese_date, heading
from .paper import TABLE, Appendix, Paper, Paragraph, Table
from .titles import mark_size, mark_text, title_lines

SHEET_SIZE = 12.0
TITLE_SIZE = 22.0
_HEADING_FACES = {1: HEI, 2: KAI, 3: FANG, 4: FANG}
_TALL_ROW = 500


@dataclass(frozen=True, slots=True)
class Grid:
    """A cleaned table; widths are shares that add up to 1; `tall` names rows (from 0) too long to keep on one page."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    align: tuple[str, ...]
    caption: str
    tall: frozenset[int]


@dataclass(frozen=True, slots=True)
class Meta:
    """The line of a table sheet under its title: unit, period, and what day the data are of."""

    left: str
    center: str
    right: str


@dataclass(frozen=True, slots=True)
class Head:
    """The red head (版头): corner lines, the issuing mark and its size in points, the number, the signer."""

    corner: tuple[Span, ...]
    mark: str
    mark_size: float
    number: str
    signer: str


Block = Line | Grid | Meta | PageBreak


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed, in order; `sheet` tells a table sheet from an official paper."""

    sheet: bool
    landscape: bool
    head: Head | None
    blocks: tuple[Block, ...]
    record: Record | None


def lay_out(paper: Paper) -> Sheet:
    """The paper as blocks, every text cleaned. Source: GB/T 9704-2012, 7.2 to 7.4."""
    if paper.form == TABLE:
        return Sheet(sheet=True, landscape=paper.landscape, head=None, blocks=tuple(_sheet(paper)), record=None)
    return Sheet(
        sheet=False, landscape=False, head=_head(paper), blocks=tuple(_official(paper)), record=record(paper),
    )


def _head(paper: Paper) -> Head | None:
    if not paper.red_head:
        return None
    corner = ((paper.copy_number, FANG), (paper.urgency, HEI))
    mark = mark_text(one_line(paper.issuer), paper.kind)
    return Head(
        corner=tuple(Span(text, face) for text, face in corner if text), mark=mark, mark_size=mark_size(mark),
        number=paper.number, signer=one_line(paper.signer),
    )


def _official(paper: Paper) -> Iterator[Block]:
    if not paper.red_head and paper.number:
        yield Line("number", (Span(paper.number, FANG),), align="center", keep=True)
    before = 2.0 if paper.red_head else float(bool(paper.number))
    for n, text in enumerate(title_lines(clean(paper.title))):
        yield Line("title", (Span(text, SONG),), align="center", size=TITLE_SIZE, before=0 if n else before, keep=True)
    if paper.as_of:
        yield Line("as_of", (Span(f"（数据截至{chinese_date(paper.as_of)}）", KAI),), align="center", keep=True)
    recipient = one_line(paper.recipient).rstrip("：:")
    if recipient:
        yield Line("recipient", (Span(f"{recipient}：", FANG),), before=1)
    ends = _ends(paper)
    yield from _flow(paper.body, before=0 if recipient else 1, keep_last=bool(ends))
    yield from ends
    for n, appendix in enumerate(paper.appendices, 1):
        yield from _appendix(appendix, n if len(paper.appendices) > 1 else 0)


def _ends(paper: Paper) -> tuple[Line, ...]:
    note = one_line(paper.note).removeprefix("（").removesuffix("）")
    noted = (Line("note", (Span(f"（{note}）", FANG),), first=2),) if note else ()
    return (*attachment_lines(paper), *signature_lines(paper), *noted)


def _appendix(appendix: Appendix, n: int) -> Iterator[Block]:
    yield PageBreak()
    yield Line("appendix", (Span(f"附件{n or ''}", HEI),), keep=True)
    for k, text in enumerate(title_lines(clean(appendix.title))):
        yield Line("title", (Span(text, SONG),), align="center", size=TITLE_SIZE, before=0 if k else 1, keep=True)
    yield from _flow(appendix.body, before=1, keep_last=False)


def _sheet(paper: Paper) -> Iterator[Block]:
    for text in title_lines(clean(paper.title), 32 if paper.landscape else 20):
        yield Line("title", (Span(text, SONG),), align="center", size=TITLE_SIZE, keep=True)
    as_of = f"数据截至{chinese_date(paper.as_of)}" if paper.as_of else ""
    yield Meta(f"单位：{one_line(paper.issuer)}", one_line(paper.period), as_of)
    for block in _flow(paper.body, before=0, keep_last=False):
        yield block.at_size(SHEET_SIZE) if isinstance(block, Line) else block
    yield from (end.at_size(SHEET_SIZE) for end in _ends(paper))


def _flow(body: tuple[Paragraph | Table, ...], before: float, keep_last: bool) -> Iterator[Block]:
    blocks: list[Block] = []
    for mark, part in numbered(body):
        if isinstance(part, Table):
            blocks.append(_grid(part))
        else:
            blocks.extend(_paragraph(mark, part.level, text) for text in lines(part.text))
    for n, block in enumerate(blocks):
        if isinstance(block, Line):
            last = keep_last and n == len(blocks) - 1
            yield block.spaced(0 if n else before, keep=block.keep or last)
        else:
            if n == 0 and before:
                yield Line("blank", (), keep=True)
            yield block


def numbered(body: tuple[Paragraph | Table, ...]) -> Iterator[tuple[str, Paragraph | Table]]:
    """Each part with its heading mark ("" for text and tables); a heading starts the levels below it again at 1.

    A text that already carries the mark of its place is not marked twice. Source: GB/T 9704-2012, 7.3.3.
    """
    counts = [0, 0, 0, 0, 0]
    for part in body:
        if isinstance(part, Table) or part.level == 0:
            yield "", part
            continue
        counts[part.level] += 1
        counts[part.level + 1:] = [0] * (4 - part.level)
        mark = heading(part.level, counts[part.level])
        yield ("" if part.text.lstrip().startswith(mark) else mark), part


def _paragraph(mark: str, level: int, text: str) -> Line:
    if level == 0:
        return Line("text", (Span(text, FANG),), first=2)
    face = _HEADING_FACES[level]
    # A heading may run on into its text: only its first sentence is set in the heading's face.
    cut = text.find("。") + 1
    if face != FANG and 0 < cut < len(text):
        return Line(f"heading{level}", (Span(mark + text[:cut], face), Span(text[cut:], FANG)), first=2)
    return Line(f"heading{level}", (Span(mark + text, face),), first=2, keep=level < 3)


def _grid(table: Table) -> Grid:
    widths = table.widths or (1.0,) * len(table.header)
    total = sum(widths)
    rows = tuple(tuple("\n".join(lines(cell)) for cell in row) for row in table.rows)
    return Grid(
        header=tuple(one_line(cell) for cell in table.header),
        rows=rows,
        widths=tuple(w / total for w in widths),
        align=table.align or ("left",) * len(table.header),
        caption=one_line(table.caption),
        tall=frozenset(
            n for n, row in enumerate(rows)
            if any(
                len(cell) + 20 * cell.count("\n") > _TALL_ROW * wide / total
                for cell, wide in zip(row, widths, strict=True)
            )
        ),
    )
