"""Decisions and rectifications still open: on the first screen of who carries them out, and in a hand-over."""

from collections.abc import Iterator
from datetime import date, timedelta
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
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit

SHOWN = 8
AHEAD = timedelta(days=30)
NAMES = ("committee_decision", "rectification")


def _open(actor: Actor, name: str) -> Any:
    return register(name).rows(actor).filter(closed_on__isnull=True).select_related("unit", "owner").order_by("due_on", "id")


def block(actor: Actor) -> dict[str, Any] | None:
    """For the person who has to carry them out, and for who keeps the records of the unit."""
    if actor.system or actor.account is None:
        return None
    rows = []
    for name in NAMES:
        if not register(name).may(actor, Verb.SEE):
            continue
        mine = Q(owner=actor.account.person_id) if actor.account.person_id else Q(pk__in=())
        if register(name).may(actor, Verb.CHANGE):
            mine |= Q(unit=actor.account.home_id)
        for row in _open(actor, name).filter(mine, due_on__lte=actor.today + AHEAD)[:SHOWN]:
            state = row.state(actor.today)
            rows.append({"what": row.title, "due": row.due_on, "owner": row.owner.name, "state": state,
                         "url": reverse("detail", args=[name, row.pk])})
    rows.sort(key=lambda one: one["due"])
    return {"title": _("待办结的决定和整改事项"), "template": "leading/open.html", "rows": rows[:SHOWN]} if rows else None


def decisions(actor: Actor, unit: Unit) -> Block | None:
    """What a hand-over of the unit takes along of its meetings."""
    return _listed(actor, unit, "committee_decision", _("未办结的会议决定事项"))


def rectifications(actor: Actor, unit: Unit) -> Block | None:
    return _listed(actor, unit, "rectification", _("未完成的整改事项"))


def _listed(actor: Actor, unit: Unit, name: str, title: str) -> Block | None:
    if not register(name).may(actor, Verb.SEE) and not actor.system:
        return None
    found = _open(actor, name).filter(within((unit.place,)))[: handover.MOST + 1]
    rows = [Open(row.title, _("期限 %(day)s，责任人 %(name)s") % {"day": row.due_on.isoformat(), "name": row.owner.name},
                 reverse("detail", args=[name, row.pk])) for row in found]
    return (title, rows) if rows else None


def closing(actor: Actor, seats: list[Unit], first: date, last: date) -> Iterator[Entry]:
    """Decisions of the reader's own units that fall due; what they are about stays on their page."""
    one = "committee_decision"
    rows = _open(actor, one).filter(unit__in=seats, due_on__range=(first, last)) if register(one).may(actor, Verb.SEE) else ()
    for row in rows[:MOST]:
        yield Entry(row.due_on, _("%(unit)s会议决定事项办理期限") % {"unit": row.unit}, reverse("detail", args=[one, row.pk]),
                    f"decision-{row.pk}")


agenda.sources.append(closing)
home.later.append(block)
handover.blocks.append(decisions)
handover.blocks.append(rectifications)
