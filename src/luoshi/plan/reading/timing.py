"""When a measure is due: a day, a span or a frequency, worked out for the year of the plan."""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise

from . import words

Normal = str | list[str] | None


@dataclass(frozen=True, slots=True)
class Timing:
    """`type` none, fixed, recurring or window; `text` as written; `normalized` ISO, null where the year is open."""

    type: str = "none"
    text: str = ""
    normalized: Normal = None


@dataclass(frozen=True, slots=True)
class Found:
    """One time expression and where it stands."""

    start: int
    end: int
    type: str
    values: tuple[str, ...] = field(default=())


_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年|(?P<next>次年|明年|翌年))?"
_TO = r"(?:月份?)?\s*(?:至|到|—+|-|–|~|～|－|〜)\s*"
_DUE = r"(?:之?前|以前|止|截止)"
_ISO = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
_UNITS = {"周": "W", "星期": "W", "月": "M", "年": "Y", "日": "D", "天": "D"}

# The order matters: of two expressions that start together, the first in this list is taken.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("every_half_month", r"每半个?月"),
    ("every_half", r"每(?:个)?半年(?:度)?(?:末|底)?|半年(?=一次)|每学期|每个学期|每半学年"),
    ("every_quarter", r"每(?:个|一)?季度?(?:末|初|首月)?(?:\d{1,2}日前)?|按季度?|逐季|季度(?=一次|例会)"),
    ("every_n", r"每隔?(?P<count>两|二|三|四|六|2|3|4|6)个?(?P<unit>周|星期|月|年)"),
    ("every", r"每(?:个|一)?(?P<one>周|星期|月|学年|年|日|天)(?:份|度)?(?:末|底|初)?(?:\d{1,2}[日号]?(?:之?前|至\d{1,2}日))?"
     r"|按(?P<by>月|年)(?![龄份限代])|逐(?P<each>月)"),
    ("span_days", _YEAR + rf"(?P<a>{_N})月(?P<d>{_N})[日号](?:至|到|—+|-|–|~|～)(?:(?P<b>{_N})月)?(?P<e>{_N})[日号]"),
    ("span_iso", rf"(?P<from>{_ISO})\s*(?:至|到|—+|~|～|/|-)\s*(?P<until>{_ISO})"),
    ("iso", r"(?<!\d)(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?!\d)(?:之?前)?"),
    ("iso_month", r"(?<!\d)(?P<isoy>20\d\d)[-/.](?P<isom>\d{1,2})(?![-/.\d])(?P<before>底?前)?"),
    ("span_months", _YEAR + rf"(?P<a>{_N}){_TO}(?:(?P<year2>20\d\d)年|(?P<next2>次年|明年|翌年))?"
     rf"(?P<b>{_N})月份?(?P<before>底前)?"),
    ("from_month", _YEAR + rf"(?:自|从)?(?P<a>{_N})月份?(?:起|开始)"),
    ("day", _YEAR + rf"(?P<a>{_N})月(?P<d>{_N})[日号](?:{_DUE})?"),
    ("month_end", _YEAR + rf"(?P<a>{_N})月份?(?:底|末|月底)(?:{_DUE})?"),
    ("third_due", _YEAR + rf"(?P<a>{_N})月份?(?P<third>上旬|中旬|下旬|初|中)(?:{_DUE})"),
    ("third", _YEAR + rf"(?P<a>{_N})月份?(?P<third>上旬|中旬|下旬|初|中)(?!心)"),
    ("month_due", _YEAR + rf"(?P<a>{_N})月份?(?:之前|以前|前)(?!后)"),
    ("month", _YEAR + rf"(?P<a>{_N})月份?(?!\d|[个刊日])"),
    ("list_quarters", _YEAR + r"第?(?P<list>[一二三四1-4](?:季度)?(?:[、和及,，]第?[一二三四1-4](?:季度)?)+)(?<!季度)季度"),
    ("list_halves", _YEAR + r"上[、和及]?下半年"),
    ("list_months", _YEAR + rf"(?P<list>{_N}(?:[、,，和]{_N})+)月份?(?P<before>底前)?(?![日号\d])"),
    ("span_quarters", _YEAR + r"(?:第)?(?P<q>[一二三四1-4])(?:季度)?(?:至|到|—+|-|–|~)(?:第)?(?P<r>[一二三四1-4])季度"),
    ("quarter_due", _YEAR + r"(?:第)?(?P<q>[一二三四1-4])季度(?:末|底)?(?:之?前|以前|末|底)"),
    ("quarter", _YEAR + r"(?:第)?(?P<q>[一二三四1-4])季度?(?:内|期间)?(?<=季|度|内|间)"),
    ("half_due", _YEAR + r"(?P<half>上|下)半年(?:底|末)?(?:之?前|以前|底|末)"),
    ("half", _YEAR + r"(?P<half>上|下)半年"),
    ("year_end", _YEAR + r"(?:年底|年末)(?:之?前|以前)?|(?<!\d)(?P<yend>20\d\d)年(?:底|末)(?:之?前|以前)?|岁末年终|年终前"),
)
# What is named after a festival has no date by it: 五一劳动奖章, 五四红旗团支部.
_NAMED_AFTER = re.compile(r"劳动奖|红旗|评优|表彰|先进|青年奖|工程|精神|计划|讲话|勋章|送温暖")
_WHOLE_YEAR = re.compile(
    r"^(?:(?P<year>20\d\d)年)?\s*(?:全年|全年度|贯穿全年|常年|年内|本年度|年度|全年持续推进|持续推进|长期|长期坚持|(?<=年))$"
)


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)


@lru_cache(maxsize=1)
def _feasts() -> re.Pattern[str]:
    names = "|".join(sorted(words.table("times")["festivals"], key=len, reverse=True))
    one = rf"[“‘\"'「]?(?:{names})[”’\"'」]?"
    return re.compile(
        rf"(?P<all>{one}(?:[、和及与，.]{one})*)(?:等)?(?:传统|重大|重要)?(?:节日|假期|两节|双节|节点|时间节点)?"
        r"(?P<tail>前夕|前后|之前|期间|之际|来临|当天|节前|前|到来|节点|假日)?"
    )


@lru_cache(maxsize=1)
def _loose() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(words.table("times")["loose"]["words"].split()) + ")(?P<due>之?前)?")


def number(text: str) -> int:
    """A month, day or quarter number written in digits or in Chinese, up to 99."""
    if text.isdecimal():
        return int(text)
    digits = "零一二三四五六七八九"
    tens, ten, ones = text.partition("十")
    if not ten:
        return digits.index(text) if len(text) == 1 else 0
    return (digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0)


def read(text: str, year: int | None) -> Timing:
    """The timing stated in the words of one measure; a frequency wins over a date, the first date over later ones."""
    found = list(expressions(text, year))
    if not found:
        return _said_loosely(text)
    repeats = [one for one in found if one.type == "recurring"]
    if repeats:
        return _timing(text, repeats[:1])
    same = [found[0]]
    for before, one in pairwise(found):
        joint = text[before.end : one.start]
        listed = joint.strip(" ") in ("、", "和", "及", "与", "，", "/", ",")
        if before is not same[-1] or one.type != before.type or not listed:
            break
        same.append(one)
    return _timing(text, same)


def read_cell(text: str, year: int | None) -> Timing:
    """The timing of a table cell, where 全年 stands for the whole year."""
    words_ = text.strip().strip("。；;")
    found = read(words_, year)
    if found.type != "none" or not words_:
        return found
    whole = _WHOLE_YEAR.match(words_)
    if whole:
        at = int(whole["year"]) if whole["year"] else year
        return Timing("window", words_, f"{at}-01-01/{at}-12-31" if at else None)
    return found


def _timing(text: str, found: list[Found]) -> Timing:
    values = [value for one in found for value in one.values]
    said = text[found[0].start : found[-1].end].strip("，、 ")
    if not values:
        return Timing(found[0].type, said)
    return Timing(found[0].type, said, values[0] if len(values) == 1 else values)


def _said_loosely(text: str) -> Timing:
    match = _loose().search(text)
    if match and match[0] in ("适时", "近期", "重大节日", "重要节日", "重要节点", "节假日"):
        return Timing()
    return Timing("fixed" if match["due"] else "window", match[0]) if match else Timing()


def expressions(text: str, year: int | None) -> Iterator[Found]:
    """Every time expression, in order, none overlapping."""
    at = 0
    while at < len(text):
        best: tuple[int, int, Found] | None = None
        for rank, (name, pattern) in enumerate(_compiled()):
            match = pattern.search(text, at)
            if match and match.end() > match.start() and (best is None or (match.start(), rank) < best[:2]):
                one = _value(name, match, year)
                if one:
                    best = (match.start(), rank, one)
        feast = _feast(text, at, year)
        if feast and (best is None or feast.start <= best[0]):
            best = (feast.start, 0, feast)
        if best is None:
            return
        yield best[2]
        at = best[2].end


def _feast(text: str, at: int, year: int | None) -> Found | None:
    for match in _feasts().finditer(text, at):
        before = text[: match.start()]
        opening = re.search(r"(?:^|利用|在|于|抓住|结合|每逢|围绕|[，、\s]|纪念|庆祝|迎)$", before)
        joined = re.search("|".join("、和及"), match["all"])
        if re.match(r"[月届个条次名项人日年期]", text[match.end() :]):
            # 十一月, 十一届: a number, not the holiday
            continue
        telling = opening and (joined or len(match["all"].strip("“”‘’'\"")) > 1)
        if not match["tail"] and (not telling or _NAMED_AFTER.match(text[match.end() :])):
            continue
        if match["tail"] in ("节点",):
            continue
        names = re.findall("|".join(sorted(words.table("times")["festivals"], key=len, reverse=True)), match["all"])
        values = tuple(day.isoformat() for day in (festival(name, year) for name in names) if day) if year else ()
        repeated = before.endswith("每逢")
        return Found(match.start(), match.end(), "recurring" if repeated else "fixed", values)
    return None


def festival(name: str, year: int) -> date | None:
    """The day of a festival in that year; None where the lunar table ends."""
    said = str(words.table("times")["festivals"][name])
    if said == "清明":
        # The sun reaches 15° within a day of this formula for 1900 to 2099 (寿星公式).
        cut = 4.81 if year >= 2000 else 5.59
        short = year % 100
        return date(year, 4, int(short * 0.2422 + cut) - short // 4)
    if not said.startswith("农历"):
        return date(year, int(said[:2]), int(said[3:]))
    from lunardate import LunarDate

    try:
        found: date = LunarDate(year, int(said[2:4]), int(said[5:])).to_solar_date()
    except ValueError:
        return None
    return found


def _value(name: str, match: re.Match[str], year: int | None) -> Found | None:
    got = match.groupdict()
    base = int(got["year"]) if got.get("year") else (year + 1 if year and got.get("next") else year)
    try:
        kind, values = _WORKED[name](got, base)
    except (ValueError, KeyError, calendar.IllegalMonthError):
        return None
    dated = base or name.startswith(("every", "iso", "span_iso"))
    return Found(match.start(), match.end(), kind, values if dated else ())


Group = dict[str, str | None]
Worked = tuple[str, tuple[str, ...]]


def _month(got: Group, key: str = "a") -> int:
    month = number(got[key] or "")
    if not 1 <= month <= 12:
        raise ValueError(month)
    return month


def _last(year: int | None, month: int) -> str:
    return date(year or 2000, month, calendar.monthrange(year or 2000, month)[1]).isoformat()


def _first(year: int | None, month: int, day: int = 1) -> str:
    return date(year or 2000, month, day).isoformat()


def _iso(text: str | None) -> str:
    return date(*(int(part) for part in re.split(r"[-/.]", text or ""))).isoformat()


def _every_n(got: Group, _year: int | None) -> Worked:
    count = {"两": 2, "二": 2, "三": 3, "四": 4, "六": 6}.get(got["count"] or "") or int(got["count"] or 0)
    return "recurring", (f"R/P{count}{_UNITS[got['unit'] or '']}",)


def _every(got: Group, _year: int | None) -> Worked:
    said = (got["one"] or got["by"] or got["each"] or "").removeprefix("学")
    return "recurring", (f"R/P1{_UNITS[said]}",)


def _span_days(got: Group, year: int | None) -> Worked:
    later = _month(got, "b") if got["b"] else _month(got)
    first, last = number(got["d"] or ""), number(got["e"] or "")
    return "window", (f"{_first(year, _month(got), first)}/{_first(year, later, last)}",)


def _span_months(got: Group, year: int | None) -> Worked:
    a, b = _month(got), _month(got, "b")
    until = int(got["year2"]) if got["year2"] else ((year or 2000) + 1 if got["next2"] or b < a else year)
    return "window", (f"{_first(year, a)}/{_last(until, b)}",)


def _third(got: Group, year: int | None) -> Worked:
    a = _month(got)
    first, last = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, 0)}[got["third"] or ""]
    return "window", (f"{_first(year, a, first)}/{_first(year, a, last) if last else _last(year, a)}",)


def _third_due(got: Group, year: int | None) -> Worked:
    _kind, (span,) = _third(got, year)
    return "fixed", (span.split("/")[1],)


def _month_due(got: Group, year: int | None) -> Worked:
    a = _month(got)
    return "fixed", (_last(year, a - 1) if a > 1 else _last((year or 2000) - 1, 12),)


def _quarter(got: Group, year: int | None, until: str = "q") -> Worked:
    q, r = number(got["q"] or ""), number(got[until] or "")
    return "window", (f"{_first(year, q * 3 - 2)}/{_last(year, r * 3)}",)


def _half(got: Group, year: int | None) -> Worked:
    return "window", (f"{year}-01-01/{year}-06-30" if got["half"] == "上" else f"{year}-07-01/{year}-12-31",)


def _list_quarters(got: Group, year: int | None) -> Worked:
    found = re.findall(r"[一二三四1-4]", got["list"] or "")
    return "window", tuple(_quarter({"q": one}, year)[1][0] for one in found)


def _list_months(got: Group, year: int | None) -> Worked:
    months = [_month({"a": one}) for one in re.findall(_N, got["list"] or "")]
    if got["before"]:
        return "fixed", tuple(_last(year, month) for month in months)
    return "window", tuple(f"{_first(year, month)}/{_last(year, month)}" for month in months)


def _due_of(span: Callable[[Group, int | None], Worked]) -> Callable[[Group, int | None], Worked]:
    return lambda got, year: ("fixed", (span(got, year)[1][0].split("/")[1],))


def _iso_month(got: Group, _year: int | None) -> Worked:
    year, month = int(got["isoy"] or 0), int(got["isom"] or 0)
    last = _last(year, month)
    return ("fixed", (last,)) if got["before"] else ("window", (f"{_first(year, month)}/{last}",))


def _year_end(got: Group, year: int | None) -> Worked:
    return "fixed", (f"{got['yend'] or year}-12-31",)


_WORKED: dict[str, Callable[[Group, int | None], Worked]] = {
    "every_half_month": lambda got, year: ("recurring", ("R/P2W",)),
    "every_half": lambda got, year: ("recurring", ("R/P6M",)),
    "every_quarter": lambda got, year: ("recurring", ("R/P3M",)),
    "every_n": _every_n,
    "every": _every,
    "span_days": _span_days,
    "span_iso": lambda got, year: ("window", (f"{_iso(got['from'])}/{_iso(got['until'])}",)),
    "iso": lambda got, year: ("fixed", (_iso(got["iso"]),)),
    "iso_month": _iso_month,
    "span_months": _span_months,
    "from_month": lambda got, year: ("window", (f"{_first(year, _month(got))}/{_last(year, 12)}",)),
    "day": lambda got, year: ("fixed", (_first(year, _month(got), number(got["d"] or "")),)),
    "month_end": lambda got, year: ("fixed", (_last(year, _month(got)),)),
    "third_due": _third_due,
    "third": _third,
    "month_due": _month_due,
    "month": lambda got, year: ("window", (f"{_first(year, _month(got))}/{_last(year, _month(got))}",)),
    "list_quarters": _list_quarters,
    "list_halves": lambda got, year: ("window", (f"{year}-01-01/{year}-06-30", f"{year}-07-01/{year}-12-31")),
    "list_months": _list_months,
    "span_quarters": lambda got, year: _quarter(got, year, "r"),
    "quarter_due": _due_of(_quarter),
    "quarter": _quarter,
    "half_due": _due_of(_half),
    "half": _half,
    "year_end": _year_end,
}
