"""Keeps the tree in step with the units, and posts of members in step with what was decided about their membership."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from luoshi.engine import write
from luoshi.engine.actor import system_actor
from luoshi.engine.events import Event, on
from luoshi.engine.register import register
from luoshi.foundation import units
from luoshi.foundation.people import Person, Position, Post
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


Posts = dict[tuple[str, date], date | None]  # (post, since) → until


@on("membership.development_kept")
def keep_posts_of_developed(event: Event) -> None:
    """A person approved holds the post of a probationary member from the branch meeting; conversion makes it a full one.

    What an earlier version of the case had opened and the present one does not is withdrawn.
    """
    case, named = event.row, ("state", "admitted_on", "full_on", "cancelled_on", "withdrawn")
    now = {name: getattr(case, name) for name in named}
    if event.before and all(event.before[name] == value for name, value in now.items()):
        return
    before, after = _posts(event.before), _posts(now)
    if not before and not after:
        return
    actor, door = system_actor(event.actor.today), register("position")
    rows = {(one.post, one.since): one for one in Position.objects.filter(
        person=case.person, unit=case.unit, post__in=(Post.MEMBER, Post.PROBATIONARY))}
    for key in before.keys() - after.keys():
        if key in rows and not rows[key].withdrawn:
            write.withdraw(actor, door, rows[key], reason=str(case))
    for (post, since), until in after.items():
        row = rows.get((post, since)) or Position(unit=case.unit, person=case.person, post=post, since=since)
        if row.pk is None or row.until != until or row.withdrawn:
            row.until, row.withdrawn = until, False  # one withdrawn before stands again
            write.save(actor, door, row)
    person = Person.objects.get(pk=case.person.pk)
    joined = now["admitted_on"] if after and not now["cancelled_on"] else None
    full = now["full_on"] if joined else None
    if (person.joined, person.full_on) != (joined, full):
        person.joined, person.full_on = joined, full
        write.save(actor, register("person"), person)


def _posts(case: Mapping[str, Any]) -> Posts:
    """The posts a case opens, by its state and dates."""
    if not case or case["withdrawn"] or case["state"] not in ("probation", "full", "cancelled"):
        return {}
    found: Posts = {(Post.PROBATIONARY, case["admitted_on"]): case["full_on"] or case["cancelled_on"]}
    if case["full_on"]:
        found[Post.MEMBER, case["full_on"]] = None
    return found
