"""Reviews and public notices: recording a review, opening a notice, what was received, and how the notice ended."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.sent import line, number
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.kernel.workdays import count_workdays, provisional
from luoshi.ui.render import render

from ..forms import development as forms
from ..models.development import Review
from ..models.development_notice import Notice, Objection
from ..models.development_words import article
from ..rules import development as rules
from . import development_asking as steps


def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a half-yearly review: the day, who did it, and when the written report came."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    door = register("development_review")
    row: Review = get_row(door, actor, pk, Verb.CHANGE)
    form = forms.review_form(row, actor, request.POST if request.method == "POST" else None)
    back = reverse("development-timeline", args=[row.case_id])
    if request.method == "POST" and form.is_valid():
        part = forms.asker("development_review", Review, ("held_on", "reviewer", "report_on"))
        if answer := steps.kept(request, form, lambda: write.save(actor, door, row, key=line(request, "key", 64)), part, back):
            return answer
    code = "cultivate" if row.kind == Review.Kind.ACTIVIST else "probation"
    title = _("第 %(n)s 次%(kind)s（应于 %(day)s 前）") % {"n": row.number, "kind": row.get_kind_display(), "day": row.due_on}
    return steps.asked(request, form, row.case, title, back, cited=article(code, rules.version_on(day=actor.today)))


def notice_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a notice from the case; its text is drafted from the file."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = steps.get_case(request, pk, Verb.CHANGE)
    door = register("development_notice")
    row = Notice(unit=case.unit, case=case)
    form = forms.posting_form(row, actor, request.POST if request.method == "POST" else None)
    back = reverse("development-timeline", args=[case.pk])

    def keep() -> None:
        write.save(actor, door, row, key=line(request, "key", 64))

    if request.method == "POST" and form.is_valid() and (answer := steps.kept(request, form, keep, None, back)):
        return answer
    return steps.asked(request, form, case, _("办理公示"), back, cited=article("notice", rules.VERSION_2026),
                       button=_("开始公示"))


def notice_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The timer, what was received, the papers, and the result once the last day has come."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    door = register("development_notice")
    row: Notice = get_row(door, actor, pk)
    writes = door.may_row(actor, Verb.CHANGE, row)
    if request.method == "POST":
        door.require_row(actor, Verb.CHANGE, row)
    objections = list(row.objections.order_by("received_on", "pk"))
    closing, received = forms.closing_form(row, actor), forms.Received(prefix="o")
    status = 200
    if request.method == "POST" and request.POST.get("do") == "received":
        received = forms.Received(request.POST, prefix="o")
        if received.is_valid() and _add(request, actor, row, objections, received):
            return redirect(request.path)
        status = 422
    elif request.method == "POST":
        closing, status = forms.closing_form(row, actor, request.POST), 422
        if closing.is_valid():
            part = forms.asker("development_notice", Notice, ("closed_on", "result"))
            if answer := steps.kept(request, closing, lambda: write.save(actor, door, row), part, request.path):
                return answer
    shown = count_workdays(row.posted_on, min(actor.today, row.ends_on))
    return render(request, "membership/development_notice.html", {
        "title": _("%(name)s · 公示") % {"name": row.case.person.name}, "row": row, "case": row.case, "writes": writes,
        "shown": shown, "adding": received.is_bound, "ready": actor.today >= row.ends_on, "provisional": provisional(row.ends_on.year),
        "objections": objections, "closing": engine_forms.drawn(closing), "received": engine_forms.drawn(received),
        "errors": engine_forms.errors_of(closing if closing.is_bound else received) if status == 422 else [],
        "version": request.POST.get("version", row.version), "cited": article("notice", rules.VERSION_2026),
        "crumbs": steps.crumbs(row.case, _("公示")),
    }, status=status)


def _add(request: HttpRequest, actor: Actor, row: Notice, objections: list[Objection], form: Any) -> bool:
    """Add what was received, or put down how one was settled (`which` is its place in the list)."""
    new, which = form.instance, number(request, "which")
    if which is not None and which < len(objections):
        objections[which] = new
    else:
        objections.append(new)
    row.version = number(request, "version") or row.version
    try:
        write.save(actor, register("development_notice"), row, lines={"objections": objections})
    except ValidationError as error:
        engine_forms.take_errors(form, error)
        return False
    except write.Conflict as clash:
        messages.error(request, str(clash))
        return True
    messages.success(request, _("已登记收到的反映"))
    return True


urlpatterns = [
    path("development/reviews/<int:pk>/", review_page, name="development-review"),
    path("development/<int:pk>/notice/", notice_new, name="development-notice-new"),
    path("development/notices/<int:pk>/", notice_page, name="development-notice"),
]
