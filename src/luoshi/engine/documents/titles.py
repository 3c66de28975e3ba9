"""How titles and the red issuing mark break and how large they are set."""

import re
from itertools import pairwise

from .numbers import PAGE

MARK_SIZE = (48.0, 26.0)
_POINTS_PER_MM = 72 / 25.4
_NO_START = "，。、；：？！）》〉”’】〕…—·%"
_NO_END = "（《〈“‘【〔"
_GOOD_BREAK = re.compile(
    r"(?<=[》”、的])|(?=关于)|(?=[《“])|(?<=通知)|(?<=情况)|(?<=工作)|(?<=半年)|(?<=季度)|(?<=年度)|(?<=\d年)(?![上下度])|(?<=委员会)|(?<=党委)"
)
_NATURAL = 6


def title_lines(title: str, per_line: int = 20) -> tuple[str, ...]:
    """A title as lines of at most `per_line` characters, broken where the writer put a line break, else evenly.

    No line begins with closing or ends with opening punctuation, and no number is cut. Source: GB/T 9704-2012, 7.3.1.
    """
    made: list[str] = []
    for asked in filter(None, (part.strip() for part in title.split("\n"))):
        made.extend(_even(asked, per_line))
    return tuple(made)


def mark_text(issuer: str, kind: str) -> str:
    """发文机关标志: the body's name with 文件; minutes carry 会议纪要, letters the name alone (7.2.4, 10)."""
    if kind == "函" or issuer.endswith(("文件", "纪要", "简报")):
        return issuer
    return issuer + ("会议纪要" if kind == "纪要" else "文件")


def mark_size(mark: str) -> float:
    """Points that let the mark stand on one line of the text block, at most 48 and at least 26 (the size is free)."""
    most, least = MARK_SIZE
    return max(least, min(most, float(int(PAGE.block_width * _POINTS_PER_MM / max(1, len(mark))))))


def _even(text: str, per_line: int) -> list[str]:
    count = -(-len(text) // per_line)
    if count < 2:
        return [text]
    while True:
        cuts, start = [0], 0
        for n in range(1, count):
            ideal = start + (len(text) - start) // (count - n + 1)
            start = _cut(text, ideal, start + 1, min(len(text) - 1, start + per_line))
            cuts.append(start)
        pieces = [text[a:b].strip() for a, b in pairwise([*cuts, len(text)])]
        if max(map(len, pieces)) <= per_line or count >= len(text):
            return pieces
        count += 1


def _cut(text: str, ideal: int, low: int, high: int) -> int:
    good = {found.start() for found in _GOOD_BREAK.finditer(text)}
    allowed = [n for n in range(low, high + 1) if _may_break(text, n)]
    if not allowed:
        return min(max(ideal, low), high)
    # A break at a natural word end may lie some characters from the middle.
    return min(allowed, key=lambda n: abs(n - ideal) - (_NATURAL if n in good else 0))


def _may_break(text: str, n: int) -> bool:
    before, after = text[n - 1], text[n]
    latin = before.isascii() and after.isascii() and not before.isspace() and not after.isspace()
    number = before.isdigit() and after in "年月日号%"
    return after not in _NO_START and before not in _NO_END and not latin and not number
