"""Planned meetings: on the first screen of a branch, in its agenda and in a hand-over; meetings attended on one's own page."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import agenda, handover, home
from luoshi.engine.actor import Actor
from luoshi.engine.agenda import MOST, Entry
from luoshi.engine.handover import Block, Open
from luoshi.engine.pages import me
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.kernel.periods import add_months

from ..models import attended

SHOWN = 8
AHEAD = timedelta(days=10)
BACK = 3  # months
MINE = 10  # meetings on one's own page; the records themselves are in the register


def _open(actor: Actor, verb: Verb = Verb.SEE) -> Any:
    """Meetings planned, neither held nor called off."""
    return register("meeting").rows(actor, verb).filter(held_on__isnull=True, called_off="").select_related("unit").order_by(
        "planned_on", "id")


def block(actor: Actor) -> dict[str, Any] | None:
    """For those of a branch, who record meetings themselves: what was missed lately and what comes next."""
    one = register("meeting")
    if actor.system or not one.may(actor, Verb.CHANGE) or home.role(actor, home.seats(actor)) != "branch":
        return None
    near = _open(actor, Verb.CHANGE).filter(planned_on__gte=add_months(actor.today, -BACK), planned_on__lte=actor.today + AHEAD)
    rows = [{"what": f"{row.get_kind_display()} {row.topic}", "due": row.planned_on, "unit": row.unit.name,
             "url": reverse("meeting-record-planned", args=[row.pk]), "state": row.state(actor.today)} for row in near[:SHOWN]]
    return {"title": _("计划的会议"), "template": "meetings/due.html", "rows": rows} if rows else None


def handed(actor: Actor, unit: Unit) -> Block | None:
    """What a hand-over of the unit takes along."""
    found = _open(actor).filter(within((unit.place,)), planned_on__isnull=False)[: handover.MOST + 1]
    rows = [Open(f"{row.unit.name} {row.get_kind_display()} {row.topic}", _("计划日期 %(day)s") % {"day": row.planned_on.isoformat()},
                 reverse("detail", args=["meeting", row.pk])) for row in found]
    return (_("已计划、未登记的会议"), rows) if rows else None


def ahead(actor: Actor, seats: list[Unit], first: date, last: date) -> Iterator[Entry]:
    """The planned meetings of the reader's own units."""
    for row in _open(actor).filter(unit__in=seats, planned_on__range=(first, last))[:MOST]:
        yield Entry(row.planned_on, f"{row.get_kind_display()} {row.topic}", reverse("detail", args=["meeting", row.pk]),
                    f"meeting-{row.pk}", starts=row.starts, where=row.venue)


def mine(person: Person, today: date) -> dict[str, Any] | None:
    """The meetings a person attended since January; facts, no share and no comparison."""
    found = attended(person, today.replace(month=1, day=1), today)
    if not found:
        return None
    said = _("共 %(n)d 次") % {"n": len(found)} if len(found) <= MINE else _("共 %(n)d 次，以下是最近 %(m)d 次") % {
        "n": len(found), "m": MINE}
    return {"title": _("今年参加的会议"), "template": "meetings/mine.html", "said": said,
            "columns": [(_("日期"), "date"), (_("会议类型"), ""), (_("主题"), "wrap")],
            "rows": [(row.day.isoformat(), row.get_kind_display(), row.topic) for row in found[:MINE]]}


agenda.sources.append(ahead)
home.later.append(block)
handover.blocks.append(handed)
me.blocks.append(mine)
