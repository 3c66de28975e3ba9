"""Proof without asking: fields of a row that Django's own checks would certainly let through, compiled once a model.

Only Django's own field kinds are proven; a field with a check of its own, and every value in doubt, is left to
`full_clean`, which also has the words. So a batch can be quick and still refuse exactly what the single form does.
"""

import operator
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models

Proof = Callable[[Any], bool]

KNOWN = (MaxLengthValidator, MaxValueValidator, MinValueValidator)  # asked by comparing, without a call
LEAST = -(1 << 63)


def sound(row: models.Model) -> bool:
    """Whether `full_clean` (fields and `clean`, nothing unique) is certain to accept the row and to leave it as it is."""
    plan = _plan(type(row))
    if plan is None:
        return False
    values, at_hand = row.__dict__, row._state.fields_cache
    for name, attname, empty, proof in plan:
        if attname not in values:
            return False
        value = values[attname]
        if name and at_hand.get(name) is not None:
            continue
        if value in empty:
            continue
        if proof is None or not proof(value):
            return False
    return True


@lru_cache(maxsize=256)
def _plan(model: type[models.Model]) -> list[tuple[str, str, tuple[Any, ...], Proof | None]] | None:
    """(name of a relation, attribute, what may stand for nothing, proof) of each field; None where nothing can be proven."""
    for name in ("clean", "clean_fields", "full_clean"):
        if getattr(model, name) is not getattr(models.Model, name):
            return None
    fields: list[Any] = [f for f in model._meta.fields if not f.generated]
    return [(f.name if f.is_relation else "", f.attname, _empty(f) if _may_lack(f) else (), _proof(f))
            for f in fields]


def _may_lack(field: Any) -> bool:
    """Whether Django's checks let a field go without a value: one nobody types is not asked for one."""
    return bool(field.blank or (field.null and not field.editable))


def _empty(field: Any) -> tuple[Any, ...]:
    """A text is empty without characters; None stands only where the column takes it or is filled as it is stored."""
    text: tuple[Any, ...] = ("",) if isinstance(field, models.CharField | models.TextField) else ()
    if type(field) is models.JSONField:
        text = ([], {})
    filled = field.primary_key or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return (*text, None) if field.null or filled else text


def _proof(field: Any) -> Proof | None:
    """What shows that a filled value passes; None for a field with a check, a conversion or choices of its own."""
    if own := getattr(field, "sound", None):  # a field of the product's own that says which values it lets through
        return own  # type: ignore[no-any-return]
    kind = type(field)
    if any(getattr(kind, name) is not getattr(models.Field, name) for name in ("clean", "run_validators")) \
            or not all(getattr(kind, name).__module__.startswith("django.db.models.fields")
                       for name in ("validate", "to_python")):
        return None
    fits = _by_kind(field)
    if fits is None or (field.choices and field.editable and not isinstance(field.choices, list)):
        return None
    keys = frozenset(key for key, _word in field.flatchoices) if field.choices and field.editable else None
    others = [one for one in field.validators if not _compared(one)]
    if not others:
        return fits if keys is None else lambda value: value in keys and fits(value)
    return lambda value: fits(value) and (keys is None or value in keys) and all(_passes(one, value) for one in others)


def _compared(check: Any) -> bool:
    return type(check) in KNOWN and not callable(getattr(check, "limit_value", None))


def _passes(check: Callable[[Any], None], value: Any) -> bool:
    try:
        check(value)
    except ValidationError:
        return False
    return True


def _by_kind(field: Any) -> Proof | None:
    """Of a class that Django leaves as it is, and within the field's own limits."""
    match field:
        case models.BooleanField():
            return lambda v: v is True or v is False
        case models.IntegerField():
            low = max(_limits(field, MinValueValidator), default=LEAST)
            high = min(_limits(field, MaxValueValidator), default=-LEAST)
            return lambda v: v.__class__ is int and low <= v <= high
        case models.DateTimeField():
            return lambda v: v.__class__ is datetime and v.tzinfo is not None
        case models.DateField():
            return lambda v: v.__class__ is date
        case models.TimeField():
            return lambda v: v.__class__ is time
        case models.CharField() | models.TextField():
            longest = min(_limits(field, MaxLengthValidator), default=-LEAST)
            return lambda v: isinstance(v, str) and v != "" and len(v) <= longest
    return None


def _limits(field: Any, kind: Any) -> list[Any]:
    return [one.limit_value for one in field.validators if type(one) is kind and _compared(one)]


COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq, "gte": operator.ge, "gt": operator.gt, "lte": operator.le, "lt": operator.lt}


def broken(row: models.Model) -> Iterator[models.CheckConstraint]:
    """The database's own checks that a row would certainly break; those that cannot be worked out here are left out."""
    for one in type(row)._meta.constraints:
        if isinstance(one, models.CheckConstraint) and isinstance(one.condition, models.Q):
            try:
                if _holds(one.condition, row) is False:
                    yield one
            except (KeyError, TypeError, AttributeError, FieldDoesNotExist):
                continue


def _holds(condition: Any, row: models.Model) -> bool | None:
    """True, False, or None where a comparison meets an empty value, as in SQL. Raises for what is no plain comparison."""
    found = [_holds(part, row) if isinstance(part, models.Q) else _compare(part[0], part[1], row) for part in condition.children]
    if condition.connector == models.Q.AND:
        truth = False if False in found else None if None in found else True
    elif condition.connector == models.Q.OR:
        truth = True if True in found else None if None in found else False
    else:
        raise TypeError(condition.connector)
    return truth if truth is None or not condition.negated else not truth


def _compare(path: str, wanted: Any, row: models.Model) -> bool | None:
    name, _gap, lookup = path.partition("__")
    value = getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]
    if lookup == "isnull":
        return bool((value is None) is wanted)
    if isinstance(wanted, models.F):
        wanted = getattr(row, row._meta.get_field(wanted.name).attname)  # type: ignore[union-attr,attr-defined]
    if value is None or (wanted is None and lookup != "in"):
        return None
    return value in wanted if lookup == "in" else COMPARED[lookup or "exact"](value, wanted)
