"""Which paragraphs are headings, how deep they lie, and where a heading runs into its text."""

import re
from dataclasses import dataclass

from . import owners, timing, words

_NUMERAL = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_C = "(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_STYLES = (
    (1, re.compile(r"第[一二三四五六七八九十百\d]+(?:部分|章|编|篇)[、：:．.\s]*")),
    (2, re.compile(rf"{_NUMERAL}(?:[、．.，]\s*|\s+)|第{_NUMERAL}[、，]")),
    (3, re.compile(rf"[（(〔]{_C}[)）〕][、．.]?\s*|第{_C}[节条]\s*")),
    (4, re.compile(r"\d{1,2}\s*[.．、](?!\d{1,2}[.．、]\d)\s*")),
    (5, re.compile(r"[（(]\d{1,2}[)）]\s*|\d{1,2}[)）]\s*|[①-⑳]\s*")),
)
_LONGEST = 45
_RUN_IN = 26
_NAME = 8  # so short before a full stop and more text, even 召开职代会 only names what follows


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a paragraph: `start` to `end` of its words, and where the text after it begins."""

    depth: int
    start: int
    end: int
    rest: int


def numbered(text: str) -> tuple[int, int]:
    """Depth of the number a paragraph opens with and how many characters it takes; (0, 0) without a number."""
    for depth, pattern in _STYLES:
        match = pattern.match(text)
        if match:
            return depth, match.end()
    return 0, 0


def find(text: str, number: str, *, alone: bool) -> Heading | None:
    """The heading a paragraph consists of or opens with; `alone` is false where its neighbours carry the same number."""
    typed, skip = numbered(text)
    depth = typed or numbered(number)[0]
    body = text[skip:]
    note = owners.note().search(body)
    bare = body[: note.start()] if note and not body[note.end() :].strip(" 。；") else body
    plain = bare.rstrip(" 。：:")
    if not depth:
        known = words.words("headings", "plain") + words.words("headings", "general")
        return Heading(2, skip, skip + len(plain), len(text)) if plain in known else None
    stop = re.search(r"[。；：:！]", body)
    first = body[: stop.start()] if stop else body
    rest = body[stop.end() :].strip() if stop else ""
    if not plain or _dated(first):
        return None
    if not re.search(r"[。；：:]", plain) and len(plain) <= _LONGEST:
        ended = bare.rstrip().endswith("。")
        short = depth <= 3 or (not note and len(plain) <= _RUN_IN)
        if alone and short and (not ended or (depth <= 2 and not note and _goal_like(plain))):
            return Heading(depth, skip, skip + len(plain), len(text))
        return None
    runs = stop and rest and stop[0] in "。：:" and not owners.note().match(rest)
    named = depth <= 3 or _goal_like(first) or len(first) <= _NAME
    if stop and runs and len(first) <= (_RUN_IN if depth <= 3 else 20) and named:
        return Heading(depth, skip, skip + stop.start(), skip + stop.end())
    return None


def _dated(text: str) -> bool:
    return timing.read(text, 2000).type in ("fixed", "recurring") or bool(re.search(r"\d月|季度", text))


def _goal_like(text: str) -> bool:
    """A short phrase such as 加强理论学习 that names a field rather than a piece of work."""
    verbs = words.table("verbs")
    if re.search(r"\d|[《“]", text):
        return False
    return text.startswith(("推进", *verbs["goal"])) or not text.startswith(tuple(verbs["strong"]))


def is_general(title: str) -> bool:
    """Whether nothing below this heading is a promise."""
    plain = re.sub(r"[\s、，。：:和及与]", "", title)
    return any(plain.startswith(word) or plain.endswith(word) for word in words.words("headings", "general"))
