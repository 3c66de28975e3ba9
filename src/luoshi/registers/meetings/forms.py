"""What a meeting is recorded with: what it was called with, the last one's habits, and the roster of the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.engine import forms
from luoshi.engine.actor import Actor
from luoshi.engine.register import Register
from luoshi.engine.register import register as declared
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit
from luoshi.kernel import periods

from .models import Kind, Meeting, roster

# What usually stays the same from one meeting to the next.
HABITS = ("starts", "venue", "chair", "recorder", "observers")

MAIN = (("unit", "kind"), ("held_on", "starts"), ("venue",), ("topic",), ("agenda",))
LECTURE = ("lecturer", "guest")
COUNTS = ("expected", "present")
MORE = ("theme", "chair", "recorder", "observers", "discussion")
TASK = ("title", "owner", "due_on")  # what is asked of something handed to somebody


@dataclass(frozen=True, slots=True)
class Called:
    """Whose meeting, of which kind, on which day; the unit is None until one is chosen."""

    unit: Unit | None
    kind: str
    held_on: date


def called(register: Register, actor: Actor, asked: Mapping[str, Any], row: Meeting, *, coded: bool = False) -> Called:
    """Read unit, kind and day from the form, or from an address that names the unit by its code (`coded`).

    Where one is missing: what the stored meeting says, else home, the first kind, today.
    """
    unit = row.unit if row.pk else _unit(forms.choosable(Unit, register, actor, "unit"), str(asked.get("unit") or ""), actor, coded)
    kind = str(asked.get("kind") or "")
    try:
        day = date.fromisoformat(str(asked.get("held_on") or ""))
    except ValueError:
        day = row.held_on or min(row.planned_on or actor.today, actor.today)
    return Called(unit, kind if kind in Kind.values else row.kind or Kind.MEMBERS, day)


def _unit(choosable: Any, wanted: str, actor: Actor, coded: bool) -> Unit | None:
    found: Unit | None = None
    if coded and wanted:
        found = choosable.filter(code=wanted).first()
    elif wanted.isdecimal() and len(wanted) < 19:
        found = choosable.filter(pk=int(wanted)).first()
    if found is None and actor.account:
        found = choosable.filter(pk=actor.account.home_id).first()
    return found


def last(register: Register, actor: Actor, what: Called) -> Meeting | None:
    """The unit's last meeting of the same kind that was held, to copy from."""
    found: Meeting | None = register.rows(actor, Verb.SEE).filter(unit=what.unit, kind=what.kind, held_on__isnull=False).order_by(
        "-held_on", "-id").first()
    return found


def planned(register: Register, actor: Actor, what: Called) -> Meeting | None:
    """The meeting of that kind that the unit planned for this month and has not recorded yet; the earliest."""
    month = periods.month(what.held_on)
    found: Meeting | None = register.rows(actor, Verb.CHANGE).filter(
        unit=what.unit, kind=what.kind, held_on__isnull=True, called_off="", planned_on__gte=month.start,
        planned_on__lt=month.end).order_by("planned_on", "id").first() if what.unit else None
    return found


def start(register: Register, actor: Actor, what: Called, row: Meeting) -> dict[str, Any]:
    """What the form is filled with: what was called, the last meeting's habits, and as many expected as the roster has."""
    values: dict[str, Any] = {"unit": what.unit, "kind": what.kind, "held_on": what.held_on}
    before = last(register, actor, what) if what.unit else None
    for name in HABITS:
        values[name] = getattr(row, name) or getattr(before, name, None)
    if values["starts"]:
        values["starts"] = values["starts"].strftime("%H:%M")
    if what.unit:
        values["expected"] = row.expected or roster(unit=what.unit, kind=what.kind, day=what.held_on).count() or ""
    return values


def packet_start(actor: Actor, unit: Unit) -> dict[str, Any]:
    """What a blank form in a packet is filled with: the habits of the last members' meeting."""
    habits = start(declared("meeting"), actor, Called(unit, Kind.MEMBERS, actor.today), Meeting())
    return {name: value for name, value in habits.items() if name in (*HABITS, "kind", "expected", "held_on")}


def packet_presets(actor: Actor, unit: Unit) -> dict[str, Any]:
    """How many are expected follows from the kind of meeting."""
    return {"kind": {kind: {"expected": str(roster(unit=unit, kind=kind, day=actor.today).count())} for kind in Kind.values}}
