"""Numbers by unit and period: top, bottom, percent; the parts of each, and the list behind every number."""


from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.foundation.grants import EVERY, Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.kernel import money, periods
from luoshi.kernel.money import round_half_up
from luoshi.kernel.periods import Period
from luoshi.kernel.shares import Share
from luoshi.ui.render import render

from .. import home
from ..actor import Actor
from ..audience import Spot, children, day_of, place_on, spots
from ..chrome import EXTRA
from ..indicators import Indicator, added, rollups
from . import asked, behind
from .duties import choose
from .naming import titled

LEAST = 5  # a smaller number of a sensitive register would point at persons
UNSAID = "—"


def indicators_page(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = asked.units(request, actor)
    if len(found) != 1:
        return choose(request, found)
    here = found[0]
    period = asked.period(request, periods.year(actor.today))
    root = place_on(here, day_of(period, actor.today))
    known = home.visible_indicators(actor, here.place)
    chosen = next((one for one in known if one.name == request.GET.get("of")), None)
    if "of" in request.GET and chosen is None:
        raise Http404
    if chosen and root is not None and request.GET.get("side"):
        return behind.behind_page(request, chosen, here, root, period)
    values = {
        "title": titled(chosen) if chosen else _("指标"), "note": f"{here.name} · {asked.label(period)}",
        "action": reverse("indicators"), "fields": fields(request, actor, here, known, period),
        "stood": root is not None, "as_of": actor.today.isoformat(),
        "crumbs": crumbs(chosen, here, period),
    }
    if root is not None:
        values |= parts(actor, chosen, here, root, period) if chosen else every(actor, known, here, root, period)
    return render(request, "engine/indicators.html", values)


def fields(request: HttpRequest, actor: Actor, here: Unit, known: list[Indicator],
           period: Period) -> list[dict[str, Any]]:
    return [
        asked.unit_field(here),
        {"name": "period", "label": _("期间"), "type": "select", "value": period.key,
         "choices": asked.period_choices(actor.today, period)},
        {"name": "of", "label": _("指标"), "type": "select", "value": request.GET.get("of", ""),
         "choices": [(one.name, titled(one)) for one in known]},
    ]


def crumbs(chosen: Indicator | None, here: Unit, period: Period) -> list[tuple[str, str | None]]:
    listed = f"{reverse('indicators')}?{urlencode({'unit': here.code, 'period': period.key})}"
    found: list[tuple[str, str | None]] = [(_("首页"), reverse("home")), (_("指标"), listed if chosen else None)]
    return [*found, (titled(chosen), None)] if chosen else found


def every(actor: Actor, known: list[Indicator], here: Unit, root: str, period: Period) -> dict[str, Any]:
    """All indicators of one unit, by the register they count, each number with its list."""
    found = rollups([(one, root, period) for one in known], today=actor.today)
    sections: dict[str, list[dict[str, Any]]] = {}
    for one, its in zip(known, found, strict=True):
        row = line(one, added(one, its), here.code, period, veil=veiled(one, actor, here.place))
        row |= {"label": titled(one), "url": page_url(one, here.code, period)}
        sections.setdefault(one.source.label, []).append(row)
    return {"sections": list(sections.items())}


def parts(actor: Actor, chosen: Indicator, here: Unit, root: str, period: Period) -> dict[str, Any]:
    """One indicator for each unit right below, and the sum that they are the parts of."""
    day = day_of(period, actor.today)
    found = rollups([(chosen, root, period)], today=actor.today)[0]
    below = children(root, day=day)
    ended = spots({place for place in found if place not in below and place != root})
    rows = []
    for place in sorted({*below, *found}):
        own = place == root
        spot = Spot(here.pk, here.code, here.name) if own else below.get(place) or ended[place]
        share = found.get(place) or added(chosen, {})
        # The unit's own part has no page of its own: its list would hold the units below too.
        row = line(chosen, share, spot.code, period, linked=not own and place in below,
                   veil=veiled(chosen, actor, place, own=own))
        name = _("%(unit)s（本级）") % {"unit": spot.name} if own else spot.name
        rows.append(row | {"label": name if own or place in below else _("%(unit)s（已调整）") % {"unit": spot.name},
                           "url": page_url(chosen, spot.code, period) if not own and place in below else ""})
    total = line(chosen, added(chosen, found), here.code, period, veil=veiled(chosen, actor, here.place))
    if sum(row["veiled"] for row in rows) == 1:  # the one hidden part would be the total less the others
        total |= {"cells": [(UNSAID if value else "", "") for value, _url in total["cells"]], "percent": ""}
    return {"rows": rows, "total": total, "chosen": chosen}


def veiled(indicator: Indicator, actor: Actor, place: str, *, own: bool = False) -> bool:
    """Whether small numbers of a place stay hidden: a sensitive register's, where the reader cannot open every row.

    `own` asks about the unit alone, without those below it.
    """
    source = indicator.source
    if not source.sensitive or actor.system:
        return False
    opens = actor.places(Verb.SEE, source.name, sensitive=True, line=source.line or None)
    if own:
        return place not in opens
    return Unit.objects.filter(within((place,)), withdrawn=False).exclude(place__in=opens).exists()


def line(indicator: Indicator, share: Share, code: str, period: Period, *, linked: bool = True,
         veil: bool = False) -> dict[str, Any]:
    """One row of a table: top, bottom, missing and percent as text, and the addresses of the lists behind them.

    With `veil` the numbers from 1 to 4 are not told, nor the percent that would tell them.
    """
    missing = share.bottom - share.top if share.bottom is not None else None
    pairs: dict[str, Any] = {"top": share.top, "bottom": share.bottom, "missing": missing}
    small = veil and any(value and value < LEAST for value in pairs.values())
    # Where one of the three is small, the other two would tell it.
    hides = [small and bool(value) and (value < LEAST or share.bottom is not None) for value in pairs.values()]
    cells = [((f"<{LEAST}" if value < LEAST else UNSAID) if hidden else text(indicator, value),
              side_url(indicator, code, period, side) if linked and value and not hidden else "")
             for (side, value), hidden in zip(pairs.items(), hides, strict=True)]
    return {"unit": str(indicator.unit_word), "veiled": small, "cells": cells,
            "percent": share.percent_text() if indicator.shared and not small else ""}


def text(indicator: Indicator, value: Any) -> str:
    """A number as read: money in 元, else with thousands; nothing where there is no bottom."""
    if value is None:
        return ""
    return money.show(int(value)) if indicator.money else f"{value:,}"


def figure(indicator: Indicator, now: Share, before: Share) -> tuple[str, str, str, str]:
    """(value, unit word, change, "up", "down" or "same") beside the earlier share; ratios differ in points.

    Small numbers of a sensitive register are not told here, nor how they changed.
    """
    counts = (now.top, before.top, (now.bottom or 0) - now.top if indicator.shared else 0)
    if indicator.source.sensitive and any(0 < one < LEAST for one in counts):
        return (UNSAID if indicator.shared or now.top >= LEAST else f"<{LEAST}"), str(indicator.unit_word), "", ""
    if indicator.shared:
        if now.ratio is None or before.ratio is None:
            return now.percent_text(), "", "", ""
        points = round_half_up((now.ratio - before.ratio) * 1000)
        change = _("%(n)s 个百分点") % {"n": f"{abs(points) / 10:.1f}"}
        return now.percent_text(), "", change if points else "", way(points)
    gap = now.top - before.top
    unit = str(indicator.unit_word)
    return text(indicator, now.top), unit, f"{text(indicator, abs(gap))} {unit}" if gap else "", way(gap)


def way(gap: Any) -> str:
    return "up" if gap > 0 else "down" if gap < 0 else "same"


def page_url(indicator: Indicator, code: str, period: Period) -> str:
    return f"{reverse('indicators')}?{urlencode({'unit': code, 'period': period.key, 'of': indicator.name})}"


def side_url(indicator: Indicator, code: str, period: Period, side: str) -> str:
    return f"{page_url(indicator, code, period)}&side={side}"


def behind_url(indicator: Indicator, here: Unit, period: Period, side: str = "top") -> str:
    """The address of the list behind a number of a unit."""
    return side_url(indicator, here.code, period, side)




EXTRA.append(("publish", "indicators", gettext_lazy("指标"), Verb.SEE, EVERY))
