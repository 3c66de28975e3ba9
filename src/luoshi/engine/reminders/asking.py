"""Who is reminded of what: the accounts that can record it, once for each stage, and what is still open of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import EVERY, Grant, Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.kernel import periods, places

from ..actor import Actor
from ..duties import Duty, Lamp, duties, owed, standings
from ..models import Channel, Delivery, Reach, Reminder
from ..register import Register, register
from . import timing

Owed = tuple[Unit, Duty, Lamp]
WAITS = ("late", "soon")


@dataclass(frozen=True, slots=True)
class Told:
    """What a reminding did: accounts told, items told before, units where nobody can be told, accounts without mail."""

    accounts: int = 0
    before: int = 0
    nobody: tuple[str, ...] = ()
    no_mail: int = 0


def remind(waiting: Sequence[Owed], *, day: date, moment: datetime, by_hand: bool = False) -> Told:
    """Tell those who can record what is owed; `moment` knows its zone. What was told at this stage is not told again."""
    holders = _holders({unit.pk for unit, _d, _l in waiting}, day)
    wanted: dict[tuple[int, int, str, str, str], Owed] = {}
    nobody: dict[int, str] = {}
    for unit, duty, lamp in waiting:
        stage = day.isoformat() if by_hand else timing.stage(due=lamp.due, today=day)
        if lamp.state not in WAITS or not stage:
            continue
        its = [pk for pk, name, line in holders.get(unit.pk, ()) if _covers(duty, name, line)]
        if not its:
            nobody[unit.pk] = unit.name
        for pk in its:
            wanted[pk, unit.pk, duty.name, lamp.period.key, stage] = (unit, duty, lamp)
    with transaction.atomic():
        known = set(Reminder.objects.filter(account__in={key[0] for key in wanted}).values_list(
            "account", "unit", "duty", "period", "stage")) if wanted else set()
        new = [key for key in wanted if key not in known]
        Reminder.objects.bulk_create([Reminder(account_id=a, unit_id=u, duty=d, period=p, stage=s) for a, u, d, p, s in new],
                                     ignore_conflicts=True)
        without = _by_mail({key[0] for key in new}, moment)
        _by_robot({wanted[key][0].place for key in new}, moment)
    return Told(len({key[0] for key in new}), len(wanted) - len(new), tuple(nobody.values()), without)


def notify(name: str, units: Iterable[Unit], *, key: str, stage: str, day: date, moment: datetime) -> Told:
    """Tell those who can record in a register at units of one of its matters, once for each `stage`.

    What the inbox and the messages say of it comes from the register's entry in `sources`.
    """
    those = {unit.pk: unit for unit in units}
    one = register(name)
    its = {unit: {pk for pk, held, line in found if _opens(one, held, line)} for unit, found in _holders(set(those), day).items()}
    with transaction.atomic():
        known = set(Reminder.objects.filter(unit__in=those, duty=key, stage=stage).values_list("account", "unit"))
        wanted = [(pk, unit) for unit, accounts in its.items() for pk in sorted(accounts)]
        new = [one for one in wanted if one not in known]
        Reminder.objects.bulk_create([Reminder(account_id=a, unit_id=u, duty=key, period="", stage=stage) for a, u in new],
                                     ignore_conflicts=True)
        without = _by_mail({pk for pk, _u in new}, moment)
        _by_robot({those[unit].place for _pk, unit in new}, moment)
    return Told(len({pk for pk, _u in new}), len(wanted) - len(new),
                tuple(unit.name for pk, unit in those.items() if not its.get(pk)), without)


def _holders(units: set[int], day: date) -> dict[int, list[tuple[int, str, str]]]:
    """{unit id: [(account id, register, line)]} of the active accounts that may record at this very unit."""
    rows = Grant.objects.filter(Q(until__isnull=True) | Q(until__gt=day), unit__in=units, since__lte=day, verb__gte=Verb.ADD,
                                account__is_active=True)
    found: dict[int, list[tuple[int, str, str]]] = {}
    for unit, account, name, line in rows.values_list("unit", "account", "register", "line"):
        found.setdefault(unit, []).append((account, name, line))
    return found


def _covers(duty: Duty, name: str, line: str) -> bool:
    return _opens(register(duty.register), name, line)


def _opens(one: Register, name: str, line: str) -> bool:
    return (name == one.name or (name == EVERY and not one.sensitive)) and (not line or not one.line or line == one.line)


def _by_mail(accounts: set[int], moment: datetime) -> int:
    """Let one mail wait for each account that wants mail; the number of those who get none."""
    if not settings.EMAIL_HOST:
        return len(accounts)
    rows = Reach.objects.filter(account__in=accounts, by_mail=True).exclude(mail="")
    found = dict(rows.values_list("account", "account__home__zone"))
    Delivery.objects.bulk_create([Delivery(account_id=pk, not_before=timing.allowed(moment=moment, place=zone or ""))
                                  for pk, zone in found.items()], ignore_conflicts=True)
    return len(accounts) - len(found)


def _by_robot(told: set[str], moment: datetime) -> None:
    """Let one message wait for each robot at or above a unit that was told."""
    above = {one[:end] for one in told for end in range(places.STEP, len(one) + 1, places.STEP)}
    rows = Channel.objects.filter(unit__place__in=above).values_list("pk", "unit__zone")
    Delivery.objects.bulk_create([Delivery(channel_id=pk, not_before=timing.allowed(moment=moment, place=zone))
                                  for pk, zone in rows], ignore_conflicts=True)


@dataclass(frozen=True, slots=True)
class Matter:
    """Something of a register that waits for a unit and is no duty; `kind` is all that messages outside say of it."""

    kind: str
    title: str
    url: str
    state: str  # of a lamp
    word: str
    due: str = ""


Source = Callable[[Callable[[str], Q], date], list[Matter]]
# A register's open matters: (register name → the condition on places, today) → matters.
sources: list[Source] = []
# What registers tell of by themselves, each time `luoshi remind` runs: (today, moment).
daily: list[Callable[[date, datetime], None]] = []


def matters_of(actor: Actor) -> list[Matter]:
    """What waits at the very units where the reader may record, as registers say it."""
    def reach(name: str) -> Q:
        one = register(name)
        return Q(place__in={right.place for right in actor.rights
                            if right.verb >= Verb.ADD and _opens(one, right.register, right.line)})

    return [found for source in sources for found in source(reach, actor.today)]


def matters_below(unit: Unit, day: date) -> list[Matter]:
    """The same at a unit and all below it, for its robot."""
    return [found for source in sources for found in source(lambda _name: within((unit.place,)), day)]


@dataclass(frozen=True, slots=True)
class Item:
    """One open matter of an inbox; `read` says whether the reader has seen every reminder of it."""

    unit: Unit
    duty: Duty
    lamp: Lamp
    read: bool


def open_of(account: Account, actor: Actor) -> list[Item]:
    """What an account was reminded of and is still owed, late first; computed now, so what is done is gone."""
    known = duties()
    rows = Reminder.objects.filter(account=account, unit__withdrawn=False).select_related("unit").order_by("id")
    asked: dict[tuple[int, str, str], bool] = {}
    units: dict[int, Unit] = {}
    for row in rows:
        if row.duty in known and register(known[row.duty].register).may(actor, Verb.ADD, row.unit.place):
            key = (row.unit_id, row.duty, row.period)
            asked[key] = asked.get(key, True) and row.read
            units[row.unit_id] = row.unit
    found = []
    for unit, duty, lamp in _still(units, asked, known, actor):
        found.append(Item(units[unit], duty, lamp, asked[unit, duty.name, lamp.period.key]))
    return sorted(found, key=lambda one: (one.lamp.state != "late", one.lamp.due, one.unit.place, one.duty.name))


def _still(units: dict[int, Unit], asked: Iterable[tuple[int, str, str]], known: dict[str, Duty],
           actor: Actor) -> Iterable[tuple[int, Duty, Lamp]]:
    wanted = set(asked)
    if not wanted:
        return
    spans = {key: periods.parse(key) for _u, _d, key in wanted}
    for found in standings([known[name] for name in sorted({d for _u, d, _p in wanted})], root=_above(units.values()),
                           periods=sorted(spans.values()), today=actor.today, undone=True):
        if (found[0], found[1].name, found[2].period.key) in wanted and found[2].state in WAITS:
            yield found


def _above(units: Iterable[Unit]) -> str:
    """The place that covers all units."""
    its = [one.place for one in units]
    low, high = min(its), max(its)
    same: int = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high)))
    return str(low[:same - same % places.STEP])


def tally(found: Iterable[tuple[Duty, int]], matters: Iterable[Matter] = ()) -> list[tuple[str, int]]:
    """(kind of duty, how many) for a message that leaves the house: restricted registers are left out."""
    counted: Counter[str] = Counter()
    for duty, n in found:
        if not register(duty.register).sensitive:
            counted[str(duty.label)] += n
    counted.update(one.kind for one in matters)
    return counted.most_common()


def owed_below(unit: Unit, day: date) -> list[tuple[Duty, int]]:
    """What is late or soon at a unit and below, for its robot."""
    found = owed(root=unit.place, today=day)
    return [(duty, 1) for _unit, duty, lamp in found if lamp.state in WAITS]
