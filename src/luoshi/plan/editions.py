"""Issuing a plan and changing it afterwards: each time it is frozen as a numbered edition with its reason."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register

from . import drafting, rules
from .models import ALIVE, CountRule, Edition, Measure, MeasureState, Plan, PlanState
from .progress import with_parts


def lacking(measures: Iterable[Measure]) -> dict[str, list[Measure]]:
    """What is missing before the plan is issued: {code: measures}, the blocking codes first."""
    found: dict[str, list[Measure]] = {code: [] for code in ("unread", "needs", "owner", "due", "rule")}
    for one in measures:
        for code in rules.missing(state=one.state, owner=one.owner_id is not None, due=one.due is not None,
                                  rules=len(one.rules.all()), needs=one.needs, supplied=one.supplied):
            found[code].append(one)
    return found


def living(plan: Plan) -> list[Measure]:
    rows = with_parts(Measure.objects.filter(plan=plan, withdrawn=False)).select_related("unit")
    return [one for one in rows.order_by("start", "id") if one.state in (*ALIVE, MeasureState.CANCELLED)]


def issue(actor: Actor, plan: Plan) -> Plan:
    """Number the measures, freeze the first edition, and issue the plan. Raises ValidationError where something that
    blocks is missing."""
    found = [one for one in living(plan) if one.state in ALIVE]
    if not found:
        raise ValidationError(_("要点还没有措施，请先确认措施"))
    if any(ones for code, ones in lacking(found).items() if code in rules.BLOCKING):
        raise ValidationError(_("还有未确认、缺牵头单位或缺名称的措施，请补全后下达"))
    with transaction.atomic():
        numbers = rules.numbered(sections=[one.section for one in found])
        for one, number in zip(found, numbers, strict=True):
            one.number = number
        if save_many(actor, register("measure"), found, verb="change"):
            raise ValidationError(_("有措施刚被修改，请核对后再下达"))
        plan.issued_on = actor.today
        plan.state = PlanState.ISSUED
        return freeze(actor, plan, reason=_("首次下达"), verb="move")


def freeze(actor: Actor, plan: Plan, *, reason: str, verb: str = "") -> Plan:
    """Save the plan with its next edition; the edition is a part of the plan and goes in with it."""
    plan.edition += 1
    by, day, number = actor.name, actor.today, plan.edition

    def keep() -> None:
        write.add_part(Edition(plan=plan, number=number, reason=reason, by=by, day=day, data=frozen(plan)))

    return write.save(actor, register("plan"), plan, reason=reason, verb=verb, extra=keep)  # type: ignore[no-any-return]


def change(actor: Actor, row: Measure, form: Any, *, reason: str) -> None:
    """Change an issued measure: the reason goes into the trail and the edition that this makes."""
    if not reason.strip():
        raise ValidationError({"reason": _("请填写变更原因，例如：上级调整了时间安排")})
    with transaction.atomic():
        drafting.keep(actor, row, form, accept=False, reason=reason)
        _next(actor, row, reason)


def cancel(actor: Actor, row: Measure, *, reason: str) -> None:
    """Take a measure out of an issued plan; it stays readable with its reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("请填写取消原因，例如：并入另一项工作")})
    with transaction.atomic():
        drafting.put(actor, row, MeasureState.CANCELLED, reason=reason)
        _next(actor, row, reason)


def _next(actor: Actor, row: Measure, reason: str) -> None:
    plan = register("plan").rows(actor).get(pk=row.plan_id)
    freeze(actor, plan, reason=reason)


def frozen(plan: Plan) -> dict[str, Any]:
    """The plan as plain values: names as they are today, so that an old edition reads the same for ever."""
    return {
        "title": plan.title, "year": plan.year, "unit": str(plan.unit),
        "sections": [{"code": s.code, "title": s.title, "level": s.level} for s in plan.sections.all()],
        "measures": [_plain(one) for one in living(plan)],
    }


def _plain(one: Measure) -> dict[str, Any]:
    return {
        "id": one.pk, "number": one.number, "section": one.section, "text": one.text, "kind": one.kind,
        "owner": one.owner.name if one.owner else "", "helpers": [h.unit.name for h in one.helpers.all()],
        "since": _day(one.since), "due": _day(one.due), "supplied": one.supplied, "state": one.state,
        "rules": [_rule(r) for r in one.rules.all()],
    }


def _rule(one: CountRule) -> dict[str, Any]:
    return {"method": one.method, "indicator": one.indicator, "words": one.words, "own": one.own, "tenths": one.tenths,
            "target": None if one.target is None else str(one.target.normalize())}


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
