"""One measure: the number and what stands behind it, last year beside it, milestones with proof, remarks, history."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.history import sentences
from luoshi.engine.register import register, registers
from luoshi.foundation import files
from luoshi.foundation.grants import Verb
from luoshi.foundation.trail import Line
from luoshi.ui.render import render

from .. import kinds, progress, rules
from ..models import Measure, Method, Milestone, PlanState, Remark
from .frame import crumbs, found_measure, may_change


def page(request: HttpRequest, pk: int) -> HttpResponse:
    return shown(request, found_measure(request.actor, pk))  # type: ignore[attr-defined]


def shown(request: HttpRequest, one: Measure, *, errors: list[tuple[str | None, str]] | None = None) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    its = progress.progress(one, actor.today)
    before = progress.last_year(its)
    trail = Line.objects.filter(register="measure", row=one.pk).order_by("-at", "-seq")[:30]
    return render(request, "plan/measure.html", {
        "title": f"{one.number} {one.wording}".strip()[:60], "one": one, "its": its, "lamp": progress.icon(its.lamp),
        "parts": [_part(one, i, part, before[i]) for i, part in enumerate(its.parts)],
        "facts": facts(one), "steps": [_step(s, actor) for s in one.milestones.all()],
        "counts_steps": any(p.rule.method == Method.MILESTONE for p in its.parts),
        "remarks": [(r.day, _said(r)) for r in register("plan_remark").rows(actor).filter(measure=one)
                    .order_by("-day", "-id")[:20]],
        "may_remark": may_report(actor, one), "errors": errors or [], "as_of": actor.today.isoformat(),
        "history": sentences(register("measure"), trail),
        "change_url": reverse("plan:change", args=[one.pk]) if may_change(actor, one.plan)
        and one.plan.state == PlanState.ISSUED else "",
        "crumbs": crumbs(one.plan, (one.number or _("措施"), None)),
    }, status=422 if errors else 200)


def _said(one: Remark) -> str:
    return f"{one.text}（{one.by}）" if one.by else one.text


def facts(one: Measure) -> list[tuple[str, Any]]:
    since, due = progress.window(one)
    found = [(_("牵头单位"), one.owner.name if one.owner else ""),
             (_("协办单位"), "、".join(h.unit.name for h in one.helpers.all())),
             (_("开始日期"), since.isoformat()),
             (_("完成期限"), due.isoformat() if one.due else _("年底（原文未写期限）")),
             (_("事项类别"), kinds.label(one.kind)), (_("所属工程或主题"), one.programme), (_("原文时间"), one.timing)]
    if one.needs:
        found.append((_("补填的名称"), one.supplied))
    return [(label, value) for label, value in found if value]


def _part(one: Measure, i: int, part: progress.Part, before: Any) -> dict[str, Any]:
    """One counting rule as the page shows it; the links lead to lists as long as the numbers."""
    method, share = part.rule.method, part.share
    counts = method != Method.MILESTONE and part.known
    absent = share.bottom is not None and method in (Method.COVERAGE, Method.ON_TIME, Method.STATE)
    return {
        "label": part.label, "method": part.rule.get_method_display(), "words": part.rule.words,
        "top": progress.plain(share.top), "needed": progress.plain(part.needed), "unit": part.unit_word,
        "percent": part.done.percent_text() if part.needed else "", "lamp": progress.icon(part.lamp),
        "lamp_words": progress.WORDS[part.lamp.why], "done": float(share.top), "whole": float(part.needed or 0),
        "should": progress.plain(share.bottom) if share.bottom is not None and part.needed != share.bottom else "",
        "records": reverse("plan:records", args=[one.pk, i]) if counts else "",
        "missing": reverse("plan:missing", args=[one.pk, i]) if counts and absent else "",
        "missing_count": progress.plain(share.bottom - share.top) if absent and share.bottom is not None else "",
        "before": progress.pair(before) if before else "", "period": part.period.label(), "own": part.rule.own,
    }


def _step(one: Milestone, actor: Actor) -> dict[str, Any]:
    done = rules.reached(reached_on=one.reached_on, proof=one.proof)
    late = not done and one.due is not None and one.due < actor.today
    link, words = "", ""
    if one.proof_file_id:
        link, words = reverse("file", args=[one.proof_file.token]), one.proof_file.name  # type: ignore[union-attr]
    elif one.proof_row:
        link = reverse("detail", args=[one.proof_register, one.proof_row])
        words = _("%(label)s第 %(n)d 号记录") % {"label": register(one.proof_register).label, "n": one.proof_row}
    return {"one": one, "done": done, "lamp": "ok" if done else "late" if late else "none",
            "word": _("已完成") if done else _("逾期") if late else _("未完成"), "link": link, "words": words,
            "url": reverse("plan:milestone", args=[one.pk])
            if not done and register("plan_milestone").may(actor, Verb.CHANGE, one.place) else ""}


def may_report(actor: Actor, one: Measure) -> bool:
    """May say how it goes: whoever may add remarks where the owner, a helper or the issuing unit stands."""
    return _speaker(actor, one) is not None


def _speaker(actor: Actor, one: Measure) -> Any:
    """The unit in whose name this actor speaks."""
    asked = [one.owner, *(h.unit for h in one.helpers.all()), one.unit]
    return next((unit for unit in asked if unit and register("plan_remark").may(actor, Verb.ADD, unit.place)), None)


@require_POST
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """One sentence for today."""
    actor = request.actor  # type: ignore[attr-defined]
    one = found_measure(actor, pk)
    unit = _speaker(actor, one)
    if unit is None:
        raise PermissionDenied(_("您没有填写进展说明的权限。如工作需要，请联系牵头单位"))
    row = Remark(measure=one, unit=unit, day=actor.today, text=request.POST.get("text", "").strip(), by=actor.name)
    try:
        write.save(actor, register("plan_remark"), row, key=request.POST.get("key", "")[:64])
    except ValidationError as error:
        return shown(request, one, errors=[("f-text", " ".join(error.messages))])
    except write.Repeated:
        pass
    messages.success(request, _("已保存进展说明"))
    return redirect("plan:measure", pk)


def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a milestone reached, with its proof: a file, or a record of a register."""
    actor = request.actor  # type: ignore[attr-defined]
    step = register("plan_milestone").rows(actor, Verb.CHANGE).select_related("measure__plan").filter(pk=pk).first()
    if step is None:
        raise Http404
    found_measure(actor, step.measure_id)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        errors = _reach(request, actor, step)
        if not errors:
            messages.success(request, _("已登记节点完成"))
            return redirect("plan:measure", step.measure_id)
    back = reverse("plan:measure", args=[step.measure_id])
    named = [(one.name, one.label) for one in registers() if one.may(actor, Verb.SEE) and not one.sensitive]
    return render(request, "plan/milestone.html", {
        "title": _("登记节点完成"), "step": step, "errors": errors,
        "crumbs": crumbs(step.measure.plan, (step.measure.number or _("措施"), back), (step.title, None)),
        "cancel": back,
        "fields": [
            {"name": "reached_on", "label": _("完成日期"), "type": "date", "required": True,
             "value": request.POST.get("reached_on") or actor.today.isoformat()},
            {"legend": _("完成依据，任选一种"), "help": _("没有依据的节点不算完成"), "fields": [
                {"name": "file", "label": _("上传文件"), "type": "file", "help": _("通知、纪要、方案等，不要求照片")},
                {"name": "register", "label": _("或选择台账"), "type": "select", "choices": [("", _("不选")), *named],
                 "value": request.POST.get("register", "")},
                {"name": "row", "label": _("该台账中的记录号"), "inputmode": "numeric",
                 "value": request.POST.get("row", ""), "help": _("打开记录，网址最后的数字就是记录号")}]},
            {"name": "version", "type": "hidden", "value": step.version}],
    }, status=422 if errors else 200)


def _reach(request: HttpRequest, actor: Actor, step: Milestone) -> list[tuple[str | None, str]]:
    from django.utils.dateparse import parse_date

    try:
        day = parse_date(request.POST.get("reached_on", ""))
    except ValueError:
        day = None
    if day is None or day > actor.today:
        return [("f-reached_on", _("完成日期不能为空，也不能晚于今天"))]
    sent, name, row = request.FILES.get("file"), request.POST.get("register", ""), request.POST.get("row", "")
    if sent and (sent.size or 0) > 20 * 1024 * 1024:
        return [("f-file", _("文件大于 20 MB，请压缩后再上传"))]
    if not sent and not _exists(actor, name, row):
        return [("f-file", _("请上传文件，或选择台账并填写其中一条记录的号码"))]
    step.reached_on = day
    step.version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else step.version
    if sent:
        step.proof_file = files.store(sent.read(), name=sent.name or "", register="plan_milestone", row=step.pk,
                                      place=step.place, by=actor.id)
    else:
        step.proof_register, step.proof_row = name, int(row)
    try:
        write.save(actor, register("plan_milestone"), step)
    except (ValidationError, write.Conflict) as error:
        return [(None, " ".join(error.messages) if isinstance(error, ValidationError) else str(error))]
    return []


def _exists(actor: Actor, name: str, row: str) -> bool:
    """Whether the named record exists for this actor; sensitive registers prove nothing in public."""
    door = next((one for one in registers() if one.name == name and not one.sensitive), None)
    return door is not None and row.isdecimal() and door.rows(actor).filter(pk=int(row)).exists()
