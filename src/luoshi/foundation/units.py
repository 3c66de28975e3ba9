"""Units of the four systems, and where in the tree each stood when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from luoshi.kernel import ids, places
from luoshi.kernel.names import search_text

from .kept import Kept
from .places import PlaceField, within
from .record import records


class System(models.TextChoices):
    PARTY = "party", _("党组织")
    UNION = "union", _("工会组织")
    LEAGUE = "league", _("团组织")
    ADMINISTRATION = "administration", _("行政单位")


class Body(models.TextChoices):
    """What kind of organisation a unit is inside its system."""

    COMMITTEE = "committee", _("委员会")
    GENERAL = "general", _("总支部")
    BRANCH = "branch", _("支部")
    GROUP = "group", _("小组")
    OFFICE = "office", _("机构")
    AUDIT = "audit", _("经费审查委员会")  # of a union


class Kind(models.TextChoices):
    """Where a unit works; decides its rule set, templates and contact person."""

    ORGAN = "organ", _("机关")
    SPECIAL = "special", _("特办")
    DIRECT = "direct", _("直属单位")
    SOCIETY = "society", _("社团组织")
    OVERSEAS = "overseas", _("驻外机构")


class Unit(Kept):
    system = models.CharField(_("系统"), max_length=16, choices=System, default=System.PARTY)
    body = models.CharField(_("组织类型"), max_length=16, choices=Body, default=Body.BRANCH)
    kind = models.CharField(_("类别"), max_length=16, choices=Kind, default=Kind.ORGAN)
    temporary = models.BooleanField(_("临时"), default=False)
    code = models.CharField(_("编码"), max_length=32, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+",
                               verbose_name=_("上级"))
    since = models.DateField(_("成立日期"))
    until = models.DateField(_("撤销日期"), null=True, blank=True)
    zone = models.CharField(_("当地时区"), max_length=40, blank=True)
    # Of institutions and societies, which are legal persons of their own (GB 32100-2015).
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    search = models.CharField(max_length=400, blank=True, editable=False)
    place = PlaceField(unique=True)

    ONE_BY_ONE = True  # each takes the next free place

    class Meta:
        verbose_name = _("单位")
        indexes = [models.Index(fields=["name"])]
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="unit_ends_later"),
            models.UniqueConstraint(fields=["credit_code"], condition=~Q(credit_code="") & Q(withdrawn=False),
                                    name="one_unit_a_credit_code",
                                    violation_error_message=_("该统一社会信用代码已登记在另一单位，请核对")),
        ]

    def __str__(self) -> str:
        return self.name

    def settle(self) -> None:
        self.search = " " + search_text(self.name, limit=399)
        if self.credit_code:
            self.credit_code = ids.check_credit_code(self.credit_code)[0]
        if not self.place:
            self.place = free_place(self.parent)

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.until and self.until < self.since:
            yield "until", _("撤销日期不能早于成立日期，请核对")
        if self.credit_code and (problem := ids.check_credit_code(self.credit_code)[1]):
            yield "credit_code", problem
        if self.parent and self.parent.system != self.system:
            yield "parent", _("上级组织属于另一个系统，请在同一系统中选择")
        if self.parent and self.place and not self.pk and places.depth(self.parent.place) >= 16:
            yield "parent", _("组织层级不能超过 16 级，请选择更高的上级")


class Placement(models.Model):
    """Unit stood at a place from a day until the day before another; roll-ups of a period use the tree of then."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    place = PlaceField()
    since = models.DateField()
    until = models.DateField(null=True)  # half-open: the first day it no longer stood there

    class Meta:
        indexes = [models.Index(fields=["place", "since"])]
        constraints = [models.UniqueConstraint(fields=["unit", "since"], name="one_placement_a_day")]


def standing(day: date) -> Q:
    """Placements that held on a day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def free_place(parent: Unit | None) -> str:
    """The next free place below a unit, counting those that once stood there; the parent is held until then."""
    root = parent.place if parent else ""
    if parent and transaction.get_connection().in_atomic_block:
        # Two founders under one parent take turns; a place that moved in between is the one it has now.
        root = Unit.objects.select_for_update(no_key=True).values_list("place", flat=True).get(pk=parent.pk)
    roots = {root, *Placement.objects.filter(unit=parent).values_list("place", flat=True)} if parent else {root}
    taken = Placement.objects.filter(within(tuple(roots)) if root else Q(place__regex=r"^.{4}$"))
    siblings = [p for p in taken.values_list("place", flat=True) if p not in roots and places.parent(p) in roots]
    siblings += [p for p in Unit.objects.filter(parent=parent).values_list("place", flat=True) if p]
    return places.child(root, places.next_sibling_number(siblings))


def found(unit: Unit) -> None:
    """Note where a new unit stands; the write door calls it once, right after the first save.

    A unit that is older than its parent's present place stood wherever the parent stood then, under the same number.
    """
    if not unit.parent_id:
        Placement.objects.create(unit=unit, parent=None, place=unit.place, since=unit.since)
        return
    above = Placement.objects.filter(Q(until__isnull=True) | Q(until__gt=unit.since), unit=unit.parent_id)
    Placement.objects.bulk_create(
        Placement(unit=unit, parent=unit.parent, place=one.place + unit.place[-places.STEP:],
                  since=max(one.since, unit.since), until=one.until)
        for one in above)


def since_where_it_stands(unit: Unit) -> date:
    """Since when a unit has stood where it stands."""
    found = Placement.objects.filter(unit=unit, until__isnull=True).values_list("since", flat=True).first()
    return found or unit.since


def move(unit: Unit, *, parent: Unit, on: date) -> None:
    """Put a unit and all below it under another parent from a day on; records follow, past periods keep their tree.

    Whatever stood inside the unit on the day or came to stand there later follows from that day, also where the day
    lies back. Raises ValidationError where the new parent lies below the unit or came to its place after the day.
    """
    if places.below(parent.place, unit.place):
        raise ValidationError({"parent": _("上级不能是本单位或其下级，请另选上级")})
    if since_where_it_stands(parent) > on:
        raise ValidationError({"on": _("生效日期不能早于新的上级成立或调整到现在位置的日期，请改为较晚的日期")})
    old, new = unit.place, free_place(parent)
    _follow(unit, parent=parent, on=on, new=new)
    moved = Concat(Value(new), Substr("place", len(old) + 1))
    Unit.objects.filter(within((old,))).update(place=moved)
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    for kind in records():
        kind._default_manager.filter(within((old,))).update(place=moved)
    unit.place, unit.parent = new, parent


def _follow(unit: Unit, *, parent: Unit, on: date, new: str) -> None:
    """Cut each placement inside a unit at the day; what comes after the cut stands inside the new place."""
    old, cut, rest = unit.place, [], []
    for one in Placement.objects.filter(Q(until__isnull=True) | Q(until__gt=on), within((old,))):
        if one.since < on:
            rest.append(Placement(unit_id=one.unit_id, parent_id=one.parent_id, since=on, until=one.until))
            one.until = on
            cut.append(one)
        else:
            rest.append(one)
        rest[-1].place = new + one.place[len(old):]
        if one.unit_id == unit.pk:
            rest[-1].parent = parent
    Placement.objects.bulk_update(cut, ["until"])
    Placement.objects.bulk_update([one for one in rest if one.pk], ["place", "parent"])
    Placement.objects.bulk_create([one for one in rest if not one.pk])


def close(unit: Unit, *, on: date) -> None:
    """End a unit's placement; its records stay where they are."""
    Placement.objects.filter(unit=unit, until__isnull=True).update(until=on)


def hold(rows: Iterable[Any]) -> None:
    """Read the places of the records' units anew and keep them from moving until the transaction ends.

    Whoever stores a record calls it first: a unit that moved since the form was opened gives the record its new place.
    """
    those: dict[int, list[Any]] = {}
    for row in rows:
        if getattr(row, "unit_id", None):
            those.setdefault(row.unit_id, []).append(row)
    now = Unit.objects.select_for_update(no_key=True).filter(pk__in=those).order_by("pk").values_list("pk", "place")
    for pk, place in now:
        for row in those[pk]:
            row.unit.place = place
