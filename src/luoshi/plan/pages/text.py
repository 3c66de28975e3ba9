"""The plan's text against its measures: behind each sentence the lamps of what it became."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from luoshi.ui.render import render

from .. import progress, rules
from ..models import Measure, Plan
from .frame import crumbs, found_plan, measures, papers, tabs


def page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk)
    found = measures(actor, plan)
    counted = progress.of_measures(found, actor.today)
    sections = list(plan.sections.all())
    return render(request, "plan/text.html", {
        "title": plan.title, "plan": plan, "menus": papers(plan), "tabs": tabs(plan, "text", actor), "crumbs": crumbs(plan),
        "pieces": _pieces(plan, sections, found, counted), "tally_columns": tally_columns(),
        "tallies": linked(plan, tallies(sections, found, counted)),
        "as_of": actor.today.isoformat(), "count": len(found),
    })


def _pieces(plan: Plan, sections: list[Any], found: list[Measure], counted: dict[int, progress.Progress]
            ) -> list[dict[str, Any]]:
    """Pieces of the source in order; a piece of a measure has its address, lamp and figures."""
    marks: list[tuple[int, int, Any]] = [(m.start, m.end, m) for m in found]
    marks += [(s.start, s.end, s) for s in sections if s.end > s.start]
    made = []
    for text, mark in rules.pieces(source=plan.source, spans=marks):
        one: dict[str, Any] = {"text": text}
        if isinstance(mark, Measure):
            its = counted[mark.pk]
            one |= {"url": reverse("plan:measure", args=[mark.pk]), "lamp": progress.icon(its.lamp), "word": its.words,
                    "figures": its.figures, "number": mark.number}
        elif mark is not None:
            one |= {"heading": mark.level, "code": mark.code}
        made.append(one)
    return made


def tallies(sections: list[Any], found: list[Measure], counted: dict[int, progress.Progress]
            ) -> list[tuple[str, str, int, int, int]]:
    """(code, title, measures, done, at risk) of each section with all that lies inside it: counted, not averaged."""
    rows = []
    for s in sections:
        inside = [m for m in found if m.section == s.code or m.section.startswith(f"{s.code}.")]
        columns = [progress.column(counted[m.pk].lamp) for m in inside]
        rows.append((s.code, s.title, len(inside), columns.count("done"), columns.count("risk")))
    return rows


def linked(plan: Plan, rows: list[tuple[str, str, int, int, int]]) -> list[tuple[Any, ...]]:
    """The same rows for a page: each section opens as a board of its own."""
    return [(code, format_html('<a href="{}">{}</a>', reverse("plan:section", args=[plan.pk, code]), title), *rest)
            for code, title, *rest in rows]


def tally_columns() -> list[tuple[str, str]]:
    return [(_("章节"), ""), (_("标题"), "wrap"), (_("措施"), "num"), (_("已完成"), "num"), (_("有风险"), "num")]
