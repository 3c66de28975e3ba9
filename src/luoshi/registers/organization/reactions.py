"""Keeps the tree in step with the units: a new unit takes its place; moving and closing go by pages of their own."""

from typing import Any

from django.core.exceptions import ValidationError

from luoshi.engine.events import Event, on
from luoshi.foundation import units
from luoshi.foundation.units import Placement, Unit

from . import rules
from .models import PROBLEMS


@on("organization.unit_kept")
def keep_the_tree(event: Event) -> None:
    """Found a new unit, end the placement of a closed one, and refuse what the tree has not followed.

    Runs inside the write door's transaction: a ValidationError here stores nothing.
    """
    unit: Unit = event.row
    if not event.before:
        units.found(unit)
    stands = Placement.objects.filter(unit=unit, until__isnull=True).first()
    refused: dict[str, list[Any]] = {}
    for field, code in rules.unit_problems(
            body=unit.body, temporary=unit.temporary, moved=bool(stands) and stands.parent_id != unit.parent_id,
            ended=bool(unit.until) or unit.withdrawn, below=_below(unit)):
        refused.setdefault(field, []).append(PROBLEMS[code])
    if refused:
        raise ValidationError(refused)
    if unit.until and stands:
        units.close(unit, on=unit.until)


def _below(unit: Unit) -> int:
    return Unit.objects.filter(parent=unit, withdrawn=False, until__isnull=True).count()
