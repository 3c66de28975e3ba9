"""What goes out in a packet: duties with both clocks, forms, the roster, papers, and what became of what was sent."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import translation

from luoshi.foundation.people import Person
from luoshi.foundation.units import Unit
from luoshi.kernel import periods, zones

from ..actor import Actor
from ..duties import desk
from ..home import visible_duties
from . import wire
from .carried import carried, described
from .words import words

MOST_BYTES = 200_000  # of the whole file
PAPERS = 100_000  # bytes of papers; what does not fit is named, and read online

# Floors above add papers for a unit: (title, text) each.
papers: list[Callable[[Actor, Unit, date], Iterable[tuple[str, str]]]] = []


def contents(actor: Actor, unit: Unit, *, number: str, month: date, until: date, note: str,
             own_papers: Iterable[tuple[str, str]] = (), told: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Everything of a packet as plain data in Chinese, with the English of every word of it that has one."""
    given = [(title, text) for make in papers for title, text in make(actor, unit, month)]
    fitting, left = _fitting([*own_papers, *given])
    made: dict[str, Any] = {"v": 1, "number": number, "unit": unit.name, "for": actor.name, "zone": unit.zone or zones.BEIJING,
                            "month": periods.month(month).key, "until": until.isoformat(), "made": actor.today.isoformat(),
                            "note": note, "papers": fitting, "left": left, "told": [dict(one) for one in told],
                            "people": _people(actor, unit)}
    with translation.override("zh-hans"):
        made |= _worded(actor, unit, month)
    with translation.override("en"):
        english = _worded(actor, unit, month)
    return made | {"en": dict(sorted(_pairs(made, english)))}


def _worded(actor: Actor, unit: Unit, month: date) -> dict[str, Any]:
    """The parts that are written in the reader's language."""
    forms = [found for one in carried(actor, unit) if (found := described(one, actor, unit))]
    return {"words": words(), "forms": forms, "duties": _duties(actor, unit, month, {one["n"] for one in forms})}


def _duties(actor: Actor, unit: Unit, month: date, carried_names: set[str]) -> list[dict[str, Any]]:
    """What the unit itself owes in the month, and what of earlier months is late."""
    asked = periods.Period(periods.add_months(periods.month(month).start, -2), periods.month(month).end)
    found = []
    for one, duty, lamp in desk(root=unit.place, today=actor.today, periods=[asked],
                                wanted=visible_duties(actor, unit.place)):
        if one.pk != unit.pk or lamp.state == "waived" or (lamp.state in ("ok", "none") and lamp.period.end <= periods.month(month).start):
            continue
        beijing, local = zones.due(lamp.due, unit.zone)
        found.append({"l": str(duty.label), "p": lamp.period.label(translation.get_language() or "zh"),
                      "by": str(duty.article), "s": lamp.state, "found": lamp.found, "needed": lamp.needed,
                      "due": lamp.due.isoformat(), "beijing": zones.shown(beijing), "local": zones.shown(local),
                      "reg": duty.register if duty.register in carried_names else "",
                      "fill": {k: str(v) for k, v in duty.fill.items()}})
    return found


def _people(actor: Actor, unit: Unit) -> list[list[str]]:
    """The people whose files the unit keeps; a namesake is told apart by the number."""
    rows = list(Person.objects.filter(unit=unit, withdrawn=False).order_by("strokes", "id").values_list("pk", "name", "number"))
    names = [name for _pk, name, _number in rows]
    return [[str(pk), name if names.count(name) == 1 else f"{name} {number}"] for pk, name, number in rows]


def _fitting(given: list[tuple[str, str]]) -> tuple[list[list[str]], list[str]]:
    """The papers that fit, in their order, and the titles of the others."""
    room, fitting, left = PAPERS, [], []
    for title, text in given:
        size = len(text.encode())
        if size <= room:
            fitting.append([title, text])
            room -= size
        else:
            left.append(title)
    return fitting, left


def _pairs(one: Any, other: Any) -> set[tuple[str, str]]:
    """Each text of one that stands differently in the other, which is built alike."""
    if isinstance(one, str):
        return {(one, other)} if isinstance(other, str) and one != other else set()
    if isinstance(one, dict) and isinstance(other, dict):
        return set().union(*(_pairs(value, other[key]) for key, value in one.items() if key in other), set())
    if isinstance(one, list) and isinstance(other, list):
        return set().union(*(_pairs(a, b) for a, b in zip(one, other, strict=False)), set())
    return set()


def signed(made: Mapping[str, Any], secret: str) -> tuple[str, str]:
    """(the content as text, its signature): what the page carries, and what comes back to show it was not altered."""
    text = wire.canonical(made)
    return text, wire.mac(f"out.{wire.fingerprint(text)}", secret)


def genuine(base: str, sign: str, secret: str) -> bool:
    """Whether a packet back was made from a content that was signed with this secret."""
    return wire.mac(f"out.{base}", secret) == sign
