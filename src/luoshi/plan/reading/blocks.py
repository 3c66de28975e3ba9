"""What every file format is reduced to before anyone asks what the plan promises."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document in reading order.

    `kind` is "title", "heading", "paragraph", "row" or "note". `level` is 1 for a chapter where the format knows it.
    `number` is an automatic number as the reader sees it ("一、", "（二）", "1."); typed numbers stay in `text`.
    `cells` of a "row" pairs column header and value in column order, merged cells filled down; the row's `text` is
    its values joined by tabs. `start` is the offset of `text` in `Document.text`, in characters.
    """

    text: str
    kind: str = "paragraph"
    level: int | None = None
    number: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    start: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of one file; `text` is all block texts joined by a newline, `format` one of txt md docx xlsx pdf."""

    blocks: tuple[Block, ...]
    text: str
    format: str


def document(blocks: Iterable[Block], kind: str) -> Document:
    """Blocks of a file of this format with their offsets filled in, and the text those offsets refer to."""
    placed: list[Block] = []
    at = 0
    for block in blocks:
        if block.text:
            placed.append(replace(block, start=at))
            at += len(block.text) + 1
    return Document(tuple(placed), "\n".join(block.text for block in placed), kind)
