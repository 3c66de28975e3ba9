"""The smallest parts of a laid-out paper: a span of one face, a line of spans, a page break."""

from dataclasses import dataclass, replace

SONG, FANG, KAI, HEI = "song", "fang", "kai", "hei"
BODY_SIZE = 16.0


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one face: song (小标宋), fang (仿宋), kai (楷体), hei (黑体)."""

    text: str
    face: str


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. Indents are in characters of its size, `before` in blank grid lines, `size` in points.

    A `label` stands in a column of `label_width` characters before the text, which hangs at `left`. `keep` keeps the
    line on the page of the next one.
    """

    role: str
    spans: tuple[Span, ...]
    first: float = 0
    left: float = 0
    right: float = 0
    align: str = "left"
    before: float = 0
    keep: bool = False
    size: float = BODY_SIZE
    label: str = ""
    label_width: float = 0

    @property
    def text(self) -> str:
        """What the line says, its label first."""
        return self.label + "".join(span.text for span in self.spans)

    def spaced(self, before: float, *, keep: bool) -> "Line":
        """The same line with other blank lines before it and another tie to the next."""
        return replace(self, before=before, keep=keep)

    def at_size(self, size: float) -> "Line":
        """The same line at another size, titles untouched."""
        return self if self.role == "title" else replace(self, size=size)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""
