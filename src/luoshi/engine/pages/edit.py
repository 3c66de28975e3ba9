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
from .sent import line, number


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
    one.require(actor, Verb.SEE)
    row = get_row(one, actor, pk, Verb.CHANGE)
    return form_page(request, one, row, title=_("修改%(what)s") % {"what": one.label}, initial={})


def form_page(request: HttpRequest, one: Register, row: Any, *, title: str, initial: dict[str, Any]) -> HttpResponse:
    """The form of a record, shown or sent. Refused: 422 and everything typed is still there."""
    actor = request.actor  # type: ignore[attr-defined]
    sent = request.POST if request.method == "POST" else None
    if sent is not None and row.pk:
        sent = chosen(one, row, sent)
    adding = request.POST.get("do", "").removeprefix("add-") if sent is not None else ""
    form = forms.form_class(one, actor)(sent, instance=row, initial=initial)
    parts = {key: forms.line_forms(one, key, actor, sent, list(getattr(row, key).order_by("pk")) if row.pk else [],
                                   more=adding == key) for key in one.lines}
    key = line(request, "key", 64) or secrets.token_hex(16)
    if adding in parts:  # one more blank line, asked for without JavaScript: nothing is checked or kept yet
        return _shown(request, one, row, form, parts, title=title, key=key, status=200)
    if sent is not None:
        try:
            if saved := _keep(actor, one, form, parts, request):
                messages.success(request, _("已保存：%(row)s") % {"row": saved})
                return redirect("detail", one.name, saved.pk)
        except write.Repeated as again:
            messages.info(request, str(again))
            return redirect("detail", one.name, again.pk) if again.pk else redirect("list", one.name)
        except write.Conflict as clash:
            mine = {key: forms.sound_lines(found)[0] for key, found in parts.items()}
            return conflict(request, one, form.instance, clash.stored, mine)
    if row.pk and sent is None:
        write.note_reading(actor, one, row)
    return _shown(request, one, row, form, parts, title=title, key=key, status=422 if sent is not None else 200)


def _shown(request: HttpRequest, one: Register, row: Any, form: Any, parts: dict[str, list[Any]], *, title: str,
           key: str, status: int) -> HttpResponse:
    sent = request.method == "POST"
    drawn = forms.drawn(form)
    if status == 200:
        drawn = [dict(field, errors=[]) for field in drawn]
    return render(request, "engine/form.html", {
        "title": title, "fields": drawn, "errors": faults(form, parts) if status != 200 else [],
        "parts": [drawn_lines(one, name, found) for name, found in parts.items()],
        "version": request.POST.get("version", row.version) if sent else row.version, "key": key,
        "cancel": reverse("detail", args=[one.name, row.pk]) if row.pk else reverse("list", args=[one.name]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])), (title, None)],
    }, status=status)


def faults(form: Any, parts: dict[str, list[Any]]) -> list[tuple[str | None, str]]:
    """The error summary over the form and the parts of the record that were filled in."""
    found = forms.errors_of(form)
    for lines in parts.values():
        for one in lines:
            found += forms.errors_of(one) if one.errors and forms.sound_lines([one])[0] else []
    return found


def chosen(one: Register, row: Any, sent: Any) -> Any:
    """What was sent, with the stored value wherever the conflict page was told to keep it."""
    kept = [name for name in one.form if sent.get(f"keep_{name}") == "theirs"]
    if not kept:
        return sent
    made = sent.copy()
    for name in kept:
        made.pop(name, None)
        made.pop(f"{name}_q", None)
        value = one.model._meta.get_field(name).value_from_object(row)  # type: ignore[union-attr]
        if value not in (None, False):
            made[name] = "on" if value is True else str(value)
    return made


def _keep(actor: Any, one: Register, form: Any, parts: dict[str, list[Any]], request: HttpRequest) -> Any:
    """Save through the door where all is sound; None (and errors on the form) where not."""
    sound = form.is_valid()
    lines = {}
    for key, found in parts.items():
        if request.POST.get(f"keep_{key}") == "theirs":
            continue
        lines[key], good = forms.sound_lines(found)
        sound = sound and good
    if not sound:
        return None
    row = form.instance
    if row.pk and (seen := number(request, "version")) is not None:
        row.version = seen
    try:
        return write.save(actor, one, row, lines=lines, key=line(request, "key", 64))
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


def conflict(request: HttpRequest, one: Register, mine: Any, stored: Any, parts: dict[str, list[Any]], *,
             action: str = "", back: str = "") -> HttpResponse:
    """Both contents side by side; what the reader sent is posted again with the version of the stored row, to `action`
    where a page of a register's own asked."""
    rows = []
    for name in one.form:
        column = columns.column(one, name)
        left, right = (column.text(*[along(r, p) for p in column.needs]) for r in (mine, stored))
        rows.append({"name": name, "label": column.label, "mine": left, "theirs": right, "differs": left != right})
    for name, lines in parts.items():
        left, right = ("；".join(map(str, found)) for found in (lines, getattr(stored, name).order_by("pk")))
        label = str(one.model._meta.get_field(name).related_model._meta.verbose_name)  # type: ignore[union-attr]
        rows.append({"name": name, "label": label, "mine": left, "theirs": right, "differs": left != right})
    hidden = [(k, v) for k, values in request.POST.lists() for v in values
              if k not in ("version", "key", "csrfmiddlewaretoken") and not k.startswith("keep_")]
    return render(request, "engine/conflict.html", {
        "title": _("内容已被他人修改"), "rows": rows, "hidden": [*hidden, ("version", stored.version)],
        "action": action or reverse("edit", args=[one.name, stored.pk]),
        "back": back or reverse("detail", args=[one.name, stored.pk]),
    }, status=409)
