"""Names of people and units made findable by letters and sortable by strokes.

A name is asked about as it is written; blanks and the middle dots of longer names never count.
"""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import islice, product

_SHORT = 4  # characters; longer names are read as phrases and have no surname
_VARIANTS = 11  # spellings kept besides the first: a surname read three ways, two given characters two ways
_UNHEARD = str.maketrans("", "", "·•・‧∙.'’")  # never part of how a name is found or sorted

Readings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameKeys:
    """What is stored beside a name: letters to find it by, and texts to sort it by in any collation."""

    full: str  # "zhangsanfeng"
    initials: str  # "zsf"
    variants: tuple[str, ...]  # other full spellings and initials that find it too
    strokes: str  # see stroke_key
    codepoints: str  # "U+5F20 U+4E09 U+4E30": names a rare character where no font shows it


def keys(name: str) -> NameKeys:
    """All keys of a name; empty texts for an empty name. Never raises."""
    spellings = _spellings(_folded(name))
    full, initials = _joined(spellings[0]), _initials(spellings[0])
    others = [text for one in spellings for text in (_joined(one), _initials(one))]
    variants = tuple(dict.fromkeys(text for text in others if text not in (full, initials)))
    return NameKeys(full, initials, variants, stroke_key(name), _codepoints(name))


@lru_cache(maxsize=32_768)  # a yearly roster's names, which its preview and its writing both ask for; some 15 MB
def search_text(name: str, *, limit: int = 400) -> str:
    """Tokens joined by blanks, such that what a person types is the beginning of one of them.

    Tokens are the name, its letters and its initials, each also from every later character on ("三丰", "sanfeng",
    "sf"), for every reading; a query of both scripts is cut by `terms`. Whole tokens only, at most `limit` characters:
    the name and its spellings come first, so that only long unit names lose late tokens.
    """
    plain = _folded(name)
    spellings = _spellings(plain)
    tokens = [plain]
    tokens += [text for one in spellings for text in (_joined(one), _initials(one))]
    later = range(1, len(plain))
    tokens += [_initials(one[start:]) for one in spellings for start in later]
    tokens += [plain[start:] for start in later]
    tokens += [_joined(one[start:]) for one in spellings for start in later]
    kept, length = [], -1
    for token in dict.fromkeys(filter(None, tokens)):
        if length + 1 + len(token) <= limit:
            kept.append(token)
            length += 1 + len(token)
    return " ".join(kept)


def terms(query: str) -> tuple[str, ...]:
    """A query as the token beginnings to look for in `search_text`, all of which must be there: "张s" → ("张", "s").

    This is the coarse half of a search, fit for an index: it knows whole spellings and initials; `matches` also takes
    mixtures such as "zsan", and refuses what stands in the wrong order.
    """
    found: list[str] = []
    for one in _folded(query):
        if found and found[-1][-1].isascii() == one.isascii():
            found[-1] += one
        else:
            found.append(one)
    return tuple(found)


def matches(query: str, name: str) -> bool:
    """Whether "zs", "zhangs", "张s", "三", "zhsan" … finds 张三: from any character on, each one given by itself, by a
    reading, or by the reading's first letter(s); the last may be typed in part. An empty query finds every name."""
    wanted, plain = _folded(query), _folded(name)
    if not wanted:
        return True
    readings = _readings(plain)
    return any(_consumed(wanted, plain, readings, start) for start in range(len(plain)))


def spaced(name: str) -> str:
    """A name as printed in lists: two Chinese characters get a full-width blank between them, so that columns align."""
    plain = "".join(name.split())
    if len(plain) == 2 and all(map(_is_han, plain)):
        return f"{plain[0]}\u3000{plain[1]}"
    return name.strip()


@lru_cache(maxsize=32_768)
def stroke_key(name: str) -> str:
    """Text that sorts names in surname stroke order (姓氏笔画为序), with digits and a to f only, so in any collation.

    Surname by stroke count, then 横竖撇点折 stroke by stroke; the same surname: the shorter name first, then the given
    characters in the same order. A compound surname follows the single surname it begins with. Characters outside the
    table of 20,897 come last, by code point. Source: custom of party and state organs; strokes after GB 13000.1.
    """
    plain = _plain(name)
    size = _surname_length(plain) or 1
    surname, given = plain[:size], plain[size:]
    levels = _levels()
    return (
        "".join(levels.get(one) or f"f{ord(one):05x}" for one in surname)
        + f"0000{len(given):02x}"
        + "".join(levels.get(one) or f"f{ord(one):05x}" for one in given)
    )


def in_stroke_table(name: str) -> bool:
    """Whether every character's strokes are known; a printed list says so where one is not."""
    return all(one in _levels() for one in _plain(name))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(_UNHEARD).split())


def _folded(text: str) -> str:
    return _plain(text).casefold().replace("ü", "v")


def _is_han(one: str) -> bool:
    code = ord(one)
    return 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3FFFF or 0xF900 <= code <= 0xFAFF or code == 0x3007


def _consumed(wanted: str, plain: str, readings: tuple[Readings, ...], start: int) -> bool:
    reached = {0}
    for at in range(start, len(plain)):
        ahead: set[int] = set()
        for done in reached:
            rest = wanted[done:]
            if rest[0] == plain[at]:
                ahead.add(done + 1)
            for reading in readings[at]:
                if reading.startswith(rest):
                    return True
                head = 2 if reading[1:2] == "h" else 1
                ahead.update(done + n for n in (1, head, len(reading)) if rest.startswith(reading[:n]))
        if len(wanted) in ahead:
            return True
        reached = ahead
    return False


def _spellings(plain: str) -> list[Readings]:
    return list(islice(product(*_readings(plain)), 1 + _VARIANTS))


def _codepoints(name: str) -> str:
    return " ".join(f"U+{ord(one):04X}" for one in name if not one.isspace())


def _joined(spelling: Readings) -> str:
    return "".join(spelling)


def _initials(spelling: Readings) -> str:
    return "".join(reading[:1] for reading in spelling)


@lru_cache(maxsize=4096)
def _readings(plain: str) -> tuple[Readings, ...]:
    """For each character its readings, the likeliest first; a character without one stands for nothing ("")."""
    if not plain or len(plain) > _SHORT or not all(map(_is_han, plain)):
        return tuple(_with_spellings_of_u((reading,)) for reading in _phrase(plain))
    single, compound, given = _tables()
    size = _surname_length(plain)
    if size > 1:
        head = [(one, *_alone(plain[at])) for at, one in enumerate(compound[plain[:size]])]
    else:
        head = [single.get(plain[0], _alone(plain[0]))]
        size = 1
    rest = plain[size:]
    if any(one in given for one in rest):
        tail = [(first, *given.get(one, ())) for first, one in zip(_phrase(rest), rest, strict=True)]
    else:
        tail = [_alone(one) for one in rest]
    return tuple(_with_spellings_of_u(tuple(dict.fromkeys(one))) for one in (*head, *tail))


def _with_spellings_of_u(readings: Readings) -> Readings:
    # ü is typed as v, and printed in passports as YU; 略 and 虐 are also typed with a plain u.
    if not any("v" in one for one in readings):
        return readings
    others = [one.replace("v", "yu") for one in readings] + [one.replace("ve", "ue") for one in readings]
    return tuple(dict.fromkeys((*readings, *others)))


def _surname_length(plain: str) -> int:
    """Characters of the surname: 2 or 4 of a compound with something after it, else 1; 0 where there is none."""
    compound = _tables()[1]
    for size in (2, 4):
        if len(plain) > size and plain[:size] in compound and len(plain) <= size + 3:
            return size
    return 1 if plain and len(plain) <= _SHORT and all(map(_is_han, plain)) else 0


def _alone(one: str) -> Readings:
    return _phrase(one)


@lru_cache(maxsize=8192)
def _phrase(text: str) -> Readings:
    # Importing it takes 0.15 s, which only those who ask for letters pay.
    from pypinyin import lazy_pinyin

    found = lazy_pinyin(text, errors=list)  # type: ignore[arg-type]  # a list is spread out, one item a character
    return tuple("" if _is_han(one[:1]) else one for one in found)


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, Readings], dict[str, Readings], dict[str, Readings]]:
    found = tomllib.loads(_data("surnames.toml"))
    parts = (found["single"], found["compound"], found["given"])
    single, compound, given = ({one: tuple(readings) for one, readings in part.items()} for part in parts)
    return single, compound, given


@lru_cache(maxsize=1)
def _levels() -> dict[str, str]:
    lines = _data("strokes.txt").splitlines()
    characters = "".join(line for line in lines if not line.startswith("#"))
    return {one: f"{level:04x}" for level, one in enumerate(characters, 1)}


def _data(file: str) -> str:
    return resources.files("luoshi.kernel").joinpath("data", file).read_text(encoding="utf-8")
