"""Who stood where on a day: the tree that a period is counted on, and the units that should do something."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from luoshi.foundation.people import Position, Post, held
from luoshi.foundation.places import within
from luoshi.foundation.units import Body, Kind, Placement, System, Unit, standing
from luoshi.kernel import places
from luoshi.kernel.periods import Period


@dataclass(frozen=True)
class Audience:
    """Who should: units of these bodies, kinds and system; an empty `kinds` means every kind.

    `min_members` counts the members (positions of post MEMBER) held on the day; `temporary` None means both sorts.
    """

    bodies: tuple[Body, ...] = (Body.BRANCH,)
    kinds: tuple[Kind, ...] = ()
    system: System = System.PARTY
    min_members: int = 0
    temporary: bool | None = None

    def suits(self, prefix: str = "") -> Q:
        """The condition on a unit's own columns, without the members; `prefix` leads to the unit ("unit__")."""
        found = Q((f"{prefix}system", self.system), (f"{prefix}withdrawn", False))
        if self.bodies:
            found &= Q((f"{prefix}body__in", self.bodies))
        if self.kinds:
            found &= Q((f"{prefix}kind__in", self.kinds))
        if self.temporary is not None:
            found &= Q((f"{prefix}temporary", self.temporary))
        return found

    def placements(self, *, root: str, day: date) -> QuerySet[Placement]:
        """Where those who should stood that day, at or below a place of that day's tree; one for each unit."""
        alive = Q(unit__until__isnull=True) | Q(unit__until__gt=day)
        found = Placement.objects.filter(standing(day), within((root,)), self.suits("unit__"), alive)
        if self.min_members:
            found = found.filter(unit__in=_large(self.min_members, day))
        return found

    def units(self, *, root: str, day: date) -> QuerySet[Unit]:
        """The units that should, standing at or below a place of that day's tree, in no order."""
        return Unit.objects.filter(pk__in=self.placements(root=root, day=day).values("unit"))


def _large(least: int, day: date) -> QuerySet[Any, Any]:
    counted = Position.objects.filter(held(day), post=Post.MEMBER).order_by().values("unit")
    return counted.annotate(members=Count("person", distinct=True)).filter(members__gte=least).values("unit")


def day_of(period: Period, today: date | None) -> date:
    """The day whose tree a period is counted on: its last day, or today while it runs."""
    return min(period.last_day, today) if today else period.last_day


def placed(root: str, *, start: date, day: date) -> QuerySet[Placement]:
    """For each unit at or below a place, the one placement that its records of a period from `start` count by.

    It is where the unit stood on `day`; a unit that ended between `start` and `day` counts where it last stood,
    so that a merger loses no record.
    """
    later = Placement.objects.filter(unit=OuterRef("unit"), since__gte=OuterRef("until"), since__lte=day)
    ended = Q(since__lte=day, until__gt=start, until__lte=day) & ~Exists(later)
    return Placement.objects.filter(within((root,)), standing(day) | ended)


def place_on(unit: Unit, day: date) -> str | None:
    """Where a unit stood on a day; None when it stood nowhere."""
    return Placement.objects.filter(standing(day), unit=unit).values_list("place", flat=True).first()


class Spot(NamedTuple):
    """Whoever stands at a place, as a page names it."""

    unit: int
    code: str
    name: str


def children(root: str, *, day: date) -> dict[str, Spot]:
    """The units right below a place on a day, by their place, in tree order."""
    depth = len(root) + places.STEP
    found = Placement.objects.filter(standing(day), within((root,))).annotate(depth=Length("place"))
    return _spots(found.filter(depth=depth).order_by("place"))


def spots(wanted: set[str]) -> dict[str, Spot]:
    """Whoever stands or stood at these places; a place is never used by two units."""
    return _spots(Placement.objects.filter(place__in=wanted)) if wanted else {}


def _spots(found: QuerySet[Placement]) -> dict[str, Spot]:
    rows = found.values_list("place", "unit", "unit__code", "unit__name")
    return {place: Spot(unit, code, name) for place, unit, code, name in rows}
