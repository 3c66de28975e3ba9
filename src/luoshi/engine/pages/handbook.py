"""A unit's handbook of a year: what will be in it, and the paper itself."""

from django.db.models import Count, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.units import Unit
from luoshi.kernel import periods
from luoshi.kernel.periods import Period
from luoshi.ui.render import render

from .. import home
from ..actor import Actor
from ..handbook import dated, handbook
from .papers import TYPES, download, printed

YEARS = 6  # offered, back from this year


def _unit(actor: Actor, pk: int) -> Unit:
    """The unit, or 404 where no grant of the reader covers it."""
    return get_object_or_404(Unit.objects.select_related("parent").filter(home.reachable(actor), withdrawn=False), pk=pk)


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Which years there are, and how many records of each register this year's handbook holds."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = _unit(actor, pk)
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else actor.today.year
    period = periods.year(year)
    rows = _counted(actor, unit, period)
    first = max(unit.since.year, actor.today.year - YEARS + 1)
    return render(request, "engine/handbook.html", {
        "title": _("工作手册"), "note": unit.name, "rows": rows, "year": year,
        "years": [(str(one), f"?year={one}", one == year, "") for one in range(actor.today.year, first - 1, -1)],
        "papers": [(word, reverse("handbook-file", args=[pk, year, ending]), glyph, ending == "docx")
                   for word, ending, glyph in (("Word", "docx", "file"), ("PDF", "pdf", "print"))],
        "columns": [(_("台账"), ""), (_("本年记录"), "num")],
        "crumbs": [(_("首页"), reverse("home")), (unit.name, reverse("detail", args=["unit", pk])),
                   (_("工作手册"), None)],
    })


def _counted(actor: Actor, unit: Unit, period: Period) -> list[tuple[str, int]]:
    """(label, records) of the registers that have any, in their order: one query, however many registers there are."""
    found = list(dated(actor, unit))
    counts = [one.rows(actor).filter(unit=unit, **{f"{on}__gte": period.start, f"{on}__lt": period.end}).order_by()
              .annotate(spot=Value(i)).values("spot").annotate(records=Count("pk")).values_list("spot", "records")
              for i, (one, on) in enumerate(found)]
    if not counts:
        return []
    numbers = dict(counts[0].union(*counts[1:], all=True) if counts[1:] else counts[0])
    return [(one.label, numbers[i]) for i, (one, _on) in enumerate(found) if numbers.get(i)]


def file(request: HttpRequest, pk: int, year: int, ending: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = _unit(actor, pk)
    if ending not in TYPES or not 1949 <= year <= actor.today.year:
        raise Http404
    made = handbook(unit, year, actor)
    return download(printed(made, ending), f"{unit.name}{year}年工作手册.{ending}", TYPES[ending])
