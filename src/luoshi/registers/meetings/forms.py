"""What a meeting is recorded with: the last one's habits, the roster of the day, and who of it did not come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.engine import forms
from luoshi.engine.actor import Actor
from luoshi.engine.register import Register
from luoshi.engine.register import register as declared
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.foundation.units import Unit

from .models import Absence, Kind, Meeting, Reason, roster

# What usually stays the same from one meeting to the next.
HABITS = ("starts", "venue", "chair", "recorder", "observers")

MAIN = (("unit", "kind"), ("held_on", "starts"), ("venue",), ("topic",))
LECTURE = ("lecturer", "guest")
COUNTS = ("expected", "present")
MORE = ("theme", "agenda", "chair", "recorder", "observers", "discussion")


@dataclass(frozen=True, slots=True)
class Called:
    """Whose meeting, of which kind, on which day; the unit is None until one is chosen."""

    unit: Unit | None
    kind: str
    held_on: date


def called(register: Register, actor: Actor, asked: Mapping[str, Any], *, coded: bool = False) -> Called:
    """Read unit, kind and day from the form, or from an address that names the unit by its code (`coded`).

    Where one is missing: home, the first kind, today.
    """
    unit = _unit(forms.choosable(Unit, register, actor, "unit"), str(asked.get("unit") or ""), actor, coded)
    kind = str(asked.get("kind") or "")
    try:
        day = date.fromisoformat(str(asked.get("held_on") or ""))
    except ValueError:
        day = actor.today
    return Called(unit, kind if kind in Kind.values else Kind.MEMBERS, day)


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
    """The unit's last meeting of the same kind, to copy from."""
    found: Meeting | None = register.rows(actor, Verb.SEE).filter(unit=what.unit, kind=what.kind).order_by(
        "-held_on", "-id").first()
    return found


def start(register: Register, actor: Actor, what: Called) -> dict[str, Any]:
    """What a blank form is filled with."""
    values: dict[str, Any] = {"unit": what.unit, "kind": what.kind, "held_on": what.held_on}
    if what.unit and (before := last(register, actor, what)):
        values |= {name: getattr(before, name) for name in HABITS}
        if values["starts"]:
            values["starts"] = values["starts"].strftime("%H:%M")
    if what.unit:
        values["expected"] = roster(unit=what.unit, kind=what.kind, day=what.held_on).count() or ""
    return values


@dataclass(frozen=True, slots=True)
class Name:
    """One person of the roster as the form shows them."""

    pk: int
    name: str
    away: bool
    reason: str


def names(what: Called, sent: Any = None) -> list[Name]:
    """The roster of the day, with those ticked as away."""
    if what.unit is None:
        return []
    ticked = set(sent.getlist("away")) if sent is not None else set()
    people = roster(unit=what.unit, kind=what.kind, day=what.held_on)
    return [Name(pk, name, str(pk) in ticked, _reason(sent, pk)) for pk, name in people.values_list("pk", "name")]


def _reason(sent: Any, pk: int) -> str:
    reason = sent.get(f"reason-{pk}", "") if sent is not None else ""
    return reason if reason in Reason.values else str(Reason.LEAVE)


def completed(sent: Any, listed: list[Name]) -> Any:
    """The sent values with the number present worked out where it was left open: expected less those away."""
    data = sent.copy()
    expected = str(data.get("expected") or "").strip()
    if not str(data.get("present") or "").strip() and expected.isdecimal():
        data["present"] = str(max(int(expected) - sum(1 for one in listed if one.away), 0))
    return data


def absences(listed: list[Name]) -> list[Absence]:
    people = Person.objects.in_bulk([one.pk for one in listed if one.away])
    return [Absence(person=people[one.pk], reason=one.reason) for one in listed if one.away]


def packet_start(actor: Actor, unit: Unit) -> dict[str, Any]:
    """What a blank form in a packet is filled with: the habits of the last members' meeting."""
    habits = start(declared("meeting"), actor, Called(unit, Kind.MEMBERS, actor.today))
    return {name: value for name, value in habits.items() if name in (*HABITS, "kind", "expected")}


def packet_presets(actor: Actor, unit: Unit) -> dict[str, Any]:
    """How many are expected follows from the kind of meeting."""
    return {"kind": {kind: {"expected": str(roster(unit=unit, kind=kind, day=actor.today).count())} for kind in Kind.values}}
