"""What a centre-group session is recorded with: the unit, the day, and the list of who must attend with the exceptions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.engine import forms
from luoshi.engine.actor import Actor
from luoshi.engine.register import Register
from luoshi.engine.roll import Reason
from luoshi.foundation.people import Person
from luoshi.foundation.units import Body, Unit

from .models import CentreAttendance, CentreSession
from .models.centre import roster


@dataclass(frozen=True, slots=True)
class Name:
    """One person of the list as the form shows them; `made_up` is text as it was typed."""

    pk: int
    name: str
    away: bool
    reason: str
    made_up: str = ""


def unit_of(register: Register, actor: Actor, asked: Any) -> Unit | None:
    """The unit by its number (a form) or code (an address); else the first leading body at or above the actor's home."""
    choosable = forms.choosable(Unit, register, actor, "unit")
    wanted = str(asked.get("unit") or "")
    found: Unit | None = choosable.filter(code=wanted).first() if wanted else None
    if found is None and wanted.isdecimal() and len(wanted) < 19:
        found = choosable.filter(pk=int(wanted)).first()
    if found is None and actor.account:
        found = choosable.filter(pk=actor.account.home_id, body=Body.COMMITTEE).first()
    return found


def day_of(asked: Any, fallback: date) -> date:
    """The day of a session as asked for."""
    try:
        return date.fromisoformat(str(asked.get("held_on") or ""))
    except ValueError:
        return fallback


def names(people: Iterable[Person], stored: dict[int, CentreAttendance], sent: Any = None) -> list[Name]:
    """The list, as it was sent or else as it is stored; who is new on it is taken as present."""
    if sent is None:
        return [Name(one.pk, one.name, *_stored(stored.get(one.pk))) for one in people]
    ticked = set(sent.getlist("away"))
    return [Name(one.pk, one.name, str(one.pk) in ticked, _reason(sent, one.pk), str(sent.get(f"made-{one.pk}") or "").strip())
            for one in people]


def _stored(row: CentreAttendance | None) -> tuple[bool, str, str]:
    if row is None or row.attended:
        return False, str(Reason.LEAVE), ""
    return True, row.reason, row.made_up_on.isoformat() if row.made_up_on else ""


def _reason(sent: Any, pk: int) -> str:
    reason = sent.get(f"reason-{pk}", "")
    return reason if reason in Reason.values else str(Reason.LEAVE)


def listed(unit: Unit | None, day: date, *, enlarged: bool, also: Iterable[int] = ()) -> list[Person]:
    """Who must attend that day, and whoever is on the stored list already."""
    if unit is None:
        return []
    found = list(roster(unit=unit, day=day, enlarged=enlarged))
    missing = set(also) - {one.pk for one in found}
    return found + list(Person.objects.filter(pk__in=missing).order_by("strokes", "id") if missing else [])


def attendance(session: CentreSession, one: Name, row: CentreAttendance | None) -> CentreAttendance:
    """The record of one person; ValueError where the day of the make-up is none."""
    kept = row or CentreAttendance(unit=session.unit, session=session, person_id=one.pk)
    kept.session, kept.attended = session, not one.away
    kept.reason = one.reason if one.away else ""
    kept.made_up_on = date.fromisoformat(one.made_up) if one.away and one.made_up else None
    return kept
