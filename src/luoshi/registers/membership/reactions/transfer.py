"""A development case goes with the member whose relation another branch of ours took over, and comes back with them."""

from collections.abc import Mapping
from typing import Any

from luoshi.engine import write
from luoshi.engine.actor import system_actor
from luoshi.engine.events import Event, on
from luoshi.engine.register import register

from ..models.development import ON_THE_WAY, Case
from ..models.transfer import ARRIVED, Kind


@on("membership.transfer_kept")
def take_the_case_along(event: Event) -> None:
    """The case stands where the member stands; reviews, notices and papers follow the case by its own event."""
    row = event.row
    arrived = _arrived({"state": row.state, "withdrawn": row.withdrawn})
    if row.kind != Kind.WITHIN or arrived == _arrived(event.before):
        return
    unit = row.receiver if arrived else row.unit
    case = Case.objects.filter(ON_THE_WAY, person=row.person_id, withdrawn=False).first()
    if case and case.unit_id != unit.pk:
        case.unit = unit
        write.save(system_actor(event.actor.today), register("development"), case, reason=str(row))


def _arrived(values: Mapping[str, Any]) -> bool:
    return bool(values) and values["state"] in ARRIVED and not values["withdrawn"]
