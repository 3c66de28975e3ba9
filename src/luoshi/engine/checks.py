"""A wrong declaration stops the server at start, with a hint, not a page on Thursday."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist

from luoshi.foundation.record import records

from .columns import column, follow
from .events import listened
from .register import Register, registers

ENTRIES = {"", "plan", "organisation", "activities", "money", "integrity", "publish"}


@register("luoshi")
def declarations(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for one in registers():
        found += _names(one)
        found += _shape(one)
        found += _counting(one)
    return found + list(_arrows()) + list(_reactions())


def _names(one: Register) -> Iterator[CheckMessage]:
    """luoshi.E001 a column, E002 any other field that does not exist, E003 an order that keyset paging cannot use."""
    for name in one.columns:
        try:
            made = column(one, name)
            for path in made.needs:
                follow(one.model, path)
        except FieldDoesNotExist:
            yield Error(f"{one.name}: column {name!r} is neither a field, a path nor a method", id="luoshi.E001",
                        hint="Name a field of the model, or write a method whose parameters are fields.")
    for option in ("filters", "form", "key", "search"):
        for name in getattr(one, option):
            try:
                follow(one.model, name)
            except FieldDoesNotExist:
                yield Error(f"{one.name}: {option} names {name!r}, which is no field", id="luoshi.E002")
    for name in one.order:
        try:
            field, _path = follow(one.model, name.lstrip("-"))
        except FieldDoesNotExist:
            yield Error(f"{one.name}: order names {name!r}, which is no field", id="luoshi.E002")
        else:
            if field.null:
                yield Error(f"{one.name}: order by {name!r} may be empty", id="luoshi.E003",
                            hint="Keyset paging needs fields that are never null.")
    if not one.order or one.order[-1].lstrip("-") != "id":
        yield Error(f"{one.name}: order must end in id", id="luoshi.E003")


def _shape(one: Register) -> Iterator[CheckMessage]:
    """E004 an entry that does not exist, E005 a part without its relation, E008 moves without a state."""
    if one.entry not in ENTRIES:
        yield Error(f"{one.name}: entry {one.entry!r} is none of the seven", id="luoshi.E004")
    for name in one.lines:
        try:
            relation: Any = one.model._meta.get_field(name)
            for field in one.lines[name]:
                follow(relation.related_model, field)
        except FieldDoesNotExist:
            yield Error(f"{one.name}: part {name!r} or one of its fields does not exist", id="luoshi.E005")
    if one.moves and not any(f.name == "state" for f in one.model._meta.fields):
        yield Error(f"{one.name}: moves are declared but the model has no field `state`", id="luoshi.E008")


def _counting(one: Register) -> Iterator[CheckMessage]:
    """E009: an indicator or a duty whose condition or date names what does not exist."""
    counting: list[Any] = [*one.indicators, *one.duties]
    for each in counting:
        for why in each.faults():
            yield Error(f"{one.name}: {each.name}: {why}", id="luoshi.E009")


def _arrows() -> Iterator[CheckMessage]:
    """E006: a relation by string from one register's folder into another, or a reverse name on the foundation."""
    for model in records():
        own = model._meta.app_label
        for field in model._meta.fields:
            target: Any = field.related_model
            if not field.is_relation or target == "self" or target is None:
                continue
            label = target._meta.app_label
            down = label in ("foundation", "engine", "auth", "contenttypes")
            if label != own and not down:
                yield Error(f"{model.__name__}.{field.name} points into {label}", id="luoshi.E006",
                            hint="Registers do not know each other: use an event or move the thing down.")
            if down and label != own and field.remote_field.related_name != "+":  # type: ignore[union-attr]
                yield Error(f"{model.__name__}.{field.name} needs related_name='+'", id="luoshi.E006")


def _reactions() -> Iterator[CheckMessage]:
    announced = {name for one in registers() for name in one.announces}
    for name in listened():
        if name not in announced:
            yield Error(f"nobody announces {name!r}", id="luoshi.E007")


