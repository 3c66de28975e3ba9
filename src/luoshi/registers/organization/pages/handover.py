"""Handing a unit over: the list of open matters, then post, grants and the record of it in one step."""

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
from luoshi.engine.actor import Actor
from luoshi.engine.handover import pack
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb, hand_over
from luoshi.foundation.people import Position, Post
from luoshi.foundation.units import Unit
from luoshi.ui.render import render

from ..forms.handover import Handing, secretary
from ..models.changes import Handover


def handover_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything open in a unit, and the form that hands it to the next secretary."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = get_row(register("unit"), actor, pk, Verb.MANAGE)
    form = Handing(request.POST if request.method == "POST" else None, unit=unit, actor=actor)
    if request.method == "POST" and form.giver and form.is_valid():
        try:
            made, given = carry_out(actor, unit, form.giver, form.cleaned_data)
            messages.success(request, _("已完成交接：%(row)s") % {"row": made})
            if not given:
                messages.info(request, _("%(name)s 还没有账号，请系统管理人员开通并授权") % {"name": made.taker})
            return redirect("detail", "handover", made.pk)
        except ValidationError as error:
            engine_forms.take_errors(form, error)
    found = pack(unit, actor)
    return render(request, "organization/handover.html", {
        "title": _("工作交接"), "note": unit.name, "giver": form.giver, "fields": engine_forms.drawn(form),
        "parts": [{"title": one.title, "columns": [(head, "wrap") for head in one.heads], "rows": one.rows} for one in found],
        "open": sum(len(one.rows) for one in found if one.open),
        "errors": engine_forms.errors_of(form) if form.is_bound else [], "back": reverse("detail", args=["unit", pk]),
        "crumbs": [(_("首页"), reverse("home")), (register("unit").label, reverse("list", args=["unit"])),
                   (unit.name, reverse("detail", args=["unit", pk])), (_("工作交接"), None)],
    }, status=422 if form.is_bound else 200)


@transaction.atomic
def carry_out(actor: Actor, unit: Unit, giver: Position, sent: dict[str, Any]) -> tuple[Handover, bool]:
    """End the old secretary's post and grants, begin the new one's, write it down; whether the new one has an account."""
    on, taker, door = sent["on"], sent["taker"], register("position")
    matters = sum(len(one.rows) for one in pack(unit, actor) if one.open)
    giver.until = on
    write.save(actor, door, giver)
    if secretary(unit, actor) is None:
        write.save(actor, door, Position(unit=unit, person=taker, post=Post.SECRETARY, since=on))
    ended, given = hand_over(unit=unit, giver=giver.person_id, taker=taker.pk, on=on)
    made = Handover(unit=unit, giver=giver.person, taker=taker, on=on, note=sent["note"], open_matters=matters)
    write.save(actor, register("handover"), made, reason=_("授权收回 %(ended)d 项，授予 %(given)d 项") % {
        "ended": len(ended), "given": len(given)})
    return made, bool(given) or not ended
