"""Keeps the tree in step with the units, and posts of members in step with what was decided about their membership."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.events import Event, on
from luoshi.engine.register import register
from luoshi.foundation import units
from luoshi.foundation.people import MEMBER_POSTS, Person, Position, Post
from luoshi.foundation.places import within
from luoshi.foundation.units import Body, Placement, Unit

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
    own = {since for _post, since in (*before, *after)}
    before, after = _where_now(before, rows, own), _where_now(after, rows, own)
    after = _left(after, before, rows)
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


def _where_now(posts: Posts, rows: Mapping[tuple[str, date], Position], own: set[date]) -> Posts:
    """The same posts, but not from before the day on which another branch took the member over on probation.

    `own` are the days of the case itself. A conversion dated before that day counts here from that day: the branch that
    sent keeps its probation as it was.
    """
    taken = [since for (post, since), row in rows.items()
             if post == Post.PROBATIONARY and not row.withdrawn and since not in own]
    if not taken or not posts:
        return posts
    day = max(taken)
    return {(post, max(since, day)): max(until, day) if until else None for (post, since), until in posts.items()}


def _left(after: Posts, before: Posts, rows: Mapping[tuple[str, date], Position]) -> Posts:
    """The same posts, but not beyond the day on which the member left this branch: that is what a transfer has written.

    A day that the case itself had written is its own to change.
    """
    found: Posts = {}
    for (post, since), until in after.items():
        left = [row.until for row in rows.values() if row.post == post and row.until and row.until not in before.values()]
        ends = [day for day in (until, *left) if day is not None]
        found[post, since] = min(ends, default=None)
    return found


class Crossing(NamedTuple):
    """A member leaves one unit, enters another, or both, on a day; 0 is a unit of somebody else."""

    person: int
    source: int
    target: int
    day: date
    post: str


CROSSING = ("kind", "state", "withdrawn", "person_id", "unit_id", "receiver_id", "accepted_on", "receipt_on", "post")


@on("membership.transfer_kept")
def keep_posts_of_transferred(event: Event) -> None:
    """Membership ends in the branch that sends and begins in the one that receives, on one day; taken back, it returns.

    To outside it ends with the receipt. Raises ValidationError, and nothing is stored, where the member has since moved on.
    """
    row = event.row
    before, after = _crossing(event.before), _crossing({name: getattr(row, name) for name in CROSSING})
    if before == after:
        return
    actor = system_actor(event.actor.today)
    if before:
        _uncross(actor, before, str(row))
    if after:
        _cross(actor, after)


def _crossing(values: Mapping[str, Any]) -> Crossing | None:
    """What a transfer has done so far; None for nothing."""
    if not values or values["withdrawn"]:
        return None
    kind, unit, arrived = values["kind"], values["unit_id"], values["state"] in ("accepted", "done")
    person, post = values["person_id"], values["post"]
    if kind == "out":
        return Crossing(person, unit, 0, values["receipt_on"], post) if values["state"] == "done" else None
    if not arrived:
        return None
    source, target = (0, unit) if kind == "in" else (unit, values["receiver_id"])
    return Crossing(person, source, target, values["accepted_on"], post)


def _memberships(person: int) -> QuerySet[Position]:
    return Position.objects.filter(person=person, post__in=MEMBER_POSTS, withdrawn=False).select_related("unit")


def _cross(actor: Actor, one: Crossing) -> None:
    door, post = register("position"), one.post
    running = _memberships(one.person).filter(until__isnull=True)
    if one.source:
        leaving = list(running.filter(within((Unit.objects.get(pk=one.source).place,))))
        own = next((row for row in leaving if row.unit_id == one.source), None)
        if own is None:
            raise ValidationError(_("此人现在不是转出支部的党员，请先核对名册"))
        for row in leaving:  # groups of the branch are left with it
            if row.since > one.day:
                raise ValidationError(_("此人 %(day)s 才进入“%(unit)s”，转接日期不能早于这一天，请核对")
                                      % {"day": row.since.isoformat(), "unit": row.unit})
            row.until = one.day
            write.save(actor, door, row)
        post = own.post
    elif running.filter(unit__body=Body.BRANCH, unit__temporary=False).exists():
        raise ValidationError(_("此人现在已是某支部的党员，请改用“本部内转接”"))
    if one.target:
        key = {"person_id": one.person, "unit_id": one.target, "post": post, "since": one.day}
        row = Position.objects.filter(**key).first() or Position(**key)
        if row.pk and not row.withdrawn:
            raise ValidationError(_("此人在接收支部的党员身份也从 %(day)s 起，同一天不再转回；请撤回前一次转接")
                                  % {"day": one.day.isoformat()})
        row.until, row.withdrawn = None, False
        write.save(actor, door, row)
        _keep_file(actor, one.person, one.target)


def _uncross(actor: Actor, one: Crossing, why: str) -> None:
    door = register("position")
    running = list(_memberships(one.person).filter(until__isnull=True, unit__temporary=False))
    entered = [row for row in running if row.unit_id == one.target and row.since == one.day]
    elsewhere = [row for row in running if row.unit.body == Body.BRANCH and row not in entered]
    if elsewhere or (one.target and not entered):
        raise ValidationError(_("此人转接之后又有转接或转正，不能撤回这一次；请先撤回后面的变更"))
    for row in entered:
        write.withdraw(actor, door, row, reason=why)
    if one.source:
        ended = list(_memberships(one.person).filter(
            within((Unit.objects.get(pk=one.source).place,)), until=one.day).order_by("unit", "since"))
        for row in {row.unit_id: row for row in ended}.values():  # of two posts in one unit the later
            row.until = None
            write.save(actor, door, row)
        _keep_file(actor, one.person, one.source)


def _keep_file(actor: Actor, person: int, unit: int) -> None:
    """The unit that keeps the person's file is the one where they are a member."""
    row = Person.objects.get(pk=person)
    if row.unit_id != unit:
        row.unit = Unit.objects.get(pk=unit)
        write.save(actor, register("person"), row)
