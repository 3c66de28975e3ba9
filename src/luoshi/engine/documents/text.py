"""A paper as plain text, for previews and for tests."""

from collections.abc import Iterator

from .layout import Block, Grid, Head, Meta, lay_out
from .lines import Line, PageBreak
from .paper import Paper


def plain_text(paper: Paper) -> str:
    """The words of the paper in reading order, a blank line where the paper leaves one, cells separated by tabs."""
    sheet = lay_out(paper)
    said = list(_head(sheet.head)) if sheet.head else []
    for block in sheet.blocks:
        said.extend(_block(block))
    if sheet.record:
        printed = "　".join(filter(None, (sheet.record.printed_by, sheet.record.printed_on)))
        said.extend(filter(None, ("", sheet.record.copies, printed)))
    return "\n".join(said).strip("\n") + "\n"


def _head(head: Head) -> Iterator[str]:
    yield from (span.text for span in head.corner)
    yield head.mark
    yield from filter(None, (head.number, head.signer and f"签发人：{head.signer}"))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Line():
            yield from [""] * bool(block.before)
            yield "　" * int(block.first or block.left - block.label_width) + block.text
        case Grid():
            yield from filter(None, [block.caption])
            yield from ("\t".join(cell.replace("\n", " ") for cell in row) for row in (block.header, *block.rows))
        case Meta():
            yield "　".join(filter(None, (block.left, block.center, block.right)))
        case PageBreak():
            yield "\f"
