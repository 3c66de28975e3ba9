"""What follows from an event: days and units that hang on a meeting, and how often an expert lectured."""

from luoshi.engine import write
from luoshi.engine.actor import system_actor
from luoshi.engine.along import take_along
from luoshi.engine.events import Event, on
from luoshi.engine.register import register

from .models import CentreSession, Expert


@on("leading.centre_kept")
def take_the_list_along(event: Event) -> None:
    take_along(event, "centre_attendance", event.row.attendances)


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
    take_along(event, "committee_decision", event.row.decisions)
    take_along(event, "committee_paper", event.row.papers)


@on("leading.life_kept")
def take_the_pack_along(event: Event) -> None:
    take_along(event, "life_statement", event.row.statements)
    take_along(event, "rectification", event.row.rectifications)


@on("leading.report_kept")
def take_seats_along(event: Event) -> None:
    take_along(event, "report_seat", event.row.quotas, moves=False)
