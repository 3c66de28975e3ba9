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

from ..bounds import fitted
from ..finding import words
from ..forms import choosable
from ..register import registers
from .listing import found_register

MOST = 10
READ = 50  # so many are read to put the best of them first


def pick(request: HttpRequest, kind: str) -> HttpResponse:
    """The choices for a picker box, as the ui's fragment."""
    actor = request.actor  # type: ignore[attr-defined]
    name = request.GET.get("name", "")
    text = (request.GET.get("q") or request.GET.get(f"{name}_q") or "").strip()
    found = find(actor, kind, text, request.GET.get("for", "")) if text else []
    return render(request, "engine/picked.html", {
        "name": name, "id": request.GET.get("id", f"f-{name}"),
        "options": [(row.pk, str(row), row.code if kind == "unit" else f"{row.unit.name} {row.number}")
                    for row in found],
    }, part="engine/picked.html")


def find(actor: Any, kind: str, text: str, asker: str = "") -> list[Any]:
    """The few that fit the words, the one whose code was typed first.

    For a form (`asker`, "meeting.chair") those that its field takes; else all units, and the persons whom the reader
    may see as persons. Raises Http404 where there is no such kind.
    """
    if kind not in ("unit", "person"):
        raise Http404
    model: Any = Unit if kind == "unit" else Person
    code = "code" if kind == "unit" else "number"
    rows = fitted(offered(actor, model, asker), "place")
    if model is Person:
        rows = rows.select_related("unit")
    exact = list(rows.filter(**{code: text})[:1])
    fitting = rows.filter(words(text, ("search",), model)).exclude(pk__in=[row.pk for row in exact])
    # Taken in the order of the tree, which an index gives for any words; whoever is called just so stands before.
    found = sorted(fitting.order_by("place", "id")[:READ], key=lambda row: (row.name != text, _listed(row)))
    return (exact + found)[:MOST]


def _listed(row: Any) -> str:
    """Persons by strokes, units as they stand in the tree."""
    place: str = getattr(row, "strokes", row.place)
    return place


def offered(actor: Any, model: Any, asker: str) -> Any:
    """The rows a picker offers: exactly those that the form behind it will take."""
    name, _dot, field = asker.partition(".")
    if name:
        return choosable(model, found_register(name), actor, field)
    reach = Q() if actor.system or model is Unit else within(actor.places(Verb.SEE, "person"))
    return model.objects.filter(reach, withdrawn=False)


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
            rows = list(one.rows(actor).filter(words(text, one.search, one.model))[: MOST + 1])
            if rows:
                more = f"{reverse('list', args=[one.name])}?{urlencode({'q': text})}" if len(rows) > MOST else ""
                groups.append({"label": one.label, "more": more, "rows": [
                    (str(row), reverse("detail", args=[one.name, row.pk])) for row in rows[:MOST]]})
    return render(request, "engine/search.html", {
        "title": _("查找"), "text": text, "groups": groups, "search_query": text})
