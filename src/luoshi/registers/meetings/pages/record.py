"""Record a meeting in one page: all present and the exceptions, decisions, who does what, papers; the rest as last time."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import forms as engine_forms
from luoshi.engine import roll, write
from luoshi.engine.actor import Actor
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.edit import drawn_lines
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import forms, signing
from ..models import Absence, Kind, Meeting, roster
from . import along


def record_page(request: HttpRequest) -> HttpResponse:
    """A meeting that was not planned; a duty that asks for one of a kind leads to the one planned for it."""
    one, actor = register("meeting"), request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.ADD)
    if request.method == "GET" and "kind" in request.GET:
        what = forms.called(one, actor, request.GET, Meeting(), coded=True)
        if row := forms.planned(one, actor, what):
            return redirect("meeting-record-planned", row.pk)
    return _page(request, Meeting(), reverse("meeting-record"))


def planned_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting that was planned, or one already recorded."""
    row = get_row(register("meeting"), request.actor, pk, Verb.CHANGE)  # type: ignore[attr-defined]
    return _page(request, row, reverse("meeting-record-planned", args=[pk]))


def _page(request: HttpRequest, row: Meeting, action: str) -> HttpResponse:
    """The form, shown or sent. Refused: 422 and everything typed is still there."""
    one, actor = register("meeting"), request.actor  # type: ignore[attr-defined]
    sent = request.POST if request.method == "POST" else None
    what = forms.called(one, actor, request.GET if sent is None else sent, row, coded=sent is None)
    stored = dict(row.absences.values_list("person", "reason")) if row.held_on else signing.absent(row)
    listed = _listed(what, sent, stored)
    data = _completed(sent, listed, row)
    start = {**forms.start(one, actor, what, row), **{k: v for k, v in request.GET.items() if k == "topic"}}
    version = row.version
    form = engine_forms.form_class(one, actor)(data, instance=row, initial=start)
    form.fields["held_on"].required = True
    asked = str(sent.get("do") or "") if sent is not None else ""
    votes = engine_forms.line_forms(one, "votes", actor, data, list(row.votes.order_by("pk")) if row.pk else (),
                                    more=asked == "add-votes")
    its = along.read(request, what.unit, row, data, more=asked == "add-tasks")
    refused = sent is not None and not asked
    if refused:
        try:
            if saved := _keep(request, form, votes, listed, its):
                messages.success(request, _("已保存：%(row)s") % {"row": saved})
                return redirect("detail", one.name, saved.pk)
        except write.Repeated as again:
            messages.info(request, str(again))
            return redirect("detail", one.name, again.pk) if again.pk else redirect("list", one.name)
        except write.Conflict as clash:
            version = clash.stored.version
            engine_forms.take_errors(form, ValidationError(_("其他人刚刚修改过这次会议，您填写的内容仍在下面；请核对后再次提交")))
    title = _("登记%(what)s") % {"what": Kind(what.kind).label}
    return render(request, "meetings/record.html", {
        "title": title, "action": action, "version": version if row.pk else "",
        "proposed": 0 if row.held_on else len(stored), "planned_on": row.planned_on,
        **_fields(form, what.kind, row, refused), **_roll(what, listed), **its.drawn(one),
        "errors": engine_forms.errors_of(form) + its.errors if refused else [],
        "votes": drawn_lines(one, "votes", votes), "key": request.POST.get("key") or secrets.token_hex(16),
        "copied": forms.last(one, actor, what) if what.unit and not row.pk else None, "cancel": reverse("list", args=[one.name]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (title, None)],
    }, status=422 if refused else 200)


def roll_part(request: HttpRequest) -> HttpResponse:
    """The roll alone, asked for when unit, kind or day change."""
    one, actor = register("meeting"), request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.ADD)
    what = forms.called(one, actor, request.GET, Meeting())
    form = engine_forms.form_class(one, actor)(initial=forms.start(one, actor, what, Meeting()))
    return render(request, "engine/roll.html", {**_fields(form, what.kind, Meeting(), False),
                                                **_roll(what, _listed(what, request.GET, {}))})


def _listed(what: forms.Called, sent: Any, stored: dict[int, str]) -> list[roll.Name]:
    if what.unit is None:
        return []
    return roll.names(roster(unit=what.unit, kind=what.kind, day=what.held_on), sent, stored)


def _completed(sent: Any, listed: list[roll.Name], row: Meeting) -> Any:
    """What was sent, with the number present worked out; a stored meeting keeps its unit, its plan and the version that was seen."""
    if sent is None:
        return None
    data = roll.completed(sent, listed)
    if row.pk:
        data["unit"] = str(row.unit_id)
        data["planned_on"] = row.planned_on.isoformat() if row.planned_on else ""
        if str(sent.get("version", "")).isdecimal():
            row.version = int(sent["version"])
    return data


def _keep(request: HttpRequest, form: Any, votes: list[Any], listed: list[roll.Name], its: along.Along) -> Meeting | None:
    """Save through the door where all is sound; None (and errors on the form) where not."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    sound = form.is_valid()
    # A blank line is sent with its defaults; only what was changed or stored before is a vote.
    parts, good = engine_forms.sound_lines([one for one in votes if one.has_changed()])
    if not (its.sound() and sound and good):
        return None
    row = form.instance
    try:
        saved: Meeting = write.save(actor, register("meeting"), row, key=request.POST.get("key", "")[:64],
                                    lines={"absences": roll.absences(Absence, listed), "votes": parts},
                                    extra=lambda: its.keep(actor, row))
    except ValidationError as error:
        engine_forms.take_errors(form, error)
        return None
    return saved


def _fields(form: Any, kind: str, row: Meeting, refused: bool) -> dict[str, Any]:
    """The drawn fields by where they stand; a lecture asks for its lecturer at once, others only among the rest."""
    drawn = {field["name"]: field for field in engine_forms.drawn(form)}
    drawn["expected"] |= {"required": True, "help": _("按名单填写，可以修改")}
    drawn["present"] |= {"help": _("留空时按应到人数减去未到人数计算")}
    if row.pk:
        drawn["unit"] = {"name": "unit", "label": _("单位"), "type": "static", "value": str(row.unit)}
    lecture = kind == Kind.LECTURE
    rows = (*forms.MAIN, *([forms.LECTURE] if lecture else []))
    more = forms.MORE if lecture else (*forms.MORE, *forms.LECTURE)
    return {"main": [{"row": len(names) > 1, "fields": [drawn[n] for n in names]} for names in rows],
            "counts": [drawn[n] for n in forms.COUNTS],
            "decisions": drawn["decisions"], "more": [drawn[n] for n in more],
            "more_open": refused and any(drawn[n]["errors"] for n in more)}


def _roll(what: forms.Called, listed: list[roll.Name]) -> dict[str, Any]:
    return {"names": listed, "reasons": roll.Reason.choices, "held_on": what.held_on}
