"""Whether the conditions of a declaration name columns that exist; asked when the server starts."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from .register import register


def condition_faults(name: str, on: str, where: Q) -> Iterator[str]:
    """What is wrong with the register, date field and condition of a duty or indicator, in words for its author."""
    try:
        model = register(name).model
    except KeyError:
        yield f"there is no register {name!r}"
        return
    yield from path_faults(model, on, kind=models.DateField)
    for path in _paths(where):
        yield from path_faults(model, path)


def path_faults(model: Any, path: str, *, kind: type[models.Field[Any, Any]] | None = None,
                many: bool = False) -> Iterator[str]:
    """A path leads over existing fields and, unless `many`, over to-one relations only: a join would count twice."""
    owner, field = model, None
    for part in path.split("__"):
        if owner is None:
            break  # what follows a plain column is a lookup
        try:
            field = owner._meta.pk if part == "pk" else owner._meta.get_field(part)
        except FieldDoesNotExist:
            if field is not None and field.get_lookup(part):
                break  # a lookup of the relation itself: secretary__isnull
            yield f"{owner.__name__} has no field {part!r} (in {path!r})"
            return
        if (field.one_to_many or field.many_to_many) and not many:
            yield f"{path!r} leads to many rows; count by a column of the record itself"
            return
        owner = field.related_model if field.is_relation else None
    if kind and (not isinstance(field, kind) or isinstance(field, models.DateTimeField)):
        yield f"{path!r} is no {kind.__name__}"


def _paths(where: Q) -> Iterator[str]:
    for child in where.children:
        if isinstance(child, Q):
            yield from _paths(child)
        elif isinstance(child, tuple):
            yield child[0]
