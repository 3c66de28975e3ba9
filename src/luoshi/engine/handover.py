"""What is open at a unit when a person hands over: blocks that the engine and the registers contribute."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.units import Unit

from .actor import Actor
from .duties import owed
from .home import visible_duties

MOST = 60  # rows of one block; the rest is counted in a last row


@dataclass(frozen=True, slots=True)
class Open:
    """One open matter: what, until when or how it stands, and where it is dealt with ("" for nowhere)."""

    what: str
    how: str = ""
    url: str = ""


Block = tuple[str, list[Open]]

# Floors above add what they have open; a block shows only what this reader may see, None shows nothing.
blocks: list[Callable[[Actor, Unit], Block | None]] = []


def gather(actor: Actor, unit: Unit) -> list[Block]:
    """All that is open at a unit, what is owed first; blocks without rows are left out."""
    found = [_owed(actor, unit), *(make(actor, unit) for make in blocks)]
    return [(title, _cut(rows)) for title, rows in (one for one in found if one) if rows]


def _owed(actor: Actor, unit: Unit) -> Block:
    listed = owed(root=unit.place, today=actor.today, wanted=visible_duties(actor, unit.place))
    words = {"late": _("逾期"), "soon": _("临近"), "none": _("未到期")}
    return _("未完成的职责"), [
        Open(f"{one.name}：{duty.label}（{lamp.period.label()}）",
             _("%(word)s，截止 %(day)s") % {"word": words.get(lamp.state, ""), "day": lamp.due.isoformat()},
             f"{reverse('duties')}?unit={one.code}") for one, duty, lamp in listed]


def _cut(rows: list[Open]) -> list[Open]:
    left = len(rows) - MOST
    return rows if left <= 0 else [*rows[:MOST], Open(_("另有 %(n)d 项，见相应台账") % {"n": left})]
