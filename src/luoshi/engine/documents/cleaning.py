"""Takes out of a text what no paper may carry: control characters, direction overrides, invisible marks."""

import re
import unicodedata
from collections.abc import Iterator

_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_LATIN_RUN = re.compile(r"[!-~]{13,}")
_RUN = 12


def clean(text: str) -> str:
    """The text with line ends as \\n, tabs as spaces, and neither control (Cc), format (Cf: direction overrides, zero
    widths) nor unpaired surrogate, unassigned or non-character code points. Rare characters of every plane stay."""
    plain = _NEWLINES.sub("\n", text).replace("\t", " ")
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn"))


def one_line(text: str) -> str:
    """The cleaned text on one line."""
    return " ".join(part for line in clean(text).split("\n") if (part := line.strip()))


def lines(text: str) -> Iterator[str]:
    """The cleaned lines that hold anything."""
    yield from (part for line in clean(text).split("\n") if (part := line.strip()))


def breakable(text: str) -> str:
    """Long runs of Latin letters and digits with a zero-width space every 12, so that they cannot leave the page."""
    return _LATIN_RUN.sub(lambda found: "\u200b".join(_pieces(found[0])), text)


def _pieces(run: str) -> Iterator[str]:
    yield from (run[n:n + _RUN] for n in range(0, len(run), _RUN))
