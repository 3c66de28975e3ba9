"""The members of the fictional ministry, what each is in which unit, and the terms of its bodies."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.foundation.people import Person, Position, Post
from luoshi.foundation.units import Unit
from luoshi.kernel.periods import add_months
from luoshi.registers.organization import rules
from luoshi.registers.organization.models import Term

from . import files, names
from .units import Branch, Tree, dice

SEATS = (Post.SECRETARY, Post.DEPUTY, Post.ORGANISATION, Post.PUBLICITY, Post.DISCIPLINE)


@dataclass(slots=True)
class Crew:
    """Who is where; keys are the primary keys of units."""

    members: dict[int, list[Person]] = field(default_factory=dict)
    committee: dict[int, list[Person]] = field(default_factory=dict)  # the secretary first; two or more seats
    secretary: dict[int, Person] = field(default_factory=dict)
    officials: dict[int, list[Person]] = field(default_factory=dict)
    cadres: list[Person] = field(default_factory=list)  # of the committee's own office
    elected: dict[int, date] = field(default_factory=dict)


def build(actor: Actor, tree: Tree) -> Crew:
    """Persons first, then terms, then the positions that follow from both."""
    crew = Crew()
    _persons(actor, tree, crew)
    _terms(actor, tree, crew)
    roll = dice("positions")
    positions = [*_members(tree, crew, roll, actor.today), *_branch_seats(tree, crew, roll, actor.today), *_higher_seats(tree, crew, roll),
                 *_task_forces(tree, crew, roll, actor.today)]
    _save(actor, "position", positions)
    return crew


def _save(actor: Actor, name: str, rows: list[object]) -> None:
    if refused := save_many(actor, register(name), rows, verb="add"):
        raise RuntimeError(f"{name} refused: {dict(list(refused.items())[:3])}")


def _persons(actor: Actor, tree: Tree, crew: Crew) -> None:
    """The longest-standing member of a branch first, so that seats go to those who have been there."""
    roll = dice("people")
    named, rows, number = names.people(roll), [], 0
    for one in tree.branches:
        found = []
        for n in range(one.members):
            number += 1
            born = actor.today - timedelta(days=round(365.25 * roll.triangular(23, 60, 38)))
            adult = add_months(born, 12 * 20)
            new = n > 8 and roll.random() < 0.03  # still on probation, joined within a year
            days = roll.randrange(20, 340) if new else roll.randrange(400, max(401, (actor.today - adult).days))
            found.append(Person(unit=one.unit, name=next(named), number=f"P{number:05d}", born=born,
                                joined=max(adult, actor.today - timedelta(days=days))))
        found.sort(key=lambda person: person.joined or actor.today)
        crew.members[one.unit.pk] = found
        rows += found
    taken: Counter[date] = Counter()
    filling = dice("files")
    for n, person in enumerate(rows):
        files.fill(person, taken, n, actor.today, filling)
    _save(actor, "person", rows)


def full(crew: Crew, unit: Unit, day: date) -> list[Person]:
    """Members of a unit past their year of probation."""
    return [one for one in crew.members[unit.pk] if one.joined and add_months(one.joined, 12) <= day]


def _terms(actor: Actor, tree: Tree, crew: Crew) -> None:
    roll, rows = dice("terms"), []
    for n, unit in enumerate(tree.bodies):
        years = rules.years_of(body=unit.body)
        end, extended = _end(actor.today, years, roll, n)
        elected = add_months(end, -12 * years)
        number = 1 + max(0, elected.year - unit.since.year) // years
        crew.elected[unit.pk] = elected
        rows.append(Term(unit=unit, number=number, elected_on=elected, years=years, extended_to=extended,
                         approval=f"远党批〔{end.year}〕{n % 60 + 1}号" if extended else ""))
        if number > 1 and elected > actor.today - timedelta(days=420):
            before = add_months(elected, -12 * years)
            rows.append(Term(unit=unit, number=number - 1, elected_on=before, years=years, ended_on=elected))
    _save(actor, "term", rows)


def _end(today: date, years: int, roll: Random, n: int) -> tuple[date, date | None]:
    """The last day of a term and, for some that are over, until when it was extended."""
    if n % 29 == 7:  # over, and nothing done about it
        return today - timedelta(days=roll.randrange(12, 200)), None
    if n % 67 == 11:
        end = today - timedelta(days=roll.randrange(20, 120))
        return end, add_months(end, 9)
    if n % 10 == 3:
        return today + timedelta(days=roll.randrange(5, 170)), None
    return today + timedelta(days=roll.randrange(190, 365 * years - 20)), None


def _belongs(unit: Unit, person: Person, today: date, until: date | None = None) -> Iterator[Position]:
    """A person in a unit: on probation for the first year, a full member after it.

    Of a year of probation that ended before the records of the demo begin nothing is told.
    """
    joined = person.joined or unit.since
    since, whole = max(unit.since, joined), add_months(joined, 12)
    last = until or today
    if whole > last:
        yield Position(unit=unit, person=person, post=Post.PROBATIONARY, since=since, until=until)
    elif since < whole and whole > add_months(today, -12):
        yield Position(unit=unit, person=person, post=Post.PROBATIONARY, since=since, until=whole)
        yield Position(unit=unit, person=person, post=Post.MEMBER, since=whole, until=until)
    else:
        yield Position(unit=unit, person=person, post=Post.MEMBER, since=since, until=until)


def _members(tree: Tree, crew: Crew, roll: Random, today: date) -> Iterator[Position]:
    for one in tree.branches:
        found = crew.members[one.unit.pk]
        for person in found:
            yield from _belongs(one.unit, person, today)
        for n, group in enumerate(one.groups):
            its = found[n::len(one.groups)]
            crew.members[group.pk] = its
            for person in its:
                yield from _belongs(group, person, today)
            yield Position(unit=group, person=roll.choice(its[:5]), post=Post.GROUP_LEADER,
                           since=crew.elected[one.unit.pk])


def _seats(crew: Crew, unit: Unit, people: list[Person], since: date) -> Iterator[Position]:
    """The committee of a unit: secretary, deputy, the three with a task, then plain members."""
    crew.secretary[unit.pk] = people[0]
    crew.committee[unit.pk] = people
    for n, person in enumerate(people):
        yield Position(unit=unit, person=person, post=SEATS[n] if n < len(SEATS) else Post.COMMITTEE, since=since)


def _branch_seats(tree: Tree, crew: Crew, roll: Random, today: date) -> Iterator[Position]:
    """As many as the members call for: a secretary below seven full members, three or five above."""
    for one in tree.branches:
        elected = crew.elected[one.unit.pk]
        yield from _before(one.unit, crew, elected, roll)
        plan = rules.committee_plan(body=one.unit.body, full=len(full(crew, one.unit, today)))
        size = plan.usual if one.members >= 12 else plan.least
        # Who had been a full member on election day; a branch that has grown since fills up with those who came first.
        able = full(crew, one.unit, elected)
        able += [p for p in crew.members[one.unit.pk] if p not in able][: max(size - len(able), 0)]
        chosen = roll.sample(able[: max(size, len(able) * 2 // 3)], size)
        chosen.sort(key=lambda person: person.joined or elected)
        if plan.committee and size == 3:
            order = (Post.SECRETARY, Post.ORGANISATION, Post.PUBLICITY)
            crew.secretary[one.unit.pk], crew.committee[one.unit.pk] = chosen[0], chosen
            yield from (Position(unit=one.unit, person=p, post=post, since=elected)
                        for p, post in zip(chosen, order, strict=True))
        else:
            yield from _seats(crew, one.unit, chosen, elected)


def _before(unit: Unit, crew: Crew, elected: date, roll: Random) -> Iterator[Position]:
    """Whoever was secretary in the term before the present one, where the unit is older than that."""
    before = max(add_months(elected, -12 * rules.years_of(body=unit.body)), unit.since)
    able = [p for p in crew.members.get(unit.pk, ()) if p.joined and add_months(p.joined, 12) <= before]
    if able and before < elected:
        yield Position(unit=unit, person=roll.choice(able), post=Post.SECRETARY, since=before, until=elected)


def _higher_seats(tree: Tree, crew: Crew, roll: Random) -> Iterator[Position]:
    """Committees above the branches, the leaders of each first-level unit, and those who do party work for a living."""
    for unit in (*tree.generals, *tree.firsts, tree.root):
        within = [p for b in tree.branches if b.unit.place.startswith(unit.place) for p in crew.members[b.unit.pk][:12]]
        plan = rules.committee_plan(body=unit.body, full=len(within))
        since = crew.elected[unit.pk]
        able = [p for p in within if p.joined and add_months(p.joined, 24) <= since] or within
        before = add_months(since, -12 * rules.years_of(body=unit.body))
        yield Position(unit=unit, person=roll.choice(able), post=Post.SECRETARY, since=max(before, unit.since), until=since)
        yield from _seats(crew, unit, roll.sample(able, min(plan.usual if unit is tree.root else plan.least, len(able))),
                          since)
        if unit in tree.firsts:
            leaders = roll.sample(within, min(roll.randrange(2, 5), len(within)))
            crew.officials[unit.pk] = leaders
            yield from (Position(unit=unit, person=p, post=Post.OFFICIAL, since=since) for p in leaders)
            for p in roll.sample(within, min(2, len(within))):
                held = unit.since.replace(year=unit.since.year + roll.randrange(8, 18))
                yield Position(unit=unit, person=p, post=Post.CADRE, since=held, full_time=roll.random() < 0.4)
    office = tree.offices["机关党委办公室"]
    crew.cadres = crew.members[tree.branches[0].unit.pk][:6]
    yield from (Position(unit=office, person=p, post=Post.CADRE, since=office.since.replace(year=office.since.year + 12),
                         full_time=True) for p in crew.cadres)


def _task_forces(tree: Tree, crew: Crew, roll: Random, today: date) -> Iterator[Position]:
    """Members of a temporary branch keep their place at home; its secretary and deputy are appointed."""
    for one in tree.temporary:
        near = [b for b in tree.branches if b.first is one.first] or tree.branches
        found = [roll.choice(crew.members[b.unit.pk][2:]) for b in _some(near, one, roll)]
        found = list({p.pk: p for p in found}.values())
        crew.members[one.unit.pk] = found
        crew.secretary[one.unit.pk], crew.committee[one.unit.pk] = found[0], found[:3]
        since, until = one.unit.since, one.unit.until
        for person in found:
            yield from _belongs(one.unit, person, today, until)
        posts = (Post.SECRETARY, Post.DEPUTY, Post.ORGANISATION)
        yield from (Position(unit=one.unit, person=p, post=post, since=since, until=until)
                    for p, post in zip(found, posts, strict=False))


def _some(near: list[Branch], one: Branch, roll: Random) -> list[Branch]:
    return [roll.choice(near) for _ in range(one.members)]
