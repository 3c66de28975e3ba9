"""The plan as a list: every measure with owner, date, count and state; and the same rows as a sheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from luoshi.engine.pages.papers import download
from luoshi.engine.transfer import sheets
from luoshi.ui.icons import icon
from luoshi.ui.render import render

from .. import kinds, progress
from ..models import Measure, Plan
from .frame import chosen, crumbs, found_plan, latest_remarks, measures, tabs, unit_filter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def heads() -> list[tuple[str, str]]:
    return [(_("编号"), ""), (_("措施"), "wrap"), (_("事项类别"), ""), (_("牵头单位"), ""), (_("协办单位"), ""),
            (_("完成期限"), "date"), (_("完成"), "num"), (_("应完成"), "num"), (_("完成率"), "num"), (_("状态"), ""),
            (_("最新说明"), "wrap")]


def page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk)
    found, shown, counted = narrowed(actor, plan, request.GET)
    remarks = latest_remarks(actor, shown)
    cells = [(one, line(one, counted[one.pk], remarks.get(one.pk, ""))) for one in shown]
    query = request.GET.urlencode()
    return render(request, "plan/list.html", {
        "title": plan.title, "plan": plan, "tabs": tabs(plan, "list", actor), "crumbs": crumbs(plan),
        "columns": [(str(i), label, None, "", align) for i, (label, align) in enumerate(heads())],
        "body": body(cells, counted), "action": reverse("plan:list", args=[pk]), "as_of": actor.today.isoformat(),
        "fields": [unit_filter(found, request.GET), {
            "name": "state", "label": _("状态"), "type": "select", "value": request.GET.get("state", ""),
            "choices": [(code, str(label)) for code, label in progress.COLUMNS]}],
        "toolbar": [(_("导出 Excel"), reverse("plan:list-export", args=[pk]) + (f"?{query}" if query else ""),
                     "download", False)],
        "shown": _("共 %(n)d 条") % {"n": len(shown)},
        "empty": (_("没有符合条件的措施。可以清空条件"), _("清空条件"), reverse("plan:list", args=[pk])),
    }, part="")


def narrowed(actor: Any, plan: Plan, query: Any) -> tuple[list[Measure], list[Measure], dict[int, progress.Progress]]:
    found = measures(actor, plan)
    shown = chosen(found, query)
    counted = progress.of_measures(shown, actor.today)
    state = query.get("state", "")
    if state:
        shown = [one for one in shown if progress.column(counted[one.pk].lamp) == state]
    return found, shown, counted


def line(one: Measure, its: progress.Progress, remark: str) -> list[Any]:
    """The cells of one measure, for the page and for the sheet."""
    share = its.share
    return [one.number, one.wording, kinds.label(one.kind), one.owner.name if one.owner else "",
            "、".join(h.unit.name for h in one.helpers.all()), one.due.isoformat() if one.due else "",
            progress.plain(share.top) if its.parts else "", progress.plain(share.bottom) if share.bottom else "",
            share.percent_text() if share.bottom else "", its.words, remark]


def body(cells: list[tuple[Measure, list[Any]]], counted: dict[int, progress.Progress]) -> Markup:
    out = []
    labels = heads()
    for one, values in cells:
        lamp = progress.icon(counted[one.pk].lamp)
        address = reverse("plan:measure", args=[one.pk])
        out.append(f'<tr{" class=late" if lamp == "late" else ""}><th scope="row"><a href="{address}">'
                   f"{escape(values[0] or one.pk)}</a></th>")
        for (label, align), value in list(zip(labels, values, strict=True))[1:]:
            shown = escape(value) if value else "—"
            if label == labels[9][0]:
                shown = f'<span class="lamp {lamp}">{_drawn(lamp)}{shown}</span>'
            out.append(f'<td data-label="{escape(label)}"{f" class={align}" if align else ""}>{shown}</td>')
        out.append("</tr>")
    return Markup("".join(out))  # noqa: S704  every value went through escape


def _drawn(lamp: str) -> str:
    from django.templatetags.static import static

    return icon(lamp, sprite_url=static("icons.svg"))


def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The same rows, columns and order as the page."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk)
    _found, shown, counted = narrowed(actor, plan, request.GET)
    remarks = latest_remarks(actor, shown)
    rows = [line(one, counted[one.pk], remarks.get(one.pk, "")) for one in shown]
    data = sheets.write_xlsx(f"{plan.title} {actor.today}", [label for label, _align in heads()], rows)
    return download(data, f"{plan.title}.xlsx", XLSX)
