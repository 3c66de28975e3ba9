"""Who answers for a measure: labels in brackets or at the end, 由……负责, table columns, and the subject of the sentence."""

import re
from dataclasses import dataclass
from functools import lru_cache

from . import words

# 支部委员会每月召开一次: what stands before the time is the meeting, not who holds it
_HELD = re.compile(
    r"(?:每|按|至少|\d|[一二三四五六七八九十第]|[上下]半年|月|季度|年|次|个|两|半|原则上|底|前|初|末|，)*"
    r"(?:召开|举行|不少于|至少)(?:[一两二三四五六\d]+[次场期])?(?:以上)?$"
)
_SAID = re.compile(
    r"(?:等(?:部门|单位)?)?(?:分工|分别|共同|按职责)*(?:负责|牵头|配合|落实|承办|主办|协办|参加)*$"
)
_LONGEST = 10
_WHEN = (
    r"每|\d{1,2}月|\d{4}年|第?[一二三四]季度|[上下]半年|年底|年内|全年|按[月季年]|[一二三四五六七八九十]{1,2}月"
    r"|元旦|春节|[“']?[七八五]一"
)
_NAME = r"[^，。；;,：:（）()\s]"


@dataclass(frozen=True, slots=True)
class Named:
    """The unit that leads and those that help, as written."""

    owner: str = ""
    helpers: tuple[str, ...] = ()


def _list(entry: str) -> list[str]:
    return sorted(words.table("owners")[entry], key=len, reverse=True)


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    lead, helper = "|".join(_list("lead_labels")), "|".join(_list("helper_labels"))
    return re.compile(rf"(?:(?P<lead>{lead})|(?P<helper>{helper}))\s*[：:]\s*")


@lru_cache(maxsize=1)
def note() -> re.Pattern[str]:
    """A remark that names units: in brackets anywhere, or a label with a colon up to the end of the paragraph."""
    every = "|".join([*_list("lead_labels"), *_list("helper_labels")])
    inside = r"[^（()）】\]]"
    spoken = rf"(?:牵头|负责|主办|承办|配合|落实){inside}{{0,24}}(?=[）)】\]])"
    bracket = rf"[（(【\[]{inside}*?(?:(?:{every})\s*[：:]|{spoken}){inside}*[）)】\]]"
    tail = rf"(?:(?<=[。；;，\s])|^)(?:{every})\s*[：:].*$"
    ends = "|".join(_list("suffixes"))
    unit = rf"[^（()）、，,；;。《》\s]{{0,14}}(?:{ends})"
    plain = rf"[（(【]{unit}(?:[、，,；;\s]{unit})*[）)】](?=[。；;]?\s*(?:$|\n))"
    return re.compile(rf"{bracket}|{plain}|{tail}", re.S)


def split_names(text: str) -> list[str]:
    """Single names from a list of them."""
    text = re.split(rf"(?:{'|'.join(_list('other_labels'))})\s*[：:]", text, maxsplit=1)[0]
    text = text.strip(" 。；;，,（）()【】[]\n\t")
    text = _SAID.sub("", re.sub(r"^由", "", text))
    parts = re.split(r"[、，,；;/／\n\t]|\s+|(?<=[部处科室委会局司厅办组中院])(?:和|及|与|会同|以及)", text)
    return [part.strip() for part in parts if part.strip()]


def from_note(text: str) -> Named:
    """Owner and helpers of a remark such as 责任单位：组织处；配合单位：人事司."""
    labels = list(_labels().finditer(text))
    if not labels:
        names = split_names(text)
        return from_clause(text.strip("（）()【】[] 。")) or Named(next(iter(names), ""), tuple(names[1:]))
    leads: list[str] = []
    helpers: list[str] = []
    for at, label in enumerate(labels):
        end = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        (leads if label["lead"] else helpers).extend(split_names(text[label.end() : end]))
    return Named(leads[0] if leads else "", tuple(dict.fromkeys([*leads[1:], *helpers])))


@lru_cache(maxsize=1)
def _clause_patterns() -> tuple[re.Pattern[str], ...]:
    name = rf"(?P<who>{_NAME}{{1,24}}?)"
    does = r"(?:负责|牵头|承办|主办|落实|组织实施|实施|统筹)"
    return (
        re.compile(rf"^(?:此项工作|该项工作)?由{name}(?:具体|共同)?{does}(?:具体)?{does}?$"),
        re.compile(rf"^{name}(?:具体|共同)?(?:负责|牵头|承办|主办)(?:负责|落实|组织实施|实施)?$"),
    )


@lru_cache(maxsize=1)
def _helper_clause() -> re.Pattern[str]:
    return re.compile(rf"^(?:由)?(?P<who>{_NAME}{{2,30}}?)(?:等)?(?:积极|协同|共同|予以|做好)?(?:配合|协助|协办|参加|参与)$")


def from_clause(text: str) -> Named | None:
    """Units of a clause that does nothing but name them (由宣传科负责 / 机关工会配合); None for any other clause."""
    text = text.strip(" ，。；;,.")
    parts = re.split(r"[，,；;]", text)
    owner, helpers = "", []
    for part in parts:
        lead = next((m for pattern in _clause_patterns() if (m := pattern.match(part))), None)
        helper = _helper_clause().match(part)
        if lead and (_is_unit(lead["who"]) or (part.startswith("由") and len(lead["who"]) <= _LONGEST)):
            names = split_names(lead["who"])
            owner = owner or names[0]
            helpers += names[1:] if owner == names[0] else names
        elif helper and _is_unit(helper["who"]):
            helpers += split_names(helper["who"])
        else:
            return None
    return Named(owner, tuple(helpers)) if owner or helpers else None


def _is_unit(name: str) -> bool:
    return all(any(part.endswith(s) for s in _list("suffixes")) or part.startswith("各") for part in split_names(name))


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    table = words.table("verbs")
    verbs = "|".join(sorted({v for e in ("strong", "goal", "adverbs") for v in table[e]}, key=len, reverse=True))
    who = rf"[^，。；、“”《》（）\s\d]{{0,14}}?(?:{'|'.join(_list('suffixes'))})"
    beside = rf"(?:(?:会同|联合|协同)(?P<with>{who}(?:、{who})*))?"
    goes_on = rf"(?=(?:要|应|将|负责|牵头|共同)?(?:{_WHEN}|{verbs}))"
    return re.compile(rf"^(?:由(?P<by>{who})(?:牵头|负责)+，?|(?P<who>{who}){beside}{goes_on})")


@lru_cache(maxsize=1)
def _verb_first() -> re.Pattern[str]:
    """A phrase that opens with a verb names no unit, unless the verb is half of a unit's name (组织处)."""
    table = words.table("owners")
    return re.compile(rf"(?!(?:{'|'.join(table['verbal_units'])}))(?:{'|'.join(table['no_unit_openings'])})")


def subject(text: str) -> tuple[Named, int]:
    """The units a sentence opens with and how many characters they take; no units where it opens with something else."""
    match = _opening().match(text)
    if not match:
        return Named(), 0
    who = match["by"] or match["who"]
    if who in words.table("owners")["not_units"] or _HELD.match(text, match.end()):
        return Named(), 0
    if _verb_first().match(who):
        return Named(), 0
    helpers = tuple(split_names(match["with"])) if match["with"] else ()
    return Named(who, helpers), match.end()
