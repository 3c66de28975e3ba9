"""The union and the league beside the party: their own trees, members, committees, terms, and what auditors reviewed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.foundation.people import Person, Position, Post
from luoshi.foundation.units import Body, System, Unit
from luoshi.kernel import places
from luoshi.kernel.periods import add_months
from luoshi.registers.organization.models import Audit, Finding, Recusal, Stated, Term
from luoshi.registers.organization.rules import elected, founding

from . import names
from .people import SEATS, Crew
from .units import Branch, Tree, dice


@dataclass(slots=True)
class Forests:
    union: Unit
    auditors: Unit
    league: Unit
    members: dict[int, list[Person]] = field(default_factory=dict)  # by the key of a union or league body
    elected: dict[int, date] = field(default_factory=dict)


def build(actor: Actor, tree: Tree, crew: Crew) -> Forests:
    """After the party's people: the same persons, in three systems at once where they belong to three."""
    roll = dice("forests")
    union = Unit(name=f"{names.MINISTRY}机关工会", code="GH", system=System.UNION, body=Body.COMMITTEE, since=tree.root.since)
    league = Unit(name=f"{names.MINISTRY}机关团委", code="TW", system=System.LEAGUE, body=Body.COMMITTEE, since=tree.root.since)
    for n, root in enumerate((union, league), 2):
        root.place = places.child("", n)
    _save(actor, "unit", [union, league])
    auditors = Unit(name=f"{names.MINISTRY}机关工会经审会", code="GHJS", system=System.UNION, body=Body.AUDIT, parent=union,
                    since=union.since, place=places.child(union.place, 1))
    _save(actor, "unit", [auditors])
    made = Forests(union, auditors, league)
    positions = [*_unions(actor, tree, crew, made), *_branches(actor, tree, crew, made)]
    bodies = [union, auditors, league, *(Unit.objects.filter(parent__in=[union, league]).exclude(pk=auditors.pk).order_by("place"))]
    made.members[auditors.pk] = made.members[union.pk][5:]
    _terms(actor, bodies, made, roll)
    for unit in bodies:
        positions += _seats(unit, made, roll, actor.today)
    positions += _staff(tree, crew, made, roll)
    _save(actor, "position", positions)
    _audits(actor, made)
    _recusals(actor, tree, crew)
    return made


def _save(actor: Actor, name: str, rows: list[object]) -> None:
    if refused := save_many(actor, register(name), rows, verb="add"):
        raise RuntimeError(f"{name} refused: {dict(list(refused.items())[:3])}")


def _unions(actor: Actor, tree: Tree, crew: Crew, made: Forests) -> Iterator[Position]:
    """A union at each first-level unit, and below it a group for each branch; every one of the demo's people is a member."""
    unions = []
    for n, first in enumerate(tree.firsts, 2):
        people = [p for one in _of(tree, first) for p in crew.members[one.unit.pk]]
        called = founding.called_for(system=System.UNION, body=Body.COMMITTEE, full=len(people))
        unions.append(Unit(name=f"{_bare(first)}工会", code=f"GH{first.code[2:]}", system=System.UNION, kind=first.kind,
                           body=Body(called.body if called else Body.COMMITTEE), parent=made.union, since=first.since,
                           place=places.child(made.union.place, n)))
    _save(actor, "unit", list(unions))
    groups: list[tuple[Unit, list[Person]]] = []
    for first, union in zip(tree.firsts, unions, strict=True):
        for n, one in enumerate(_of(tree, first), 1):
            group = Unit(name=f"{one.unit.name.removesuffix('党支部')}工会小组", code=f"GH{one.unit.code[2:]}X", system=System.UNION,
                         kind=first.kind, body=Body.GROUP, parent=union, since=one.unit.since, place=places.child(union.place, n))
            groups.append((group, crew.members[one.unit.pk]))
            made.members.setdefault(union.pk, []).extend(crew.members[one.unit.pk])
    _save(actor, "unit", [group for group, _people in groups])
    made.members[made.union.pk] = [p for _group, people in groups for p in people[:3]]
    for group, people in groups:
        for person in people:
            yield Position(unit=group, person=person, post=Post.UNION_MEMBER,
                           since=max(group.since, person.worked_since or person.joined or group.since))


def _branches(actor: Actor, tree: Tree, crew: Crew, made: Forests) -> Iterator[Position]:
    """A league branch where three or more are below 28; the few elsewhere belong to the committee itself."""
    young: dict[int, list[Person]] = {
        first.pk: [p for one in _of(tree, first) for p in crew.members[one.unit.pk]
                   if p.born and elected.league_standing(born=p.born, today=actor.today, post=False) == "member"]
        for first in tree.firsts}
    homes = {first.pk: Unit(name=f"{_bare(first)}团支部", code=f"TW{first.code[2:]}", system=System.LEAGUE, body=Body.BRANCH,
                            kind=first.kind, parent=made.league, since=first.since, place=places.child(made.league.place, n))
             for n, first in enumerate((one for one in tree.firsts if len(young[one.pk]) >= 3), 1)}
    _save(actor, "unit", list(homes.values()))
    made.members[made.league.pk] = [p for its in young.values() for p in its]
    for first in tree.firsts:
        home = homes.get(first.pk, made.league)
        if home is not made.league:
            made.members[home.pk] = young[first.pk]
        for person in young[first.pk]:
            adult = add_months(person.born, 12 * 16) if person.born else home.since
            yield Position(unit=home, person=person, post=Post.LEAGUE_MEMBER, since=max(home.since, adult))


def _of(tree: Tree, first: Unit) -> list[Branch]:
    return [one for one in tree.branches if one.first is first]


def _bare(first: Unit) -> str:
    return first.name.removesuffix("党委").removesuffix("党总支")


def _terms(actor: Actor, bodies: list[Unit], made: Forests, roll: Random) -> None:
    """Most in their terms, some about to end, one in nine over; auditors follow their union."""
    rows: list[object] = []
    for n, unit in enumerate(bodies):
        years = elected.usual_years(system=unit.system, body=unit.body)
        end = actor.today + timedelta(days=roll.randrange(200, 365 * years - 120))
        if n % 9 == 4:
            end = actor.today + timedelta(days=roll.randrange(10, 170))
        elif n % 9 == 7:
            end = actor.today - timedelta(days=roll.randrange(10, 90))
        since = made.elected[made.union.pk] if unit.body == Body.AUDIT else add_months(end, -12 * years)
        made.elected[unit.pk] = since
        rows.append(Term(unit=unit, number=max(1, (since.year - unit.since.year) // years + 1), elected_on=since, years=years))
    _save(actor, "term", rows)


def _seats(unit: Unit, made: Forests, roll: Random, today: date) -> Iterator[Position]:
    """A committee of the least size its members call for."""
    people, since = made.members.get(unit.pk, []), made.elected[unit.pk]
    if unit.system == System.UNION:
        count = len(people) if unit is not made.union else sum(len(its) for its in made.members.values())
        size = 3 if unit.body == Body.AUDIT else elected.union_committee_size(members=count).least
        order = (Post.AUDIT_CHAIR,) if unit.body == Body.AUDIT else (Post.CHAIR, Post.VICE_CHAIR)
    else:
        size, order = (7 if unit.body == Body.COMMITTEE else 3), SEATS[:2] if unit.body == Body.COMMITTEE else SEATS[:1]
        people = sorted(people, key=lambda one: one.joined or today)[: max(size, len(people) // 2)]
    for n, person in enumerate(roll.sample(people, min(size, len(people)))):
        # A year of standing before the first seat, as secretaries of the party have.
        ready = max(since, add_months(person.joined, 13)) if person.joined else since
        if ready <= today:
            yield Position(unit=unit, person=person, post=order[n] if n < len(order) else Post.COMMITTEE, since=ready)


def _staff(tree: Tree, crew: Crew, made: Forests, roll: Random) -> Iterator[Position]:
    """Those who do the work of the union, the league and discipline, and the office's contact for each first-level unit."""
    since = tree.root.since.replace(year=tree.root.since.year + 13)
    yield Position(unit=made.union, person=crew.cadres[1], post=Post.UNION_CADRE, since=since, full_time=True)
    yield Position(unit=made.league, person=crew.cadres[2], post=Post.LEAGUE_CADRE, since=since, full_time=True)
    for person in crew.cadres[3:5]:
        yield Position(unit=tree.offices["机关纪委"], person=person, post=Post.DISCIPLINE_CADRE, since=since, full_time=True)
    for n, first in enumerate(tree.firsts):
        near = crew.members[_of(tree, first)[0].unit.pk]
        yield Position(unit=first, person=near[min(3, len(near) - 1)], post=Post.DISCIPLINE_CADRE, since=crew.elected[first.pk])
        if n % 12 != 11:
            yield Position(unit=first, person=crew.cadres[n % len(crew.cadres)], post=Post.CONTACT,
                           since=since + timedelta(days=roll.randrange(300)))


def _audits(actor: Actor, made: Forests) -> None:
    """Last year's review with its findings closed, and this year's half with one still open."""
    year, door = actor.today.year, register("audit")
    whole = Audit(unit=made.auditors, title=f"{year - 1} 年度经费收支审查", since=date(year - 1, 1, 1), until=date(year - 1, 12, 31),
                  reviewed_on=min(date(year, 3, 18), actor.today), result="收支符合预算，凭证齐全，未发现超范围开支。")
    day = whole.reviewed_on
    write.save(actor, door, whole, lines={"findings": [
        Finding(text="两张发票缺少验收人签字", due=day + timedelta(days=30), closed_on=min(day + timedelta(days=12), actor.today),
                how="已补签")]})
    half = date(year, 8, 20)
    if half <= actor.today:
        row = Audit(unit=made.auditors, title=f"{year} 年上半年经费收支审查", since=date(year, 1, 1), until=date(year, 6, 30),
                    reviewed_on=half, result="收支总体规范，活动经费支出进度偏慢。")
        write.save(actor, door, row, lines={"findings": [
            Finding(text="活动物品领用登记不完整", due=half + timedelta(days=30), closed_on=half + timedelta(days=21), how="已补登"),
            Finding(text="固定资产台账未按季核对", due=half + timedelta(days=120))]})


def _recusals(actor: Actor, tree: Tree, crew: Crew) -> None:
    """Most of those who do discipline work declared this spring."""
    day = min(date(actor.today.year, 2, 12), actor.today)
    held = Position.objects.filter(post=Post.DISCIPLINE_CADRE).select_related("unit", "person").order_by("pk")
    rows: list[object] = [
        Recusal(unit=one.unit, person=one.person, declared_on=day, stated=Stated.SOME if n % 9 == 5 else Stated.NONE,
                paper=f"回避〔{day.year}〕{n + 1}号")
        for n, one in enumerate(held) if n % 7 != 6 and one.since <= day]
    _save(actor, "recusal", list({one.person_id: one for one in rows}.values()))  # type: ignore[attr-defined]
