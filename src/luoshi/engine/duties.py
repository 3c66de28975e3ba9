"""What units owe in each period, and how far each has come: computed for all units at once, never stored."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from django.db import connection
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
_FIRST = {"late": 0, "soon": 1, "none": 2, "ok": 3, "waived": 4}

# Who lets units off: (names of duties, first and last first day of a period) → (unit id, duty name, period key) of each.
waiving: list[Callable[[set[str], date, date], set[tuple[int, str, str]]]] = []


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
    """How one unit stands to one duty in one period: "ok", "soon" (due within 10 days), "late", "none" (time yet) or "waived"."""

    state: str
    found: int
    needed: int
    due: date
    period: Period
    timely: bool = False  # enough records are dated on or before the due day

    @property
    def open(self) -> bool:
        """Whether there is still something to be done."""
        return self.state not in ("ok", "waived")


Lamps = dict[int, dict[tuple[str, str], Lamp]]
Chosen = list[tuple[Duty, list[Period]]]
Spans = list[tuple[date, date]]


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
         within: Period | None = None) -> list[tuple[Unit, Duty, Lamp]]:
    """What is not done, late first, of the periods that meet `within`: by default the running ones and those of `window`."""
    return desk(root=root, today=today, wanted=wanted, periods=[within or window(today)], undone=True)


def desk(*, root: str, today: date, periods: Iterable[Period], wanted: Iterable[Duty] | None = None,
         undone: bool = False) -> list[tuple[Unit, Duty, Lamp]]:
    """All that is owed in the periods: late, soon, to come, then done and waived (left out where `undone`); each by due day and place."""
    chosen = list(duties().values() if wanted is None else wanted)
    asked = list(periods)
    found = list(standings(chosen, root=root, periods=asked, today=today, undone=undone))
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


def standings(wanted: Iterable[Duty], *, root: str, periods: Iterable[Period], today: date, ended: bool = False,
              undone: bool = False) -> Iterator[tuple[int, Duty, Lamp]]:
    """(unit id, duty, lamp) for all that is owed; `ended` also takes units that ended within the periods, `undone` leaves
    out what is done: of a million cells few are open, and only those are worth an object.

    One query for the units, one for members where a duty asks for them, one for the records of all registers, one for waivers.
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
    waived = _waived(chosen)
    for number, (duty, its) in enumerate(chosen):
        heap, column, reach = counts[number]
        # A cell without any record looks the same in every unit: one lamp serves them all.
        cells = [(one, one.last_day, _lamp(duty, one, duty.due_day(one), 0, 0, today), *spans)
                 for one, spans in zip(its, reach, strict=True)]
        first, last_of_all, least, enough = its[0].start, its[-1].last_day, duty.who.min_members, duty.count
        nothing: list[Sequence[int]] = [(0,) * (column + 1)] * max(end for _start, _due, end in reach)
        for unit, suits, stood in units:
            if not suits[number]:
                continue
            always = any(a <= first and last_of_all < b for a, b in stood)
            pile = heap.get(unit, nothing)
            for period, last, blank, first_cut, in_time, end in cells:
                found = pile[first_cut][column] if end - first_cut == 1 else sum(row[column] for row in pile[first_cut:end])
                if undone and found >= enough:
                    continue
                let_off = bool(waived) and (unit, duty.name, period.key) in waived
                if undone and let_off:
                    continue
                if not always and not _stood(stood, period.start, last):
                    continue
                if least and members.get((unit, last), 0) < least:
                    continue
                if let_off:
                    yield unit, duty, replace(blank, state="waived", found=found)
                elif found:
                    early = sum(row[column] for row in pile[first_cut:in_time])
                    yield unit, duty, _lamp(duty, period, blank.due, found, early, today)
                else:
                    yield unit, duty, blank


def _waived(chosen: Chosen) -> set[tuple[int, str, str]]:
    """(unit id, duty name, period key) of what units were let off."""
    names = {duty.name for duty, _ in chosen}
    first, last = min(its[0].start for _, its in chosen), max(its[-1].start for _, its in chosen)
    return set().union(*(source(names, first, last) for source in waiving))


def _tree_day(asked: list[Period], today: date) -> date:
    return day_of(max(asked, key=lambda one: one.end), today)


def _lamp(duty: Duty, period: Period, due: date, found: int, early: int, today: date) -> Lamp:
    if found >= duty.count:
        state = "ok"
    elif today > due:
        state = "late"
    elif today >= period.start and due - today <= SOON:
        state = "soon"
    else:
        state = "none"
    return Lamp(state, found, duty.count, due, period, early >= duty.count)


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


FIRST_COUNT = 3  # before it stand the register, the unit and between which cuts
Heap = dict[int, list[Sequence[int]]]  # {unit id: between each two cuts a row with the records of each duty}
Reach = list[tuple[int, int, int]]  # for each period (start, due, end) among the cuts


def _counts(scope: QuerySet[Any, Any], chosen: Chosen) -> list[tuple[Heap, int, Reach]]:
    """For each duty: the heap of its register, its place among the register's duties, and the reach of its periods.

    Units without records are left out. What falls into a period is added up only where somebody asks.
    """
    together: dict[tuple[str, str], list[int]] = {}
    for number, (duty, _) in enumerate(chosen):
        together.setdefault((duty.register, duty.on), []).append(number)
    piles = [_Piles(name, on, [chosen[number] for number in numbers]) for (name, on), numbers in together.items()]
    found: list[tuple[Heap, int, Reach]] = [({}, 0, []) for _ in chosen]
    for one, numbers, heap in zip(piles, together.values(), _heaped(piles, scope), strict=True):
        for column, (number, reach) in enumerate(zip(numbers, one.reach, strict=True)):
            found[number] = heap, FIRST_COUNT + column, reach
    return found


def _cuts(duty: Duty, period: Period) -> tuple[date, date, date]:
    """Where a period begins, where being in time ends, where it ends."""
    in_time = duty.due_day(period) + timedelta(days=1)
    return period.start, min(max(in_time, period.start), period.end), period.end


class _Piles:
    """How the records of one register fall, by one date, between the days that its duties ask about."""

    def __init__(self, name: str, on: str, its: Chosen) -> None:
        self.name, self.on = name, on
        self.wheres = [duty.where for duty, _ in its]
        self.cuts = sorted({cut for duty, periods in its for one in periods for cut in _cuts(duty, one)})
        at = {cut: i for i, cut in enumerate(self.cuts)}
        self.reach: list[Reach] = [[(at[start], at[due], at[end]) for start, due, end in (_cuts(duty, one) for one in periods)]
                                   for duty, periods in its]

    def ask(self, spot: int, width: int, scope: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """(spot, unit, between which cuts, records of each duty …) as one grouped query, filled up to `width` duties."""
        slot = Case(*(When(Q((f"{self.on}__lt", end)), then=Value(i)) for i, (_, end) in enumerate(pairwise(self.cuts))))
        counts = {f"duty_{i}": Count("pk", filter=where or None) for i, where in enumerate(self.wheres)}
        none = {f"duty_{i}": Value(0) for i in range(len(counts), width)}
        rows = register(self.name).base().filter(Q((f"{self.on}__gte", self.cuts[0]), (f"{self.on}__lt", self.cuts[-1])), unit__in=scope)
        grouped = rows.order_by().annotate(slot=slot).values("unit", "slot").annotate(**counts, **none, spot=Value(spot))
        asked: QuerySet[Any, Any] = grouped.values_list("spot", "unit", "slot", *counts, *none)
        return asked


def _heaped(piles: list[_Piles], scope: QuerySet[Any, Any]) -> list[Heap]:
    """For each register the records of its duties by unit and cut: one query for all."""
    width = max((len(one.wheres) for one in piles), default=0)
    asks = [one.ask(spot, width, scope) for spot, one in enumerate(piles)]
    heaps: list[Heap] = [{} for _ in piles]
    if not asks:
        return heaps
    none = [[(0,) * (FIRST_COUNT + width)] * (len(one.cuts) - 1) for one in piles]
    sql, params = asks[0].union(*asks[1:], all=True).query.sql_with_params()
    with connection.cursor() as cursor:  # whole numbers alone: half a million rows need no conversion
        cursor.execute(sql, params)
        for row in cursor:
            heap, unit = heaps[row[0]], row[1]
            if unit not in heap:
                heap[unit] = [*none[row[0]]]
            heap[unit][row[2]] = row  # as it came: half a million small lists would cost more than the question
    return heaps
