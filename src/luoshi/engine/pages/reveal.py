"""Opening a sealed value: with a reason, so many times an hour, shown once and noted."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from luoshi.foundation import sealed
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import write
from ..actor import Actor
from ..register import Register
from .detail import get_row
from .listing import found_register

HOURLY = 20  # values one account may open within an hour
SHORTEST = 4  # characters of a reason


@never_cache
def reveal_page(request: HttpRequest, name: str, pk: int, field: str) -> HttpResponse:
    """Ask for the reason, then show the whole value once. Asking needs the right to change the record."""
    one = found_register(name)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = get_row(one, actor, pk, Verb.CHANGE)
    column = next((each for each in sealed.sealed_fields(one.model) if each.name == field and field in one.form), None)
    if column is None or not getattr(row, field):
        raise Http404
    reason = " ".join(request.POST.get("reason", "").split())[:200]
    value = ""
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        value, errors = _opened(actor, one, row, field, reason)
    return render(request, "engine/reveal.html", {
        "title": _("查看完整的%(name)s") % {"name": column.verbose_name}, "row": row, "label": str(column.verbose_name),
        "mask": str(getattr(row, field)), "value": value, "errors": errors, "reason": reason,
        "hourly": HOURLY, "back": reverse("detail", args=[name, pk]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[name])),
                   (str(row), reverse("detail", args=[name, pk])), (str(column.verbose_name), None)],
    }, status=422 if errors else 200)


def _opened(actor: Actor, one: Register, row: Any, field: str, reason: str) -> tuple[str, list[tuple[str, str]]]:
    """The value and the line in the trail in one transaction, or why not."""
    if len(reason) < SHORTEST:
        return "", [("f-reason", _("请写明查看的原因，例如：办理党组织关系转接"))]
    with transaction.atomic():
        if write.revealed_lately(actor) >= HOURLY:
            return "", [("f-reason", _("一小时内最多查看 %(n)d 次，请稍后再试") % {"n": HOURLY})]
        try:
            value = sealed.clear(getattr(row, field))
        except sealed.Unopened as error:
            return "", [("f-reason", str(error))]
        write.note_revealing(actor, one, row, field, reason)
    return value, []

