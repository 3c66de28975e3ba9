"""Dated things of a reader's own units: every register may add some; shown by month, and read by calendar programs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.foundation.units import Unit
from luoshi.kernel.periods import Period

from . import home
from .actor import Actor
from .duties import Duty, Lamp, desk

MOST = 400  # entries of one source; a calendar is no list


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on one day, or until a day; `uid` stays the same as long as it is the same thing."""

    day: date
    title: str
    url: str
    uid: str
    until: date | None = None  # its last day
    starts: time | None = None  # by the clock of the place
    where: str = ""


Source = Callable[[Actor, list[Unit], date, date], Iterable[Entry]]
sources: list[Source] = []  # (reader, the units of the reader's own grants, first day, last day) → entries


def entries(actor: Actor, first: date, last: date) -> list[Entry]:
    """What stands between two days, by day and hour; each source is cut off behind MOST."""
    seats = home.seats(actor)
    if not seats:
        return []
    found = [one for source in (_due, *sources) for one in islice(source(actor, seats, first, last), MOST)]
    return sorted(found, key=lambda one: (one.day, one.starts or time(), one.title, one.uid))


def _due(actor: Actor, seats: list[Unit], first: date, last: date) -> Iterable[Entry]:
    """The last days of duties that are not done: by unit for a branch, together for those above."""
    for seat in seats:
        wanted = home.visible_duties(actor, seat.place)
        open_: dict[tuple[str, date], list[tuple[Unit, Duty, Lamp]]] = {}
        for one in desk(root=seat.place, today=actor.today, periods=[Period(first, last)], wanted=wanted):
            if one[2].open and first <= one[2].due <= last:
                open_.setdefault((one[1].name, one[2].due), []).append(one)
        for (name, due), its in open_.items():
            title = _("%(unit)s：%(duty)s截止") % {"unit": its[0][0].name, "duty": its[0][1].label} if len(its) == 1 else \
                _("%(duty)s截止，%(n)d 个单位未完成") % {"duty": its[0][1].label, "n": len(its)}
            yield Entry(due, title, f"{reverse('duties')}?unit={seat.code}&duty={name}", f"duty-{seat.pk}-{name}-{due:%Y%m%d}")
