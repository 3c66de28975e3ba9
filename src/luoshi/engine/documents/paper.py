"""The values of an official paper: what it says, never how a file format stores it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from . import checks
from .numbers import check_doc_no

OFFICIAL, TABLE = "official", "table"
FORMS = (OFFICIAL, TABLE)

# The fifteen kinds of 党政机关公文处理工作条例 (2012), Art. 8; other words (要点, 台账) are everyday papers.
STATUTORY_KINDS = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知",
    "通报", "报告", "请示", "批复", "议案", "函", "纪要",
)
UPWARD_KINDS = ("请示", "报告", "意见", "议案")
URGENCIES = ("特急", "加急")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one header row, then rows of as many cells. Widths are shares of the text width (any positive scale)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] | None = None
    align: tuple[str, ...] | None = None
    caption: str = ""

    def __post_init__(self) -> None:
        checks.table(self.header, self.rows, self.widths, self.align)

    def texts(self) -> Iterator[str]:
        """Every text of the table, for checks that look at all words of a paper."""
        yield self.caption
        yield from self.header
        for row in self.rows:
            yield from row


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Level 0 is body text; 1 to 4 are headings, given without their mark (一、 （一） 1. （1）), which is counted."""

    text: str
    level: int = 0

    def __post_init__(self) -> None:
        checks.level(self.level)

    def texts(self) -> Iterator[str]:
        """The one text."""
        yield self.text


@dataclass(frozen=True, slots=True)
class Appendix:
    """An 附件 with its own page: a title and a body."""

    title: str
    body: tuple[Paragraph | Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One official paper (form "official") or one plain table sheet (form "table").

    A line break in `title` asks for a break there. `seal` leaves room for a seal and sets signature and date the sealed
    way. `as_of` prints 数据截至; `period` and `landscape` serve table sheets. Raises PaperError (Chinese) for a missing
    title, a wrong number, a secrecy mark, an unknown urgency, ragged tables and a request inside a report.
    Source: GB/T 9704-2012; 党政机关公文处理工作条例 (2012) Arts. 8, 9, 15.
    """

    title: str
    issuer: str
    kind: str
    body: tuple[Paragraph | Table, ...] = ()
    number: str = ""
    recipient: str = ""
    attachments: tuple[str, ...] = ()
    signed_by: str = ""
    signed_on: date | None = None
    note: str = ""
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    red_head: bool = True
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    signer: str = ""
    as_of: date | None = None
    appendices: tuple[Appendix, ...] = ()
    form: str = OFFICIAL
    period: str = ""
    landscape: bool = False
    seal: bool = False

    def __post_init__(self) -> None:
        checks.secrecy(self.secrecy, self.texts())
        checks.required(self.title, self.issuer, self.kind)
        checks.choice("版式", self.form, FORMS)
        if self.urgency:
            checks.choice("紧急程度", self.urgency, URGENCIES)
        if self.number:
            check_doc_no(self.number)
        checks.copy_number(self.copy_number)
        checks.signer(self.signer, self.kind, UPWARD_KINDS)
        checks.printing(self.printed_by, self.printed_on)
        if self.kind == "报告":
            checks.report(self.texts())
        checks.attached(self.attachments, tuple(a.title for a in self.appendices))

    def texts(self) -> Iterator[str]:
        """Every text of the paper, in reading order."""
        yield from (self.title, self.issuer, self.kind, self.number, self.recipient, self.period, self.note)
        yield from (self.urgency, self.signer, self.signed_by, self.printed_by, self.copy_number)
        yield from (*self.attachments, *self.copies_to)
        for part in self.body:
            yield from part.texts()
        for appendix in self.appendices:
            yield appendix.title
            for part in appendix.body:
                yield from part.texts()
