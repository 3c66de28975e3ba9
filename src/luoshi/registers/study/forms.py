"""What a session is recorded with: the roster of the day, and the last session's habits."""

from datetime import date
from typing import Any

from luoshi.engine import forms
from luoshi.engine.actor import Actor
from luoshi.engine.register import Register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit

from .models import StudySession, roster

HABITS = ("starts", "venue", "hours")


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
