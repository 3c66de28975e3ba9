"""What units owe in each period, and how far each has come: computed for all units at once, never stored."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, timedelta
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import Any

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, Q, QuerySet, Value, When

from luoshi.foundation.people import Position, Post, held
from luoshi.foundation.units import Placement, Unit
from luoshi.kernel import periods as calendar
from luoshi.kernel.periods import Every, Period

from .audience import Audience, day_of, placed
from .conditions import condition_faults
from .register import register, registers

SOON = timedelta(days=10)
LOOK_BACK = 3  # months: what was missed longer ago is on the page of its period, not on the desk
STATES = frozenset({"late", "soon", "none", "ok"})
UNDONE = STATES - {"ok"}
WAITING = frozenset({"late", "soon"})
_FIRST = {"late": 0, "soon": 1, "none": 2, "ok": 3}


@dataclass(frozen=True, eq=False)
class Duty:
    """Each unit of `who` owes `count` records of a register in each calendar month, quarter, half or year.

    `on` is the record's date field; `where` narrows the records, by its own columns or over to-one relations, and may
    compare columns: `Q(expected__lte=F("present") * 2)` is a quorum of one half. `due` gives the last day in time
    (default: the period's last day). `confidence` says how sure the article is: "certain", "likely", "custom".
    `fill` is the address's values for the form that records it: the register's own, or the page of the route `page`.
    A unit owes a period only if it stood on its first and on its last day.
    """

    name: str
    label: Any
    article: Any
    register: str
    _only: KW_ONLY
    every: Every
    who: Audience
    on: str = "held_on"
    where: Q = field(default_factory=Q)
    count: int = 1
    confidence: str = "certain"
    due: Callable[[Period], date] | None = None
    fill: Mapping[str, Any] = field(default_factory=dict)
    page: str = ""

    def due_day(self, period: Period) -> date:
        return self.due(period) if self.due else period.last_day

    def faults(self) -> Iterator[str]:
        """What is wrong with the declaration, in words for its author."""
        yield from condition_faults(self.register, self.on, self.where)


@dataclass(frozen=True, slots=True)
class Lamp:
    """How one unit stands to one duty in one period: "ok", "soon" (due within 10 days), "late" or "none" (time yet)."""

    state: str
    found: int
    needed: int
    due: date
    period: Period
    timely: bool = False  # enough records are dated on or before the due day


Lamps = dict[int, dict[tuple[str, str], Lamp]]


def duties() -> dict[str, Duty]:
    """All duties, by name, in the order of the registers that declare them."""
    return {one.name: one for each in registers() for one in each.duties}


def lamps(wanted: Iterable[Duty], *, root: str, periods: Iterable[Period], today: date) -> Lamps:
    """{unit id: {(duty name, period key): Lamp}} for the units at or below a place that owe anything.

    The tree is that of the last period's last day, or of today. Each duty is shown for every calendar period of its own
    kind that meets a given period: asked for November, a quarterly duty answers for the fourth quarter.
    """
    out: Lamps = {}
    for unit, duty, lamp in standings(wanted, root=root, periods=periods, today=today):
        out.setdefault(unit, {})[duty.name, lamp.period.key] = lamp
    return out


def owed(*, root: str, today: date, wanted: Iterable[Duty] | None = None,
         back: int = LOOK_BACK) -> list[tuple[Unit, Duty, Lamp]]:
    """What is not done, late first: running periods, and those that ended within so many months before today."""
    return desk(root=root, today=today, wanted=wanted, periods=[window(today, back)], states=UNDONE)


def desk(*, root: str, today: date, periods: Iterable[Period],
         wanted: Iterable[Duty] | None = None,
         states: Container[str] = STATES) -> list[tuple[Unit, Duty, Lamp]]:
    """All that is owed in the periods: late, soon, to come, then done; each by due day and place in the tree.

    Whoever leaves states out spares their cells: of many thousand units nearly all is done.
    """
    chosen = list(duties().values() if wanted is None else wanted)
    asked = list(periods)
    found = list(standings(chosen, root=root, periods=asked, today=today, states=states))
    if not found:
        return []
    day = _tree_day(asked, today)
    units = {one.pk: one for one in Unit.objects.filter(pk__in=placed(root, start=day, day=day).values("unit"))}
    rank = {one.name: i for i, one in enumerate(chosen)}
    listed = [(units[unit], duty, lamp) for unit, duty, lamp in found]
    listed.sort(key=lambda one: (_FIRST[one[2].state], one[2].due, one[0].place, rank[one[1].name]))
    return listed


def window(today: date, back: int = LOOK_BACK) -> Period:
    """From so many months before today to the end of today; `lamps` widens it to whole calendar periods."""
    return Period(calendar.add_months(today, -back), today + timedelta(days=1))


def standings(wanted: Iterable[Duty], *, root: str, periods: Iterable[Period], today: date,
              ended: bool = False, states: Container[str] = STATES) -> Iterator[tuple[int, Duty, Lamp]]:
    """(unit id, duty, lamp) for all that is owed and in one of the states; `ended` also takes units that ended within
    the periods.

    One query for the units, one for members where a duty asks for them, one for each register and date field. Units
    with the same numbers share one lamp: there are few kinds of cells, however many units.
    """
    asked = list(periods)
    chosen = [(duty, _periods(duty.every, asked)) for duty in wanted]
    if not chosen or not asked:
        return
    day = _tree_day(asked, today)
    start = min(its[0].start for _, its in chosen)
    scope = placed(root, start=start if ended else day, day=day).values("unit")
    units = _units(scope, chosen)
    members = _members(scope, chosen)
    counts = _counts(scope, chosen)
    for number, (duty, its) in enumerate(chosen):
        ours, nothing = counts[number], [(0, 0)] * len(its)
        known: list[dict[tuple[int, int], Lamp | None]] = [{} for _ in its]
        for unit, suits, spans in units:
            if not suits[number]:
                continue
            owes = _owes(duty, its, spans, unit, members)
            for at, pair in enumerate(ours.get(unit, nothing)):
                if not (owes is None or owes[at]):
                    continue
                if pair not in known[at]:
                    lamp = _lamp(duty, its[at], *pair, today)
                    known[at][pair] = lamp if lamp.state in states else None
                if (shown := known[at][pair]) is not None:
                    yield unit, duty, shown


def _owes(duty: Duty, its: list[Period], spans: "Spans", unit: int,
          members: Mapping[tuple[int, date], int]) -> list[bool] | None:
    """Whether a unit owes each period; None: all of them, as nearly every unit does."""
    least, last = duty.who.min_members, its[-1].last_day
    if not least and any(a <= its[0].start and last < b for a, b in spans):
        return None
    return [_stood(spans, one.start, one.last_day) and (not least or members.get((unit, one.last_day), 0) >= least)
            for one in its]


def _tree_day(asked: list[Period], today: date) -> date:
    return day_of(max(asked, key=lambda one: one.end), today)


def _lamp(duty: Duty, period: Period, found: int, early: int, today: date) -> Lamp:
    due = duty.due_day(period)
    if found >= duty.count:
        state = "ok"
    elif today > due:
        state = "late"
    elif today >= period.start and due - today <= SOON:
        state = "soon"
    else:
        state = "none"
    return Lamp(state, found, duty.count, due, period, early >= duty.count)


Chosen = list[tuple[Duty, list[Period]]]
Spans = list[tuple[date, date]]


def _periods(every: Every, asked: list[Period]) -> list[Period]:
    """The whole calendar periods of one kind that meet any of those asked for, in order."""
    found = set()
    for one in asked:
        whole = Period(calendar.of(one.start, every).start, calendar.of(one.last_day, every).end)
        found.update(calendar.split(whole, every))
    return sorted(found)


def _units(scope: QuerySet[Any, Any], chosen: Chosen) -> list[tuple[int, list[bool], Spans]]:
    """(unit id, whether it suits each duty, the spans it stood anywhere), in tree order."""
    audiences = list(dict.fromkeys(duty.who for duty, _ in chosen))
    suits = {f"suits_{i}": ExpressionWrapper(one.suits("unit__"), output_field=BooleanField())
             for i, one in enumerate(audiences)}
    spot = [audiences.index(duty.who) for duty, _ in chosen]
    rows = Placement.objects.filter(unit__in=scope).annotate(**suits).order_by("unit__place", "unit", "since")
    found = []
    taken = rows.values_list("unit", "since", "until", "unit__since", "unit__until", *suits)
    for unit, group in groupby(taken, key=itemgetter(0)):
        its = list(group)
        spans = [(max(since, born), min(until or date.max, closed or date.max))
                 for _, since, until, born, closed, *_ in its]
        found.append((unit, [bool(its[0][5 + i]) for i in spot], spans))
    return found


def _stood(spans: Spans, first: date, last: date) -> bool:
    return any(a <= first < b for a, b in spans) and any(a <= last < b for a, b in spans)


def _members(scope: QuerySet[Any, Any], chosen: Chosen) -> dict[tuple[int, date], int]:
    """{(unit id, day): members} for the last day of each period of the duties that ask for members."""
    days = sorted({one.last_day for duty, its in chosen if duty.who.min_members for one in its})
    if not days:
        return {}
    each = {f"on_{i}": Count("person", filter=held(day), distinct=True) for i, day in enumerate(days)}
    rows = Position.objects.filter(post=Post.MEMBER, unit__in=scope).order_by().values("unit").annotate(**each)
    return {(unit, day): n for unit, *counted in rows.values_list("unit", *each)
            for day, n in zip(days, counted, strict=True)}


def _counts(scope: QuerySet[Any, Any], chosen: Chosen) -> list[dict[int, list[tuple[int, int]]]]:
    """For each duty {unit id: (records, of these in time) of each of its periods}; units without any are left out."""
    together: dict[tuple[str, str], list[int]] = {}
    for number, (duty, _) in enumerate(chosen):
        together.setdefault((duty.register, duty.on), []).append(number)
    found: list[dict[int, list[tuple[int, int]]]] = [{} for _ in chosen]
    for (name, on), numbers in together.items():
        its = [chosen[number] for number in numbers]
        cuts = sorted({cut for duty, periods in its for one in periods for cut in _cuts(duty, one)})
        spot = {cut: i for i, cut in enumerate(cuts)}
        reach = [[[spot[cut] for cut in _cuts(duty, one)] for one in periods] for duty, periods in its]
        for unit, piles in _piles(name, on, scope, [duty for duty, _ in its], cuts).items():
            for number, pile, spans in zip(numbers, piles, reach, strict=True):
                upto = [0, *accumulate(pile)]
                if upto[-1]:
                    found[number][unit] = [(upto[end] - upto[start], upto[due] - upto[start])
                                           for start, due, end in spans]
    return found


def _cuts(duty: Duty, period: Period) -> tuple[date, date, date]:
    """Where a period begins, where being in time ends, where it ends."""
    in_time = duty.due_day(period) + timedelta(days=1)
    return period.start, min(max(in_time, period.start), period.end), period.end


def _piles(name: str, on: str, scope: QuerySet[Any, Any], its: list[Duty],
           cuts: list[date]) -> dict[int, list[list[int]]]:
    """{unit id: for each duty the number of records between each two cuts}: one grouped query."""
    slot = Case(*(When(Q((f"{on}__lt", end)), then=Value(i)) for i, (_, end) in enumerate(pairwise(cuts))))
    counts = {f"duty_{i}": Count("pk", filter=duty.where or None) for i, duty in enumerate(its)}
    rows = register(name).base().filter(Q((f"{on}__gte", cuts[0]), (f"{on}__lt", cuts[-1])), unit__in=scope)
    grouped = rows.order_by().annotate(slot=slot).values("unit", "slot").annotate(**counts)
    found: dict[int, list[list[int]]] = {}
    for unit, at, *counted in grouped.values_list("unit", "slot", *counts):
        piles = found.setdefault(unit, [[0] * (len(cuts) - 1) for _ in its])
        for pile, n in zip(piles, counted, strict=True):
            pile[at] = n
    return found
