"""The first page: what must be done this month, for those who do it, those who watch it and those who lead."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.units import Unit
from luoshi.kernel import periods, places
from luoshi.ui.render import render

from .. import home
from ..actor import Actor
from ..audience import Spot, children
from ..duties import desk, window
from . import asked, lamps
from .indicators import behind_url, figure
from .naming import titled


def home_page(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seats = home.seats(actor)
    role = home.role(actor, seats)
    here = next((one for one in seats if one.code == request.GET.get("unit")), seats[0] if seats else None)
    values: dict[str, Any] = {
        "title": _("首页"), "role": role, "here": here, "today": actor.today,
        "seats": [(one.name, f"?unit={one.code}", one == here, "") for one in seats],
        "blocks": made(actor, home.blocks), "later": bool(home.later),
    }
    if here and role == "branch":
        values |= branch(actor, here)
    elif here:
        values |= office(actor, here)
        found = values.pop("found")
        if role == "leader":
            values |= leader(actor, here, found)
    printed = role == "leader" and "print" in request.GET
    return render(request, "engine/home_print.html" if printed else "engine/home.html", values)


def made(actor: Actor, blocks: list[Any]) -> list[dict[str, Any]]:
    return [block for block in (make(actor) for make in blocks) if block]


def waiting_page(request: HttpRequest) -> HttpResponse:
    """What else waits for the reader, from every register that has such a list."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(request, "engine/waiting.html", {
        "title": _("其他待办事项"), "blocks": made(actor, home.later),
        "crumbs": [(_("首页"), reverse("home")), (_("其他待办事项"), None)],
    }, part="engine/parts/blocks.html")


def branch(actor: Actor, here: Unit) -> dict[str, Any]:
    """What one branch owes now, late first; done ones are folded away."""
    found = desk(root=here.place, today=actor.today, periods=[window(actor.today)],
                 wanted=home.visible_duties(actor, here.place))
    waiting = [one for one in found if one[2].open]
    done = [one for one in found if one[2].state == "ok" and one[2].period.contains(actor.today)]
    month = asked.label(periods.month(actor.today))
    dates = [lamp.due for _unit, _duty, lamp in waiting if lamp.due >= actor.today]
    note = _("还有 %(n)d 项") % {"n": len(waiting)} if waiting else _("本月事项已全部完成")
    if dates:
        note += _("，最近截止 %(day)s") % {"day": min(dates).isoformat()}
    return {
        "title": f"{here.name} · {month}", "note": note, "handbook_url": reverse("handbook", args=[here.pk]),
        "waiting": [lamps.item(*one, actor, named=one[0] != here) for one in waiting],
        "done": [lamps.item(*one, actor, named=one[0] != here) for one in done],
    }


def office(actor: Actor, here: Unit) -> dict[str, Any]:
    """What is late below a committee, by the units right below it."""
    found = desk(root=here.place, today=actor.today, periods=[window(actor.today)],
                 wanted=home.visible_duties(actor, here.place))
    groups = lamps.groups(found, here, actor.today)
    late, soon = sum(one.late for one in groups), sum(one.soon for one in groups)
    note = _("逾期 %(late)d 项，临近 %(soon)d 项") % {"late": late, "soon": soon} if groups \
        else _("没有逾期或临近的事项")
    base = f"{reverse('duties')}?unit={here.code}"
    return {
        "title": f"{here.name} · {asked.label(periods.month(actor.today))}", "note": note, "groups": groups,
        "printed": [[one.name, one.late, one.soon] for one in groups],
        "found": found, "desk_url": base, "calls_url": f"{base}&view=calls",
        "fields": [{"name": "unit", "label": _("查找单位"), "type": "search", "placeholder": _("名称、拼音或编码")}],
    }


def leader(actor: Actor, here: Unit, found: list[lamps.Owed]) -> dict[str, Any]:
    """Six numbers beside those of last year, and which of the units below stands how with each duty."""
    now = [one for one in found if one[2].period.contains(actor.today)]
    duties = list({one[1].name: one[1] for one in now}.values())
    cells: dict[tuple[str, str], list[str]] = {}
    for unit, duty, lamp in now:
        place = places.top(unit.place, places.depth(here.place) + 1)
        cells.setdefault((place, duty.name), []).append(lamp.state)
    own = Spot(here.pk, here.code, _("%(unit)s（本级）") % {"unit": here.name})
    below = {here.place: own, **children(here.place, day=actor.today)}
    rows = [place for place in below if any((place, duty.name) in cells for duty in duties)]
    lines = [[lamps.worst(cells.get((place, duty.name), ()), lamps.OF_UNITS) for duty in duties] for place in rows]
    named = [(below[place].name, f"{reverse('duties')}?unit={below[place].code}") for place in rows]
    as_of = actor.today.isoformat()
    stats = [stat(actor, here, *one) for one in home.numbers(actor, here.place)]
    heads = [str(one.label) for one in duties]
    grid = lamps.grid(_("各单位本期职责"), named, heads, lines, as_of=as_of)
    return {"stats": stats, "grid": grid if rows else None, "print_url": f"?unit={here.code}&print=1"}


def stat(actor: Actor, here: Unit, indicator: Any, now: Any, before: Any, period: Any) -> dict[str, Any]:
    """One number of the strip: a ratio in points, anything else in its own unit."""
    value, unit, change, way = figure(indicator, now, before)
    one = {"label": titled(indicator), "value": value, "unit": unit, "url": behind_url(indicator, here, period)}
    if not before.top:  # a comparison with nothing would look like a leap
        return one | {"than": _("去年同期没有记录")}
    return one | {"change": change, "dir": way, "than": _("较去年同期")}
