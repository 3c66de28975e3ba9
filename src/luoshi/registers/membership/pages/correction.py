"""Asking for a correction of one's own file; comparing and deciding; the change itself goes through the write door."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from luoshi.engine import forms as engine_forms
from luoshi.engine import home, write
from luoshi.engine.actor import Actor
from luoshi.engine.pages import me
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation import sealed
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.ui.render import render

from ..forms import correction as forms
from ..models.correction import ACCEPTED, ASKED, REFUSED, Correction, State

LISTED = 30
BLOCK = 8
LAMPS = {ASKED: "soon", ACCEPTED: "ok", REFUSED: "none"}


def ask_page(request: HttpRequest) -> HttpResponse:
    """Ask for a correction of one's own file; below it what one has asked and the answers. Needs no grant."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    person = actor.account.person if actor.account else None
    if person is None:
        return redirect("me")
    form = forms.Asking(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            write.save(actor, register("correction"), Correction(
                unit=person.unit, person=person, asked_on=actor.today, **form.cleaned_data),
                key=request.POST.get("key", "")[:40])
            messages.success(request, _("已提交，由保管档案的单位核对"))
            return redirect("correction-ask")
        except write.Repeated as again:
            messages.info(request, str(again))
            return redirect("correction-ask")
        except ValidationError as error:
            engine_forms.take_errors(form, error)
    mine = register("correction").rows(actor).filter(person=person).order_by("-id")[:LISTED]
    return render(request, "membership/correction_ask.html", {
        "title": _("申请更正"), "fields": engine_forms.drawn(form), "key": secrets.token_hex(16),
        "errors": engine_forms.errors_of(form) if form.is_bound else [],
        "mine": [(one.label, str(one.proposed), one.asked_on.isoformat(), LAMPS[one.state],
                  str(one.get_state_display()), one.answer) for one in mine],
        "crumbs": [(_("首页"), reverse("home")), (_("我的信息"), reverse("me")), (_("申请更正"), None)],
    }, status=422 if form.is_bound else 200)


@never_cache
def decide_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The value in the file beside the one proposed; accepting writes it into the file in the same transaction."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = register("correction")
    row = get_row(one, actor, pk, Verb.CHANGE)
    if request.method == "POST" and row.state != ASKED:
        messages.info(request, _("这项申请已经核对过"))
        return redirect("detail", one.name, row.pk)
    form = forms.Answering(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if (seen := request.POST.get("version", "")).isdecimal():
            row.version = int(seen)
        try:
            _decide(actor, row, accept=request.POST.get("do") == "accept", answer=form.cleaned_data["answer"])
            messages.success(request, _("已更正：%(row)s") % {"row": row} if row.state == ACCEPTED
                             else _("已答复不予更正：%(row)s") % {"row": row})
            return redirect("detail", one.name, row.pk)
        except ValidationError as error:
            row = get_row(one, actor, pk, Verb.CHANGE)
            engine_forms.take_errors(form, error)
        except write.Conflict as clash:
            row = clash.stored
            engine_forms.take_errors(form, ValidationError(_("其他人刚刚核对过，请看最新内容")))
    shown = _shown(row.field, row.person)
    if row.state == ASKED and request.method == "GET":
        write.note_revealing(actor, one, row, "proposed", _("核对更正申请"))
    return render(request, "membership/correction_decide.html", {
        "title": _("核对更正申请"), "row": row, "open": row.state == ASKED, "version": row.version,
        "facts": [(_("姓名"), str(row.person)), (_("单位"), str(row.unit)), (_("项目"), row.label), (_("现在登记的内容"), shown),
                  (_("更正后的内容"), sealed.clear(row.proposed)), (_("说明"), row.reason or "—"),
                  (_("申请日期"), row.asked_on.isoformat()), (_("状态"), str(row.get_state_display())),
                  *([(_("核对结果说明"), row.answer)] if row.answer else [])],
        "fields": engine_forms.drawn(form), "errors": engine_forms.errors_of(form) if form.is_bound else [],
        "back": reverse("detail", args=[one.name, row.pk]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (str(row), None)],
    }, status=422 if form.is_bound else 200)


def _shown(name: str, person: Person) -> str:
    """A field of a file as its list would show it; sealed ones masked."""
    display = getattr(person, f"get_{name}_display", None)
    value = display() if display else getattr(person, name)
    return str(value) if value not in (None, "") else "—"


def _decide(actor: Actor, row: Correction, *, accept: bool, answer: str) -> None:
    """Both writes or neither; the rules of the file are asked as if the office had typed the value."""
    with transaction.atomic():
        if accept:
            person = get_row(register("person"), actor, row.person_id, Verb.CHANGE)
            setattr(person, row.field, forms.value_of(row.field, sealed.clear(row.proposed).strip()))
            write.save(actor, register("person"), person, reason=_("本人申请更正"))
        row.answer, row.answered_on = answer, actor.today
        write.move(actor, register("correction"), row, ACCEPTED if accept else REFUSED)


def block(actor: Actor) -> dict[str, Any] | None:
    """What waits to be compared, for those who may change the files."""
    one = register("correction")
    if actor.system or not one.may(actor, Verb.CHANGE):
        return None
    rows = one.rows(actor, Verb.CHANGE).filter(state=State.ASKED).select_related("person", "unit").order_by("asked_on", "id")
    found = [{"text": str(row), "url": reverse("correction-decide", args=[row.pk]),
              "note": f"{row.unit} · {row.asked_on.isoformat()}"} for row in rows[:BLOCK]]
    return {"title": _("待核对的更正申请"), "template": "membership/correction_block.html", "rows": found} if found else None


home.later.append(block)
me.correcting.append(lambda _person: reverse("correction-ask"))
urlpatterns = [
    path("correction/", ask_page, name="correction-ask"),
    path("correction/<int:pk>/", decide_page, name="correction-decide"),
]
