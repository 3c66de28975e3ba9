"""The lists behind a measure's number: the records that were counted, and the units that have not done it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import columns, indicators, table
from luoshi.engine.actor import Actor
from luoshi.engine.pages.listing import turn
from luoshi.engine.pages.papers import download
from luoshi.engine.transfer import sheets
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import progress
from ..models import Measure, Method
from .frame import crumbs, found_measure
from .listing import XLSX


def _asked(request: HttpRequest, pk: int, rule: int) -> tuple[Measure, progress.Part, Any]:
    """The measure, the part and the indicator of one of its rules, or 404."""
    actor = request.actor  # type: ignore[attr-defined]
    one = found_measure(actor, pk)
    parts = progress.progress(one, actor.today).parts
    if rule >= len(parts) or parts[rule].rule.method == Method.MILESTONE or not parts[rule].known:
        raise Http404
    return one, parts[rule], parts[rule].known


def page(request: HttpRequest, pk: int, rule: int) -> HttpResponse:
    """The records of the top, through the reading door."""
    actor = request.actor  # type: ignore[attr-defined]
    one, part, indicator = _asked(request, pk, rule)
    door = indicator.source
    door.require(actor, Verb.SEE)
    rows = indicators.behind(indicator, root=part.root, period=part.period, actor=actor, today=actor.today)
    heads = columns.columns(door)
    try:
        found = table.page(rows, heads, order=tuple(door.order), after=request.GET.get("after", ""),
                           before=request.GET.get("before", ""))
    except (ValueError, TypeError) as error:
        raise Http404 from error
    return render(request, "plan/records.html", {
        "title": part.label, "note": note(part), "one": one, "columns": [
            (c.key, c.label, None, "", "num" if c.align == "right" else "") for c in heads],
        "body": table.body(found, heads, link=reverse("list", args=[door.name])),
        "pager": (turn(request.GET, before=found.before), turn(request.GET, after=found.after),
                  _("本页 %(n)d 条") % {"n": len(found.rows)}),
        "toolbar": [], "empty": (_("还没有记录。登记后这里自动出现"), None, None),
        "crumbs": crumbs(one.plan, (one.number or _("措施"), reverse("plan:measure", args=[pk])), (_("记录"), None)),
    })


def note(part: progress.Part) -> str:
    return _("%(figures)s，%(period)s") % {"figures": progress.pair(part.share) + " " + part.unit_word,
                                          "period": part.period.label()}


def absent(actor: Actor, part: progress.Part, indicator: Any) -> list[Any]:
    """The units that should have and have not, in tree order."""
    return list(indicators.missing(indicator, root=part.root, period=part.period, today=actor.today)
                .select_related("parent").order_by("place"))


def missing(request: HttpRequest, pk: int, rule: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    one, part, indicator = _asked(request, pk, rule)
    units = absent(actor, part, indicator)
    return render(request, "plan/missing.html", {
        "title": _("还没有完成的单位"), "note": note(part), "one": one, "count": len(units),
        "columns": [(_("单位"), ""), (_("上级"), ""), (_("类别"), "")],
        "rows": [(u.name, u.parent.name if u.parent else "—", u.get_kind_display()) for u in units],
        "toolbar": [(_("导出 Excel"), reverse("plan:missing-sheet", args=[pk, rule]), "download", False)],
        "crumbs": crumbs(one.plan, (one.number or _("措施"), reverse("plan:measure", args=[pk])), (_("未完成"), None)),
    })


def missing_sheet(request: HttpRequest, pk: int, rule: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    _one, part, indicator = _asked(request, pk, rule)
    rows = [(u.code, u.name, u.parent.name if u.parent else "", u.get_kind_display())
            for u in absent(actor, part, indicator)]
    title = _("未完成单位 %(label)s %(day)s") % {"label": part.label, "day": actor.today}
    return download(sheets.write_xlsx(title, [_("编码"), _("单位"), _("上级"), _("类别")], rows), f"{title}.xlsx", XLSX)
