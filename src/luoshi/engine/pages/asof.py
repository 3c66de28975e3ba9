"""A record as it stood on a day: its fields from the trail, and of a person the posts and units of that day."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person, Position, held
from luoshi.foundation.trail import Line
from luoshi.foundation.units import Placement, standing
from luoshi.kernel import places
from luoshi.ui.render import render

from .. import history, write
from ..audience import spots
from .detail import get_row
from .listing import found_register


def asof_page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    one = found_register(name)
    actor = request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    row = get_row(one, actor, pk)
    write.note_reading(actor, one, row)
    on, errors = _day(request, actor.today)
    after = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    lines = Line.objects.filter(register=name, row=pk, at__lt=after).order_by("at", "seq")
    return render(request, "engine/asof.html", {
        "title": _("%(day)s 的情况") % {"day": on.isoformat()}, "row": row, "errors": errors,
        "field": {"name": "on", "label": _("日期"), "type": "date", "value": on.isoformat()},
        "facts": history.as_of(one, lines), "person": isinstance(row, Person),
        "posts": _posts(row, on) if isinstance(row, Person) else [],
        "columns": [(_("职务"), ""), (_("单位"), ""), (_("当时的上级"), "wrap"), (_("任职日期"), "date")],
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[name])),
                   (str(row), reverse("detail", args=[name, pk])), (on.isoformat(), None)],
    }, status=422 if errors else 200)


def _day(request: HttpRequest, today: date) -> tuple[date, list[tuple[str, str]]]:
    """The day asked for; today, with a sentence, where it is none or lies ahead."""
    text = request.GET.get("on", "")
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        return today, [("f-on", _("请按 2026-03-01 的格式填写日期"))]
    if day > today:
        return today, [("f-on", _("日期不能晚于今天，请改为今天或以前的日期"))]
    return day, []


def _posts(person: Any, on: date) -> list[tuple[str, str, str, str]]:
    """What the person held that day, where, and under which units that unit stood then."""
    found = list(Position.objects.filter(held(on), person=person).select_related("unit").order_by("since", "id"))
    stood = dict(Placement.objects.filter(standing(on), unit__in={one.unit_id for one in found})
                 .values_list("unit", "place"))
    names = spots({above for place in stood.values() for above in places.ancestors(place)})
    rows = []
    for one in found:
        above = [names[place].name for place in places.ancestors(stood.get(one.unit_id, "")) if place in names]
        rows.append((str(one.get_post_display()), one.unit.name, " › ".join(above) or "—", one.since.isoformat()))
    return rows
