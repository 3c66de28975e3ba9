"""What a person is in each of the systems, today and before: party, union, league and administration side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.people import Person, Position, Post
from luoshi.foundation.units import System
from luoshi.kernel.periods import add_months
from luoshi.ui.render import render

from ..rules import elected


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may read the file sees all posts, as on the page of a past day; the reading is noted where files are."""
    actor, one = request.actor, register("person")  # type: ignore[attr-defined]
    person: Person = get_row(one, actor, pk)
    write.note_reading(actor, one, person)
    rows = list(Position.objects.filter(person=person, withdrawn=False).select_related("unit").order_by("-since", "-pk"))
    sections = [(str(system.label), [_cells(row) for row in rows if row.unit.system == system]) for system in System]
    return render(request, "organization/person.html", {
        "title": _("%(person)s的任职和身份") % {"person": person}, "sections": [section for section in sections if section[1]],
        "hint": _league(person, rows, actor.today),
        "columns": [(_("职务"), ""), (_("单位"), ""), (_("任职日期"), "date"), (_("离任日期"), "date")],
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=["person"])),
                   (str(person), reverse("detail", args=["person", pk])), (_("任职和身份"), None)],
    })


def _cells(row: Position) -> tuple[str, str, str, str]:
    return (str(row.get_post_display()), row.unit.name, row.since.isoformat(), row.until.isoformat() if row.until else _("至今"))


def _league(person: Person, rows: list[Position], today: Any) -> str:
    """When membership of the league ends (league constitution Art. 1); "" for who is no member or has no birth date."""
    running = [row for row in rows if row.unit.system == System.LEAGUE and (row.until is None or row.until > today)]
    if not person.born or not any(row.post == Post.LEAGUE_MEMBER for row in running):
        return ""
    last = add_months(person.born, 12 * elected.LEAGUE_UNTIL).isoformat()
    post = any(row.post != Post.LEAGUE_MEMBER for row in running)
    return {"member": _("%(day)s 年满 28 周岁，届时没有担任团内职务的办理离团") % {"day": last},
            "leave": _("%(day)s 已年满 28 周岁，请办理离团") % {"day": last},
            "post": _("%(day)s 已年满 28 周岁，担任团内职务期间保留团籍") % {"day": last},
            "too_young": _("未满 14 周岁，请核对出生日期")}[elected.league_standing(born=person.born, today=today, post=post)]
