"""The timeline: one bar a measure, the line of today, milestones as diamonds, the same dates as a table."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from luoshi.kernel import periods
from luoshi.ui import svg
from luoshi.ui.render import render

from .. import progress
from .board import short
from .frame import chosen, crumbs, found_plan, measures, tabs, unit_filter

MOST = 150  # bars in one drawing; a longer plan is narrowed by its owner filter


def page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk)
    found = measures(actor, plan)
    shown = chosen(found, request.GET)
    counted = progress.of_measures(shown, actor.today)
    bars: list[svg.Bar] = []
    rows: list[tuple[Any, ...]] = []
    steps: list[tuple[date, str]] = []
    year = periods.year(plan.year)
    for one in shown:
        its, (since, due) = counted[one.pk], progress.window(one)
        share = its.share
        whole = min(1.0, float(share.ratio)) if share.ratio is not None else None
        if len(bars) < MOST and since <= year.last_day and due >= year.start:
            bars.append((f"{one.number} {short(one.wording)[:16]}".strip(), max(since, year.start),
                         min(due, year.last_day), progress.icon(its.lamp), whole,
                         reverse("plan:measure", args=[one.pk])))
        rows.append((f"{one.number} {one.wording}".strip(), one.owner.name if one.owner else "—", since, due, its.words))
        steps += [(day, s.title) for s in one.milestones.all() if (day := s.reached_on or s.due)]
    return render(request, "plan/timeline.html", {
        "title": plan.title, "plan": plan, "tabs": tabs(plan, "timeline", actor), "crumbs": crumbs(plan),
        "drawing": _drawn(plan.year, bars, steps, actor.today) if bars else "",
        "columns": [(_("措施"), ""), (_("牵头单位"), ""), (_("开始日期"), "date"), (_("完成期限"), "date"),
                    (_("状态"), "")],
        "rows": rows, "fields": [unit_filter(found, request.GET)], "action": reverse("plan:timeline", args=[pk]),
        "as_of": actor.today.isoformat(), "cut": len(shown) > MOST, "most": MOST,
    })


def _drawn(year: int, bars: list[svg.Bar], steps: list[tuple[date, str]], today: date) -> Markup:
    months = [date(year, m, 1) for m in range(1, 13)] + [date(year + 1, 1, 1)]
    inside = [(day, title) for day, title in steps if day.year == year]
    words = {"ok": _("正常"), "soon": _("临近"), "late": _("逾期"), "none": _("未开始"), "today": _("今天"),
             "month": _("月")}
    return Markup(svg.timeline(bars, today, inside, months, title=_("措施时间线"),  # noqa: S704  svg escapes its labels
                               desc=_("每条措施一行，竖线为今天，菱形为节点"), words=words))
