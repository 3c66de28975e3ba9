"""Deciding on a request by a unit above; what waits for it on the first screen; asking from a row of the desk."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from luoshi.engine import forms as engine_forms
from luoshi.engine import home, write
from luoshi.engine.actor import Actor
from luoshi.engine.duties import Duty, Lamp
from luoshi.engine.pages import lamps
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit
from luoshi.ui.render import render

from . import rules
from .forms import Deciding, deciding_places, may_decide
from .models import State, Waiver

SHOWN = 8


def decide_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The request; those above the unit grant or refuse it, everybody else reads what became of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = register("waiver")
    row: Waiver = get_row(one, actor, pk)
    open_ = row.state == State.ASKED and may_decide(actor, row)
    form = Deciding(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if (seen := request.POST.get("version", "")).isdecimal():
            row.version = int(seen)
        try:
            _decide(actor, row, request.POST.get("do") == "grant", form.cleaned_data["answer"].strip())
            messages.success(request, _("已同意免除") if row.state == State.GRANTED else _("已答复不同意"))
            return redirect("detail", one.name, row.pk)
        except ValidationError as error:
            engine_forms.take_errors(form, error)
        except write.Conflict as clash:
            row = get_row(one, actor, clash.stored.pk)
            engine_forms.take_errors(form, ValidationError(_("其他人刚刚办理过，请看上面的最新内容，再决定是否提交")))
        row = get_row(one, actor, pk)
    return render(request, "waivers/decide.html", {
        "title": _("审批免除申请"), "row": row, "open": open_, "version": row.version,
        "facts": [(_("单位"), row.unit.name), (_("职责"), row.get_duty_display()), (_("期间"), row.period),
                  (_("原因类别"), row.get_cause_display()), (_("具体原因"), row.why), (_("依据文件"), row.document or "—"),
                  (_("申请日期"), row.asked_on.isoformat()), (_("状态"), row.get_state_display()),
                  *([(_("审批单位"), str(row.decided_by)), (_("审批日期"), row.decided_on.isoformat()), (_("审批意见"), row.answer or "—")]
                    if row.decided_on else [])],
        "fields": engine_forms.drawn(form), "errors": engine_forms.errors_of(form) if form.is_bound else [],
        "back": reverse("detail", args=[one.name, row.pk]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (str(row), None)],
    }, status=422 if form.is_bound else 200)


def _decide(actor: Actor, row: Waiver, grants: bool, answer: str) -> None:
    """Through the door, which asks for the right above. Raises PermissionDenied, ValidationError or Conflict."""
    if row.state != State.ASKED:
        raise ValidationError(_("这项申请已经审批，请刷新页面查看结果"))
    row.state = State.GRANTED if grants else State.REFUSED
    row.answer, row.decided_on, row.decided_by = answer, actor.today, _above(actor, row)
    write.save(actor, register("waiver"), row, verb="decide")


def _above(actor: Actor, row: Waiver) -> Unit | None:
    """The nearest unit above at which this actor decides."""
    own = deciding_places(actor, row)
    return Unit.objects.filter(place=own[-1], withdrawn=False).first() if own else row.unit.parent


def block(actor: Actor) -> dict[str, Any] | None:
    """What waits for a decision, the longest first, for those who decide."""
    one = register("waiver")
    if actor.system or not one.may(actor, Verb.MANAGE):
        return None
    waiting = one.rows(actor, Verb.MANAGE).filter(state=State.ASKED).select_related("unit").order_by("asked_on", "id")[: SHOWN * 4]
    rows = [{"what": f"{row.unit.name} {row}", "note": row.why, "url": reverse("waiver-decide", args=[row.pk]),
             "state": rules.lamp(asked_on=row.asked_on, state=row.state, today=actor.today)}
            for row in waiting if may_decide(actor, row)]
    return {"title": _("待审批的免除申请"), "template": "waivers/waiting.html", "rows": rows[:SHOWN]} if rows else None


def asking(unit: Unit, duty: Duty, lamp: Lamp, actor: Actor) -> tuple[str, str, bool] | None:
    """From what is late or near on a list of several units, to the form that asks for a waiver."""
    if lamp.state not in ("late", "soon") or not register("waiver").may(actor, Verb.ADD, unit.place):
        return None
    asked = urlencode({"unit": unit.pk, "duty": duty.name, "period": lamp.period.key, "asked_on": actor.today.isoformat()})
    return _("申请免除"), f"{reverse('new', args=['waiver'])}?{asked}", False


home.later.append(block)
lamps.further.append(asking)
urlpatterns = [path("<int:pk>/", decide_page, name="waiver-decide")]
