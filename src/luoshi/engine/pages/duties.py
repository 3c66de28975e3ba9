"""What is not done: lamps by unit and duty or month, the list of what is missing, a workbook, a list for calling."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.foundation.grants import EVERY, Verb
from luoshi.foundation.people import Position, Post, held
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.kernel import periods
from luoshi.kernel.periods import Period
from luoshi.ui.render import render

from .. import home
from ..actor import Actor
from ..chrome import EXTRA
from ..duties import Duty, Lamp, desk, standings, window
from ..transfer import sheets
from . import asked, lamps, reminding
from .papers import download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def duties_page(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = asked.units(request, actor)
    if len(found) != 1:
        return choose(request, found)
    here = found[0]
    known = home.visible_duties(actor, here.place)
    chosen = [one for one in known if one.name == request.GET.get("duty")] or known
    by = request.GET.get("by", "")
    recent = window(actor.today)
    period = asked.period(request, recent)
    if by == "months":
        chosen, period = chosen[:1], periods.year(period.last_day)
    owed = desk(root=here.place, today=actor.today, periods=[period], wanted=chosen,
                undone=by not in ("duties", "months"))
    waiting = [one for one in owed if one[2].state in ("late", "soon")]
    said = _("本期和近三个月") if period == recent else asked.label(period)
    if request.GET.get("view") == "xlsx":
        return workbook(actor, here, waiting)
    if request.GET.get("view") == "calls":
        return calls(request, actor, here, waiting, said)
    late = sum(lamp.state == "late" for _unit, _duty, lamp in waiting)
    values: dict[str, Any] = {
        "title": _("未办一览"), "note": f"{here.name} · {said}", "action": reverse("duties"), "by": by,
        "fields": fields(actor, here, known, period, chosen[0].name if len(chosen) == 1 else ""),
        "tabs_of": [(label, asked.link(request, by=key or None), by == key, "") for key, label in (
            ("", _("未办清单")), ("duties", _("按职责看")), ("months", _("按月份看")))],
        "found": _("逾期 %(late)d 项，临近 %(soon)d 项") % {"late": late, "soon": len(waiting) - late},
        "owing": bool(owed) or any(True for _one in standings(chosen, root=here.place, periods=[period],
                                                              today=actor.today)),
        "calls_url": asked.link(request, view="calls"), "xlsx_url": asked.link(request, view="xlsx"),
        "crumbs": [(_("首页"), reverse("home")), (_("未办一览"), None)],
    }
    if by in ("duties", "months"):
        lines, values["pager"] = asked.page(request, by_unit(owed))
        values["grid"] = grid(lines, chosen, period, actor, months=by == "months")
    else:
        shown, values["pager"] = asked.page(request, waiting)
        above = home.role(actor, home.seats(actor)) != "branch"  # a branch that reminds itself only clutters its inbox
        values["waiting"] = [
            lamps.item(unit, duty, lamp, actor, named=True)
            | {"remind": reminding.row_url(actor, unit, duty, lamp) if above else ""} for unit, duty, lamp in shown]
        values["remind_url"] = reminding.all_url(request, actor, here, chosen) if above else ""
    return render(request, "engine/duties.html", values)


def choose(request: HttpRequest, found: list[Unit]) -> HttpResponse:
    """Several units fit, or none: offer them."""
    text = request.GET.get("unit", "")
    return render(request, "engine/choose.html", {
        "title": _("选择单位"), "text": text, "action": request.path,
        "found": [(one.name, asked.link(request, unit=one.code), one.code) for one in found],
        "field": {"name": "unit", "label": _("单位"), "type": "search", "value": text,
                  "placeholder": _("名称、拼音或编码")},
        "crumbs": [(_("首页"), reverse("home")), (_("选择单位"), None)],
    })


def fields(actor: Actor, here: Unit, known: list[Duty], period: Period, only: str) -> list[dict[str, Any]]:
    recent = window(actor.today)
    return [
        asked.unit_field(here),
        {"name": "duty", "label": _("职责"), "type": "select", "value": only,
         "choices": [(one.name, str(one.label)) for one in known]},
        {"name": "period", "label": _("期间"), "type": "select", "value": period.key,
         "choices": [(recent.key, _("本期和近三个月")),
                     *(one for one in asked.period_choices(actor.today, period) if one[0] != recent.key)]},
    ]


def by_unit(owed: Sequence[lamps.Owed]) -> list[tuple[Unit, list[tuple[Duty, Lamp]]]]:
    """What each unit owes, in tree order."""
    ordered = sorted(owed, key=lambda one: (one[0].place, one[0].pk))
    return [(unit, [(duty, lamp) for _u, duty, lamp in its])
            for unit, its in groupby(ordered, key=lambda one: one[0])]


def grid(lines: Sequence[tuple[Unit, list[tuple[Duty, Lamp]]]], chosen: list[Duty], period: Period, actor: Actor, *,
         months: bool) -> dict[str, Any] | None:
    """One row a unit of this page; one column a duty, or a period of the one duty."""
    if not lines or not chosen:
        return None
    if months:
        heads = {one.key: short(one) for one in periods.split(period, chosen[0].every)}
        title = _("%(duty)s：各单位各期间") % {"duty": chosen[0].label}
    else:
        heads = {one.name: str(one.label) for one in chosen}
        title = _("各单位职责办理情况")
    cells = []
    for _unit, its in lines:
        states: dict[str, list[str]] = {}
        for duty, lamp in its:
            states.setdefault(lamp.period.key if months else duty.name, []).append(lamp.state)
        cells.append([lamps.worst(states.get(key, ()), lamps.OF_PERIODS) for key in heads])
    rows = [(unit.name, f"{reverse('duties')}?unit={unit.code}") for unit, _its in lines]
    return lamps.grid(title, rows, list(heads.values()), cells, as_of=actor.today.isoformat())


def short(one: Period) -> str:
    """A period of one year as the head of a narrow column."""
    if one.kind == "month":
        return _("%(n)d月") % {"n": one.start.month}
    return one.key[4:] or one.key


def table(waiting: Sequence[lamps.Owed]) -> Iterator[list[Any]]:
    """The rows of the workbook, as `workbook` heads them."""
    said = lamps.words()
    for unit, duty, lamp in waiting:
        yield [unit.code, unit.name, str(duty.label), asked.label(lamp.period), lamp.due, said[lamp.state], lamp.found,
               lamp.needed, str(duty.article)]


def workbook(actor: Actor, here: Unit, waiting: Sequence[lamps.Owed]) -> HttpResponse:
    heads = [_("单位编码"), _("单位"), _("职责"), _("期间"), _("截止日期"), _("状态"), _("已登记"), _("应完成"),
             _("依据")]
    note = _("导出人 %(name)s，数据截至 %(day)s") % {"name": actor.name, "day": actor.today.isoformat()}
    title = _("未办事项")
    data = sheets.write_xlsx(title, heads, table(waiting), note=note)
    return download(data, f"{here.name}-{title}-{actor.today.isoformat()}.xlsx", XLSX)


def calls(request: HttpRequest, actor: Actor, here: Unit, waiting: Sequence[lamps.Owed],
          said: str) -> HttpResponse:
    """One row a unit with its secretary and what is missing, for printing and ticking off by telephone."""
    names: dict[int, list[str]] = {}
    if actor.may(Verb.SEE, "position", here.place):
        posts = Position.objects.filter(held(actor.today), within((here.place,)), post=Post.SECRETARY)
        for unit, name in posts.order_by("unit", "since").values_list("unit", "person__name"):
            names.setdefault(unit, []).append(name)
    rows = [[unit.name, "、".join(names.get(unit.pk, ())) or "—",
             "；".join(f"{duty.label}（{asked.label(lamp.period)}，{lamp.due.isoformat()}）" for duty, lamp in its), ""]
            for unit, its in by_unit(waiting)]
    return render(request, "engine/calls.html", {
        "title": _("未办事项提醒单"), "note": f"{here.name} · {said}", "rows": rows,
        "columns": [(_("单位"), ""), (_("书记"), ""), (_("未办事项及截止日期"), "wrap"), (_("联系结果"), "wrap")],
        "back": asked.link(request, view=None), "as_of": actor.today.isoformat(), "lang": "",
    })




EXTRA.append(("activities", "duties", gettext_lazy("未办一览"), Verb.SEE, EVERY))
