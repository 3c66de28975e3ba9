"""The board: measures in four columns that are computed; no card is dragged."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.ui.render import render

from .. import progress
from ..models import Measure
from .frame import chosen, crumbs, found_plan, latest_remarks, measures, papers, tabs, unit_filter

SHORT = 40  # characters of a measure on a card


def page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk)
    found = measures(actor, plan)
    shown = chosen(found, request.GET)
    counted = progress.of_measures(shown, actor.today)
    remarks = latest_remarks(actor, shown)
    return render(request, "plan/board.html", {
        "title": plan.title, "plan": plan, "menus": papers(plan), "tabs": tabs(plan, "board", actor), "crumbs": crumbs(plan),
        "columns": _columns(pk, shown, counted, remarks), "fields": [unit_filter(found, request.GET)],
        "action": reverse("plan:board", args=[pk]), "as_of": actor.today.isoformat(),
    })


def _columns(pk: int, shown: list[Measure], counted: dict[int, progress.Progress], remarks: dict[int, str]
             ) -> list[dict[str, Any]]:
    made = []
    for code, label in progress.COLUMNS:
        cards = [_card(m, counted[m.pk], remarks.get(m.pk, "")) for m in shown
                 if progress.column(counted[m.pk].lamp) == code]
        made.append({"label": str(label), "state": {"risk": "late", "done": "ok", "ok": "soon"}.get(code, "none"),
                     "count": len(cards), "url": reverse("plan:list", args=[pk]) + f"?state={code}", "cards": cards})
    return made


def _card(one: Measure, its: progress.Progress, remark: str) -> dict[str, Any]:
    share = its.share
    return {"no": one.number, "title": short(one.wording), "url": reverse("plan:measure", args=[one.pk]),
            "unit": one.owner.name if one.owner else _("缺牵头单位"),
            "due": one.due.isoformat() if one.due else "", "lamp": progress.icon(its.lamp), "word": its.words,
            "note": remark, "done": progress.plain(share.top), "total": progress.plain(share.bottom)
            if share.bottom else 0}


def short(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT] + "…"
