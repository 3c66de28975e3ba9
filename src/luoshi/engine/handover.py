"""What whoever takes a unit over must know: open matters, dates ahead, records kept; registers add their own parts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luoshi.foundation.units import Unit
from luoshi.kernel import periods

from . import duties
from .actor import Actor
from .handbook import dated
from .home import visible_duties

MOST = 60  # lines of one part; how many more there are is said


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the list: what it is about, its heads, its rows; `open` says whether they wait to be done."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    open: bool = True


# Floors above add what they have open: a function from unit and reader to a part, None where there is nothing.
parts: list[Callable[[Unit, Actor], Part | None]] = []


def pack(unit: Unit, actor: Actor) -> list[Part]:
    """Every part of a unit's hand-over that this reader may see; what is owed comes first."""
    found = [_owed(unit, actor), *(make(unit, actor) for make in parts), _kept(unit, actor)]
    return [one for one in found if one and one.rows]


def _owed(unit: Unit, actor: Actor) -> Part | None:
    """Duties of the unit itself that are late or soon due, each with its article."""
    said = {"late": _("逾期"), "soon": _("临近")}
    rows = [(str(duty.label), periods_label(lamp), lamp.due.isoformat(), said[lamp.state], str(duty.article))
            for at, duty, lamp in duties.owed(root=unit.place, today=actor.today,
                                              wanted=visible_duties(actor, unit.place))
            if at.pk == unit.pk and lamp.state in said]
    return Part(_("未办职责"), (_("职责"), _("期间"), _("截止日期"), _("状态"), _("依据")), tuple(rows[:MOST]))


def periods_label(lamp: Any) -> str:
    return str(lamp.period.label())


def _kept(unit: Unit, actor: Actor) -> Part | None:
    """How many records of this and the last year each register keeps: what is handed over as papers."""
    rows = []
    this = periods.year(actor.today)
    last = periods.previous(this)
    for one, on in dated(actor, unit):
        counts = [one.rows(actor).filter(unit=unit, **{f"{on}__gte": year.start, f"{on}__lt": year.end}).count()
                  for year in (last, this)]
        if any(counts):
            rows.append((one.label, *map(str, counts)))
    return Part(_("移交的台账"), (_("台账"), _("上年记录"), _("本年记录")), tuple(rows), open=False)
