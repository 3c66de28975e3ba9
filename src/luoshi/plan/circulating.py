"""The figures of circulars and of the yearly summary: counted per measure and per owner, frozen at issue."""

from datetime import date
from typing import Any

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.kernel import periods

from . import progress
from .models import ALIVE, Circular, CircularState, Measure, Plan, Remark

Figures = dict[str, Any]


def figures(plan: Plan, rows: Any, *, first: date, as_of: date) -> Figures:
    """Every measure of `rows` and every owner as counted on a day; remarks are those from the first day on.

    Plain values only, so that what is frozen reads the same whatever is recorded later.
    """
    found = list(progress.with_parts(rows.filter(plan=plan, state__in=ALIVE)).order_by("start", "id"))
    for one in found:
        one.plan = plan
    counted = progress.of_measures(found, as_of)
    said = dict(Remark.objects.filter(measure__plan=plan, withdrawn=False, day__gte=first, day__lte=as_of)
                .order_by("day", "id").values_list("measure", "text"))
    measures = [_row(one, counted[one.pk], said.get(one.pk, "")) for one in found]
    return {"as_of": as_of.isoformat(), "title": plan.title, "unit": str(plan.unit), "measures": measures,
            "units": _units(found, measures), "tally": _tally(measures)}


def _row(one: Measure, its: progress.Progress, remark: str) -> dict[str, str]:
    share = its.share
    return {
        "number": one.number, "text": one.wording, "owner": one.owner.name if one.owner else "",
        "due": one.due.isoformat() if one.due else "", "found": progress.plain(share.top) if its.parts else "",
        "needed": progress.plain(share.bottom) if share.bottom else "",
        "share": share.percent_text() if share.bottom else "", "figures": its.figures,
        "column": progress.column(its.lamp), "lamp": progress.icon(its.lamp), "words": its.words, "remark": remark,
    }


def _tally(measures: list[dict[str, str]]) -> dict[str, int]:
    columns = [one["column"] for one in measures]
    return {"all": len(columns), **{code: columns.count(code) for code, _label in progress.COLUMNS}}


def _units(found: list[Measure], measures: list[dict[str, str]]) -> list[dict[str, Any]]:
    """How many measures of each owner stand where, owners in tree order: no ranking."""
    by_owner: dict[str, list[dict[str, str]]] = {}
    places = {one.owner.name: one.owner.place for one in found if one.owner}
    for one in measures:
        if one["owner"]:
            by_owner.setdefault(one["owner"], []).append(one)
    return [{"unit": name, **_tally(by_owner[name])} for name in sorted(by_owner, key=lambda name: places[name])]


def live(circular: Circular, today: date) -> Figures:
    """The figures of a draft: as of the month's last day, or today while the month runs."""
    period = periods.parse(circular.period)
    rows = register("measure").base()  # a circular speaks of all measures, whoever reads it
    return figures(circular.plan, rows, first=period.start, as_of=min(period.last_day, today))


def issue(actor: Actor, circular: Circular) -> Circular:
    """Count once more, freeze, and issue; records that come later change nothing here."""
    circular.figures = live(circular, actor.today)
    circular.issued_on = actor.today
    circular.state = CircularState.ISSUED
    return write.save(actor, register("plan_circular"), circular, verb="move")  # type: ignore[no-any-return]


def shown(circular: Circular, today: date) -> Figures:
    """What a circular says: frozen once issued, counted until then."""
    return circular.figures if circular.figures is not None else live(circular, today)
