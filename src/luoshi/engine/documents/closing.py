"""What stands below the text: attachment note, signature and date, and the record block (版记)."""

import unicodedata
from dataclasses import dataclass

from .checks import bare
from .cleaning import one_line
from .lines import FANG, Line, Span
from .numbers import PAGE, chinese_date
from .paper import Paper


@dataclass(frozen=True, slots=True)
class Record:
    """The record block: whom it is copied to, who printed it and when. Source: GB/T 9704-2012, 7.4."""

    copies: str
    printed_by: str
    printed_on: str


def width(text: str) -> float:
    """How wide a text is, in characters: full-width 1, Latin letters and digits a half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def attachment_lines(paper: Paper) -> tuple[Line, ...]:
    """附件说明: one blank line below the text, indented 2, names aligned and without end punctuation (7.3.7)."""
    names = tuple(bare(one_line(name)) for name in paper.attachments or (a.title for a in paper.appendices))
    if len(names) < 2:
        return tuple(_attachment("附件：", name, 3, 5, before=1) for name in names)
    number = 1.0 if len(names) < 10 else 1.5
    made = (
        _attachment("附件：1.", names[0], 3 + number, 5 + number, before=1),
        *(_attachment(f"{n}.", name, number, 5 + number, before=0) for n, name in enumerate(names[1:], 2)),
    )
    # Only the first and last names hold on to their neighbours: a list longer than a page must be able to break.
    return tuple(line.spaced(line.before, keep=n in (0, len(made) - 2, len(made) - 1)) for n, line in enumerate(made))


def signature_lines(paper: Paper) -> tuple[Line, ...]:
    """署名 and 成文日期, by 7.3.5: without a seal one blank line below the text, with one two lines for the seal."""
    signed, day = one_line(paper.signed_by), chinese_date(paper.signed_on) if paper.signed_on else ""
    right_signed, right_day = signature_edges(width(signed), width(day), seal=paper.seal)
    if not signed:
        right_day = 4.0 if paper.seal else 2.0
    blank = 2 if paper.seal else 1
    made = (("signature", signed, right_signed if day else 2.0), ("date", day, right_day))
    shown = [(role, text, right) for role, text, right in made if text]
    return tuple(
        Line(role, (Span(text, FANG),), right=right, align="right", before=0 if n else blank, keep=n + 1 < len(shown))
        for n, (role, text, right) in enumerate(shown)
    )


def signature_edges(signed: float, day: float, *, seal: bool) -> tuple[float, float]:
    """White to the right of signature and date, in characters, for their widths in characters.

    With a seal: the date 4 from the edge, the signature centred above it. Without: the signature 2 from the edge and
    the date begins 2 to its right; a date longer than the signature takes the 2 and the signature moves left.
    Source: GB/T 9704-2012, 7.3.5.1 and 7.3.5.2.
    """
    line = float(PAGE.characters)
    if seal:
        return _held(4 + (day - signed) / 2, signed, line), 4.0
    if day > signed:
        return _held(2 + day + 2 - signed, signed, line), 2.0
    edge = _held(2.0, signed, line)
    # Digits of some faces are wider than a half; two characters are left so that the date never wraps.
    return edge, _held(edge + signed - 2 - day, day + 2, line)


def record(paper: Paper) -> Record | None:
    """The record block, or None where there is neither a copy nor a printer."""
    copies = "，".join(name for raw in paper.copies_to if (name := bare(one_line(raw))))
    if not copies and not paper.printed_by:
        return None
    return Record(
        copies=f"抄送：{copies}。" if copies else "",
        printed_by=one_line(paper.printed_by),
        printed_on=f"{chinese_date(paper.printed_on)}印发" if paper.printed_on else "",
    )


def _held(edge: float, text: float, line: float) -> float:
    return max(0.0, min(edge, line - text))


def _attachment(label: str, name: str, label_width: float, left: float, *, before: int) -> Line:
    return Line(
        "attachment", (Span(name, FANG),), left=left, label=label, label_width=label_width, before=before, keep=True,
    )
