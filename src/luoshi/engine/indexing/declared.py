"""Which fields of which tables are indexed: every stored text that a register names for search."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from ..register import registers

NAMES = "search"  # the column that holds the tokens of a name, each behind a blank (kernel.names.search_text)

Model = type[models.Model]


def fields() -> dict[Model, tuple[str, ...]]:
    """{model: its searched fields}, also those that another register reaches over a relation; in a fixed order."""
    found: dict[Model, set[str]] = {}
    for one in registers():
        for name in one.search:
            owner, last = owner_of(one.model, name)
            if owner is not None and _text(owner, last):
                found.setdefault(owner, set()).add(last)
    return {model: tuple(sorted(found[model])) for model in sorted(found, key=lambda model: model._meta.db_table)}


def owner_of(model: Model, name: str) -> tuple[Model | None, str]:
    """The model that holds the last part of a path, and that part; None where the path leads nowhere."""
    owner: Any = model
    *way, last = name.split("__")
    try:
        for step in way:
            owner = owner._meta.get_field(step).related_model
            if owner is None:
                return None, last
    except FieldDoesNotExist:
        return None, last
    return owner, last


def column(model: Model, name: str) -> str:
    found: str = model._meta.get_field(name).column  # type: ignore[union-attr, assignment]
    return found


def _text(owner: Model, name: str) -> bool:
    return any(f.name == name and isinstance(f, models.CharField | models.TextField)
               for f in owner._meta.local_concrete_fields)
