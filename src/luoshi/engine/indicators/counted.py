"""Roll-ups: tops and bottoms for the parts of a place, by one grouped query for many indicators."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models import Count as Rows
from django.db.models.functions import Cast, Coalesce, Substr

from luoshi.foundation.people import Position, held
from luoshi.foundation.places import within
from luoshi.foundation.units import Placement, Unit, standing
from luoshi.kernel import places
from luoshi.kernel.periods import Period
from luoshi.kernel.shares import Share, sum_shares

from ..audience import day_of, placed
from ..duties import Lamp, standings
from .declared import Indicator

TOGETHER = 40  # questions in one query; SQLite takes at most 500 parts of a union

Ask = tuple[Indicator, str, Period]  # what, below which place, in which period


def rollup(indicator: Indicator, *, root: str, period: Period, today: date | None = None) -> dict[str, Share]:
    """{place right below the root, or the root's own: Share}, where there is anything to count.

    The tree is that of the period's last day, or of today while it runs; a place may be that of a unit since merged.
    """
    return rollups([(indicator, root, period)], today=today)[0]


def total(indicator: Indicator, *, root: str, period: Period, today: date | None = None) -> Share:
    """Top and bottom for a place and all below it."""
    return added(indicator, rollup(indicator, root=root, period=period, today=today))


def added(indicator: Indicator, parts: dict[str, Share]) -> Share:
    return sum_shares([Share(0, 0 if indicator.shared else None), *parts.values()])


def rollups(asks: Sequence[Ask], *, today: date | None = None) -> list[dict[str, Share]]:
    """The roll-up of many questions at once, in their order; all plain counts and coverages go in one union."""
    found: list[dict[str, Share]] = [{} for _ in asks]
    joined, alone, timed = [], [], []
    for i, (indicator, root, period) in enumerate(asks):
        if indicator.duty:
            timed.append(i)
        elif indicator.decimal:
            alone.append(_grouped(indicator, i, root, period, today))
        else:
            joined.append(_grouped(indicator, i, root, period, today))
    for start in range(0, len(joined), TOGETHER):
        first, *rest = joined[start : start + TOGETHER]
        alone.append(first.union(*rest, all=True) if rest else first)
    for query in alone:
        for i, child, top, bottom in query:
            whole = None if bottom is None else int(bottom)
            found[i][child] = Share(top if asks[i][0].decimal else int(top), whole)
    for i, child, top, bottom in _timed([(i, *asks[i]) for i in timed], today):
        found[i][child] = found[i].get(child, Share(0, 0)) + Share(top, bottom)
    return found


def _grouped(indicator: Indicator, i: int, root: str, period: Period, today: date | None) -> QuerySet[Any, Any]:
    """(i, child place, top, bottom) for each child with anything to count."""
    rows, path, top, bottom = _counted(indicator, root, period, today)
    child = Substr(f"{path}place", 1, len(root) + places.STEP)
    grouped: QuerySet[Any, Any] = rows.order_by().annotate(child=child).values("child")
    # PostgreSQL settles the types of a union two parts at a time: an empty column must say that it is a number.
    whole = Cast(Value(None), BigIntegerField()) if bottom is None else bottom
    grouped = grouped.annotate(ask=Value(i), top=top, bottom=whole)
    return grouped.values_list("ask", "child", "top", "bottom")


def _counted(indicator: Indicator, root: str, period: Period,
             today: date | None) -> tuple[QuerySet[Any, Any], str, Any, Any]:
    """The rows to group, the path from them to their placement, what to count as top and as bottom."""
    day = day_of(period, today)
    rows: QuerySet[Any, Any]
    if indicator.people and indicator.should:
        done = Q(person__in=records(indicator, period=period, day=day).values(indicator.people))
        rows = _posts(indicator, day).filter(unit__placements__in=indicator.should.placements(root=root, day=day))
        return rows, "unit__placements__", Rows("pk", filter=done), Rows("pk")
    if indicator.should:
        did = Q(unit__in=records(indicator, period=period, day=day, root=root).values(unit_path(indicator)))
        rows = indicator.should.placements(root=root, day=day)
        return rows, "", Rows("pk", filter=did), Rows("pk")
    path = "placements__" if indicator.source.model is Unit else "unit__placements__"
    rows = records(indicator, period=period, day=day)
    rows = rows.filter(fallen(indicator, today), Q((f"{path}in", placed(root, start=period.start, day=day))))
    if indicator.done is not None:
        return rows, path, Rows("pk", filter=indicator.done), Rows("pk")
    if not indicator.amount:
        return rows, path, Rows("pk"), None
    zero = Decimal(0) if indicator.decimal else 0
    return rows, path, Coalesce(Sum(indicator.amount), zero), None


def fallen(indicator: Indicator, today: date | None) -> Q:
    """The condition on records that are held against their due day: it has passed. For all others none."""
    asked = indicator.kind == "T" and indicator.done is not None and today is not None
    return Q((f"{indicator.on}__lt", today)) if asked else Q()


def unit_path(indicator: Indicator) -> str:
    """The path from a record to its unit's key."""
    return "pk" if indicator.source.model is Unit else "unit"


def records(indicator: Indicator, *, period: Period, day: date, root: str | None = None) -> QuerySet[Any]:
    """The records an indicator looks at: those of the period, or for "S" those in force on the day; with a root only
    those of the units counted below it."""
    on, rows = indicator.on, indicator.source.base().filter(indicator.where)
    if indicator.kind == "S":
        rows = rows.filter(Q((f"{on}__lte", day)))
        if indicator.until:
            rows = rows.filter(Q((f"{indicator.until}__isnull", True)) | Q((f"{indicator.until}__gt", day)))
    else:
        rows = rows.filter(Q((f"{on}__gte", period.start), (f"{on}__lt", period.end)))
    if root is None:
        return rows
    where = _standing(root, day) if indicator.should else placed(root, start=period.start, day=day)
    return rows.filter(Q((f"{unit_path(indicator)}__in", where.values("unit"))))


def positions(indicator: Indicator, *, root: str, day: date) -> QuerySet[Position]:
    """The positions of those who should, held on the day in the units of the audience; one for each person and unit."""
    if indicator.should is None:
        return Position.objects.none()
    return _posts(indicator, day).filter(unit__in=indicator.should.placements(root=root, day=day).values("unit"))


def _posts(indicator: Indicator, day: date) -> QuerySet[Position]:
    same = Position.objects.filter(held(day), post__in=indicator.posts, unit=OuterRef("unit"),
                                   person=OuterRef("person"), pk__lt=OuterRef("pk"))
    return Position.objects.filter(held(day), ~Exists(same), post__in=indicator.posts)


def _standing(root: str, day: date) -> QuerySet[Placement]:
    return Placement.objects.filter(standing(day), within((root,)))


def obligations(indicator: Indicator, *, root: str, period: Period,
                today: date | None = None) -> list[tuple[int, Lamp]]:
    """(unit id, lamp) for each duty period that fell due in the period and whose due day has passed."""
    now = today or period.end
    found = standings([indicator.owes], root=root, periods=[period], today=now, ended=True)
    return [(unit, lamp) for unit, _, lamp in found if _fallen(lamp, period, now)]


def _timed(asks: Sequence[tuple[int, Indicator, str, Period]],
           today: date | None) -> Iterator[tuple[int, str, int, int]]:
    """(i, child place, met in time, 1) for each obligation; those asked of one place and period share their queries."""
    together: dict[tuple[str, Period], list[tuple[int, Indicator]]] = {}
    for i, indicator, root, period in asks:
        together.setdefault((root, period), []).append((i, indicator))
    for (root, period), its in together.items():
        now = today or period.end
        where = dict(placed(root, start=period.start, day=day_of(period, today)).values_list("unit", "place"))
        owes = {indicator.duty: indicator.owes for _, indicator in its}
        for unit, duty, lamp in standings(owes.values(), root=root, periods=[period], today=now, ended=True):
            if unit in where and _fallen(lamp, period, now):
                for i, indicator in its:
                    if indicator.duty == duty.name:
                        yield i, where[unit][: len(root) + places.STEP], int(lamp.timely), 1


def _fallen(lamp: Lamp, period: Period, now: date) -> bool:
    """Whether a duty period counts in a period: by its due day, or its last where it is due later; never where it was waived."""
    return lamp.state != "waived" and lamp.due < now and period.contains(min(lamp.due, lamp.period.last_day))
