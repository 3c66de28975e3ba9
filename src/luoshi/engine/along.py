"""Records that hang on another one go where it goes: its day, and where they are the same unit's, its unit."""

from typing import Any

from .actor import system_actor
from .bulk import save_many
from .events import Event
from .register import register


def take_along(event: Event, name: str, rows: Any, *, day: str = "held_on", moves: bool = True) -> None:
    """Save the records of register `name` anew after the one they hang on has changed its unit or its `day`.

    `moves` says that they belong to its unit. Raises what the first of them is refused with; then nothing is changed.
    """
    row = event.row
    if not event.before or (event.before["unit_id"] == row.unit_id and event.before.get(day) == getattr(row, day)):
        return
    found = list(rows.filter(withdrawn=False))
    for one in found:
        if moves:
            one.unit = row.unit
        for field in one._meta.concrete_fields:
            if field.is_relation and field.related_model is type(row):
                setattr(one, field.name, row)
    if refused := save_many(system_actor(event.actor.today), register(name), found, verb="change"):
        raise next(iter(refused.values()))
