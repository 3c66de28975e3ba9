"""After a case was kept: the next half-yearly review waits, and papers whose facts changed lose their approval."""

from typing import Any

from luoshi.engine import write
from luoshi.engine.actor import system_actor
from luoshi.engine.events import Event, on
from luoshi.engine.register import register

from ..models.development import OPEN, Case, Review
from ..models.development_fields import KINDS, filled
from ..rules import development as rules


@on("membership.development_kept")
def await_reviews(event: Event) -> None:
    """One review of each span waits at a time; those due after a span ended are withdrawn."""
    _await(event, event.row)


@on("membership.development_review_kept")
def await_the_next(event: Event) -> None:
    if event.row.held_on is not None and event.before.get("held_on") is None:
        _await(event, event.row.case)


def _await(event: Event, case: Case) -> None:
    if case.activist_on is None:
        return
    met = case.admitted_on if case.facts(alone=True).passed("meeting") else None
    alive = case.state in OPEN and not case.withdrawn
    spans = [(Review.Kind.ACTIVIST, case.activist_on, met),
             (Review.Kind.PROBATION, met if case.approved_on else None, case.converted_on)]
    rows = list(case.reviews.filter(withdrawn=False).order_by("number"))
    for kind, since, until in spans:
        its = [one for one in rows if one.kind == kind]
        waiting = [one for one in its if one.held_on is None]
        due = rules.review_due(since=since, number=1 + len(its) - len(waiting)) if since else None
        wanted = due if due and alive and (until is None or due <= until) else None
        _keep(event, case, kind, waiting, wanted, 1 + len(its) - len(waiting))


def _keep(event: Event, case: Case, kind: str, waiting: list[Review], due: Any, number: int) -> None:
    door, actor = register("development_review"), system_actor(event.actor.today)
    if due is None:
        for one in waiting:
            write.withdraw(actor, door, one, reason="")
    elif not waiting:
        write.save(actor, door, Review(unit=case.unit, case=case, kind=kind, number=number, due_on=due))
    elif waiting[0].due_on != due or waiting[0].unit_id != case.unit_id:
        waiting[0].due_on = due
        write.save(actor, door, waiting[0])


@on("membership.development_kept")
def take_approvals_back(event: Event) -> None:
    """A fact that an approved paper shows has changed: the approval falls, and the page names the paper to print again."""
    if not event.before:
        return
    papers = [one for one in event.row.papers.filter(withdrawn=False, approved_on__isnull=False) if one.kind in KINDS]
    if not papers:
        return
    values = filled(event.row)
    for one in papers:
        if any(values.get(name, "") != value for name, value in one.filled.items()):
            one.approved_on, one.cancelled_on = None, event.actor.today
            write.save(system_actor(event.actor.today), register("development_paper"), one)


@on("membership.development_kept")
def follow_the_case(event: Event) -> None:
    """A case taken over by another branch takes its reviews, notices and papers with it (Art. 12)."""
    case = event.row
    if not event.before or event.before["unit_id"] == case.unit_id:
        return
    actor = system_actor(event.actor.today)
    for name, rows in (("development_review", case.reviews), ("development_notice", case.notices),
                       ("development_paper", case.papers)):
        for row in rows.filter(withdrawn=False).exclude(unit=case.unit):
            row.case = case
            write.save(actor, register(name), row)
