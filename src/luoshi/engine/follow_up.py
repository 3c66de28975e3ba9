"""What somebody has to carry out by a day, whichever register keeps it: on the first screen, in the agenda and in hand-overs.

A register offers its records: they have `title`, `owner`, `due_on`, `closed_on`, and `state(today)` for the lamp.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.grants import Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit

from . import agenda, handover, home
from .actor import Actor
from .agenda import MOST, Entry
from .handover import Block, Open
from .register import register

SHOWN = 8
AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Followed:
    """A register whose records are followed up: the title of its block in a hand-over, and what a calendar calls one.

    `entry` has a place for %(unit)s and says nothing of the matter itself: calendars are read on other people's screens.
    Left empty, the register stays out of calendars.
    """

    name: str
    title: Any
    entry: Any = ""


_followed: list[Followed] = []


def follow(one: Followed) -> None:
    """Enter a register; once, where its pages are declared."""
    _followed.append(one)
    handover.blocks.append(partial(_handed, one))


def words() -> dict[str, str]:
    """What the lamp of something to be done says."""
    return {"ok": _("已办结"), "soon": _("临近"), "late": _("逾期"), "none": _("办理中")}


def _open(actor: Actor, name: str) -> Any:
    return register(name).rows(actor).filter(closed_on__isnull=True).select_related("unit", "owner").order_by("due_on", "id")


def block(actor: Actor) -> dict[str, Any] | None:
    """For the person who has to carry them out, and for who keeps the records of the unit."""
    if actor.system or actor.account is None:
        return None
    rows = []
    for one in _followed:
        if not register(one.name).may(actor, Verb.SEE):
            continue
        mine = Q(owner=actor.account.person_id) if actor.account.person_id else Q(pk__in=())
        if register(one.name).may(actor, Verb.CHANGE):
            mine |= Q(unit=actor.account.home_id)
        for row in _open(actor, one.name).filter(mine, due_on__lte=actor.today + AHEAD)[:SHOWN]:
            rows.append({"what": row.title, "due": row.due_on, "owner": row.owner.name, "state": row.state(actor.today),
                         "url": reverse("detail", args=[one.name, row.pk])})
    rows.sort(key=lambda one: one["due"])
    return {"title": _("待办结的决定和整改事项"), "template": "engine/follow_up.html", "rows": rows[:SHOWN]} if rows else None


def _handed(one: Followed, actor: Actor, unit: Unit) -> Block | None:
    if not register(one.name).may(actor, Verb.SEE) and not actor.system:
        return None
    found = _open(actor, one.name).filter(within((unit.place,)))[: handover.MOST + 1]
    rows = [Open(row.title, _("期限 %(day)s，责任人 %(name)s") % {"day": row.due_on.isoformat(), "name": row.owner.name},
                 reverse("detail", args=[one.name, row.pk])) for row in found]
    return (str(one.title), rows) if rows else None


def closing(actor: Actor, seats: list[Unit], first: date, last: date) -> Iterator[Entry]:
    """What of the reader's own units falls due."""
    for one in _followed:
        if not one.entry or not register(one.name).may(actor, Verb.SEE):
            continue
        for row in _open(actor, one.name).filter(unit__in=seats, due_on__range=(first, last))[:MOST]:
            yield Entry(row.due_on, str(one.entry) % {"unit": row.unit}, reverse("detail", args=[one.name, row.pk]),
                        f"{one.name}-{row.pk}")


agenda.sources.append(closing)
home.later.append(block)
