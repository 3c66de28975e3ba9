"""What a session is recorded with: the roster of the day, who of it did not come, and the last session's habits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.engine import forms
from luoshi.engine.actor import Actor
from luoshi.engine.register import Register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person
from luoshi.foundation.units import Unit

from .models import Absence, Reason, StudySession, roster

HABITS = ("starts", "venue", "hours")


@dataclass(frozen=True, slots=True)
class Name:
    """One person of the roster as the form shows them."""

    pk: int
    name: str
    away: bool
    reason: str


def unit_of(register: Register, actor: Actor, asked: Any) -> Unit | None:
    """The unit by its number (a form) or its code (an address); the actor's home where none is named."""
    choosable = forms.choosable(Unit, register, actor, "unit")
    wanted = str(asked.get("unit") or "")
    found: Unit | None = choosable.filter(code=wanted).first() if wanted else None
    if found is None and wanted.isdecimal() and len(wanted) < 19:
        found = choosable.filter(pk=int(wanted)).first()
    if found is None and actor.account:
        found = choosable.filter(pk=actor.account.home_id).first()
    return found


def day_of(asked: Any, fallback: date) -> date:
    """The day of a session as asked for."""
    try:
        return date.fromisoformat(str(asked.get("held_on") or ""))
    except ValueError:
        return fallback


def start(register: Register, actor: Actor, row: StudySession, unit: Unit | None, day: date) -> dict[str, Any]:
    """What a blank form is filled with: the last session's habits, and as many expected as the roster has."""
    values: dict[str, Any] = {"unit": unit, "held_on": row.held_on or day}
    if unit is None:
        return values
    before = register.rows(actor, Verb.SEE).filter(unit=unit, held_on__isnull=False).order_by("-day", "-id").first()
    for name in HABITS if before else ():
        values[name] = getattr(row, name) or getattr(before, name)
    if values.get("starts"):
        values["starts"] = values["starts"].strftime("%H:%M")
    values["expected"] = row.expected or roster(unit=unit, day=day).count() or ""
    return values


def names(unit: Unit | None, day: date, sent: Any = None, stored: dict[int, str] | None = None) -> list[Name]:
    """The roster of the day, with those ticked as away; unsent, those stored as away."""
    if unit is None:
        return []
    known = stored or {}
    people = roster(unit=unit, day=day).values_list("pk", "name")
    if sent is None:
        return [Name(pk, name, pk in known, known.get(pk, str(Reason.LEAVE))) for pk, name in people]
    ticked = set(sent.getlist("away"))
    return [Name(pk, name, str(pk) in ticked, _reason(sent, pk)) for pk, name in people]


def _reason(sent: Any, pk: int) -> str:
    reason = sent.get(f"reason-{pk}", "")
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
