"""What the address of a counting page asks for: a unit, a period, one page of many rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from luoshi.foundation.units import Unit
from luoshi.kernel import periods
from luoshi.kernel.periods import Period

from .. import home
from ..actor import Actor

PAGE = 50
COUNTED = 10_000  # rows that a page counts for its heading; of more it says so
FEW = 20  # units offered when a name fits several


def units(request: HttpRequest, actor: Actor) -> list[Unit]:
    """The unit asked for by code or name among those the reader may look at, or the several that fit; without a
    question the reader's own."""
    text = request.GET.get("unit", "").strip()
    if not text:
        return home.seats(actor)[:1]
    reach = Unit.objects.filter(home.reachable(actor), withdrawn=False).order_by("place")
    exact = list(reach.filter(Q(code=text.split(" ")[0]) | Q(name=text))[:2])
    return exact if len(exact) == 1 else list(reach.filter(Q(search__icontains=text.lower()) | Q(name=text))[:FEW])


def period(request: HttpRequest, default: Period) -> Period:
    """The period asked for by its key; the default where it is none."""
    try:
        return periods.parse(request.GET["period"])
    except (KeyError, ValueError):
        return default


def period_choices(today: date, chosen: Period) -> list[tuple[str, str]]:
    """(key, label): the months of this year so far, newest first, its quarters, halves, this year and the last."""
    year = periods.year(today)
    found = [one for one in reversed(periods.split(year, "month")) if one.start <= today]
    found += [one for one in reversed(periods.split(year, "quarter")) if one.start <= today]
    found += [one for one in reversed(periods.split(year, "half")) if one.start <= today]
    found += [year, periods.previous(year)]
    found += [chosen] if chosen not in found else []
    return [(one.key, label(one)) for one in found]


def label(one: Period) -> str:
    """A period in the reader's language."""
    return one.label(translation.get_language() or "zh")


def unit_field(here: Unit) -> dict[str, Any]:
    """The box that names the unit: its code finds it again, its name tells the reader."""
    return {"name": "unit", "label": _("单位"), "type": "text", "value": f"{here.code} {here.name}",
            "placeholder": _("名称、拼音或编码")}


def page(request: HttpRequest, rows: Sequence[Any], size: int = PAGE) -> tuple[Sequence[Any], tuple[str, str, str]]:
    """One page of rows at hand, and its pager."""
    try:
        number = max(1, int(request.GET.get("page", "1")))
    except ValueError:
        number = 1
    start = (number - 1) * size
    before = link(request, page=number - 1) if number > 1 else ""
    after = link(request, page=number + 1) if start + size < len(rows) else ""
    shown = _("第 %(from)d–%(to)d 项，共 %(all)d 项") % {
        "from": min(start + 1, len(rows)), "to": min(start + size, len(rows)), "all": len(rows)}
    return rows[start : start + size], (before, after, shown)


def few(rows: Any) -> int | None:
    """How many rows there are; None where there are more than COUNTED: no page counts a million."""
    found = rows.order_by()[: COUNTED + 1].count()
    return None if found > COUNTED else int(found)


def link(request: HttpRequest, **changed: Any) -> str:
    """This page's address with some values changed (None takes one away)."""
    rest = request.GET.copy()
    rest.pop("page", None)
    for name, value in changed.items():
        rest.pop(name, None)
        if value is not None:
            rest[name] = str(value)
    return f"?{rest.urlencode()}"
