"""Who owes a lecture this year and when it was given: found among the meetings already recorded, nothing typed again."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.pages import asked
from luoshi.engine.pages.papers import TYPES, filed
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Position, Post, held
from luoshi.foundation.places import within
from luoshi.foundation.units import System, Unit
from luoshi.kernel.shares import Share
from luoshi.ui.render import render

from ..documents import lecture as documents
from .yearly import year_of, years

POSTS = (Post.SECRETARY, Post.OFFICIAL)
LECTURE = "lecture"  # the kind under which the register of meetings keeps lectures
PRINTED = 5000  # persons in one file


def duty_page(request: HttpRequest) -> HttpResponse:
    """Persons with the duty at a unit and below, in tree order; with `as=` xlsx, docx or pdf the table alone."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    meetings = register("meeting")
    meetings.require(actor, Verb.SEE)
    found = asked.units(request, actor)
    here, year = (found[0] if found else None), year_of(request, actor.today)
    heads = [_("单位"), _("姓名"), _("职务"), _("讲课日期"), _("主题")]
    owing = holders(here, year, actor)
    ending = request.GET.get("as", "")
    if here and ending in ("xlsx", *TYPES):
        rows = [_plain(*one) for one in _with(actor, list(owing[:PRINTED]), year)]
        title = _("%(unit)s %(year)s年度领导干部和书记讲党课情况") % {"unit": here, "year": year}
        return filed(ending, title, heads, rows, documents.table(here, year, heads, rows, actor))
    shown, pager = asked.page(request, list(owing.values_list("pk", flat=True)))
    rows = _with(actor, list(owing.filter(pk__in=shown)), year)
    return render(request, "leading/lectures.html", {
        "title": _("领导干部和书记讲党课"), "here": here, "year": year, "heads": heads, "rows": rows, "pager": pager,
        "share": _met(actor, owing, year), "choices_of_years": years(actor.today), "unit_q": here.name if here else "",
        "may_add": meetings.may(actor, Verb.ADD), "crumbs": [(_("首页"), reverse("home")), (_("领导干部和书记讲党课"), None)],
    })


def holders(here: Unit | None, year: int, actor: Actor) -> QuerySet[Position]:
    """Who holds one of the posts, today or at the end of a past year, where the reader may see meetings."""
    day = min(actor.today, date(year, 12, 31))
    covered = ("",) if actor.system else actor.places(Verb.SEE, "meeting", line="party")
    rows = Position.objects.filter(held(day), within(covered, "unit__place"), post__in=POSTS, unit__system=System.PARTY,
                                   unit__withdrawn=False)
    rows = rows.filter(within((here.place,), "unit__place")) if here else rows.none()
    return rows.select_related("unit", "person").order_by("unit__place", "person__strokes", "pk")


def _given(actor: Actor, year: int) -> QuerySet[Any]:
    found: QuerySet[Any] = register("meeting").rows(actor).filter(kind=LECTURE, held_on__year=year, lecturer__isnull=False)
    return found


def _with(actor: Actor, owing: list[Position], year: int) -> list[tuple[Position, list[Any]]]:
    """Each person with the lectures they gave in the year, wherever these were recorded."""
    by: dict[int, list[Any]] = {}
    for one in _given(actor, year).filter(lecturer__in={each.person_id for each in owing}).order_by("held_on", "id"):
        by.setdefault(one.lecturer_id, []).append(one)
    return [(one, by.get(one.person_id, [])) for one in owing]


def _met(actor: Actor, owing: QuerySet[Position], year: int) -> Share:
    """Persons who lectured ÷ persons with the duty, each person once."""
    people = owing.order_by().values("person").distinct()
    met = people.filter(person__in=_given(actor, year).order_by().values("lecturer")).count()
    return Share(met, people.count())


def _plain(one: Position, given: list[Any]) -> list[Any]:
    return [one.unit.name, one.person.name, str(one.get_post_display()), "、".join(str(each.held_on) for each in given) or _("未讲"),
            "；".join(each.topic for each in given) or "—"]
