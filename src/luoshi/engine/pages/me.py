"""What is kept about the reader, who opened it, and a way to ask for a correction."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from luoshi.foundation.people import Person, Position
from luoshi.foundation.sealed import Sealed, Unopened, clear
from luoshi.foundation.trail import Line
from luoshi.ui.render import render

from .. import columns, history, write
from ..actor import Actor
from ..register import Register, registers
from .detail import along

SHOWN = 50
# A register that takes requests for corrections enters the address of its page: person → address.
correcting: list[Callable[[Person], str]] = []
# What registers add of their own: (person, today) → {"title", "template", …} or None.
blocks: list[Callable[[Person, date], dict[str, Any] | None]] = []


@never_cache
def me_page(request: HttpRequest) -> HttpResponse:
    """One's own file, posts and records; needs no grant. Sealed values are shown whole after one press, and noted."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    person = actor.account.person if actor.account else None
    crumbs = [(_("首页"), reverse("home")), (_("我的信息"), None)]
    if person is None:
        return render(request, "engine/me.html", {"title": _("我的信息"), "person": None, "crumbs": crumbs})
    file = next((one for one in registers() if one.model is Person), None)
    whole = request.method == "POST"
    if whole and file:
        write.note_revealing(actor, file, person, "id_number", _("本人查看"))
    posts = Position.objects.filter(person=person, withdrawn=False).select_related("unit").order_by("-since", "-id")
    read = Line.objects.filter(register=file.name if file else "", row=person.pk, verb__in=("see", "reveal"))
    return render(request, "engine/me.html", {
        "title": _("我的信息"), "person": person, "whole": whole, "crumbs": crumbs,
        "facts": _facts(file, person, whole) if file else [],
        "posts": [(str(one.get_post_display()), one.unit.name, one.since.isoformat(),
                   one.until.isoformat() if one.until else _("至今")) for one in posts[:SHOWN]],
        "post_columns": [(_("职务"), ""), (_("单位"), ""), (_("任职日期"), "date"), (_("离任日期"), "date")],
        "kept": [(one.label, count) for one, count in kept_about(person) if count],
        "kept_columns": [(_("台账"), ""), (_("涉及本人的记录"), "num")],
        "read": history.sentences(file, read.order_by("-at", "-seq")[:SHOWN]) if file else [],
        "blocks": [found for one in blocks if (found := one(person, actor.today))],
        "correct_url": correcting[0](person) if correcting else "",
    })


def _facts(file: Register, person: Person, whole: bool) -> list[tuple[str, str]]:
    """Every field of the file, the sealed ones masked or whole."""
    found = []
    for name in file.form:
        column = columns.column(file, name)
        values: list[Any] = [along(person, path) for path in column.needs]
        if whole:
            values = [_whole(value) for value in values]
        found.append((column.label, column.text(*values) or columns.EMPTY))
    return found


def _whole(value: Any) -> Any:
    try:
        return clear(value) if isinstance(value, Sealed) else value
    except Unopened:
        return value


def kept_about(person: Person) -> list[tuple[Register, int]]:
    """(register, records that name this person) for every register, in one query; sensitive ones are not said here."""
    found: list[Register] = []
    asks: list[Any] = []
    for one in registers():
        names = [field.name for field in one.model._meta.concrete_fields
                 if isinstance(field, models.ForeignKey) and field.related_model is Person]
        if one.sensitive or not names:
            continue
        said = models.Q()
        for name in names:
            said |= models.Q((name, person))
        asks.append(one.base().filter(said).order_by().values(spot=models.Value(len(found))).annotate(
            n=models.Count("pk")).values_list("spot", "n"))
        found.append(one)
    counts = dict(asks[0].union(*asks[1:], all=True)) if asks else {}
    return [(one, counts.get(spot, 0)) for spot, one in enumerate(found)]
