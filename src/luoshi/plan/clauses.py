"""A document's pasted text cut into clauses by its numbering; plain Python."""

import re
from dataclasses import dataclass

MOST = 400
LONGEST = 1000
DIGITS = "〇零一二三四五六七八九十百0-9"
# At the beginning of a line: 第三条, （二）, 三、, 4. — what follows is one clause until the next mark.
MARK = re.compile(rf"^\s*(第[{DIGITS}]+条|[（(][{DIGITS}]+[)）]|[{DIGITS}]+[、.．](?![0-9]))\s*", re.MULTILINE)
HEADING = re.compile(rf"^\s*第[{DIGITS}]+[章节编].*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause as the text has it: its mark ("" where it has none) and its words."""

    number: str
    text: str


def cut(text: str) -> list[Piece]:
    """The clauses of a text in order; without any mark each line is one. Chapter headings and empty marks are left out.

    At most 400; longer words are cut at 1,000 characters. A heading such as 一、总则 over （一） is left out as well:
    it has marks below it and fewer than 16 characters of its own.
    """
    plain = HEADING.sub("", text.replace("\r\n", "\n"))
    marks = list(MARK.finditer(plain))
    if not marks:
        return [Piece("", line.strip()[:LONGEST]) for line in plain.splitlines() if line.strip()][:MOST]
    ends = [one.start() for one in marks[1:]] + [len(plain)]
    found = []
    for i, (one, end) in enumerate(zip(marks, ends, strict=True)):
        words = " ".join(plain[one.end():end].split())
        below = i + 1 < len(marks) and _level(marks[i + 1][1]) > _level(one[1])
        if words and not (below and len(words) < 16):
            found.append(Piece(one[1].rstrip("、.．"), words[:LONGEST]))
    return found[:MOST]


def _level(mark: str) -> int:
    if mark.startswith("第"):
        return 0
    if mark[0] in "（(":
        return 2
    return 3 if mark[0].isascii() else 1
