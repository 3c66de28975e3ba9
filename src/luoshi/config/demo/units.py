"""The tree of the fictional ministry: first-level units, general branches, branches, groups, and the temporary ones."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.foundation.units import Body, Kind, Unit
from luoshi.kernel import ids, places
from luoshi.registers.organization import rules

from . import names

SEED = 20081122


@dataclass(frozen=True, slots=True)
class Size:
    firsts: int
    branches: int  # standing today, temporary and overseas ones included
    overseas: int
    people: int
    temporary: int = 2
    events: int = 220
    campaigns: int = 5


S = Size(firsts=25, branches=300, overseas=40, people=8000)
XS = Size(firsts=3, branches=12, overseas=3, people=200, temporary=1, events=24, campaigns=2)


@dataclass(slots=True)
class Branch:
    unit: Unit
    first: Unit
    members: int
    groups: list[Unit] = field(default_factory=list)
    reliability: float = 0.98  # how likely a meeting that is owed is held in its month


@dataclass(slots=True)
class Tree:
    root: Unit
    offices: dict[str, Unit]
    firsts: list[Unit]
    generals: list[Unit]  # general branches between a first-level unit and its branches
    branches: list[Branch]  # ordinary ones
    temporary: list[Branch]

    @property
    def bodies(self) -> list[Unit]:
        """Everything that is elected for a term."""
        return [self.root, *self.firsts, *self.generals, *(one.unit for one in self.branches)]


def dice(part: str) -> Random:
    """One generator for each part, so that a change in one leaves the others as they were."""
    return Random(f"{SEED}/{part}")  # noqa: S311  a demo needs the same throw each time, not secrecy


def build(actor: Actor, size: Size) -> Tree:
    """Make and save all units, level by level."""
    roll = dice("units")
    since = actor.today.replace(year=actor.today.year - 18, month=3, day=12)
    root = Unit(name=f"{names.MINISTRY}机关党委", code="YT", body=Body.COMMITTEE, since=since)
    _keep(actor, [root])
    counts = _branches_of(size)
    sizes = _members_of(roll, size, counts)
    chosen = names.FIRST_LEVEL[: size.firsts]
    firsts = [_first(name, kind, i, root, since, sum(sizes[i])) for i, (name, kind, _) in enumerate(chosen)]
    _keep(actor, firsts)
    offices = {name: Unit(name=name, code=f"YT{code}", body=Body.OFFICE, parent=root, since=since)
               for name, code in names.OFFICES}
    _keep(actor, list(offices.values()), begin=len(firsts) + 1)
    tree = Tree(root, offices, firsts, [], [], [])
    for first, (name, _, _), its in zip(firsts, chosen, sizes, strict=True):
        _below(actor, tree, first, name, its, roll)
    _groups(actor, tree)
    _task_forces(actor, tree, size, roll)
    for one in tree.branches:
        one.reliability = roll.uniform(0.74, 0.88) if roll.random() < 0.16 else roll.uniform(0.965, 0.998)
    return tree


def _keep(actor: Actor, units: list[Unit], begin: int = 1) -> None:
    """Save siblings together; their places are given here because bulk work asks nothing row by row."""
    for n, unit in enumerate(units, begin):
        unit.place = places.child(unit.parent.place if unit.parent else "", n)
    if refused := save_many(actor, register("unit"), units, verb="add"):
        raise RuntimeError(f"units refused: {refused}")


def _branches_of(size: Size) -> list[int]:
    """How many ordinary branches each first-level unit has."""
    chosen = names.FIRST_LEVEL[: size.firsts]
    left = size.branches - size.temporary - size.overseas
    whole = sum(weight for _, _, weight in chosen)
    counts = [weight * left // whole for _, _, weight in chosen]
    counts = [size.overseas if kind == "overseas" else max(n, 2) for n, (_, kind, _) in zip(counts, chosen, strict=True)]
    spots = [i for i, (_, kind, _) in enumerate(chosen) if kind != "overseas" and chosen[i][2] > 3] or [0]
    for n in range(size.branches - size.temporary - sum(counts)):
        counts[spots[n % len(spots)]] += 1
    return counts


def _members_of(roll: Random, size: Size, counts: list[int]) -> list[list[int]]:
    """Members of each branch: 3 to 49, as branches go, and together exactly as many as asked for."""
    kinds = [kind for _, kind, _ in names.FIRST_LEVEL[: size.firsts]]
    whole = [[round(roll.triangular(3, 24, 8) if kind == "overseas" else roll.triangular(7, 49, 30)) for _ in range(n)]
             for kind, n in zip(kinds, counts, strict=True)]
    spots = [(i, j) for i, its in enumerate(whole) if kinds[i] != "overseas" for j in range(len(its))]
    missing = size.people - sum(map(sum, whole))
    while missing:
        i, j = roll.choice(spots)
        step = 1 if missing > 0 else -1
        if 5 <= whole[i][j] + step <= 49:
            whole[i][j] += step
            missing -= step
    return whole


def _first(name: str, kind: str, i: int, root: Unit, since: date, members: int) -> Unit:
    wanted = rules.COMMITTEE if kind == "overseas" else rules.GENERAL  # smaller ones by approval
    body = Body(rules.body_for(full=members, wanted=wanted))
    word = "党委" if body == Body.COMMITTEE else "党总支"
    return Unit(name=f"{name}{word}", code=f"YT{i + 1:02d}", body=body, kind=Kind(kind), parent=root, since=since,
                credit_code=_credit_code(kind, i))


def _credit_code(kind: str, i: int) -> str:
    """Of institutions and societies: a well-formed code that names nobody (GB 32100-2015)."""
    if kind not in ("direct", "society"):
        return ""
    own = f"YT0000{i + 1:02d}"
    first = f"{'12' if kind == 'direct' else '51'}100000{own}{ids.body_check(own)}"
    return first + ids.credit_check(first)


def _below(actor: Actor, tree: Tree, first: Unit, name: str, sizes: list[int], roll: Random) -> None:
    """The branches of one first-level unit; a large one puts two threes of them under general branches."""
    between = _three(first, name, sizes)
    _keep(actor, [general for general, _ in between])
    tree.generals += [general for general, _ in between]
    above = {j: general for general, its in between for j in its}
    made = [_branch(first, above.get(j, first), name, j, roll) for j in range(len(sizes))]
    _keep(actor, [one for j, one in enumerate(made) if j not in above], begin=len(between) + 1)
    for _, its in between:
        _keep(actor, [made[j] for j in its])
    tree.branches += [Branch(one, first, n) for one, n in zip(made, sizes, strict=True)]


def _three(first: Unit, name: str, sizes: list[int]) -> list[tuple[Unit, list[int]]]:
    found: list[tuple[Unit, list[int]]] = []
    if first.kind != Kind.DIRECT or len(sizes) < 15:
        return found
    for j in range(0, len(sizes) - 2, 3):
        if rules.body_for(full=sum(sizes[j:j + 3])) == rules.GENERAL and len(found) < 2:
            n = len(found) + 1
            general = Unit(name=f"{name}第{names.ordinal(n)}党总支", code=f"{first.code}Z{n}", body=Body.GENERAL,
                           kind=first.kind, parent=first, since=first.since)
            found.append((general, [j, j + 1, j + 2]))
    return found


def _branch(first: Unit, parent: Unit, name: str, j: int, roll: Random) -> Unit:
    since = first.since + timedelta(days=roll.randrange(365 * 6))
    unit = Unit(code=f"{first.code}{j + 1:02d}", body=Body.BRANCH, kind=first.kind, parent=parent, since=since)
    if first.kind == Kind.OVERSEAS:
        city, unit.zone = names.POSTS_ABROAD[j % len(names.POSTS_ABROAD)]
        unit.name = f"驻{city}办事处党支部"
    else:
        unit.name = f"{name}第{names.ordinal(j + 1)}党支部"
    return unit


def _groups(actor: Actor, tree: Tree) -> None:
    """Groups where a branch has many members (branch regulation Art. 13)."""
    for one in tree.branches:
        if one.members < 30:
            continue
        one.groups = [Unit(name=f"{one.unit.name}第{names.ordinal(n)}党小组", code=f"{one.unit.code}G{n}",
                           body=Body.GROUP, kind=one.unit.kind, parent=one.unit, since=one.unit.since)
                      for n in range(1, one.members // 15 + 1)]
        _keep(actor, one.groups)


def _task_forces(actor: Actor, tree: Tree, size: Size, roll: Random) -> None:
    """Temporary branches of this year, shorter than six months (branch regulation Arts. 5 and 8); one has ended."""
    hosts = [one for one in tree.firsts if one.kind == Kind.ORGAN]
    for n, name in enumerate(names.TASK_FORCES[: size.temporary + 1]):
        host = hosts[n % len(hosts)]
        ended = n == size.temporary
        since = actor.today - timedelta(days=260 if ended else 95 + 20 * n)
        unit = Unit(name=f"{name}临时党支部", code=f"{host.code}L{n + 1}", body=Body.BRANCH, kind=host.kind, parent=host,
                    temporary=True, since=since, until=since + timedelta(days=110) if ended else None)
        siblings = [u for u in (*tree.generals, *(b.unit for b in tree.branches)) if u.parent_id == host.pk]
        _keep(actor, [unit], begin=len(siblings) + 1 + sum(b.unit.parent_id == host.pk for b in tree.temporary))
        tree.temporary.append(Branch(unit, host, roll.randrange(6, 10)))
