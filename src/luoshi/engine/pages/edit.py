"""Add or change a record: one form, one call of the write door, the conflict page when someone was faster."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import columns, forms, write
from ..register import Register
from .detail import along, get_row
from .listing import found_register


def new_page(request: HttpRequest, name: str) -> HttpResponse:
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.ADD)
    row = one.model()
    return form_page(request, one, row, title=_("登记%(what)s") % {"what": one.label}, initial=start(one, actor, request))


def start(one: Register, actor: Any, request: HttpRequest) -> dict[str, Any]:
    """What a new form is filled with: the address's values, and the only unit where there is just one."""
    found: dict[str, Any] = {k: v for k, v in request.GET.items() if k in one.form}
    if "unit" in one.form and "unit" not in found and actor.account and actor.account.home_id:
        home = actor.account.home
        if one.may(actor, Verb.ADD, home.place):
            found["unit"] = home
    return found


def edit_page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    row = get_row(one, actor, pk, Verb.CHANGE)
    return form_page(request, one, row, title=_("修改%(what)s") % {"what": one.label}, initial={})


def form_page(request: HttpRequest, one: Register, row: Any, *, title: str, initial: dict[str, Any]) -> HttpResponse:
    """The form of a record, shown or sent. Refused: 422 and everything typed is still there."""
    actor = request.actor  # type: ignore[attr-defined]
    sent = request.POST if request.method == "POST" else None
    form = forms.form_class(one, actor)(sent, instance=row, initial=initial)
    parts = {key: forms.line_forms(one, key, actor, sent, list(getattr(row, key).order_by("pk")) if row.pk else [])
             for key in one.lines}
    key = request.POST.get("key") or secrets.token_hex(16)
    if sent is not None:
        try:
            if saved := _keep(actor, one, form, parts, request):
                messages.success(request, _("已保存：%(row)s") % {"row": saved})
                return redirect("detail", one.name, saved.pk)
        except write.Repeated as again:
            messages.info(request, str(again))
            return redirect("detail", one.name, again.pk) if again.pk else redirect("list", one.name)
        except write.Conflict as clash:
            return conflict(request, one, form.instance, clash.stored)
    return render(request, "engine/form.html", {
        "title": title, "fields": forms.drawn(form), "errors": forms.errors_of(form) if sent is not None else [],
        "parts": [drawn_lines(one, key, found) for key, found in parts.items()],
        "version": row.version if sent is None else request.POST.get("version", row.version), "key": key,
        "cancel": reverse("detail", args=[one.name, row.pk]) if row.pk else reverse("list", args=[one.name]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (title, None)],
    }, status=422 if sent is not None else 200)


def _keep(actor: Any, one: Register, form: Any, parts: dict[str, list[Any]], request: HttpRequest) -> Any:
    """Save through the door where all is sound; None (and errors on the form) where not."""
    sound = form.is_valid()
    lines = {}
    for key, found in parts.items():
        lines[key], good = forms.sound_lines(found)
        sound = sound and good
    if not sound:
        return None
    row = form.instance
    if row.pk and request.POST.get("version", "").isdecimal():
        row.version = int(request.POST["version"])
    try:
        return write.save(actor, one, row, lines=lines, key=request.POST.get("key", "")[:64])
    except ValidationError as error:
        forms.take_errors(form, error)
        return None


def drawn_lines(one: Register, key: str, found: list[Any]) -> dict[str, Any]:
    """A table of small forms for the ui's `lines` part."""
    relation: Any = one.model._meta.get_field(key)
    drawn = [forms.drawn(form) for form in found]
    blank = [dict(f, name=f["name"].replace(f"{key}-{len(found) - 1}-", f"{key}-__i__-"),
                  id=f["id"].replace(f"{key}-{len(found) - 1}-", f"{key}-__i__-"), value="", errors=[])
             for f in (drawn[-1] if drawn else [])]
    return {"prefix": key, "title": str(relation.related_model._meta.verbose_name), "rows": drawn, "blank": blank,
            "columns": [(f["label"], "") for f in (drawn[-1] if drawn else [])]}


def conflict(request: HttpRequest, one: Register, mine: Any, stored: Any) -> HttpResponse:
    """Both contents side by side; what the reader sent is posted again with the version of the stored row."""
    rows = []
    for name in one.form:
        column = columns.column(one, name)
        left, right = (column.text(*[along(r, p) for p in column.needs]) for r in (mine, stored))
        rows.append({"name": name, "label": column.label, "mine": left, "theirs": right, "differs": left != right})
    hidden = [(k, v) for k, values in request.POST.lists() for v in values
              if k not in ("version", "key", "csrfmiddlewaretoken")]
    return render(request, "engine/conflict.html", {
        "title": _("内容已被他人修改"), "rows": rows, "hidden": [*hidden, ("version", stored.version)],
        "action": reverse("edit", args=[one.name, stored.pk]),
        "back": reverse("detail", args=[one.name, stored.pk]),
    }, status=409)
