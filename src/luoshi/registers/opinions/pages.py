"""Sending a message and reading the answers to one's own; answering; what waits on the first screen."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine import forms as engine_forms
from luoshi.engine import home, write
from luoshi.engine.actor import Actor
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit
from luoshi.ui.render import render

from . import forms
from .models import Feedback, State, Topic

LISTED = 50
BLOCK = 8
LAMPS = {"ok": gettext_lazy("已答复"), "late": gettext_lazy("逾期未答复"), "soon": gettext_lazy("即将到期"),
         "none": gettext_lazy("办理中")}


def send_page(request: HttpRequest) -> HttpResponse:
    """Write to those who run the product; below it what one has sent, with the answers. Needs no grant."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    start = {"topic": Topic.SUGGESTION, "page": request.GET.get("page", "")[:200]}
    form = forms.Sending(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = write.save(actor, register("feedback"), Feedback(
                unit=_home(actor), sender=actor.account, received_on=actor.today, **form.cleaned_data),
                key=request.POST.get("key", "")[:40])
            messages.success(request, _("已提交，将在 %(day)s 前答复") % {"day": made.due.isoformat()})
            return redirect("feedback-send")
        except write.Repeated as again:
            messages.info(request, str(again))
            return redirect("feedback-send")
        except ValidationError as error:
            engine_forms.take_errors(form, error)
    mine = register("feedback").rows(actor).filter(sender=actor.id).order_by("-id")[:LISTED]
    return render(request, "opinions/send.html", {
        "title": _("意见建议"), "fields": engine_forms.drawn(form), "key": secrets.token_hex(16),
        "errors": engine_forms.errors_of(form) if form.is_bound else [], "mine": [item(one, actor) for one in mine],
        "crumbs": [(_("首页"), reverse("home")), (_("意见建议"), None)],
    }, status=422 if form.is_bound else 200)


def _home(actor: Actor) -> Unit:
    """The sender's own unit; the root of the party's tree for an account without one."""
    own = actor.account.home if actor.account else None
    if own is None:
        own = Unit.objects.filter(parent__isnull=True, withdrawn=False).order_by("place").first()
    if own is None:
        raise Http404
    return own


def item(one: Feedback, actor: Actor) -> dict[str, Any]:
    state = one.lamp(actor.today)
    return {"text": one.text, "answer": one.answer, "state": state, "word": LAMPS[state],
            "url": reverse("feedback-answer", args=[one.pk]), "unit": one.unit,
            "note": _("%(received)s 提交，期限 %(due)s") % {"received": one.received_on.isoformat(),
                                                      "due": one.due.isoformat()}}


def answer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: hand it to somebody, or answer it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = register("feedback")
    row = get_row(one, actor, pk, Verb.CHANGE)
    handing = request.POST.get("do") == "assign"
    given = forms.Assigning(request.POST if handing else None, actor=actor)
    form = forms.Answering(request.POST if request.method == "POST" and not handing else None)
    asked = given if handing else form
    if request.method == "POST" and asked.is_valid():
        if (seen := request.POST.get("version", "")).isdecimal():
            row.version = int(seen)
        try:
            _take(actor, row, asked.cleaned_data)
            messages.success(request, _("已答复：%(row)s") % {"row": row} if row.state == State.ANSWERED
                             else _("已转交 %(name)s 办理") % {"name": row.handler})
            return redirect("detail", one.name, row.pk)
        except ValidationError as error:
            engine_forms.take_errors(asked, error)
        except write.Conflict as clash:
            row = clash.stored
            engine_forms.take_errors(asked, ValidationError(_("其他人刚刚办理过，请看上面的最新内容，再决定是否提交")))
    return render(request, "opinions/answer.html", {
        "title": _("答复意见建议"), "row": row, "open": row.state != State.ANSWERED,
        "facts": [(_("内容"), row.text), (_("类别"), row.get_topic_display()), (_("所在页面"), row.page or "—"),
                  (_("单位"), str(row.unit)), (_("收到日期"), row.received_on.isoformat()),
                  (_("答复期限"), row.due.isoformat()), (_("经办人"), str(row.handler or "—")),
                  *([(_("答复"), row.answer), (_("答复日期"), row.answered_on.isoformat())] if row.answered_on else [])],
        "handing": engine_forms.drawn(given), "fields": engine_forms.drawn(form), "version": row.version,
        "errors": engine_forms.errors_of(asked) if asked.is_bound else [],
        "back": reverse("detail", args=[one.name, row.pk]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (str(row), None)],
    }, status=422 if asked.is_bound else 200)


def _take(actor: Actor, row: Feedback, sent: dict[str, Any]) -> None:
    """Hand a message on, or answer it, through the door."""
    if "handler" in sent:
        row.handler = sent["handler"]
        if row.state == State.ASSIGNED:  # handed on once more
            write.save(actor, register("feedback"), row)
        else:
            write.move(actor, register("feedback"), row, State.ASSIGNED)
        return
    row.answer, row.answered_on = sent["answer"].strip(), actor.today
    write.move(actor, register("feedback"), row, State.ANSWERED)


def block(actor: Actor) -> dict[str, Any] | None:
    """What waits for an answer, the longest first, for those who may answer."""
    one = register("feedback")
    if actor.system or not one.may(actor, Verb.CHANGE):
        return None
    rows = one.rows(actor, Verb.CHANGE).exclude(state=State.ANSWERED).select_related("unit").order_by("due", "id")
    waiting = [item(row, actor) for row in rows[:BLOCK]]
    if not waiting:
        return None
    return {"title": _("待答复的意见建议"), "template": "opinions/block.html", "rows": waiting}


home.later.append(block)
urlpatterns = [
    path("feedback/", send_page, name="feedback-send"),
    path("feedback/<int:pk>/", answer_page, name="feedback-answer"),
]
