"""A big operation: what it needs by rule, and its temporary branch opened and ended from here."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.actor import on_behalf
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.sent import line
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person, Position, Post
from luoshi.foundation.units import Body, Unit
from luoshi.ui.render import render

from .. import documents, forms
from ..models import Operation
from . import life


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist with lamps, and the form of the next step."""
    actor = request.actor  # type: ignore[attr-defined]
    one = register("operation")
    row: Operation = get_row(one, actor, pk)
    manages = register("unit").may(actor, Verb.MANAGE, row.place)
    opens = row.forms == "temporary" and not row.branch_id and not row.closed_on
    ends = bool(row.branch and not row.branch.until)
    form: Any = None
    if manages and (opens or ends):
        kind = forms.Opening if opens else forms.Ending
        form = kind(request.POST if request.method == "POST" else None, operation=row, actor=actor)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("临时党支部由管理该单位的人员成立和撤销；请刷新页面核对现在的情况"))
        if form.is_valid() and _did(request, form, row, _open if opens else _close):
            return redirect("operation", pk)
    return render(request, "organization/operation.html", {
        "title": row.name, "row": row, "checks": documents.checklist(row), "opens": opens, "ends": ends,
        "fields": engine_forms.drawn(form) if form else [], "key": secrets.token_hex(16),
        "errors": engine_forms.errors_of(form) if form and form.is_bound else [],
        "back": reverse("detail", args=["operation", pk]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=["operation"])),
                   (str(row), reverse("detail", args=["operation", pk])), (_("核对事项"), None)],
    }, status=422 if form and form.is_bound else 200)


def _did(request: HttpRequest, form: Any, row: Operation, deed: Any) -> bool:
    """Whether it was done; what refused it stands on the form."""
    kept = form.cleaned_data
    decided = life.Decision(kept["on"], kept["document"], key=line(request, "key", 40))
    try:
        deed(request.actor, row, decided, kept)  # type: ignore[attr-defined]
    except ValidationError as error:
        engine_forms.take_errors(form, error)
        return False
    except write.Conflict as clash:
        form.add_error(None, str(clash))
        return False
    except write.Repeated as again:
        messages.info(request, str(again))
        return True
    messages.success(request, _("已办理：%(row)s") % {"row": row})
    return True


@transaction.atomic
def _open(actor: Any, row: Operation, decided: life.Decision, kept: Any) -> None:
    """The branch, those appointed to it and its members, in one deed (branch regulation Art. 8)."""
    unit = Unit(name=kept["name"], code=kept["code"], body=Body.BRANCH, kind=row.unit.kind, temporary=True,
                parent=row.unit, since=decided.on)
    write.save(actor, register("unit"), unit, reason=decided.reason, key=decided.key)
    for person, post in posts(kept):
        write.save(on_behalf(actor), register("position"),
                   Position(unit=unit, person=person, post=post, since=decided.on), reason=decided.reason)
    row.branch = unit
    write.save(actor, register("operation"), row, verb="open", reason=decided.reason)
    life.note_founding(actor, unit, decided)


def posts(kept: Any) -> list[tuple[Person, str]]:
    """Who holds what in the new branch: the appointed are members too."""
    chosen = [kept["secretary"], *([kept["deputy"]] if kept["deputy"] else []), *kept["members"]]
    offices = [(kept["secretary"], Post.SECRETARY), *([(kept["deputy"], Post.DEPUTY)] if kept["deputy"] else [])]
    return [*offices, *((one, Post.MEMBER) for one in {one.pk: one for one in chosen}.values())]


@transaction.atomic
def _close(actor: Any, row: Operation, decided: life.Decision, kept: Any) -> None:
    """The branch ends with the operation; the report is kept with the operation."""
    branch = Unit.objects.get(pk=row.branch_id)
    life.close(actor, branch, decided)
    row.branch, row.report, row.closed_on = branch, kept["report"], decided.on
    write.save(actor, register("operation"), row, verb="close", reason=decided.reason)
