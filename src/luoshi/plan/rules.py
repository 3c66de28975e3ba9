"""When a measure is right, how its count becomes a lamp, how a sentence is split, how two editions differ."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

Number = int | Decimal
Method = Literal["C", "V", "T", "M", "S", "A"]
State = Literal["none", "ok", "soon", "late", "done"]

COUNTED = ("C", "A")  # against a target number
SHARED = ("V", "T", "S", "M")  # against those who should
SOON = timedelta(days=30)  # a plan is steered by the month: the last one before the date is marked
MAX_RULES = 2


# --- is it right -----------------------------------------------------------------------------------------------------

def problems(*, state: str, text: str, since: date | None, due: date | None, year: int, start: int,
             end: int) -> Iterator[tuple[str, str]]:
    """(field, code) for each reason a measure is not right."""
    if not text.strip():
        yield "text", "empty"
    if since and due and due < since:
        yield "due", "before"
    if due and not year - 1 <= due.year <= year + 5:
        yield "due", "far"
    if end < start:
        yield "end", "span"


def rule_problems(*, method: str, indicator: str, target: Number | None, tenths: int) -> Iterator[tuple[str, str]]:
    """(field, code) for each reason a counting rule is not right; the indicator itself is looked up by the page."""
    if method == "M":
        if indicator:
            yield "indicator", "milestones"
        return
    if not indicator:
        yield "indicator", "missing"
    if method in COUNTED and (target is None or target <= 0):
        yield "target", "missing"
    if not 1 <= tenths <= 10:
        yield "tenths", "range"


def missing(*, state: str, owner: bool, due: bool, rules: int, needs: str, supplied: str) -> tuple[str, ...]:
    """What a measure still lacks before the plan is issued; "unread" where nobody has confirmed it."""
    found = []
    if state == "proposed":
        found.append("unread")
    if not owner:
        found.append("owner")
    if needs and not supplied.strip():
        found.append("needs")
    if not due:
        found.append("due")
    if not rules:
        found.append("rule")
    return tuple(found)


BLOCKING = frozenset({"unread", "owner", "needs"})  # without these it is no assignment; the rest is listed and may wait


def reached(*, reached_on: date | None, proof: bool) -> bool:
    """A milestone without proof is not reached."""
    return reached_on is not None and proof


# --- what the words ask for -------------------------------------------------------------------------------------------

EVERY = {"R/P1W": 52, "R/P1M": 12, "R/P3M": 4, "R/P6M": 2, "R/P1Y": 1}  # times in a year
_DIGITS = {word: n for n, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ASKED = re.compile(r"(\d{1,4}|[一二两三四五六七八九十])"
                    r"(?:[次期场篇项件本部节课]|个(?!月|支部|单位|方面|季度)|例(?!会))")


def window(*, normalized: str | Sequence[str] | None, year: int) -> tuple[date | None, date | None]:
    """(since, due) from the ISO words of a date: a day, several days (the last counts), a span, or a repetition, which
    lasts until the year's end. (None, None) for no date and for what is none."""
    parts = [normalized] if isinstance(normalized, str) else list(normalized or ())
    if not parts:
        return None, None
    if parts[-1].startswith("R"):
        return date(year, 1, 1), date(year, 12, 31)
    try:
        if "/" in parts[-1]:
            since, due = (date.fromisoformat(part) for part in parts[-1].split("/"))
            return (since, due) if since <= due else (None, due)
        return None, date.fromisoformat(parts[-1])
    except ValueError:
        return None, None


def target(*, text: str, normalized: str | Sequence[str] | None, each: int = 1) -> int:
    """How many a measure asks for in its year: the number in its words ("四次", "6期") times how often it repeats."""
    times = EVERY.get(normalized, 1) if isinstance(normalized, str) else len(normalized or ()) or 1
    found = _ASKED.search(text)
    asked = (int(found[1]) if found[1].isdecimal() else _DIGITS[found[1]]) if found else each
    return max(asked, 1) * times


# --- how far ---------------------------------------------------------------------------------------------------------

def needed(*, method: str, bottom: Number | None, target: Number | None, tenths: int) -> Number | None:
    """How much the top has to be; None where nothing is owed. Shares round up: nine tenths of 11 branches are 10."""
    if method in COUNTED or (bottom is None and target):
        return target
    if not bottom:
        return None
    return -(-int(bottom) * tenths // 10)


@dataclass(frozen=True, slots=True)
class Lamp:
    """A state and the code of the reason for it."""

    state: State
    why: str


LASTING = ("T", "S")  # what has to hold until the due day: it is done only when that day is over


def lamp(*, method: str, top: Number, needed: Number | None, since: date, due: date, today: date,
         missed: bool = False) -> Lamp:
    """The lamp of one count. Done wins over the date; late is the day after the due day and later.

    Soon: within 30 days of the due day, a due period or a milestone's day that was missed, or more than half of the time
    gone and less than half of the work done (时间过半、任务未过半).
    """
    if needed is None:
        return Lamp("none", "nothing_owed")
    if top >= needed:
        return Lamp("ok", "holds") if method in LASTING and today < due else Lamp("done", "done")
    if today > due:
        return Lamp("late", "overdue")
    if today < since:
        return Lamp("none", "before")
    if missed or method == "T":
        return Lamp("soon", "missed")
    if due - today <= SOON:
        return Lamp("soon", "near")
    if 2 * (today - since) > due - since and 2 * top < needed:
        return Lamp("soon", "behind")
    return Lamp("ok", "under_way") if top else Lamp("none", "not_begun")


ORDER: dict[str, int] = {"late": 4, "soon": 3, "ok": 2, "none": 1, "done": 0}


def worst(lamps: Iterable[Lamp]) -> Lamp:
    """The lamp of a measure from those of its rules: the most pressing one; done only where all are."""
    lamps = list(lamps)
    if not lamps:
        return Lamp("none", "no_rule")
    found = max(lamps, key=lambda one: ORDER[one.state])
    begun = any(one.state in ("ok", "done") for one in lamps)
    return Lamp("ok", "under_way") if found.state == "none" and begun else found


# --- splitting and joining -------------------------------------------------------------------------------------------

MARKS = "／|"
_STOPS = "。.；;，,、：:"
_SILENT = frozenset(_STOPS + "？?！!“”‘’\"'《》〈〉（）()【】 \u3000\n\t")


def cut(*, text: str, at: int | None) -> tuple[str, str] | None:
    """Two halves: at a position, at the first ／ or |, or at the stop nearest to the middle; else None."""
    if at is None:
        at = next((i for i, letter in enumerate(text) if letter in MARKS), None)
    if at is None:
        stops = [i + 1 for i, letter in enumerate(text[:-1]) if letter in _STOPS]
        at = min(stops, key=lambda i: abs(2 * i - len(text)), default=None)
    if at is None:
        return None
    first, second = (part.strip(MARKS + " ") for part in (text[:at], text[at:]))
    first = first.rstrip(_STOPS)
    return (first, second.lstrip(_STOPS)) if _heard(first) and _heard(second) else None


def cut_span(*, source: str, start: int, end: int, first: str) -> int:
    """Where the second half begins in the source: marks are not counted, because a text may have got its marks back."""
    left = sum(letter not in _SILENT for letter in first)
    for i in range(start, end):
        if left <= 0 and source[i] not in _SILENT:
            return i
        left -= source[i] not in _SILENT
    return end


def join(*, first: str, second: str) -> str:
    return f"{first.rstrip(_STOPS)}，{second.lstrip(_STOPS)}"


def _heard(text: str) -> bool:
    return any(letter not in _SILENT for letter in text)


# --- editions --------------------------------------------------------------------------------------------------------

COMPARED = ("number", "text", "kind", "owner", "helpers", "since", "due", "rules", "supplied", "state")


@dataclass(frozen=True, slots=True)
class Change:
    """One measure that differs between two editions; `fields` is {field: (old, new)}."""

    measure: int
    number: str
    what: Literal["added", "dropped", "changed"]
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None
    fields: Mapping[str, tuple[Any, Any]]


def changes(*, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> list[Change]:
    """What changed between the measures of two editions, in the order of the newer one, those gone last."""
    before = {one["id"]: one for one in old}
    found = []
    for one in new:
        was = before.pop(one["id"], None)
        if was is None:
            found.append(Change(one["id"], one["number"], "added", None, one, {}))
        elif fields := {f: (was.get(f), one.get(f)) for f in COMPARED if was.get(f) != one.get(f)}:
            what: Literal["dropped", "changed"] = "dropped" if one["state"] == "cancelled" else "changed"
            found.append(Change(one["id"], one["number"], what, was, one, fields))
    return found + [Change(k, was["number"], "dropped", was, None, {}) for k, was in before.items()]


def numbered(*, sections: Sequence[str]) -> list[str]:
    """Numbers as printed ("2.1.3") for measures given by the code of their section, in the order of the text."""
    seen: dict[str, int] = {}
    found = []
    for code in sections:
        seen[code] = seen.get(code, 0) + 1
        found.append(f"{code}.{seen[code]}" if code else str(seen[code]))
    return found


def pieces(*, source: str, spans: Iterable[tuple[int, int, Any]]) -> list[tuple[str, Any]]:
    """The source cut at spans (start, end, mark): (text, mark or None), joined they are the source again.

    Where spans overlap the earlier one keeps the words; a span inside another one gets none.
    """
    found: list[tuple[str, Any]] = []
    at = 0
    for start, end, mark in sorted(spans, key=lambda one: (one[0], -one[1])):
        start, end = max(start, at), min(end, len(source))
        if end <= start:
            continue
        if start > at:
            found.append((source[at:start], None))
        found.append((source[start:end], mark))
        at = end
    return found + ([(source[at:], None)] if at < len(source) else [])
