"""Builds small trees and records for the tests of counting; nothing here goes through the write door."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from typing import Any

from django.db import transaction

from luoshi.foundation import units
from luoshi.foundation.people import Person, Position, Post
from luoshi.foundation.units import Body, Placement, Unit
from luoshi.kernel import places
from luoshi.registers.meetings.models import Meeting

START = date(2020, 1, 1)
TODAY = date(2026, 11, 23)
_numbers = count(1)


def unit(name: str, parent: Unit | None = None, *, since: date = START, body: str = Body.BRANCH, **more: Any) -> Unit:
    """A unit that stands below its parent from a day on."""
    made = Unit(name=name, code=f"U{next(_numbers)}", parent=parent, since=since, body=body, **more)
    made.settle()
    made.save()
    units.found(made)
    return made


def meeting(of: Unit, day: date, *, kind: str = "committee", expected: int = 5, present: int = 5,
            **more: Any) -> Meeting:
    """A meeting as recorded; the unit's place is read anew because it may have moved."""
    topic = f"议题{next(_numbers)}"
    place = Unit.objects.values_list("place", flat=True).get(pk=of.pk)
    return Meeting.objects.create(unit=of, place=place, day=day, held_on=day, kind=kind, topic=topic, expected=expected,
                                  present=present, **more)


def members(of: Unit, number: int, *, since: date = START, until: date | None = None,
            post: str = Post.MEMBER) -> list[Position]:
    """So many new persons with a post in a unit."""
    made = []
    for _ in range(number):
        person = Person.objects.create(unit=of, place=of.place, name="林知远", number=f"P{next(_numbers)}")
        made.append(Position.objects.create(unit=of, place=of.place, person=person, post=post, since=since,
                                            until=until))
    return made


def forest(rows: int) -> Unit:
    """One committee, general branches of ten branches each below it, made in a few statements."""
    root = unit("机关党委", body=Body.COMMITTEE)
    made = []
    generals = [unit(f"第{i + 1}党总支", root, body=Body.GENERAL) for i in range((rows + 9) // 10)]
    for i in range(rows):
        above = generals[i // 10]
        made.append(Unit(name=f"第{i + 1}党支部", code=f"B{next(_numbers)}", parent=above, since=START,
                         body=Body.BRANCH, place=places.child(above.place, i % 10 + 1)))
    Unit.objects.bulk_create(made)
    Placement.objects.bulk_create(Placement(unit=one, parent=one.parent, place=one.place, since=START) for one in made)
    return root


@contextmanager
def undone() -> Iterator[None]:
    """All that is stored inside is taken back: one example of many leaves nothing to the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
