"""What the plan is called, whose it is and for which year; and the names of campaigns quoted in it."""

import re

from . import words
from .blocks import Block, Document

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
_CHINESE_YEAR = re.compile(r"([二一][〇○零Oo九][〇○零一二三四五六七八九Oo]{2})年")
_QUOTED = re.compile(r"[“‘'\"「]([^“”‘’'\"「」]{2,20})[”’'\"」]")


def title(document: Document) -> tuple[str, int]:
    """The title and how many blocks it takes at the head of the document."""
    blocks = document.blocks
    for at, block in enumerate(blocks):
        if block.kind == "title" and not _inner(block.text):
            return _tidy(block.text), at + 1 if at == 0 else 0
    for at, block in enumerate(blocks[:6]):
        named = len(block.text) <= 60 and not re.search(r"[。；：]", block.text)
        if named and re.search("|".join(words.table("parts")["endings"]), block.text):
            return _after_letter(blocks, at)
    endings = "|".join(words.table("parts")["endings"])
    run_in = re.match(rf"[^。，；：.]{{4,40}}?(?:{endings})(?=[.．。 \u3000]|$)", blocks[0].text) if blocks else None
    return (_tidy(run_in[0]), 0) if run_in else ("", 0)


def _after_letter(blocks: tuple[Block, ...], at: int) -> tuple[str, int]:
    """The title of the plan itself where the file opens with the letter that sends it out."""
    inner = _inner(blocks[at].text)
    if not inner:
        said = _tidy(blocks[at].text)
        above = _tidy(blocks[at - 1].text) if at else ""
        split = _YEAR.match(said) and 3 < len(above) <= 30 and above.endswith(tuple(words.table("owners")["suffixes"]))
        return (above + said if split else said), at + 1
    for later in range(at + 1, len(blocks)):
        if _tidy(blocks[later].text) == inner:
            return inner, later + 1
    return inner, at + 1


def _inner(text: str) -> str:
    match = re.search(r"关于(?:印发|下发|转发)《(.+?)》", _tidy(text))
    return match[1] if match else ""


def _tidy(text: str) -> str:
    return re.sub(r"\s+", "", text)


def year(said: str, text: str) -> int | None:
    """The year of the title, else the first year in the text."""
    for place in (said, text):
        match = _YEAR.search(place)
        if match:
            return int(match[1])
        spelled = _CHINESE_YEAR.search(place)
        if spelled:
            digits = [("〇一二三四五六七八九".index(c) if c in "〇一二三四五六七八九" else 0) for c in spelled[1]]
            return int("".join(map(str, digits)))
    return None


def issuer(said: str, text: str) -> str:
    """The unit that the title names before or after the year."""
    inner = re.search(r"关于印发《(.+?)》", said)
    said = inner[1] if inner else re.sub(r"^关于", "", said)
    said = re.sub(r"[（(].*?[)）]$", "", said)
    match = _YEAR.search(said) or _CHINESE_YEAR.search(said)
    head = said[: match.start()] if match else said
    if match and not head.strip():
        head = said[match.end() :].removeprefix("度")
    table = words.table("parts")
    endings = "|".join(sorted(map(re.escape, table["endings"]), key=len, reverse=True))
    subjects = "|".join(sorted(map(re.escape, table["subjects"]), key=len, reverse=True))
    return re.sub(rf"(?:{subjects})*(?:年度)?(?:{endings})$", "", head) if not match or match.start() == 0 else re.sub(r"关于$", "", head)


def programmes(text: str) -> tuple[str, ...]:
    """Quoted names of campaigns, classes and columns, without common sayings in quotes."""
    sayings = set(words.table("parts")["sayings"])
    return tuple(dict.fromkeys(name for name in _QUOTED.findall(text) if name not in sayings))
