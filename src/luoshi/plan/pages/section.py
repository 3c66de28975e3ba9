"""One chapter or goal as a board of its own: the groups inside it, their measures, and the roll-up of both."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.ui.render import render

from .. import progress
from ..models import Measure
from .frame import crumbs, found_plan, measures, tabs
from .text import tallies


def page(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Nothing is typed or averaged here: what stands above is counted from the measures beneath."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk)
    sections = list(plan.sections.all())
    here = next((one for one in sections if one.code == code), None)
    if here is None:
        raise Http404
    inside = [one for one in sections if one.code == code or one.code.startswith(f"{code}.")]
    found = [one for one in measures(actor, plan) if one.section in {s.code for s in inside}]
    counted = progress.of_measures(found, actor.today)
    whole = tallies([here], found, counted)[0]
    groups = [{"title": str(one), "count": tally, "url": reverse("plan:section", args=[pk, one.code]) if one != here else "",
               "cards": [_card(m, counted[m.pk]) for m in found if m.section == one.code]}
              for one, tally in zip(inside, tallies(inside, found, counted), strict=True)]
    return render(request, "plan/section.html", {
        "title": str(here), "tabs": tabs(plan, "", actor), "as_of": actor.today.isoformat(), "done": whole[3],
        "risk": whole[4], "total": whole[2], "groups": [one for one in groups if one["cards"]],
        "crumbs": crumbs(plan, (str(here), None)),
    })


def _card(one: Measure, its: progress.Progress) -> dict[str, Any]:
    return {"no": one.number, "text": one.wording, "url": reverse("plan:measure", args=[one.pk]),
            "owner": one.owner.name if one.owner else _("缺牵头单位"), "due": one.due.isoformat() if one.due else "—",
            "lamp": progress.icon(its.lamp), "word": its.words, "figures": its.figures}
