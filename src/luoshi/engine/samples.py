"""A valid row of any register, for the tests that are generated for every register and for trying things out."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.db import models
from django.utils import timezone

from luoshi.foundation.people import Person
from luoshi.foundation.units import Body, Unit, found

from . import write
from .actor import Actor
from .register import Register

_numbers = count(1)


def unit(actor: Actor, name: str = "", *, parent: Unit | None = None, **more: Any) -> Unit:
    """A stored unit below another, standing since long ago."""
    n = next(_numbers)
    body = Body.BRANCH if parent else Body.COMMITTEE
    row = Unit(name=name or f"单位{n}", code=f"U{n:06d}", parent=parent, since=date(2000, 1, 1), body=body)
    for key, value in more.items():
        setattr(row, key, value)
    row.settle()
    row.full_clean()
    row.save()
    found(row)
    return row


def person(unit: Unit, name: str = "", **more: Any) -> Person:
    """A stored person whose file is kept by a unit."""
    n = next(_numbers)
    row = Person(unit=unit, name=name or "张" + chr(0x4E00 + n % 20000), number=f"P{n:07d}", **more)
    row.settle()
    row.save()
    return row


def row(register: Register, unit: Unit, actor: Actor, **more: Any) -> Any:
    """An unsaved valid row: what the declaration's `sample` says, else a value from each field's type."""
    made = register.model()
    given = {**register.sample, **more}
    for field in register.model._meta.concrete_fields:
        if field.name in given:
            value = given[field.name]
            setattr(made, field.name, value(unit, actor) if callable(value) else value)
        elif field.editable and (field.name in register.form or _obligatory(field)):
            setattr(made, field.name, _value(field, unit, actor))
    return made


def saved(register: Register, unit: Unit, actor: Actor, **more: Any) -> Any:
    """A row stored through the writing door."""
    return write.save(actor, register, row(register, unit, actor, **more))


def _obligatory(field: Any) -> bool:
    return not (field.blank or field.null or field.has_default() or field.primary_key)


def _value(field: Any, unit: Unit, actor: Actor) -> Any:
    if field.has_default():
        return field.get_default()
    n = next(_numbers)
    match field:
        case models.ForeignKey():
            return _related(field, unit)
        case _ if field.choices:
            return field.flatchoices[0][0]
        case models.DateTimeField():
            return timezone.make_aware(datetime.combine(actor.today, time(9)))
        case models.DateField():
            return None if field.null else actor.today - timedelta(days=n % 300)
        case models.BooleanField():
            return False
        case models.TimeField():
            return None if field.null else time(9)
        case models.IntegerField() | models.DecimalField():
            return None if field.null else 1
        case models.JSONField():
            return {}
    return f"{field.verbose_name}{n}"[: field.max_length or 200]


def _related(field: Any, unit: Unit) -> Any:
    if field.name == "unit":
        return unit
    if field.null and field.blank:
        return None
    if field.related_model is Unit:
        return unit
    if field.related_model is Person:
        return person(unit)
    return field.related_model._default_manager.first()
