"""What was withdrawn, by whom and why, and the way back; for those who manage the register."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.foundation.grants import Verb
from luoshi.foundation.trail import Line
from luoshi.ui.render import render

from .. import history, write
from ..register import Register
from .listing import found_register

MOST = 100


def withdrawn_page(request: HttpRequest, name: str) -> HttpResponse:
    """The latest withdrawn rows, each with the sentence of its withdrawal."""
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    if not one.form:
        raise Http404
    one.require(actor, Verb.MANAGE)
    rows = list(one.gone(actor).order_by("-changed_at", "-pk")[:MOST])
    write.note_reading(actor, one, *rows)
    said = last_words(one, rows)
    return render(request, "engine/withdrawn.html", {
        "title": _("已撤回的%(what)s") % {"what": one.label}, "register": one,
        "note": _("最近 %(n)d 条") % {"n": MOST} if len(rows) == MOST else "",
        "rows": [(row.pk, str(row), str(getattr(row, "unit", "")), *said.get(row.pk, ("", ""))) for row in rows],
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[name])), (_("已撤回"), None)],
    })


def last_words(one: Register, rows: list[Any]) -> dict[int, tuple[str, str]]:
    """(moment, sentence) of each row's last line in the trail."""
    lines = {line.row: line for line in Line.objects.filter(
        register=one.name, row__in=[row.pk for row in rows], verb__in=("withdraw", "undo")).order_by("at", "seq")}
    keys = [key for key in lines if key is not None]
    return dict(zip(keys, history.sentences(one, [lines[key] for key in keys]), strict=True))


@require_POST
def restore(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.MANAGE)
    row = one.gone(actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    try:
        write.restore(actor, one, row)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("withdrawn", name)
    messages.success(request, _("已恢复：%(row)s") % {"row": row})
    return redirect("detail", name, pk)
