"""Text whose punctuation was lost: one sign stands for every mark, chapter numbers are bare, headings run into the text."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from . import headings, measures, timing, words

_NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"]
_SIGNS = ".．。 　·"
_MARKS = "，。；、：,;:！？—…"
_QUOTES = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", '"': '"', "'": "'", "「": "」"}
_LEAST = 8
_GOAL_DEPTH = 3
_SHORT_OBJECT = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of repaired text: a heading of depth 2 or 3 with its pieces, or depth 0 for what promises work."""

    depth: int
    pieces: tuple[measures.Clause, ...]


def sign(text: str) -> str:
    """The sign that stands for every mark in this text; empty where the punctuation is sound."""
    for mark in _SIGNS:
        wide = rf"(?<=[\u4e00-\u9fff0-9”’》）'\")]){re.escape(mark)}(?=[\u4e00-\u9fff0-9“‘《（'\"(]|$)"
        count = len(re.findall(wide, text))
        others = sum(text.count(other) for other in _MARKS if other != mark)
        short = len(text) / (count + 1) < (14 if mark == "。" else 24)
        if count >= _LEAST and count >= 4 * others and short:
            return mark
    return ""


def pieces(text: str, mark: str, start: int) -> list[measures.Clause]:
    """The stretches between signs, quoted names in one piece; `start` is the offset of the text."""
    found: list[measures.Clause] = []
    at, close = 0, ""
    for here, character in enumerate([*text, mark]):
        if close and here < len(text):
            close = "" if character == close or here - at > 60 else close
            continue
        if character in _QUOTES and _QUOTES[character] in text[here + 1 : here + 30]:
            close = _QUOTES[character]
        elif character in (mark, "\n", "。", "；"):
            bare = text[at:here].strip(" 　" + mark)
            if bare:
                found.append(measures.Clause(bare, start + text.index(bare, at)))
            at = here + 1
    return found


def parts(found: list[measures.Clause]) -> list[Part]:
    """Chapters, goals and the pieces below them, in order; pieces before the first chapter come first with depth 0."""
    chapters = _chapters(found)
    if not chapters:
        return [Part(0, tuple(found))]
    out = [Part(0, tuple(found[: chapters[0]]))] if chapters[0] else []
    for at, until in zip(chapters, [*chapters[1:], len(found)], strict=True):
        title, rest = _chapter(found[at + 1 : until])
        out.append(Part(2, tuple(title)))
        out += _goals(rest)
    return out


def _chapters(found: list[measures.Clause]) -> list[int]:
    """Places of the bare numbers 一, 二, 三 in their order."""
    places: list[int] = []
    for at, piece in enumerate(found):
        if len(places) < len(_NUMERALS) and piece.text.strip("（）()、第部分") == _NUMERALS[len(places)]:
            places.append(at)
    return places if len(places) > 1 else []


def _chapter(found: list[measures.Clause]) -> tuple[list[measures.Clause], list[measures.Clause]]:
    """The heading of a chapter and the pieces below it; the heading may run into the first of them."""
    for at, piece in enumerate(found[:3]):
        if at and headings.numbered(piece.text)[0] == _GOAL_DEPTH:
            return found[:at], found[at:]
        cut = _seam(piece.text)
        if cut:
            rest = replace(piece, text=piece.text[cut:], start=piece.start + cut)
            return [*found[:at], replace(piece, text=piece.text[:cut])], [rest, *found[at + 1 :]]
        if at and (measures.role(piece.text) == "firm" or _object(piece.text) in words.table("verbs")["umbrella"] or at == 2):
            return found[:at], found[at:]
    return found[:1], found[1:]


@lru_cache(maxsize=1)
def _goal_verbs() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words.words("headings", "goal_verbs"), key=len, reverse=True)))


@lru_cache(maxsize=1)
def _work_verbs() -> re.Pattern[str]:
    return re.compile("|".join(sorted([*words.table("verbs")["hard"], *words.table("verbs")["seams"]], key=len, reverse=True)))


@lru_cache(maxsize=1)
def _adverbs() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words.table("verbs")["adverbs"], key=len, reverse=True)))


@lru_cache(maxsize=1)
def _any_verb() -> re.Pattern[str]:
    table = words.table("verbs")
    known = {*table["goal"], *table["hard"], *table["tail"], *table["strong"], *words.words("headings", "goal_verbs")}
    return re.compile("|".join(sorted(map(re.escape, known), key=lambda word: (-len(word), word))))


def _verb(text: str) -> int:
    """Length of the verb that the text opens with, adverbs included; 0 without one."""
    at = 0
    adverb = _adverbs().match(text)
    if adverb and len(text) > adverb.end() + 2:
        at = adverb.end()
    found = _any_verb().match(text, at)
    return found.end() if found else 0


@lru_cache(maxsize=1)
def _feasts() -> re.Pattern[str]:
    return re.compile("|".join(name for name in words.table("times")["festivals"] if name.endswith("节")))


def _seam(text: str) -> int:
    """Where a heading ends and runs on into the next phrase; 0 where the piece is one phrase."""
    own = _verb(text)
    dated = next(timing.expressions(text, 2000), None)
    if own < 2 or (dated and dated.start <= 1):
        return 0
    feast = _feasts().search(text, own + 2)
    if feast and _verb(text[feast.end() :]):
        return feast.start()
    for found in timing.expressions(text, 2000):
        if found.start >= own + 2 and len(text) - found.end >= 4:
            return found.start
    for pattern in (_goal_verbs(), _work_verbs()):
        for at in range(own + 2, len(text) - 3):
            verb = pattern.match(text, at)
            free = text[at - 1] not in "的和与及以为等不一'“《、"
            if verb and free and not _verb(text[verb.end() :]) and not _joined(text, at, verb.end()):
                return at
    return 0


def _joined(text: str, at: int, end: int) -> bool:
    """Whether the verb is half of a noun: 教育管理, 能力建设, 工作服务."""
    if text[end : end + 1] in "的和与及、等" or len(text) - end < 2:
        return True
    return text[at:end] in words.words("headings", "noun_verbs") and len(text) - end < _SHORT_OBJECT


def _object(text: str) -> str:
    """The phrase without its verb and adverbs."""
    return text[_verb(text) :]


def _goals(found: list[measures.Clause]) -> list[Part]:
    """Goals, where phrases about a whole field stand before the work in it, and the pieces under each."""
    out: list[Part] = []
    held: list[measures.Clause] = []
    at = 0
    while at < len(found):
        typed, skip = headings.numbered(found[at].text)
        wide = 1 if typed == _GOAL_DEPTH else _wide(found, at)
        if wide:
            if held:
                out.append(Part(0, tuple(held)))
                held = []
            first = replace(found[at], text=found[at].text[skip:], start=found[at].start + skip) if typed else found[at]
            out.append(Part(_GOAL_DEPTH, (first, *found[at + 1 : at + wide])))
            at += wide
        else:
            held.append(found[at])
            at += 1
    if held:
        out.append(Part(0, tuple(held)))
    return out if any(part.depth == 0 for part in out) else [Part(0, tuple(found))]


def _wide(found: list[measures.Clause], at: int) -> int:
    """How many pieces from here on are the name of a field: 加强队伍管理, 提高服务水平."""
    umbrella = words.table("verbs")["umbrella"]
    count = 0
    for piece in found[at : at + 3]:
        if not _verb(piece.text) or _object(piece.text) not in umbrella:
            break
        count += 1
    return count
