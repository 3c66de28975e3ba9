"""The list of plans, and how a new one comes in: a file or pasted text, read in the background."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import jobs, write
from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation import files
from luoshi.foundation.grants import Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.ui.render import render

from ..models import Plan, PlanState
from ..progress import column, of_measures
from .frame import crumbs, found_plan, measures

MOST_TEXT = 200_000


def index(request: HttpRequest) -> HttpResponse:
    """Plans with where each stands: an issued one opens on its text, a draft where it is confirmed."""
    actor = request.actor  # type: ignore[attr-defined]
    door = register("plan")
    door.require(actor, Verb.SEE)
    plans = list(door.rows(actor).select_related("unit").order_by("-year", "-id")[:30])
    latest = next((p for p in plans if p.state == PlanState.ISSUED), None)
    return render(request, "plan/index.html", {
        "title": _("年度要点"), "plans": [_row(actor, one) for one in plans],
        "latest": latest, "tally": _tally(actor, latest) if latest else [],
        "toolbar": [(_("导入要点"), reverse("plan:upload"), "upload", True)] if door.may(actor, Verb.ADD) else [],
        "crumbs": [(_("首页"), reverse("home")), (_("年度要点"), None)],
    })


def _row(actor: Actor, one: Plan) -> dict[str, Any]:
    draft = one.state == PlanState.DRAFT and register("plan").may(actor, Verb.CHANGE, one.place)
    return {"plan": one, "url": reverse("plan:confirm" if draft else "plan:board", args=[one.pk])}


def _tally(actor: Actor, plan: Plan) -> list[dict[str, Any]]:
    """How many measures stand in each column of the board."""
    found = measures(actor, plan)
    lamps = [column(one.lamp) for one in of_measures(found, actor.today).values()]
    words = (("none", _("未开始")), ("ok", _("进行中")), ("risk", _("有风险")), ("done", _("已完成")))
    return [{"label": label, "value": lamps.count(code), "unit": _("条"),
             "url": reverse("plan:board", args=[plan.pk]) + f"#{code}"} for code, label in words]


def issuers(actor: Actor) -> list[tuple[str, str]]:
    """The units in whose name this actor may bring in a plan, highest first."""
    covered = actor.places(Verb.ADD, "plan")
    rows = Unit.objects.filter(Q() if actor.system else within(covered), withdrawn=False)
    return [(str(pk), name) for pk, name in rows.order_by("place").values_list("pk", "name")[:200]]


def upload(request: HttpRequest) -> HttpResponse:
    """Take the file, keep it, and start the reading; the confirm page opens when it is done."""
    actor = request.actor  # type: ignore[attr-defined]
    register("plan").require(actor, Verb.ADD)
    units = issuers(actor)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        payload, errors = _sent(request, actor, units)
        if not errors:
            job = jobs.start(actor, "plan.read", _("读取要点：%(name)s") % {"name": payload["name"]}, payload)
            return redirect("job", job.pk)
    year = request.POST.get("year") or str(actor.today.year)
    by_field = dict(errors)
    return render(request, "plan/upload.html", {
        "title": _("导入要点"), "errors": errors, "crumbs": crumbs(None, (_("导入要点"), None)),
        "fields": [
            {"name": "file", "label": _("要点文件"), "type": "file", "accept": ".docx,.xlsx,.pdf,.txt,.md",
             "help": _("支持 docx、xlsx、pdf、txt，不超过 20 MB。标点残缺的文本也可以"),
             "errors": _one(by_field, "f-file")},
            {"name": "text", "label": _("或粘贴正文"), "type": "textarea", "rows": 6,
             "value": request.POST.get("text", "")},
            {"name": "year", "label": _("年度"), "type": "number", "value": year, "required": True,
             "errors": _one(by_field, "f-year")},
            {"name": "unit", "label": _("印发单位"), "type": "select", "choices": units, "required": True,
             "value": request.POST.get("unit", units[0][0] if units else ""), "errors": _one(by_field, "f-unit")},
        ],
    }, status=422 if errors else 200)


def _one(found: dict[str | None, str], spot: str) -> list[str]:
    return [found[spot]] if spot in found else []


def _sent(request: HttpRequest, actor: Actor, units: list[tuple[str, str]]
          ) -> tuple[dict[str, Any], list[tuple[str | None, str]]]:
    """What the worker needs, or what is wrong with what was sent."""
    errors: list[tuple[str | None, str]] = []
    sent, text = request.FILES.get("file"), request.POST.get("text", "").strip()
    year, unit = request.POST.get("year", ""), request.POST.get("unit", "")
    if not sent and not text:
        errors.append(("f-file", _("请选择要点文件，或粘贴正文")))
    if sent and (sent.size or 0) > 20 * 1024 * 1024:
        errors.append(("f-file", _("文件大于 20 MB，请去掉图片后再上传")))
    if not (year.isdecimal() and 1949 <= int(year) <= actor.today.year + 2):
        errors.append(("f-year", _("请填写四位年度，例如 %(year)d") % {"year": actor.today.year}))
    if unit not in dict(units):
        errors.append(("f-unit", _("请选择印发单位")))
    if errors:
        return {}, errors
    name = files.clean_name(sent.name or "") if sent else _("粘贴的正文") + ".txt"
    data = sent.read() if sent else text[:MOST_TEXT].encode()
    kept = files.store(data, name=name, register="plan", by=actor.id)
    return {"file": kept.pk, "name": name, "year": int(year), "unit": int(unit)}, []


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Title and year of a draft."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk, Verb.CHANGE)
    if plan.state != PlanState.DRAFT:
        raise PermissionDenied(_("已下达的要点不能修改标题；措施的调整请在措施页面办理"))
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        plan.title = request.POST.get("title", "").strip()[:200]
        version = request.POST.get("version", "")
        plan.version = int(version) if version.isdecimal() else plan.version
        try:
            write.save(actor, register("plan"), plan)
            return redirect("plan:confirm", pk)
        except ValidationError:
            errors.append(("f-title", _("请填写标题")))
        except write.Conflict as clash:
            plan = clash.stored  # type: ignore[assignment]
            errors.append(("f-title", _("其他人刚刚改过标题，请核对后再保存")))
    return render(request, "plan/edit.html", {
        "title": _("修改标题"), "errors": errors, "crumbs": crumbs(plan, (_("修改标题"), None)),
        "cancel": reverse("plan:confirm", args=[pk]),
        "fields": [{"name": "title", "label": _("标题"), "value": plan.title, "required": True, "maxlength": 200,
                    "errors": [text for _spot, text in errors]},
                   {"name": "version", "type": "hidden", "value": plan.version}],
    }, status=422 if errors else 200)
