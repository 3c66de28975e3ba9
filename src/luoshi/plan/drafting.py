"""What may be done to proposals: keep, accept, split, merge, drop, give owners; every step through the write door."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.trail import Line
from luoshi.foundation.units import Unit

from . import rules
from .models import ALIVE, CountRule, Helper, Measure, MeasureState, Milestone, Plan, Section


def put_down(actor: Actor, row: Measure, *, lines: Any = None, reason: str = "", typed: bool = False) -> Measure:
    """Save a measure. A version that only this same person moved on (the page saves while one types) is no conflict;
    what was only `typed` then leaves the state as it became in between.
    """
    door = register("measure")
    try:
        return write.save(actor, door, row, lines=lines, reason=reason)  # type: ignore[no-any-return]
    except write.Conflict as clash:
        last = Line.objects.filter(register="measure", row=row.pk).order_by("-at", "-seq").first()
        if last is None or last.actor != actor.id:
            raise
        row.version = clash.stored.version
        if typed:
            row.state = clash.stored.state  # type: ignore[attr-defined]
        return write.save(actor, door, row, lines=lines, reason=reason)  # type: ignore[no-any-return]


def keep(actor: Actor, row: Measure, form: Any, *, accept: bool, reason: str = "") -> Measure:
    """Put a sound form's terms on a measure and save it with its lines and milestones in one transaction."""
    for name, value in form.terms().items():
        setattr(row, name, value)
    if accept:
        row.state = MeasureState.ACCEPTED
    with transaction.atomic():
        row = put_down(actor, row, lines=form.lines(), reason=reason, typed=not accept)
        if "steps" in form.data:
            plan_steps(actor, row, steps(form.cleaned_data.get("steps", "")))
    return row


def steps(text: str) -> list[tuple[str, date | None]]:
    """(title, due) of each line; a date at the end of the line in ISO form. Raises ValidationError on a wrong date."""
    found: list[tuple[str, date | None]] = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        title, _space, last = line.rpartition(" ")
        if title and last[:4].isdecimal() and "-" in last:
            try:
                found.append((title.strip()[:120], date.fromisoformat(last)))
            except ValueError as error:
                words = _("节点期限“%(text)s”不是日期，请写成 2026-03-31") % {"text": last}
                raise ValidationError({"steps": words}) from error
        else:
            found.append((line[:120], None))
    return found


def plan_steps(actor: Actor, measure: Measure, wanted: Sequence[tuple[str, date | None]]) -> None:
    """Make the milestones of a measure be these; one that is reached stays, whatever its line says."""
    door = register("plan_milestone")
    present = {one.title: one for one in Milestone.objects.filter(measure=measure, withdrawn=False)}
    for title, due in wanted:
        one = present.pop(title, None)
        if one is None:
            one = Milestone(measure=measure, title=title, unit=measure.owner or measure.unit)
        elif one.due == due:
            continue
        one.due = due
        write.save(actor, door, one)
    for gone in present.values():
        if not gone.reached_on:
            write.withdraw(actor, door, gone, reason=_("从措施中去掉"))


def proposals(plan: Plan) -> Any:
    return Measure.objects.filter(plan=plan, withdrawn=False).order_by("start", "id")


def after(row: Measure) -> Measure | None:
    """The next living measure of the text."""
    later = [one for one in proposals(row.plan).filter(state__in=ALIVE, start__gte=row.start)
             if (one.start, one.pk) > (row.start, row.pk)]
    return later[0] if later else None


def split(actor: Actor, row: Measure, at: int | None) -> Measure:
    """Cut a measure in two; the second half keeps owner, date, kind and rules. Raises ValidationError."""
    halves = rules.cut(text=row.text, at=at)
    if halves is None:
        raise ValidationError({"text": _("请在要拆开的地方输入 ／，再按拆分")})
    middle = rules.cut_span(source=row.plan.source, start=row.start, end=row.end, first=halves[0])
    second = Measure(unit=row.unit, plan=row.plan, section=row.section, text=halves[1], start=middle, end=row.end,
                     kind=row.kind, programme=row.programme, timing=row.timing, since=row.since, due=row.due,
                     owner=row.owner)
    # The title that was lost stood at the end of a phrase, so what is still to be typed goes with the second half.
    second.needs, second.supplied = row.needs, row.supplied
    lines = {"helpers": [Helper(unit=h.unit) for h in row.helpers.all()], "rules": copied(row.rules.all())}
    row.text, row.end, row.needs, row.supplied = halves[0], middle, "", ""
    row.state = second.state = MeasureState.PROPOSED
    with transaction.atomic():
        put_down(actor, row)
        return put_down(actor, second, lines=lines)


def copied(found: Iterable[CountRule]) -> list[CountRule]:
    return [CountRule(method=r.method, indicator=r.indicator, target=r.target, tenths=r.tenths, words=r.words,
                      own=r.own) for r in found]


def merge(actor: Actor, row: Measure) -> Measure:
    """Join a measure with the next one, which is then dropped and can be restored. Raises ValidationError."""
    other = after(row)
    if other is None:
        raise ValidationError({"text": _("后面没有可并入的措施")})
    row.text = rules.join(first=row.text, second=other.text)
    row.end = max(row.end, other.end)
    row.owner, row.due = row.owner or other.owner, row.due or other.due
    row.needs, row.supplied = row.needs or other.needs, row.supplied or other.supplied
    row.state, other.state = MeasureState.PROPOSED, MeasureState.DROPPED
    with transaction.atomic():
        put_down(actor, other, reason=_("并入上一条"))
        return put_down(actor, row)


def put(actor: Actor, row: Measure, state: str, *, reason: str = "") -> Measure:
    row.state = state
    return put_down(actor, row, reason=reason)


def add(actor: Actor, plan: Plan, beside: Measure | None, text: str) -> Measure:
    """A measure typed by hand; it stands right after another one and has no words of the source."""
    place = beside.end if beside else len(plan.source)
    return put_down(actor, Measure(unit=plan.unit, plan=plan, section=beside.section if beside else "", text=text.strip(),
                               start=place, end=place))


def give(actor: Actor, plan: Plan, section: str, owner: Unit) -> int:
    """An owner for every living measure of a section (and of the sections inside it) that has none; how many."""
    rows = [one for one in inside(plan, section) if one.owner_id is None]
    for one in rows:
        one.owner = owner
    return _together(actor, rows)


def accept(actor: Actor, plan: Plan, section: str | None, *, ready: bool) -> int:
    """Accept the proposals of a section or of all; with `ready` only those that have owner and rule; how many."""
    rows = [one for one in inside(plan, section).prefetch_related("rules") if one.state == MeasureState.PROPOSED]
    if ready:
        rows = [one for one in rows if one.owner_id and one.rules.all() and not (one.needs and not one.supplied)]
    for one in rows:
        one.state = MeasureState.ACCEPTED
    return _together(actor, rows)


def rename(actor: Actor, plan: Plan, code: str, title: str) -> Plan:
    """Another title for a section. Raises ValidationError where it is empty."""
    sections = [Section(code=s.code, title=title.strip()[:300] if s.code == code else s.title, level=s.level,
                        start=s.start, end=s.end) for s in plan.sections.all()]
    return write.save(actor, register("plan"), plan, lines={"sections": sections})  # type: ignore[no-any-return]


def inside(plan: Plan, section: str | None) -> Any:
    rows = proposals(plan).filter(state__in=ALIVE).select_related("plan", "unit")
    if section is None:
        return rows
    below = Q(section__startswith=f"{section}.") if section else Q()
    return rows.filter(Q(section=section) | below) if section else rows.filter(section="")


def _together(actor: Actor, rows: list[Measure]) -> int:
    register("measure").require(actor, Verb.CHANGE)
    refused = save_many(actor, register("measure"), rows, verb="change")
    return len(rows) - len(refused)
