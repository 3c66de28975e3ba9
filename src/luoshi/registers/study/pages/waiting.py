"""Planned sessions that are due or were missed: on the first screen of a branch, and in a hand-over; hours of one person."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import agenda, handover, home, hours
from luoshi.engine.actor import Actor
from luoshi.engine.agenda import MOST, Entry
from luoshi.engine.handover import Block, Open
from luoshi.engine.hours import Hours
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.kernel.periods import add_months

from .. import rules
from ..models import StudySession, attended

SHOWN = 8
AHEAD = timedelta(days=10)
BACK = 3  # months


def _open(actor: Actor, verb: Verb) -> Any:
    """Sessions neither held nor made up, of the last months and the next days."""
    made_up = StudySession.objects.filter(makes_up=OuterRef("pk"), withdrawn=False, held_on__isnull=False)
    rows = register("study").rows(actor, verb).filter(
        held_on__isnull=True, planned_on__gte=add_months(actor.today, -BACK), planned_on__lte=actor.today + AHEAD)
    return rows.filter(~Exists(made_up)).select_related("unit").order_by("planned_on", "id")


def block(actor: Actor) -> dict[str, Any] | None:
    """For those of a branch, who record study themselves."""
    one = register("study")
    if actor.system or not one.may(actor, Verb.CHANGE) or home.role(actor, home.seats(actor)) != "branch":
        return None
    rows = [{"what": f"{row.unit.name} {row.planned_on.isoformat()}", "due": row.planned_on,
             "url": reverse("study-record-planned", args=[row.pk]),
             "state": rules.session_state(planned_on=row.planned_on, held_on=None, made_up=False, today=actor.today)}
            for row in _open(actor, Verb.CHANGE)[:SHOWN]]
    return {"title": _("待登记的计划学习"), "template": "study/due.html", "rows": rows} if rows else None


def listed(actor: Actor, unit: Unit) -> Block | None:
    """What a hand-over of the unit takes along."""
    found = _open(actor, Verb.SEE).filter(within((unit.place,)))[: handover.MOST + 1]
    rows = [Open(_("%(unit)s计划学习") % {"unit": row.unit}, _("计划日期 %(day)s") % {"day": row.planned_on.isoformat()},
                 reverse("detail", args=["study", row.pk])) for row in found]
    return (_("未登记的计划学习"), rows) if rows else None


def hours_of(person: Person, first: date, last: date) -> Iterator[Hours]:
    """What a person attended of the unit's study."""
    for row in attended(person, first, last):
        if row.held_on and row.hours:
            yield Hours(row.held_on, row.topic, row.hours, centralised=False)


def planned(actor: Actor, seats: list[Unit], first: date, last: date) -> Iterator[Entry]:
    """The sessions that timetables of the reader's own units plan."""
    rows = register("study").rows(actor).filter(unit__in=seats, planned_on__range=(first, last), held_on__isnull=True)
    for row in rows.select_related("unit").order_by("planned_on", "id")[:MOST]:
        if row.planned_on:
            yield Entry(row.planned_on, _("%(unit)s计划学习") % {"unit": row.unit}, reverse("study-record-planned", args=[row.pk]),
                        f"study-{row.pk}", starts=row.starts, where=row.venue)


agenda.sources.append(planned)
hours.sources.append(hours_of)
home.later.append(block)
handover.blocks.append(listed)
