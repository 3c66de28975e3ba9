"""What founding, moving, joining, dividing and closing units does to them and their people: each one deed, all or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from luoshi.engine import bulk, write
from luoshi.engine.actor import Actor, on_behalf
from luoshi.engine.register import register
from luoshi.foundation import units
from luoshi.foundation.people import MEMBER_POSTS, Person, Position, Post
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit

from ..models import PROBLEMS, Change, Side, UnitChange, UnitSide

BELONGING = (*MEMBER_POSTS, Post.UNION_MEMBER, Post.LEAGUE_MEMBER)  # go on in the unit that follows; offices end


@dataclass(frozen=True, slots=True)
class Decision:
    """By which paper, from which day; `key` makes a second sending of the same page harmless."""

    on: date
    document: str
    note: str = ""
    key: str = ""

    @property
    def reason(self) -> str:
        return f"{self.on} {self.document}"


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that a division makes, and who goes there: keys of persons and of units below."""

    name: str
    code: str
    people: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()
    made: list[Unit] = field(default_factory=list)


def lasting(places_of: Iterable[Unit], on: date) -> Any:
    """The positions in units that a change on a day touches: held then or later."""
    rows = Position.objects.filter(Q(until__isnull=True) | Q(until__gt=on), unit__in=[one.pk for one in places_of],
                                   withdrawn=False)
    return rows.select_related("unit", "person").order_by("pk")


def later_offices(places_of: Iterable[Unit], on: date) -> int:
    """Offices that begin on the day or later: they cannot end before they began."""
    return int(lasting(places_of, on).filter(since__gte=on).exclude(post__in=BELONGING).count())


def below(unit: Unit) -> list[Unit]:
    """The units right under a unit today, in tree order."""
    return list(Unit.objects.filter(parent=unit, withdrawn=False, until__isnull=True).order_by("place"))


@transaction.atomic
def found(actor: Actor, unit: Unit, decided: Decision) -> UnitChange:
    """Make a new unit where it says it stands."""
    write.save(actor, register("unit"), unit, reason=decided.reason, key=decided.key)
    return note_founding(actor, unit, decided)


@transaction.atomic
def move(actor: Actor, unit: Unit, parent: Unit, decided: Decision) -> UnitChange:
    """Put a unit and all below it under another parent."""
    old = Unit.objects.get(pk=unit.parent_id) if unit.parent_id else None
    unit.parent = parent
    write.save(actor, register("unit"), unit, verb="move", reason=decided.reason, key=decided.key,
               extra=lambda: units.move(unit, parent=parent, on=decided.on))
    return _note(actor, unit, Change.MOVED, decided, [old] if old else [], [parent])


@transaction.atomic
def close(actor: Actor, unit: Unit, decided: Decision) -> UnitChange:
    """End a unit and every position in it; its records stay."""
    _end(actor, unit, decided, "close", key=decided.key)
    return _note(actor, unit, Change.CLOSED, decided, [unit], [])


@transaction.atomic
def merge(actor: Actor, target: Unit, sources: Sequence[Unit], decided: Decision) -> UnitChange:
    """Join units into one that goes on: members and units below go there, offices in the joined units end."""
    write.save(actor, register("unit"), target, verb="merge", reason=decided.reason, key=decided.key)
    for source in sources:
        for child in below(source):
            _under(actor, child, target, decided)
        _carry(actor, lasting([source], decided.on), decided.on, target)
        _hand_files(actor, Person.objects.filter(unit=source, withdrawn=False), target)
        _end(actor, source, decided, "merge")
    return _note(actor, target, Change.MERGED, decided, [target, *sources], [target])


@transaction.atomic
def split(actor: Actor, source: Unit, parts: Sequence[Part], decided: Decision, *, closes: bool) -> UnitChange:
    """Divide a unit: new units beside it take the persons and units named; the rest stays, or the unit ends."""
    write.save(actor, register("unit"), source, verb="split", reason=decided.reason, key=decided.key)
    ways: dict[int, Unit] = {}
    for part in parts:
        made = Unit(name=part.name, code=part.code, system=source.system, body=source.body, kind=source.kind,
                    temporary=source.temporary, zone=source.zone, parent=source.parent, since=decided.on)
        write.save(actor, register("unit"), made, verb="split", reason=decided.reason)
        part.made.append(made)
        ways |= dict.fromkeys(part.people, made)
        for child in [one for one in below(source) if one.pk in part.below]:
            _under(actor, child, made, decided)
    made_units = [one for part in parts for one in part.made]
    for made in made_units:
        going = [pk for pk, way in ways.items() if way is made]
        _carry(actor, lasting([source], decided.on).filter(person__in=going), decided.on, made)
        _hand_files(actor, Person.objects.filter(unit=source, pk__in=going, withdrawn=False), made)
    _leave_groups(actor, source, ways, decided.on)
    if closes:
        _end(actor, source, decided, "split")
    return _note(actor, source, Change.SPLIT, decided, [source], made_units if closes else [source, *made_units])


def note_founding(actor: Actor, unit: Unit, decided: Decision) -> UnitChange:
    """Keep by which paper a new unit was founded, inside the transaction that made it."""
    return _note(actor, unit, Change.FOUNDED, decided, [], [unit])


def _leave_groups(actor: Actor, source: Unit, ways: Mapping[int, Unit], on: date) -> None:
    """Who goes to another unit leaves the groups that stay behind; a group that moved along is left by nobody."""
    groups = Unit.objects.filter(within((source.place,))).exclude(pk=source.pk)
    rows = lasting(list(groups), on).filter(person__in=list(ways))
    _carry(actor, [one for one in rows if one.since < on], on, None)


def _under(actor: Actor, child: Unit, parent: Unit, decided: Decision) -> None:
    child.parent = parent
    write.save(on_behalf(actor), register("unit"), child, verb="move", reason=decided.reason,
               extra=lambda: units.move(child, parent=parent, on=decided.on))


def _end(actor: Actor, unit: Unit, decided: Decision, verb: str, key: str = "") -> None:
    _carry(actor, lasting([unit], decided.on), decided.on, None)
    unit.until = decided.on
    write.save(actor, register("unit"), unit, verb=verb, reason=decided.reason, key=key)


def _carry(actor: Actor, rows: Iterable[Position], on: date, to: Unit | None) -> None:
    """End positions on a day; belonging goes on elsewhere from that day, unless it is held there already."""
    listed = list(rows)
    there = set(lasting([to], on).filter(since__lte=on).values_list("person", "post")) if to else set()
    changed, more = [], []
    for one in listed:
        goes_on = to is not None and one.post in BELONGING
        if one.since >= on:  # begun after the day: all of it belongs to what follows
            if not goes_on:
                raise ValidationError({"on": PROBLEMS["posts_later"]})
            one.unit = to  # type: ignore[assignment]
        else:
            if goes_on and (one.person_id, one.post) not in there:
                more.append(Position(unit=to, person=one.person, post=one.post, full_time=one.full_time, since=on,
                                     until=one.until))
            one.until = on
        changed.append(one)
    _keep(actor, "position", [*changed, *more])


def _hand_files(actor: Actor, rows: Iterable[Person], to: Unit) -> None:
    """The unit that follows keeps the files of its people."""
    people = list(rows)
    for one in people:
        one.unit = to
    _keep(actor, "person", people)


def _keep(actor: Actor, name: str, rows: list[Any]) -> None:
    """All of them or none: what follows from a decision is not left half done."""
    if refused := bulk.save_many(on_behalf(actor), register(name), rows, verb="change"):
        raise ValidationError([message for error in refused.values() for message in error.messages][:3])


def _note(actor: Actor, unit: Unit, kind: Change, decided: Decision, before: Sequence[Unit],
          after: Sequence[Unit]) -> UnitChange:
    sides = [UnitSide(side=side, unit=one) for side, its in ((Side.FROM, before), (Side.TO, after)) for one in its]
    change = UnitChange(unit=unit, kind=kind, on=decided.on, document=decided.document, note=decided.note)
    write.save(on_behalf(actor), register("unit_change"), change, lines={"sides": sides}, reason=decided.reason)
    return change
