"""Lamps as a page shows them: rows with a button, groups by unit, a grid with its figures beneath."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit
from luoshi.kernel import places
from luoshi.ui import svg

from ..actor import Actor
from ..audience import children
from ..duties import Duty, Lamp
from ..register import register
from . import asked

Owed = tuple[Unit, Duty, Lamp]
# What else may be done about a row: (unit, duty, lamp, reader) → (label, address, whether it stands out) or None.
further: list[Callable[[Unit, Duty, Lamp, Actor], tuple[str, str, bool] | None]] = []
FIRST = 8  # rows of a group shown before one goes to its page
# Which lamp stands for several, the last the strongest: "done so far" is good for one unit, not for all below another.
OF_PERIODS = ("waived", "none", "ok", "soon", "late")
OF_UNITS = ("waived", "ok", "none", "soon", "late")


def words() -> dict[str, str]:
    return {"ok": _("已完成"), "soon": _("临近"), "late": _("逾期"), "none": _("未到期"), "waived": _("不适用")}


def worst(states: Iterable[str], order: tuple[str, ...]) -> str:
    return max(states, key=order.index, default="waived")


def item(unit: Unit, duty: Duty, lamp: Lamp, actor: Actor, *, named: bool = False) -> dict[str, Any]:
    """One row: lamp, what, until when, the button that opens a filled form; `named` where rows are of many units."""
    one = register(duty.register)
    title = _("%(duty)s（%(period)s）") % {"duty": duty.label, "period": asked.label(lamp.period)}
    actions = []
    if lamp.open and one.form and one.may(actor, Verb.ADD, unit.place):
        form = reverse(duty.page) if duty.page else reverse("new", args=[one.name])
        address = f"{form}?{urlencode({**duty.fill, 'unit': unit.code})}"
        actions = [(_("去登记"), address, not named and lamp.state in ("late", "soon"))]
        actions += [found for make in further if (found := make(unit, duty, lamp, actor))]
    return {
        "state": lamp.state, "word": _("已免除") if lamp.state == "waived" else words()[lamp.state],
        "title": f"{unit.name} {title}" if named else title,
        "url": f"{reverse('list', args=[one.name])}?{urlencode({'unit': unit.code, **duty.fill})}",
        "due": _("截止 %(day)s") % {"day": lamp.due.isoformat()}, "note": note(duty, lamp), "actions": actions,
    }


def note(duty: Duty, lamp: Lamp) -> str:
    """How far it is, and which article asks for it."""
    parts = []
    if lamp.needed > 1 or 0 < lamp.found < lamp.needed:
        parts.append(_("已登记 %(found)d 次，应 %(needed)d 次") % {"found": lamp.found, "needed": lamp.needed})
    if duty.article:
        parts.append(str(duty.article) if duty.confidence == "certain"
                     else _("%(article)s，期限按惯例") % {"article": duty.article})
    return " · ".join(parts)


@dataclass
class Group:
    """What one unit and those below it have not done."""

    name: str
    url: str
    late: int = 0
    soon: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.late + self.soon - len(self.rows)


def groups(found: Sequence[Owed], root: Unit, today: date) -> list[Group]:
    """Late and soon, by the units right below the root, in tree order; the root's own come first."""
    below = children(root.place, day=today)
    out: dict[str, Group] = {}
    for unit, duty, lamp in found:
        if lamp.state not in ("late", "soon"):
            continue
        place = places.top(unit.place, places.depth(root.place) + 1)
        if place not in out:
            spot = below.get(place, unit)
            out[place] = Group(spot.name, f"{reverse('duties')}?{urlencode({'unit': spot.code})}")
        group = out[place]
        setattr(group, lamp.state, getattr(group, lamp.state) + 1)
        if len(group.rows) < FIRST:
            group.rows.append({"state": lamp.state, "word": words()[lamp.state], "unit": unit.name,
                               "what": f"{duty.label}（{asked.label(lamp.period)}）", "due": lamp.due.isoformat()})
    return [out[place] for place in sorted(out)]


def grid(title: str, rows: Sequence[tuple[str, str]], columns: Sequence[str],
         cells: Sequence[Sequence[str]], *, as_of: str, wide: int = 180) -> dict[str, Any]:
    """The values of the figure part: the drawing, and the same lamps as words in a table."""
    said = words()
    counts = {state: sum(line.count(state) for line in cells) for state in said}
    desc = "，".join(f"{said[state]} {n}" for state, n in counts.items() if n) + "。"
    drawing = svg.lamp_grid(rows, columns, cells, title=title, desc=desc, words=said, label_width=wide)
    return {
        "title": title, "as_of": as_of, "note": desc,
        "drawing": Markup(drawing),  # noqa: S704  svg escapes every label
        "columns": [(_("单位"), ""), *((one, "center") for one in columns)],
        "rows": [[name, *(said[state] for state in line)] for (name, _url), line in zip(rows, cells, strict=True)],
    }
