"""The yearly summary: every measure with target, count and state, beside the words of the plan."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.register import register
from luoshi.ui.render import render

from .. import documents, progress
from ..models import PlanState
from .frame import crumbs, found_plan, latest_remarks, may_change, measures, tabs
from .text import linked, tallies, tally_columns


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Counted until today, at most to the year's end. Closing a plan takes one press after the year is over."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk)
    may_close = plan.state == PlanState.ISSUED and may_change(actor, plan) and actor.today.year > plan.year
    if request.method == "POST":
        if not may_close:
            raise Http404
        write.move(actor, register("plan"), plan, PlanState.CLOSED, reason=_("年度总结"))
        messages.success(request, _("要点已标为已总结"))
        return redirect("plan:summary", pk)
    day = min(actor.today, documents.last_day(plan))
    found = measures(actor, plan)
    counted = progress.of_measures(found, day)
    remarks = latest_remarks(actor, found)
    rows = [(f"{one.number} {one.wording}".strip(), one.owner.name if one.owner else "—",
             counted[one.pk].figures or "—", counted[one.pk].share.percent_text(), counted[one.pk].words,
             remarks.get(one.pk, "—")) for one in found]
    sections = list(plan.sections.all())
    papers = [(label, reverse("document", args=["plan", pk, "summary", ending]), glyph, False)
              for label, ending, glyph in (("Word", "docx", "file"), ("PDF", "pdf", "print"))]
    return render(request, "plan/summary.html", {
        "title": plan.title, "plan": plan, "tabs": tabs(plan, "summary", actor), "crumbs": crumbs(plan),
        "columns": [(_("措施"), "wrap"), (_("牵头单位"), ""), (_("完成情况"), "num"), (_("完成率"), "num"),
                    (_("状态"), ""), (_("说明"), "wrap")],
        "rows": rows, "as_of": day.isoformat(), "may_close": may_close,
        "tally_columns": tally_columns(), "tallies": linked(plan, tallies(sections, found, counted)),
        "papers": papers if may_change(actor, plan) else [],
    })
