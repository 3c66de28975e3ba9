"""The lists behind the numbers: each is as long as its number says."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from luoshi.foundation.people import Position
from luoshi.foundation.units import Unit
from luoshi.kernel.periods import Period

from ..actor import Actor
from ..audience import day_of
from .counted import fallen, obligations, positions, records, unit_path
from .declared import Indicator


def behind(indicator: Indicator, side: str = "top", *, root: str, period: Period, actor: Actor,
           today: date | None = None) -> QuerySet[Any]:
    """The records of the top, through the reading door: for a count as many as the top says, for one who may see all
    of the place. Records of a unit that has since moved out of the reader's reach are counted and not shown. `side`
    is asked only where records are held against records: "top", "bottom" or "missing"."""
    day = day_of(period, today)
    rows = indicator.source.rows(actor)
    if indicator.duty:
        owes = indicator.owes
        met = [unit for unit, lamp in obligations(indicator, root=root, period=period, today=today) if lamp.timely]
        inside = Q((f"{owes.on}__gte", period.start), (f"{owes.on}__lt", period.end))
        return rows.filter(owes.where, inside, unit__in=met)
    if indicator.people:
        persons = positions(indicator, root=root, day=day).values("person")
        found = records(indicator, period=period, day=day).filter(Q((f"{indicator.people}__in", persons)))
        return rows.filter(pk__in=found.values("pk"))
    found = records(indicator, period=period, day=day, root=root).filter(fallen(indicator, today))
    if indicator.done is not None:
        found = _side(found, indicator.done, side)
    if indicator.should:
        units = indicator.should.units(root=root, day=day)
        found = found.filter(Q((f"{unit_path(indicator)}__in", units)))
    return rows.filter(pk__in=found.values("pk"))


def missing(indicator: Indicator, *, root: str, period: Period, today: date | None = None) -> QuerySet[Unit]:
    """The units that should and have not: those with a duty period not met in time, or with a record not done."""
    if indicator.done is not None:
        day = day_of(period, today)
        found = records(indicator, period=period, day=day, root=root).filter(fallen(indicator, today))
        return Unit.objects.filter(pk__in=_side(found, indicator.done, "missing").values(unit_path(indicator)))
    if indicator.duty:
        late = {unit for unit, lamp in obligations(indicator, root=root, period=period, today=today) if not lamp.timely}
        return Unit.objects.filter(pk__in=late)
    if indicator.people:
        return Unit.objects.filter(pk__in=holders(indicator, "missing", root=root, period=period,
                                                  today=today).values("unit"))
    return units(indicator, "missing", root=root, period=period, today=today)


def units(indicator: Indicator, side: str, *, root: str, period: Period, today: date | None = None) -> QuerySet[Unit]:
    """The units of a coverage or state: side "top" those that did, "bottom" all that should, "missing" the rest."""
    day = day_of(period, today)
    if indicator.should is None:
        return Unit.objects.none()
    found = indicator.should.units(root=root, day=day)
    did = Q(pk__in=records(indicator, period=period, day=day, root=root).values(unit_path(indicator)))
    return _side(found, did, side)


def holders(indicator: Indicator, side: str, *, root: str, period: Period,
            today: date | None = None) -> QuerySet[Position]:
    """The positions of a coverage over persons, by the same sides."""
    day = day_of(period, today)
    found = positions(indicator, root=root, day=day)
    persons = records(indicator, period=period, day=day).filter(Q((f"{indicator.people}__isnull", False)))
    return _side(found, Q(person__in=persons.values(indicator.people)), side)


def _side(found: QuerySet[Any], did: Q, side: str) -> QuerySet[Any]:
    return found.filter(did) if side == "top" else found.filter(~did) if side == "missing" else found
