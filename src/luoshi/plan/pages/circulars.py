"""Monthly circulars: choose a month, read the counted figures, write opening and requirements, issue and freeze."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.pages.papers import download
from luoshi.engine.register import register
from luoshi.engine.transfer import sheets
from luoshi.foundation.grants import Verb
from luoshi.kernel import periods
from luoshi.ui.render import render

from .. import circulating, documents
from ..models import Circular, CircularState, Plan, PlanState
from .frame import crumbs, found_plan, tabs
from .listing import XLSX


def index(request: HttpRequest, pk: int) -> HttpResponse:
    """The circulars of a plan, and the month for a new one."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = found_plan(actor, pk)
    door = register("plan_circular")
    may = plan.state != PlanState.DRAFT and door.may(actor, Verb.ADD, plan.place)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        if not may:
            raise Http404
        try:
            made = _start(actor, plan, request.POST.get("month", ""))
            return redirect("plan:circular", made.pk)
        except ValidationError as error:
            errors = [("f-month", " ".join(error.messages))]
    rows = [(_("第 %(n)d 期") % {"n": one.number}, reverse("plan:circular", args=[one.pk]),
             periods.parse(one.period).label(), one.get_state_display(), one.issued_on)
            for one in visible(actor, plan).order_by("-number")]
    return render(request, "plan/circulars.html", {
        "title": plan.title, "plan": plan, "rows": rows, "may": may, "errors": errors,
        "month": {"name": "month", "label": _("通报月份"), "type": "month", "required": True,
                  "value": request.POST.get("month") or f"{actor.today:%Y-%m}", "example": f"{actor.today:%Y-%m}",
                  "errors": [text for _spot, text in errors]},
        "tabs": tabs(plan, "circulars", actor), "crumbs": crumbs(plan, (_("通报"), None)),
    }, status=422 if errors else 200)


def visible(actor: Actor, plan: Plan) -> Any:
    """An issued circular is for every reader of the plan; a draft only for those who may see it in its register."""
    mine = register("plan_circular").rows(actor).filter(plan=plan)
    sent = register("plan_circular").base().filter(plan=plan, state=CircularState.ISSUED)
    return (mine | sent).distinct()


def _start(actor: Actor, plan: Plan, month: str) -> Circular:
    """A draft for a month; the month's own where it exists."""
    try:
        period = periods.parse(month)
    except ValueError as error:
        raise ValidationError(_("请选择通报月份，例如 %(month)s") % {"month": f"{actor.today:%Y-%m}"}) from error
    if period.kind != "month" or period.start > actor.today:
        raise ValidationError(_("请选择本月或以前的月份"))
    door = register("plan_circular")
    rows = door.rows(actor).filter(plan=plan)
    if present := rows.filter(period=period.key).first():
        return present  # type: ignore[no-any-return]
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    opening = _("现将%(month)s《%(title)s》落实情况通报如下。") % {"month": period.label(), "title": plan.title}
    return write.save(actor, door, Circular(unit=plan.unit, plan=plan, period=period.key, number=last + 1,  # type: ignore[no-any-return]
                                            opening=opening))


def found_circular(actor: Actor, pk: int) -> Circular:
    row = register("plan_circular").base().select_related("plan__unit", "unit").filter(pk=pk).first()
    if row is None:
        raise Http404
    plan = found_plan(actor, row.plan_id)
    if not visible(actor, plan).filter(pk=pk).exists():
        raise Http404
    return row  # type: ignore[no-any-return]


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is counted at each opening; an issued one reads its frozen figures."""
    actor = request.actor  # type: ignore[attr-defined]
    one = found_circular(actor, pk)
    may = one.state == CircularState.DRAFT and register("plan_circular").may(actor, Verb.CHANGE, one.place)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        if not may:
            raise Http404
        errors = _sent(request, actor, one)
        if not errors:
            return redirect("plan:circular", pk)
    found = circulating.shown(one, actor.today)
    return render(request, "plan/circular.html", {
        "title": _("第 %(n)d 期落实情况通报") % {"n": one.number}, "one": one, "may": may, "errors": errors,
        "found": found,
        "overall": documents.overall(found), "period": periods.parse(one.period).label(),
        "fields": [
            {"name": "opening", "label": _("前言"), "type": "textarea", "rows": 3, "value": one.opening},
            {"name": "closing", "label": _("工作要求"), "type": "textarea", "rows": 4, "value": one.closing},
            {"name": "version", "type": "hidden", "value": one.version}],
        "papers": [(_("导出 Excel"), reverse("plan:circular-sheet", args=[pk]), "download", False)] + ([
            ("Word", reverse("document", args=["plan_circular", pk, "circular", "docx"]), "file", False),
            ("PDF", reverse("document", args=["plan_circular", pk, "circular", "pdf"]), "print", False)]
            if register("plan_circular").rows(actor).filter(pk=pk).exists() else []),
        "unit_columns": [(_("牵头单位"), ""), (_("措施"), "num"), (_("已完成"), "num"), (_("进行中"), "num"),
                         (_("有风险"), "num"), (_("未开始"), "num")],
        "crumbs": crumbs(one.plan, (_("通报"), reverse("plan:circulars", args=[one.plan_id])),
                         (_("第 %(n)d 期") % {"n": one.number}, None)),
    }, status=422 if errors else 200)


def _sent(request: HttpRequest, actor: Actor, one: Circular) -> list[tuple[str | None, str]]:
    one.opening = request.POST.get("opening", "")[:2000]
    one.closing = request.POST.get("closing", "")[:2000]
    one.version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else one.version
    try:
        if request.POST.get("do") == "issue":
            circulating.issue(actor, one)
            messages.success(request, _("已印发，数据固定在 %(day)s") % {"day": (one.figures or {})["as_of"]})
        else:
            write.save(actor, register("plan_circular"), one)
            messages.success(request, _("已保存"))
    except (ValidationError, write.Conflict) as error:
        one.state, one.figures, one.issued_on = CircularState.DRAFT, None, None
        return [(None, " ".join(error.messages) if isinstance(error, ValidationError) else str(error))]
    return []


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures per measure as a workbook: the frozen ones once issued."""
    actor = request.actor  # type: ignore[attr-defined]
    one = found_circular(actor, pk)
    found = circulating.shown(one, actor.today)
    header = [_("编号"), _("措施"), _("牵头单位"), _("完成期限"), _("完成"), _("应完成"), _("完成率"), _("状态"),
              _("说明")]
    rows = [[m[k] for k in ("number", "text", "owner", "due", "found", "needed", "share", "words", "remark")]
            for m in found["measures"]]
    title = _("第 %(n)d 期落实情况通报") % {"n": one.number}
    note = _("数据截至 %(day)s") % {"day": found["as_of"]}
    return download(sheets.write_xlsx(title, header, rows, note=note), f"{title}.xlsx", XLSX)
