"""What follows from an event: days and units that hang on a meeting, and how often an expert lectured."""

from typing import Any

from luoshi.engine import write
from luoshi.engine.actor import system_actor
from luoshi.engine.bulk import save_many
from luoshi.engine.events import Event, on
from luoshi.engine.register import register

from .models import CentreSession, Expert


@on("leading.centre_kept")
def take_the_list_along(event: Event) -> None:
    _follow(event, "centre_attendance", event.row.attendances, moves=True)


@on("leading.centre_kept")
def count_lectures_given(event: Event) -> None:
    """How often an expert lectured follows from the sessions that stand."""
    touched = {event.before.get("expert_id"), event.row.expert_id} - {None}
    for expert in Expert.objects.filter(pk__in=touched):
        given = CentreSession.objects.filter(expert=expert, withdrawn=False).count()
        if given != expert.given:
            expert.given = given
            write.save(system_actor(event.actor.today), register("expert"), expert)


@on("leading.committee_kept")
def take_decisions_along(event: Event) -> None:
    _follow(event, "committee_decision", event.row.decisions, moves=True)
    _follow(event, "committee_paper", event.row.papers, moves=True)


@on("leading.life_kept")
def take_the_pack_along(event: Event) -> None:
    _follow(event, "life_statement", event.row.statements, moves=True)
    _follow(event, "rectification", event.row.rectifications, moves=True)


@on("leading.report_kept")
def take_seats_along(event: Event) -> None:
    _follow(event, "report_seat", event.row.quotas, moves=False)


def _follow(event: Event, name: str, rows: Any, *, moves: bool) -> None:
    """Records that hang on a meeting take its new day and, where they are the same unit's, its new unit."""
    row = event.row
    if not event.before or (event.before["unit_id"] == row.unit_id and event.before.get("held_on") == row.held_on):
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
