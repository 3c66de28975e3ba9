"""Classes that take people now, and those whose results are not entered: on the first screen and in a hand-over."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import agenda, handover, home
from luoshi.engine.actor import Actor
from luoshi.engine.agenda import MOST, Entry
from luoshi.engine.handover import Block, Open
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit

from ..models import ClassState, Result

SHOWN = 8


def _unfinished(actor: Actor, verb: Verb) -> Any:
    """Classes that are over while somebody's result is open."""
    open_ = Q(enrolments__result=Result.ENROLLED, enrolments__withdrawn=False)
    own = register("training_class").rows(actor, verb).filter(open_, ends_on__lt=actor.today)
    return own.distinct().order_by("ends_on", "id")


def block(actor: Actor) -> dict[str, Any] | None:
    """Classes that take people, for those who may enrol; classes without results, for those who hold them."""
    if actor.system or not register("enrolment").may(actor, Verb.ADD):
        return None
    rows = [{"what": one.name, "url": reverse("training-results", args=[one.pk]), "state": "late", "word": _("待登记结果"),
             "day": one.ends_on} for one in _unfinished(actor, Verb.CHANGE)[:SHOWN]]
    rows += [{"what": one.name, "url": reverse("training-class", args=[one.pk]), "state": "soon", "word": _("报名中"),
              "day": one.starts_on} for one in register("training_class").rows(actor).filter(
                  state=ClassState.OPEN, starts_on__gte=actor.today).order_by("starts_on", "id")[:SHOWN - len(rows)]]
    return {"title": _("培训班"), "template": "training/block.html", "rows": rows} if rows else None


def listed(actor: Actor, unit: Unit) -> Block | None:
    """Classes of a unit that wait for their results."""
    if not register("training_class").may(actor, Verb.SEE, unit.place):
        return None
    rows = [Open(one.name, _("%(day)s 结束，结果未登记") % {"day": one.ends_on.isoformat()},
                 reverse("training-class", args=[one.pk]))
            for one in _unfinished(actor, Verb.SEE).filter(unit=unit)[: handover.MOST + 1]]
    return (_("待登记结果的培训班"), rows) if rows else None


def held(actor: Actor, seats: list[Unit], first: date, last: date) -> Iterator[Entry]:
    """Classes of the reader's own units, and those that take people from all."""
    rows = register("training_class").rows(actor).filter(starts_on__range=(first, last)).exclude(state=ClassState.DRAFT)
    for row in rows.filter(Q(unit__in=seats) | Q(state=ClassState.OPEN)).order_by("starts_on", "id")[:MOST]:
        yield Entry(row.starts_on, row.name, reverse("training-class", args=[row.pk]), f"class-{row.pk}", until=row.ends_on,
                    where=row.venue)


agenda.sources.append(held)
home.later.append(block)
handover.blocks.append(listed)
