"""Five hundred generated histories: states and dates equal a calculation that shares no line with the rules."""

import random
from calendar import monthrange
from datetime import date, timedelta

import pytest

from luoshi.registers.membership.rules import development as rules

# Days off that fall on weekdays and worked weekends between the revision and the end of 2026, from the notice itself.
OFF = {date(2026, 6, 19), date(2026, 9, 25), *(date(2026, 10, n) for n in (1, 2, 5, 6, 7))}
WORKED = {date(2026, 9, 20), date(2026, 10, 10)}
ORDER = ("apply", "talk", "activist", "activist_file", "contacts", "object", "consent", "list", "sponsors", "political",
         "train", "committee", "prereview", "form", "meeting", "interview", "approve", "convert_apply", "convert_check",
         "convert", "convert_approve")
TODAY = date(2026, 11, 23)


def later(day: date, months: int) -> date:
    """The same day number months later, found by walking month by month."""
    year, month = day.year, day.month
    for _step in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def fifth_working_day(day: date) -> date:
    found = 0
    while True:
        if (day.weekday() < 5 and day not in OFF) or day in WORKED:
            found += 1
        if found == 5:
            return day
        day += timedelta(days=1)


def history(roll: random.Random) -> dict:
    """A way that keeps the rules, cut off somewhere; some with an extension, some approved late."""
    day = date(2021, 1, 1) + timedelta(days=roll.randrange(1900))
    on, notice = {}, None
    extension = roll.choice((None, None, None, 6, 9, 12))
    for code in ORDER[:roll.randrange(1, len(ORDER) + 1)]:
        day += timedelta(days=roll.randrange(0, 25))
        if code == "object":
            day = max(day, later(on["activist"], 12))
        if code == "list" and day >= date(2026, 5, 18):
            posted = max(on["consent"], date(2026, 5, 18))
            end = fifth_working_day(posted)
            notice, day = (posted, end), max(day, end)
        if code == "convert":
            end = later(on["meeting"], 12)
            if extension:
                on["extend"] = max(end, on["approve"])
                end = later(end, extension)
            day = max(day, end)
        if day > TODAY:
            break
        on[code] = day
    if "extend" not in on or on["extend"] > TODAY:
        on.pop("extend", None)
        extension = None
    return {"on": on, "notice": notice, "extension": extension}


def expected(one: dict) -> dict:
    on, out = one["on"], {}
    stages = [("convert_approve", "full"), ("approve", "probation"), ("list", "object"), ("activist", "activist")]
    out["state"] = next((state for code, state in stages if code in on), "applied")
    out["talk"] = later(on["apply"], 1)
    if "meeting" in on:
        end = later(on["meeting"], 12)
        out["end"] = later(end, one["extension"]) if one["extension"] else end
        out["approve"] = later(on["meeting"], 3)
        out["convert"] = later(out["end"], 1)
    if "prereview" in on:
        acted = on.get("meeting", TODAY)
        since = on["prereview"] if on["prereview"] > date(2026, 5, 18) else date(2026, 5, 18)
        out["meeting"] = later(since, 1) if acted >= date(2026, 5, 18) else None
    if "convert" in on:
        out["convert_approve"] = later(on["convert"], 3)
    if "activist" in on:
        out["list"] = max([later(on["activist"], 12), *([one["notice"][1]] if one["notice"] else [])])
    return out


def states(one: dict) -> dict[str, str]:
    """Which steps can be done now, worked out by walking the flow backwards."""
    on, out = one["on"], {}
    dates = expected(one)
    for _i, code in enumerate(ORDER):
        if code in on:
            out[code] = "done"
    waiting = {"talk": ("apply",), "activist": ("talk",), "committee": ("sponsors", "political", "train"),
               "form": ("prereview",), "meeting": ("form",), "approve": ("interview",), "convert": ("convert_check",),
               "convert_approve": ("convert",), "object": ("activist_file", "contacts")}
    for code, needs in waiting.items():
        if code in on or not all(one in on for one in needs):
            continue
        due = dates.get(code)
        early = {"object": dates.get("list"), "convert": dates.get("end")}.get(code)
        out[code] = "late" if due and due < TODAY else "waiting" if early and early > TODAY else "next"
    return out


@pytest.mark.parametrize("seed", range(500))
def test_states_and_dates_equal_an_independent_calculation(seed):
    one = history(random.Random(seed))  # noqa: S311  the same throw each time
    on = one["on"]
    notices = (rules.Notice(*one["notice"], one["notice"][1], True),) if one["notice"] and "list" in on else ()
    if not notices:
        one["notice"] = None
    found = rules.Facts(
        on=on, born=date(1990, 1, 1), contacts=(True,), sponsors=(True, True), political="pass", training=(3, 0, False),
        admission=rules.Vote(9, 8, 7) if "meeting" in on else None, approval_reason="说明",
        conversion=rules.Vote(9, 8, 7) if "convert" in on else None, extension=one["extension"], notices=notices)
    assert [p for p in rules.problems(facts=found, today=TODAY) if p.code != "conversion_overdue"] == []
    want, settled = expected(one), rules.settled(facts=found)
    marks = {mark.code: mark for mark in rules.timeline(facts=found, today=TODAY)}
    assert settled["state"] == want["state"]
    assert settled["probation_ends_on"] == want.get("end")
    for code in ("talk", "approve", "meeting", "convert", "convert_approve"):
        assert marks[code].due == want.get(code), code
    assert marks["list"].earliest == want.get("list")
    assert {code: marks[code].state for code in states(one)} == states(one)
