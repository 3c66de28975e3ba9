"""The list behind a number: records, units, persons or duty periods, as many as the number says."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Post
from luoshi.foundation.units import Unit
from luoshi.kernel.periods import Period
from luoshi.ui.render import render

from .. import columns, indicators, table
from ..actor import Actor
from ..indicators import Indicator
from . import asked, lamps
from .listing import turn
from .naming import titled

SIDES = ("top", "bottom", "missing")
Where = dict[str, Any]  # root, period, today: what the number was counted over


def behind_page(request: HttpRequest, one: Indicator, here: Unit, root: str, period: Period) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    side = request.GET["side"]
    if side not in SIDES or (side != "top" and not one.shared):
        raise Http404
    where = {"root": root, "period": period, "today": actor.today}
    words = {"top": _("已完成") if one.shared else _("明细"), "bottom": _("应完成"), "missing": _("未完成")}
    values = {
        "title": f"{titled(one)} · {words[side]}", "note": f"{here.name} · {asked.label(period)}",
        "tabs_of": [(words[key], asked.link(request, side=key, after=None, before=None), key == side, "")
                 for key in SIDES] if one.shared else [],
        "back": (_("返回指标"), asked.link(request, side=None, after=None, before=None)),
        "crumbs": [(_("首页"), reverse("home")), (_("指标"), reverse("indicators")), (titled(one), None)],
    }
    if one.duty:
        values |= periods_owed(request, one, side, where)
    elif one.people:
        values |= persons(request, one, side, where, actor)
    elif one.done is not None:
        values |= records(request, one, where, actor, side)
    elif one.shared:
        values |= its_units(request, one, side, where)
    else:
        values |= records(request, one, where, actor)
    return render(request, "engine/behind.html", values)


def records(request: HttpRequest, one: Indicator, where: Where, actor: Actor, side: str = "top") -> dict[str, Any]:
    """The records of a count, by keyset; those the reader may no longer see are counted and said."""
    source = one.source
    heads = columns.columns(source)
    rows = indicators.behind(one, side, actor=actor, **where)
    try:
        page = table.page(rows, heads, order=tuple(source.order), after=request.GET.get("after", ""),
                          before=request.GET.get("before", ""))
    except (ValueError, TypeError) as error:
        raise Http404 from error
    seen = rows.count()
    whole = indicators.total(one, **where)
    sides = {"top": whole.top, "bottom": whole.bottom, "missing": (whole.bottom or 0) - whole.top}
    counted = seen if one.amount else sides[side] or 0
    shown = _("共 %(n)d 条") % {"n": seen}
    if counted > seen:
        shown += _("；另有 %(n)d 条不在您可查看的范围内") % {"n": counted - seen}
    return {
        "columns": [(c.key, c.label, None, "", "num" if c.align == "right" else "") for c in heads],
        "body": table.body(page, heads, link=reverse("list", args=[source.name])), "shown": shown,
        "pager": (turn(request.GET, before=page.before), turn(request.GET, after=page.after), ""),
    }


def its_units(request: HttpRequest, one: Indicator, side: str, where: Where) -> dict[str, Any]:
    found = list(indicators.units(one, side, **where).order_by("place").values_list("name", "code", "place"))
    rows, pager = asked.page(request, found)
    return plain([(_("单位"), ""), (_("编码"), "")], [[name, code] for name, code, _place in rows], found, pager)


def persons(request: HttpRequest, one: Indicator, side: str, where: Where, actor: Actor) -> dict[str, Any]:
    """Persons are named only to those who may see the register's records of their unit."""
    found = indicators.holders(one, side, **where).filter(one.source.reach(actor, Verb.SEE))
    listed = list(found.order_by("place", "person__strokes", "pk").values_list("person__name", "unit__name", "post"))
    posts = {post.value: post.label for post in Post}
    rows, pager = asked.page(request, listed)
    heads = [(_("姓名"), ""), (_("单位"), ""), (_("职务"), "")]
    return plain(heads, [[name, unit, str(posts[post])] for name, unit, post in rows], listed, pager)


def periods_owed(request: HttpRequest, one: Indicator, side: str, where: Where) -> dict[str, Any]:
    wanted = {"top": (True,), "missing": (False,), "bottom": (True, False)}[side]
    found = [(unit, lamp) for unit, lamp in indicators.obligations(one, **where) if lamp.timely in wanted]
    rows, pager = asked.page(request, found)
    names = dict(Unit.objects.filter(pk__in={unit for unit, _lamp in rows}).values_list("pk", "name"))
    said = lamps.words()
    heads = [(_("单位"), ""), (_("期间"), ""), (_("截止日期"), "date"), (_("已登记"), "num"), (_("状态"), "")]
    late = _("已补登记")
    lines = [[names[unit], asked.label(lamp.period), lamp.due.isoformat(), str(lamp.found),
              late if lamp.state == "ok" and not lamp.timely else said[lamp.state]] for unit, lamp in rows]
    return plain(heads, lines, found, pager)


def plain(heads: list[tuple[str, str]], rows: list[list[str]], found: list[Any],
          pager: tuple[str, str, str]) -> dict[str, Any]:
    return {"plain_columns": heads, "plain_rows": rows, "shown": _("共 %(n)d 项") % {"n": len(found)}, "pager": pager}
