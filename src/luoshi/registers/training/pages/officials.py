"""The five years of training of leading cadres: hours and days so far, what is owed, who comes first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.pages.duties import XLSX
from luoshi.engine.pages.papers import download
from luoshi.engine.register import register
from luoshi.engine.transfer import sheets
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import rules
from ..forms import Official, officials

SHOWN = 300


def page(request: HttpRequest) -> HttpResponse:
    """All whom the reader may see; `as=xlsx` gives the same rows as a workbook."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    register("enrolment").require(actor, Verb.SEE)
    register("position").require(actor, Verb.SEE)
    rows = officials(actor)
    title = _("五年轮训情况")
    if request.GET.get("as") == "xlsx":
        data = sheets.write_xlsx(title, _heads(), [_cells(one) for one in rows], note=_("导出人 %(name)s，数据截至 %(day)s")
                                 % {"name": actor.name, "day": actor.today.isoformat()})
        return download(data, f"{title}-{actor.today.isoformat()}.xlsx", XLSX)
    met = sum(not one.owed for one in rows)
    first, last = rules.FIVE_YEARS
    return render(request, "training/officials.html", {
        "title": title, "heads": _heads(), "rows": [(one, _cells(one)) for one in rows[:SHOWN]], "more": max(len(rows) - SHOWN, 0),
        "met": met, "all": len(rows), "window": f"{first.isoformat()} — {last.isoformat()}",
        "toolbar": [(_("导出"), reverse("training-officials") + "?as=xlsx", "download", False)],
        "crumbs": [(_("首页"), reverse("home")), (title, None)],
    })


def _heads() -> list[str]:
    return [_("姓名"), _("单位"), _("学时"), _("天数"), _("尚欠学时"), _("最近一次轮训"), _("情况")]


def _cells(one: Official) -> list[Any]:
    return [one.person.name, one.unit, one.hours, one.days, one.owed, one.last.isoformat() if one.last else _("无"),
            _("尚欠") if one.owed else _("达到")]
