"""Carries a merger or a division out: units, memberships, posts, terms and the record of it, all or nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.foundation import units
from luoshi.foundation.people import Person, Position
from luoshi.foundation.units import Unit

from ..forms.changes import MEMBERSHIP, members
from ..models import Term
from ..models.changes import Change, Role, Side, UnitChange


@transaction.atomic
def merge(actor: Actor, unit: Unit, others: Sequence[Unit], *, name: str, on: date, document: str) -> Unit:
    """Join units on a day: into the first, or into a new one of that name; returns the one that goes on."""
    everyone = [unit, *others]
    before = [Side(unit=one, role=Role.BEFORE, members=len(members(one, on))) for one in everyone]
    result = found(actor, unit, name, on, document) if name else unit
    for one in everyone:
        if one.pk != result.pk:
            for below in Unit.objects.filter(parent=one, until__isnull=True, withdrawn=False).order_by("place"):
                put(actor, below, result, on, document)
            rehouse(actor, {p.person_id: result for p in members(one, on)}, one, on)
            close(actor, one, on, document)
    after = Side(unit=result, role=Role.AFTER, members=len(members(result, on)))
    keep(actor, unit if not name else result, Change.MERGE, on, document, [*before, after])
    return result


@transaction.atomic
def split(actor: Actor, unit: Unit, goes: Mapping[str, Sequence[int]], *, closes: bool, on: date,
          document: str) -> list[Unit]:
    """Divide a unit on a day: {name of a new unit: persons who go there}; the others stay unless it closes."""
    sides = [Side(unit=unit, role=Role.BEFORE, members=len(members(unit, on)))]
    made = []
    for name, persons in goes.items():
        new = found(actor, unit, name, on, document)
        rehouse(actor, dict.fromkeys(persons, new), unit, on)
        sides.append(Side(unit=new, role=Role.AFTER, members=len(persons)))
        made.append(new)
    if not closes:
        sides.append(Side(unit=unit, role=Role.AFTER, members=len(members(unit, on))))
    keep(actor, unit, Change.SPLIT, on, document, sides)  # before it closes: a unit that has ended takes no record
    if closes:
        for below in Unit.objects.filter(parent=unit, until__isnull=True, withdrawn=False).order_by("place"):
            put(actor, below, made[0], on, document)
        close(actor, unit, on, document)
    return made


def found(actor: Actor, like: Unit, name: str, on: date, document: str) -> Unit:
    """A new unit beside another, of its kind."""
    new = Unit(name=name, code=free_code(like.code), system=like.system, body=like.body, kind=like.kind,
               temporary=like.temporary, parent=like.parent, since=on, zone=like.zone)
    return write.save(actor, register("unit"), new, reason=f"{on} {document}")  # type: ignore[no-any-return]


def free_code(code: str) -> str:
    """A code that begins like another one and is not taken."""
    stem = code[:27]
    taken = set(Unit.objects.filter(code__startswith=f"{stem}-").values_list("code", flat=True))
    return next(one for n in range(1, 1000) if (one := f"{stem}-{n}") not in taken)


def put(actor: Actor, unit: Unit, parent: Unit, on: date, document: str) -> None:
    """Under another parent from a day on, as the page for moving does it."""
    unit.parent = parent
    write.save(actor, register("unit"), unit, verb="move", reason=f"{on} {document}",
               extra=lambda: units.move(unit, parent=parent, on=on))


def close(actor: Actor, unit: Unit, on: date, document: str) -> None:
    """End a unit with the posts and the term that ran in it."""
    unit.refresh_from_db()
    rows = list(Position.objects.filter(unit=unit, withdrawn=False, until__isnull=True))
    for one in rows:
        one.until = on
    _many(actor, "position", rows)
    for term in Term.objects.filter(unit=unit, withdrawn=False, ended_on__isnull=True):
        term.ended_on, term.reason = on, term.reason or document
        write.save(actor, register("term"), term)
    unit.until = on
    write.save(actor, register("unit"), unit, verb="close", reason=f"{on} {document}")


def rehouse(actor: Actor, goes: Mapping[int, Unit], old: Unit, on: date) -> None:
    """End the posts of these persons in a unit, open their membership in the new ones, and take their files along."""
    rows = list(Position.objects.filter(unit=old, person__in=goes, withdrawn=False, until__isnull=True))
    opened = [Position(unit=goes[one.person_id], person=one.person, post=one.post, since=on) for one in rows
              if one.post in MEMBERSHIP]
    for one in rows:
        one.until = on
    _many(actor, "position", [*rows, *opened])
    files = list(Person.objects.filter(pk__in=goes, unit=old, withdrawn=False))
    for person in files:
        person.unit = goes[person.pk]
    _many(actor, "person", files)


def _many(actor: Actor, name: str, rows: list[Any]) -> None:
    """All of them through the door, or none: the first refusal is said and undoes the whole."""
    refused = save_many(actor, register(name), rows, verb="change") if rows else {}
    if refused:
        at, why = next(iter(refused.items()))
        raise ValidationError(_("%(row)s：%(why)s") % {"row": rows[at], "why": "；".join(why.messages)})


def keep(actor: Actor, unit: Unit, kind: str, on: date, document: str, sides: Sequence[Side]) -> UnitChange:
    """Write down what became of units."""
    made = UnitChange(unit=unit, kind=kind, on=on, document=document)
    return write.save(actor, register("unit_change"), made, lines={"sides": list(sides)})  # type: ignore[no-any-return]
