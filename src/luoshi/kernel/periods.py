"""Half-open ranges of days: months, quarters, halves, years, and how dates move by months."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Every = Literal["month", "quarter", "half", "year"]
Kind = Literal["month", "quarter", "half", "year", "span"]

MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}

_KEY = re.compile(r"(\d{4})(?:-(\d{2})|Q([1-4])|H([12]))?", re.IGNORECASE)
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")
_MONTH_NAMES = calendar.month_name


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to, but not with, `end`. Raises ValueError when it holds no day."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"期间的结束（{self.end}）应晚于开始（{self.start}），请核对")

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def kind(self) -> Kind:
        """Which calendar period it is exactly; "span" for any other range."""
        for every, months in MONTHS.items():
            opens = self.start.day == 1 and (self.start.month - 1) % months == 0
            if opens and self.end == add_months(self.start, months):
                return every
        return "span"

    @property
    def key(self) -> str:
        """ "2026-11", "2026Q4", "2026H1", "2026"; a span gives its two dates. `parse` reads it back."""
        year, month = self.start.year, self.start.month
        match self.kind:
            case "month":
                return f"{year:04d}-{month:02d}"
            case "quarter":
                return f"{year:04d}Q{(month + 2) // 3}"
            case "half":
                return f"{year:04d}H{(month + 5) // 6}"
            case "year":
                return f"{year:04d}"
        return f"{self.start}/{self.end}"

    def label(self, lang: str = "zh") -> str:
        """What people call it, in Chinese or (lang "en…") English; a span names its first and last day."""
        return _english(self) if lang.startswith("en") else _chinese(self)


def month(day: date) -> Period:
    """The calendar month a day lies in."""
    return _calendar(day, 1)


def quarter(day: date) -> Period:
    """The calendar quarter a day lies in."""
    return _calendar(day, 3)


def half(day: date) -> Period:
    """The half of the year a day lies in."""
    return _calendar(day, 6)


def year(day: date | int) -> Period:
    """The calendar year a day lies in, or the year of a number."""
    return _calendar(day if isinstance(day, date) else date(day, 1, 1), 12)


def of(day: date, every: Every) -> Period:
    """The calendar period of a kind that a day lies in."""
    return _calendar(day, MONTHS[every])


def parse(key: str) -> Period:
    """Read a key back. Raises ValueError, with a sentence in Chinese, for anything else and outside the calendar."""
    plain = unicodedata.normalize("NFKC", key).strip()
    try:
        if found := _SPAN.fullmatch(plain):
            return Period(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
        if found := _KEY.fullmatch(plain):
            return _from_parts(*found.groups())
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"看不懂期间“{key.strip()}”，请写成 2026-11、2026Q4、2026H1 或 2026")


def split(period: Period, every: Every) -> list[Period]:
    """The calendar periods that together make up a period, first to last; those at the edges are cut to fit."""
    parts, start = [], period.start
    while start < period.end:
        end = min(of(start, every).end, period.end)
        parts.append(Period(start, end))
        start = end
    return parts


def previous(period: Period) -> Period:
    """The period of the same kind just before; for a span, as many days just before."""
    if period.kind == "span":
        return Period(period.start - (period.end - period.start), period.start)
    return of(period.start - timedelta(days=1), period.kind)


def last_year(period: Period) -> Period:
    """The same period one year earlier. A span of the 29th of February alone has none: ValueError."""
    return Period(add_months(period.start, -12), add_months(period.end, -12))


def add_months(d: date, n: int) -> date:
    """n months later (earlier when negative): the same day number, or the month's last day where there is none.

    Source: Civil Code (民法典) Art. 202. Raises ValueError outside the years 1 to 9999.
    """
    years, month_index = divmod(d.year * 12 + d.month - 1 + n, 12)
    if not 1 <= years <= 9999:
        raise ValueError("日期超出公元 1 年至 9999 年")
    day = min(d.day, calendar.monthrange(years, month_index + 1)[1])
    return date(years, month_index + 1, day)


def add_days(d: date, n: int) -> date:
    """The last day of a period of n days that begins on d; the first day is not counted (Civil Code Art. 201)."""
    return d + timedelta(days=n)


def term_end(start: date, years: int) -> date:
    """The last day on which a body elected on `start` is in its term; the day after, the election is overdue.

    Source: Civil Code Arts. 201 and 202, applied to the terms of the organ regulation (2019) Arts. 5 to 7.
    """
    return add_months(start, 12 * years)


def _calendar(day: date, months: int) -> Period:
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(start, add_months(start, months))


def _from_parts(year_text: str, month_text: str | None, quarter_text: str | None, half_text: str | None) -> Period:
    if month_text:
        return month(date(int(year_text), int(month_text), 1))
    if quarter_text:
        return quarter(date(int(year_text), int(quarter_text) * 3, 1))
    if half_text:
        return half(date(int(year_text), int(half_text) * 6, 1))
    return year(int(year_text))


def _chinese(period: Period) -> str:
    start = period.start
    match period.kind:
        case "month":
            return f"{start.year}年{start.month}月"
        case "quarter":
            return f"{start.year}年第{'一二三四'[start.month // 3]}季度"
        case "half":
            return f"{start.year}年{'上' if start.month == 1 else '下'}半年"
        case "year":
            return f"{start.year}年"
    first, last = (f"{day.year}年{day.month}月{day.day}日" for day in (start, period.last_day))
    return first if first == last else f"{first}至{last}"


def _english(period: Period) -> str:
    start = period.start
    match period.kind:
        case "month":
            return f"{_MONTH_NAMES[start.month]} {start.year}"
        case "quarter":
            return f"Q{(start.month + 2) // 3} {start.year}"
        case "half":
            return f"{'First' if start.month == 1 else 'Second'} half of {start.year}"
        case "year":
            return f"{start.year}"
    first, last = (f"{day.day} {_MONTH_NAMES[day.month]} {day.year}" for day in (start, period.last_day))
    return first if first == last else f"{first} to {last}"
