"""From the blocks of a document to the plan they hold: sections, and below them measures with time and owner."""

from dataclasses import dataclass, field, replace

from . import headings, kinds, measures, names, needs, owners, repair, rows, timing
from .blocks import Block, Document
from .shape import ReadMeasure, ReadPlan, Section

__all__ = ["ReadMeasure", "ReadPlan", "Section", "read_plan"]


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    document: Document
    year: int | None
    headed: bool = True
    sections: list[Section] = field(default_factory=list)
    measures: list[ReadMeasure] = field(default_factory=list)
    section_owner: dict[int, owners.Named] = field(default_factory=dict)


def read_plan(document: Document, *, year: int | None = None) -> ReadPlan:
    """The plan in the document; `year` wins over the year in the title, and dates are worked out for it."""
    title, skip = names.title(document)
    meant = year or names.year(title, document.text)
    blocks = [block for block in document.blocks[skip:] if block.kind != "title"]
    got = _read(_Reading(document, meant), blocks)
    if not got.sections and not got.measures:
        # without any heading there is no preface to leave out
        got = _read(_Reading(document, meant, headed=False), blocks)
    return ReadPlan(title, meant, names.issuer(title, document.text), _levelled(got), got.measures)


def _read(got: _Reading, blocks: list[Block]) -> _Reading:
    for at, block in enumerate(blocks):
        mark = repair.sign(block.text) if block.kind == "paragraph" else ""
        if block.kind == "row":
            _row(got, block)
        elif mark:
            _torn(got, block, mark)
        elif block.kind != "note":
            _paragraph(got, block, _alone(blocks, at))
    return got


def _alone(blocks: list[Block], at: int) -> bool:
    """Whether the next paragraph lies deeper or carries no number, as below a heading; a row always lies deeper."""
    if at + 1 >= len(blocks) or blocks[at + 1].kind == "row":
        return at + 1 < len(blocks)
    depth, following = (headings.numbered(b.text)[0] or headings.numbered(b.number)[0] for b in (blocks[at], blocks[at + 1]))
    return following == 0 or following > depth


def _paragraph(got: _Reading, block: Block, alone: bool) -> None:
    if block.kind == "heading":
        _, skip = headings.numbered(block.text)
        depth = headings.numbered(block.text)[0] or headings.numbered(block.number)[0] or (block.level or 1) + 1
        _open(got, depth, block.start + skip, block.start + len(block.text))
        return
    heading = headings.find(block.text, block.number, alone=alone)
    rest = headings.numbered(block.text)[1]
    if heading:
        _open(got, heading.depth, block.start + heading.start, block.start + heading.end)
        rest = heading.rest
    listed = headings.numbered(block.text)[0] >= 4 or headings.numbered(block.number)[0] >= 4
    if (got.sections or listed or not got.headed) and not _general(got):
        _text(got, block.start + rest, block.start + len(block.text))


def _open(got: _Reading, depth: int, start: int, end: int, words: str = "") -> None:
    text = words or got.document.text[start:end]
    note = owners.note().search(text)
    shown = (text[: note.start()] if note else text).rstrip(" 。：:；")
    parent = next((i for i in range(len(got.sections) - 1, -1, -1) if _open_above(got, i, depth)), None)
    got.sections.append(Section(shown, depth, parent, start, end if words else start + len(shown)))
    if note:
        got.section_owner[len(got.sections) - 1] = owners.from_note(note[0])


def _open_above(got: _Reading, i: int, depth: int) -> bool:
    return got.sections[i].level < depth and all(s.level > got.sections[i].level for s in got.sections[i + 1 :])


def _levelled(got: _Reading) -> list[Section]:
    ranks = {depth: rank for rank, depth in enumerate(sorted({s.level for s in got.sections}), start=1)}
    return [Section(s.title, ranks[s.level], s.parent, s.start, s.end) for s in got.sections]


def _chain(got: _Reading) -> list[int]:
    at: int | None = len(got.sections) - 1 if got.sections else None
    chain = []
    while at is not None:
        chain.append(at)
        at = got.sections[at].parent
    return chain


def _general(got: _Reading) -> bool:
    return any(headings.is_general(got.sections[at].title) for at in _chain(got))


def _text(got: _Reading, start: int, end: int) -> None:
    text = got.document.text[start:end]
    at = 0
    for note in [*owners.note().finditer(text), None]:
        part = text[at : note.start() if note else len(text)]
        named = owners.from_note(note[0]) if note else owners.Named()
        if part.strip():
            heading = " ".join(got.sections[i].title for i in _chain(got))
            for draft in measures.drafts(measures.clauses(part, start + at), heading=heading):
                _keep(got, draft, named)
        elif note:
            _late_owner(got, named)
        at = note.end() if note else 0


def _torn(got: _Reading, block: Block, mark: str) -> None:
    """A paragraph without its punctuation."""
    for part in repair.parts(repair.pieces(block.text, mark, block.start)):
        if part.depth:
            _open(got, part.depth, part.pieces[0].start, part.pieces[-1].end, "，".join(p.text for p in part.pieces))
        elif got.sections or not got.headed:
            for draft in measures.torn_drafts(list(part.pieces)):
                _keep(got, draft, owners.Named(), shown=draft.words)


def _late_owner(got: _Reading, named: owners.Named) -> None:
    """A remark in a paragraph of its own names the units of the measures above it."""
    here = len(got.sections) - 1 if got.sections else None
    for at, measure in enumerate(got.measures):
        if measure.section == here and not measure.owner:
            got.measures[at] = replace(measure, owner=named.owner, helpers=named.helpers)


def _keep(
    got: _Reading, draft: measures.Draft, named: owners.Named, when: timing.Timing | None = None, shown: str = ""
) -> None:
    chain = _chain(got)
    start, end = draft.clauses[0].start, draft.clauses[-1].end
    text = shown or got.document.text[start:end]
    own = timing.read(text, got.year)
    inherited = next((got.section_owner[i] for i in chain if i in got.section_owner), owners.Named())
    who = next((n for n in (named, draft.named, draft.subject, inherited) if n.owner), owners.Named())
    helpers = tuple(dict.fromkeys([*who.helpers, *named.helpers, *draft.named.helpers]))
    headings_ = " ".join(got.sections[i].title for i in chain)
    got.measures.append(ReadMeasure(
        text, chain[0] if chain else None, kinds.kind_of(draft.core, headings_, text),
        when if when and when.type != "none" else own, who.owner, helpers, names.programmes(text),
        needs.missing(draft.words.split("，")), start, end,
    ))


def _row(got: _Reading, block: Block) -> None:
    row = rows.read(block, headed=any(b.kind == "heading" for b in got.document.blocks))
    if row.section and not any(s.title == row.section_title for s in got.sections[-1:]):
        _open(got, 2, block.start + row.section[0], block.start + row.section[1])
    for at, (start, end) in enumerate(row.measures):
        part = got.document.text[block.start + start : block.start + end]
        found = measures.drafts(measures.clauses(part, block.start + start))
        if not found and part.strip():
            found = [measures.Draft(measures.clauses(part, block.start + start))]
        for draft in found:
            _keep(got, draft, row.named, timing.read_cell(row.when_of(at), got.year))
