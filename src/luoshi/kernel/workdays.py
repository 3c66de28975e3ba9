"""Working days by the State Council's yearly notices, periods counted in them, and the festivals of a year.

Notices from 2001 on come with the `holidays` library, working Saturdays and Sundays included. `exceptions` (day →
whether it is worked) are the organisation's own entries and go before it: a newer notice, a local day off.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

Exceptions = Mapping[date, bool]

_DAY = timedelta(days=1)
_FURTHEST = 400  # no run of days off is longer; a longer one means the exceptions are wrong


class _Notice(NamedTuple):
    off: frozenset[date]
    worked: frozenset[date]  # Saturdays and Sundays that are worked
    published: bool
    qingming: date | None


def is_workday(d: date, exceptions: Exceptions | None = None) -> bool:
    """Whether a day is worked: exceptions first, then the year's notice, then Monday to Friday.

    A year without a notice (see `provisional`) knows the days off of the law and no working weekends.
    """
    if exceptions and d in exceptions:
        return exceptions[d]
    notice = _notice(d.year)
    if d.weekday() >= 5:
        return d in notice.worked
    return d not in notice.off


def provisional(year: int, exceptions: Exceptions | None = None) -> bool:
    """Whether no notice for the year is known, so that its days may still change; an exception in it counts as one."""
    return not _notice(year).published and not any(day.year == year for day in exceptions or ())


def add_workdays(start: date, n: int, *, inclusive: bool, exceptions: Exceptions | None = None) -> date:
    """The last of n working days. Inclusive: a working start is the first of them (public notices, 公示); otherwise the
    count begins on the day after (Civil Code Art. 201). Raises ValueError when n is below 1."""
    if n < 1:
        raise ValueError(f"工作日天数应不少于 1，收到的是 {n}")
    day = start if inclusive else start + _DAY
    if not is_workday(day, exceptions):
        day = next_workday(day, exceptions)
    for _ in range(n - 1):
        day = next_workday(day, exceptions)
    return day


def count_workdays(a: date, b: date, exceptions: Exceptions | None = None) -> int:
    """How many working days from a to b, both counted; 0 when b is before a."""
    return sum(is_workday(day, exceptions) for day in _days(a, b))


def next_workday(d: date, exceptions: Exceptions | None = None) -> date:
    """The first working day after d. Raises ValueError when the exceptions leave none within 400 days."""
    for distance in range(1, _FURTHEST):
        day = d + timedelta(days=distance)
        if is_workday(day, exceptions):
            return day
    raise ValueError(f"{d} 之后一年内没有工作日，请核对节假日设置")


def deadline(d: date, *, shift: bool, exceptions: Exceptions | None = None) -> date:
    """The day a period ends: d itself, or with `shift` the first working day from d on.

    Source: Civil Code (民法典) Art. 203. Periods of party regulations do not shift unless the rule says so.
    """
    if not shift or is_workday(d, exceptions):
        return d
    return next_workday(d, exceptions)


def festivals(year: int) -> dict[str, date]:
    """The festivals that plans speak of, by name, in the order of the year. 七一 is among them and is no day off.

    Raises ValueError outside 1950 to 2099, where the lunar table or the law ends.
    """
    if not 1950 <= year <= 2099:
        raise ValueError(f"没有 {year} 年的节日资料，可查 1950 年至 2099 年")
    from lunardate import LunarDate

    def lunar(month: int, day: int) -> date:
        found: date = LunarDate(year, month, day).to_solar_date()
        return found

    found = {
        "new_year": date(year, 1, 1),
        "spring": lunar(1, 1),
        "lantern": lunar(1, 15),
        "womens_day": date(year, 3, 8),
        "may_day": date(year, 5, 1),
        "youth_day": date(year, 5, 4),
        "dragon_boat": lunar(5, 5),
        "party_day": date(year, 7, 1),
        "army_day": date(year, 8, 1),
        "mid_autumn": lunar(8, 15),
        "double_ninth": lunar(9, 9),
        "national_day": date(year, 10, 1),
    }
    if qingming := _notice(year).qingming:
        found["qingming"] = qingming
    return dict(sorted(found.items(), key=lambda one: one[1]))


def _days(a: date, b: date) -> Iterator[date]:
    return (a + timedelta(days=n) for n in range((b - a).days + 1))


@lru_cache(maxsize=256)
def _notice(year: int) -> _Notice:
    # Importing it takes 0.15 s, which only those who ask for days pay.
    from holidays import country_holidays

    table = country_holidays("CN", years=year, language="zh_CN", expand=False)
    named = {day: name for day, name in table.items() if day.year == year}
    return _Notice(
        off=frozenset(named),
        worked=frozenset(day for day in table.weekend_workdays if day.year == year),
        published=any(name.startswith("休息日") for name in named.values()),
        qingming=next((day for day, name in sorted(named.items()) if name.startswith("清明")), None),
    )
