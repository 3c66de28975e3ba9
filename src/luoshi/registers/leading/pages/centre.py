"""Record a centre-group session with its list in one page, and keep the list and the make-ups afterwards."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.bulk import save_many
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.engine.roll import Reason
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import forms
from ..models import CentreAttendance, CentreSession

MAIN = (("unit", "held_on"), ("title",), ("form", "secretary"), ("enlarged",))
MORE = ("starts", "venue", "chair", "expert", "materials", "discussion")


def record_page(request: HttpRequest) -> HttpResponse:
    """A new session: the list of the day is taken as present but for those ticked. Refused: 422, all typed stays."""
    one, actor = register("centre_session"), request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.ADD)
    sent = request.POST if request.method == "POST" else None
    asked = request.GET if sent is None else sent
    unit, day = forms.unit_of(one, actor, asked), forms.day_of(asked, actor.today)
    people = forms.names(forms.listed(unit, day, enlarged=bool(asked.get("enlarged"))), {}, sent)
    data = None if sent is None else _counted(sent, people)
    initial = {"unit": unit, "held_on": day, "expected": len(people) or "", "form": CentreSession().form,
               **{name: request.GET[name] for name in ("title",) if name in request.GET}}
    form = engine_forms.form_class(one, actor)(data, instance=CentreSession(), initial=initial)
    refused = sent is not None and sent.get("do") != "roster"
    if refused:
        try:
            if saved := _keep(request, form, people):
                messages.success(request, _("已保存：%(row)s") % {"row": saved})
                return redirect("detail", one.name, saved.pk)
        except write.Repeated as again:
            messages.info(request, str(again))
            return redirect("detail", one.name, again.pk) if again.pk else redirect("list", one.name)
    title = _("登记中心组学习")
    return render(request, "leading/record.html", {
        "title": title, **_fields(form, refused), "names": people, "reasons": Reason.choices, "held_on": day,
        "errors": engine_forms.errors_of(form) if refused else [], "key": request.POST.get("key") or secrets.token_hex(16),
        "cancel": reverse("list", args=[one.name]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (title, None)],
    }, status=422 if refused else 200)


def _counted(sent: Any, people: list[forms.Name]) -> Any:
    """The sent values with both counts: those of the list where there is one, else as typed."""
    data = sent.copy()
    if people:
        data["expected"], data["present"] = str(len(people)), str(sum(not one.away for one in people))
    return data


def _keep(request: HttpRequest, form: Any, people: list[forms.Name]) -> CentreSession | None:
    """Session and list in one transaction; None (and errors on the form) where something is wrong."""
    actor = request.actor  # type: ignore[attr-defined]
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            saved: CentreSession = write.save(actor, register("centre_session"), form.instance,
                                              key=request.POST.get("key", "")[:64])
            keep_list(actor, saved, people, {})
    except ValidationError as error:
        form.instance.pk = None
        engine_forms.take_errors(form, error)
        return None
    return saved


def keep_list(actor: Any, session: CentreSession, people: list[forms.Name], stored: dict[int, CentreAttendance]) -> None:
    """Store who came and who did not; raises ValidationError naming the person, then nothing is stored."""
    one = register("centre_attendance")
    for verb, some in (("add", [n for n in people if n.pk not in stored]), ("change", [n for n in people if n.pk in stored])):
        rows = []
        for name in some:
            try:
                rows.append(forms.attendance(session, name, stored.get(name.pk)))
            except ValueError as error:
                raise ValidationError(_("%(name)s：请填写正确的补学日期") % {"name": name.name}) from error
        refused = save_many(actor, one, rows, verb=verb)
        for at, why in sorted(refused.items()):
            raise ValidationError([f"{some[at].name}：{text}" for text in why.messages])


def list_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came, who was away and why, and when it was made up; the counts of the session follow."""
    one, actor = register("centre_session"), request.actor  # type: ignore[attr-defined]
    session = get_row(one, actor, pk, Verb.CHANGE)
    stored = {row.person_id: row for row in session.attendances.filter(withdrawn=False)}
    people = forms.names(forms.listed(session.unit, session.held_on, enlarged=session.enlarged, also=stored), stored,
                         request.POST if request.method == "POST" else None)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        errors = _keep_both(request, session, people, stored)
        if not errors:
            messages.success(request, _("已保存到会名单：%(row)s") % {"row": session})
            return redirect("detail", one.name, pk)
    return render(request, "leading/list.html", {
        "title": _("到会名单和补学"), "session": session, "names": people, "reasons": Reason.choices, "errors": errors,
        "version": CentreSession.objects.values_list("version", flat=True).get(pk=pk), "back": reverse("detail", args=[one.name, pk]),
        "today": actor.today,
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])),
                   (str(session), reverse("detail", args=[one.name, pk])), (_("到会名单和补学"), None)],
    }, status=422 if errors else 200)


def _keep_both(request: HttpRequest, session: CentreSession, people: list[forms.Name],
               stored: dict[int, CentreAttendance]) -> list[tuple[str | None, str]]:
    if not people:
        return [(None, _("该单位当天没有登记任职人员，请先在组织台账中登记班子成员"))]
    if str(request.POST.get("version", "")).isdecimal():
        session.version = int(request.POST["version"])
    session.expected, session.present = len(people), sum(not one.away for one in people)
    actor = request.actor  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            write.save(actor, register("centre_session"), session)
            keep_list(actor, session, people, stored)
    except ValidationError as error:
        return [(None, message) for message in error.messages]
    except write.Conflict:
        return [(None, _("其他人刚刚修改过这次学习，您填写的内容仍在下面；请核对后再次提交"))]
    return []


def _fields(form: Any, refused: bool) -> dict[str, Any]:
    drawn = {field["name"]: field for field in engine_forms.drawn(form)}
    drawn["secretary"] |= {"help": _("没有学习秘书的不计入学习次数")}
    return {"main": [{"row": len(names) > 1, "fields": [drawn[n] for n in names]} for names in MAIN],
            "counts": [drawn["expected"], drawn["present"]], "more": [drawn[n] for n in MORE],
            "more_open": refused and any(drawn[n]["errors"] for n in MORE)}
