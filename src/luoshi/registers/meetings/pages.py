"""Record a meeting in one page: all present and the exceptions, the rest as last time."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.chrome import EXTRA
from luoshi.engine.pages.edit import drawn_lines
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from . import forms
from .models import Kind, Meeting, Reason


def record_page(request: HttpRequest) -> HttpResponse:
    """The form, shown or sent. Refused: 422 and everything typed is still there."""
    one, actor = register("meeting"), request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.ADD)
    sent = request.POST if request.method == "POST" else None
    what = forms.called(one, actor, request.GET if sent is None else request.POST, coded=sent is None)
    listed = forms.names(what, sent)
    data = None if sent is None else forms.completed(sent, listed)
    start = {**forms.start(one, actor, what), **{k: v for k, v in request.GET.items() if k == "topic"}}
    form = engine_forms.form_class(one, actor)(data, instance=Meeting(), initial=start)
    votes = engine_forms.line_forms(one, "votes", actor, data)
    refused = sent is not None and sent.get("do") != "roster"
    if refused:
        try:
            if saved := _keep(request, form, votes, listed):
                messages.success(request, _("已保存：%(row)s") % {"row": saved})
                return redirect("detail", one.name, saved.pk)
        except write.Repeated as again:
            messages.info(request, str(again))
            return redirect("detail", one.name, again.pk) if again.pk else redirect("list", one.name)
    title = _("登记%(what)s") % {"what": Kind(what.kind).label}
    return render(request, "meetings/record.html", {
        "title": title, **_fields(form, what.kind, refused), **_roster(what, listed),
        "errors": engine_forms.errors_of(form) if refused else [],
        "votes": drawn_lines(one, "votes", votes), "key": request.POST.get("key") or secrets.token_hex(16),
        "copied": forms.last(one, actor, what) if what.unit else None, "cancel": reverse("list", args=[one.name]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (title, None)],
    }, status=422 if refused else 200)


def roster_part(request: HttpRequest) -> HttpResponse:
    """The roster alone, asked for when unit, kind or day change."""
    one, actor = register("meeting"), request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.ADD)
    what = forms.called(one, actor, request.GET)
    form = engine_forms.form_class(one, actor)(initial=forms.start(one, actor, what))
    return render(request, "meetings/roster.html", {**_fields(form, what.kind, False),
                                                    **_roster(what, forms.names(what, request.GET))})


def _keep(request: HttpRequest, form: Any, votes: list[Any], listed: list[forms.Name]) -> Meeting | None:
    """Save through the door where all is sound; None (and errors on the form) where not."""
    sound = form.is_valid()
    # A blank line is sent with its defaults; only what was changed is a vote.
    parts, good = engine_forms.sound_lines([one for one in votes if one.has_changed()])
    if not (sound and good):
        return None
    lines = {"absences": forms.absences(listed), "votes": parts}
    try:
        saved: Meeting = write.save(request.actor, register("meeting"), form.instance,  # type: ignore[attr-defined]
                                    lines=lines, key=request.POST.get("key", "")[:64])
    except ValidationError as error:
        engine_forms.take_errors(form, error)
        return None
    return saved


def _fields(form: Any, kind: str, refused: bool) -> dict[str, Any]:
    """The drawn fields by where they stand; a lecture asks for its lecturer at once, others only among the rest."""
    drawn = {field["name"]: field for field in engine_forms.drawn(form)}
    drawn["expected"] |= {"help": _("按名单填写，可以修改")}
    drawn["present"] |= {"required": False, "help": _("留空时按应到人数减去未到人数计算")}
    lecture = kind == Kind.LECTURE
    rows = (*forms.MAIN, *([forms.LECTURE] if lecture else []))
    more = forms.MORE if lecture else (*forms.MORE, *forms.LECTURE)
    return {"main": [{"row": len(row) > 1, "fields": [drawn[n] for n in row]} for row in rows],
            "counts": [drawn[n] for n in forms.COUNTS],
            "decisions": drawn["decisions"], "more": [drawn[n] for n in more],
            "more_open": refused and any(drawn[n]["errors"] for n in more)}


def _roster(what: forms.Called, listed: list[forms.Name]) -> dict[str, Any]:
    return {"names": listed, "reasons": Reason.choices, "unit": what.unit, "held_on": what.held_on}


urlpatterns = [
    path("record/", record_page, name="meeting-record"),
    path("record/roster/", roster_part, name="meeting-roster"),
]
EXTRA.append(("activities", "meeting-record", gettext_lazy("登记会议"), Verb.ADD, "meeting"))
