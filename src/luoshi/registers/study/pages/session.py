"""Record a session in one page: all present and the exceptions; a planned one is filled in, another one is new."""

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
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.edit import drawn_lines
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import forms
from ..models import Absence, StudySession, roster

MAIN = (("unit", "held_on"), ("topic",), ("theme", "hours"))
MORE = ("starts", "venue", "leader", "makes_up", "notes")


def record_page(request: HttpRequest) -> HttpResponse:
    """A session that no timetable planned, or a make-up of one."""
    register("study").require(request.actor, Verb.ADD)  # type: ignore[attr-defined]
    return _page(request, StudySession(), reverse("study-record"))


def planned_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A session of the timetable, or one already recorded."""
    row = get_row(register("study"), request.actor, pk, Verb.CHANGE)  # type: ignore[attr-defined]
    return _page(request, row, reverse("study-record-planned", args=[pk]))


def _page(request: HttpRequest, row: StudySession, action: str) -> HttpResponse:
    """The form, shown or sent. Refused: 422 and everything typed is still there."""
    one, actor = register("study"), request.actor  # type: ignore[attr-defined]
    sent = request.POST if request.method == "POST" else None
    asked = request.GET if sent is None else sent
    unit = row.unit if row.pk else forms.unit_of(one, actor, asked)
    day = forms.day_of(asked, row.held_on or min(row.planned_on or actor.today, actor.today))
    stored = dict(row.absences.values_list("person", "reason")) if row.pk else {}
    listed = roll.names(roster(unit=unit, day=day), sent, stored) if unit else []
    data = None if sent is None else roll.completed(sent, listed)
    if data is not None and row.pk:
        data["unit"] = str(row.unit_id)
        if str(sent.get("version", "")).isdecimal():  # type: ignore[union-attr]
            row.version = int(sent["version"])  # type: ignore[index]
    version = row.version
    initial = {**forms.start(one, actor, row, unit, day),
               **{name: request.GET[name] for name in ("makes_up", "topic") if name in request.GET}}
    form = engine_forms.form_class(one, actor)(data, instance=row, initial=initial)
    materials = engine_forms.line_forms(one, "materials", actor, data, list(row.materials.order_by("pk")) if row.pk else ())
    refused = sent is not None and sent.get("do") != "roster"
    if refused:
        try:
            if saved := _keep(request, form, materials, listed):
                messages.success(request, _("已保存：%(row)s") % {"row": saved})
                return redirect("detail", one.name, saved.pk)
        except write.Repeated as again:
            messages.info(request, str(again))
            return redirect("detail", one.name, again.pk) if again.pk else redirect("list", one.name)
        except write.Conflict as clash:
            version = clash.stored.version
            engine_forms.take_errors(form, ValidationError(
                _("其他人刚刚修改过这次学习，您填写的内容仍在下面；请核对后再次提交")))
    title = _("登记集中学习")
    return render(request, "study/record.html", {
        "title": title, "action": action, **_fields(form, row, refused), "names": listed, "reasons": roll.Reason.choices,
        "held_on": day, "planned_on": row.planned_on, "version": version if row.pk else "",
        "errors": engine_forms.errors_of(form) if refused else [],
        "materials": drawn_lines(one, "materials", materials),
        "key": request.POST.get("key") or secrets.token_hex(16), "cancel": reverse("list", args=[one.name]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (title, None)],
    }, status=422 if refused else 200)


def _keep(request: HttpRequest, form: Any, materials: list[Any], listed: list[roll.Name]) -> StudySession | None:
    """Save through the door where all is sound; None (and errors on the form) where not."""
    sound = form.is_valid()
    parts, good = engine_forms.sound_lines(materials)
    if not (sound and good):
        return None
    lines = {"materials": parts, "absences": roll.absences(Absence, listed)}
    try:
        saved: StudySession = write.save(request.actor, register("study"), form.instance,  # type: ignore[attr-defined]
                                         lines=lines, key=request.POST.get("key", "")[:64])
    except ValidationError as error:
        engine_forms.take_errors(form, error)
        return None
    return saved


def _fields(form: Any, row: StudySession, refused: bool) -> dict[str, Any]:
    drawn = {field["name"]: field for field in engine_forms.drawn(form)}
    drawn["hours"] |= {"step": "0.5"}
    drawn["expected"] |= {"help": _("按名单填写，可以修改")}
    drawn["present"] |= {"required": False, "help": _("留空时按应到人数减去未到人数计算")}
    if row.pk:
        drawn["unit"] = {"name": "unit", "label": _("单位"), "type": "static", "value": str(row.unit)}
    return {"main": [{"row": len(names) > 1, "fields": [drawn[n] for n in names]} for names in MAIN],
            "counts": [drawn["expected"], drawn["present"]], "more": [drawn[n] for n in MORE],
            "more_open": (refused and any(drawn[n]["errors"] for n in MORE)) or "makes_up" in form.initial}
