"""Find a unit or a person by name, code, pinyin or initials."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.ui.render import render

from ..finding import words
from ..register import registers

MOST = 10


def pick(request: HttpRequest, kind: str) -> HttpResponse:
    """The choices for a picker box, as the ui's fragment."""
    actor = request.actor  # type: ignore[attr-defined]
    name = request.GET.get("name", "")
    text = (request.GET.get("q") or request.GET.get(f"{name}_q") or "").strip()
    found = find(actor, kind, text)[:MOST] if text else []
    return render(request, "engine/picked.html", {
        "name": name, "id": request.GET.get("id", f"f-{name}"),
        "options": [(row.pk, str(row), row.code if kind == "unit" else f"{row.unit.name} {row.number}")
                    for row in found],
    }, part="engine/picked.html")


def find(actor: Any, kind: str, text: str) -> Any:
    """Units (all may be named) or persons (only those below one's grants) that fit the words."""
    fits = words(text, ("search",))
    if kind == "unit":
        return Unit.objects.filter(fits | Q(code=text), withdrawn=False).order_by("place")
    if kind == "person":
        reach = Q() if actor.system else within(actor.places(Verb.SEE, "person"))
        return Person.objects.filter(fits | Q(number=text), reach, withdrawn=False).select_related("unit").order_by("strokes", "id")
    raise Http404


def search_page(request: HttpRequest) -> HttpResponse:
    """One box for all: units, persons, and every register that names fields to search, a few of each."""
    actor = request.actor  # type: ignore[attr-defined]
    text = request.GET.get("q", "").strip()[:60]
    groups = []
    if text:
        for one in registers():
            # No search across discipline and member data: sensitive registers never appear here.
            if one.sensitive or not one.search or not one.may(actor, Verb.SEE):
                continue
            rows = list(one.rows(actor).filter(words(text, one.search))[: MOST + 1])
            if rows:
                more = f"{reverse('list', args=[one.name])}?{urlencode({'q': text})}" if len(rows) > MOST else ""
                groups.append({"label": one.label, "more": more, "rows": [
                    (str(row), reverse("detail", args=[one.name, row.pk])) for row in rows[:MOST]]})
    return render(request, "engine/search.html", {
        "title": _("查找"), "text": text, "groups": groups, "search_query": text})
