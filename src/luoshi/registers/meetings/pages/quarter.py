"""A quarter of organisation life: units by kinds of meeting, with the days held and a lamp where one is missing."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.duties import Lamps, lamps
from luoshi.engine.pages import asked
from luoshi.engine.pages.papers import TYPES, filed
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Body, Unit
from luoshi.kernel import periods
from luoshi.kernel.periods import Period
from luoshi.ui.render import render

from ..documents import quarter_table
from ..duties import REGULAR
from ..models import QUORATE, Kind, Meeting

WORST = ("late", "soon", "none", "ok", "waived")
PRINTED = 5000  # units in one file
BACK = 8  # quarters offered


def quarter_page(request: HttpRequest) -> HttpResponse:
    """On the screen, or with `as=` xlsx, docx or pdf the table alone."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = register("meeting")
    one.require(actor, Verb.SEE)
    here = next(iter(asked.units(request, actor)), None)
    period = asked.period(request, periods.quarter(actor.today))
    period = period if period.kind == "quarter" else periods.quarter(actor.today)
    units = _units(here, period, actor)
    ending = request.GET.get("as", "")
    if here and ending in ("xlsx", *TYPES):
        return _filed(ending, here, period, units[:PRINTED], actor)
    shown, pager = asked.page(request, units)
    return render(request, "meetings/quarter.html", {
        "title": _("组织生活季度情况"), "here": here, "period": period, "heads": _heads(), "pager": pager,
        "rows": _rows(list(shown), here, period, actor), "unit_q": f"{here.code} {here.name}" if here else "",
        "choices_of_periods": [(each.key, asked.label(each)) for each in _quarters(actor)],
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (_("组织生活季度情况"), None)],
    })


def _quarters(actor: Actor) -> list[Period]:
    found = [periods.quarter(actor.today)]
    for _n in range(BACK - 1):
        found.append(periods.previous(found[-1]))
    return found


def _units(here: Unit | None, period: Period, actor: Actor) -> list[Unit]:
    """Branches and groups at the unit and below that stood in the quarter, where the reader may see meetings; in tree order."""
    if here is None or not register("meeting").may(actor, Verb.SEE, here.place):
        return []
    return list(Unit.objects.filter(within((here.place,)), body__in=(Body.BRANCH, Body.GROUP), withdrawn=False, since__lt=period.end)
                .exclude(until__lte=period.start).order_by("place"))


def _heads() -> list[str]:
    return [str(kind.label) for kind in Kind]


def _rows(units: list[Unit], here: Unit | None, period: Period, actor: Actor) -> list[tuple[Unit, list[tuple[str, str]]]]:
    """(unit, (days held, lamp or "") of each kind); a lamp stands only where the kind is owed."""
    held: dict[tuple[int, str], list[str]] = {}
    rows = Meeting.objects.filter(QUORATE, unit__in=units, withdrawn=False, held_on__gte=period.start, held_on__lt=period.end)
    for unit, kind, day in rows.order_by("held_on", "id").values_list("unit", "kind", "held_on"):
        held.setdefault((unit, kind), []).append(f"{day:%m-%d}")
    standing = lamps(REGULAR, root=here.place, periods=[period], today=max(actor.today, period.start + timedelta(days=1))) \
        if here and units else {}
    return [(unit, [("、".join(held.get((unit.pk, kind), ())), _worst(standing, unit.pk, kind)) for kind in Kind.values])
            for unit in units]


def _worst(standing: Lamps, unit: int, kind: str) -> str:
    states = [lamp.state for (name, _period), lamp in standing.get(unit, {}).items() if name == f"life.{kind}"]
    return min(states, key=WORST.index, default="")


def _filed(ending: str, here: Unit, period: Period, units: list[Unit], actor: Actor) -> HttpResponse:
    words = {"late": _("未开"), "soon": _("待开"), "none": _("待开"), "ok": "", "": "", "waived": _("已免除")}
    rows: list[list[Any]] = [[unit.name, *(" ".join(part for part in (days, words[state]) if part) or "—" for days, state in cells)]
                             for unit, cells in _rows(units, here, period, actor)]
    heads = [_("单位"), *_heads()]
    title = _("%(unit)s %(period)s组织生活情况") % {"unit": here.name, "period": asked.label(period)}
    return filed(ending, title, heads, rows, quarter_table(here, title, heads, rows, actor))
