"""What the pages of one plan share: finding it through the reading door, the tabs, the crumbs, its measures."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb

from ..models import ALIVE, Measure, Plan, PlanState
from ..progress import with_parts


def found_plan(actor: Actor, pk: int, verb: Verb = Verb.SEE) -> Plan:
    """The plan, or 404 where this actor has none of that number."""
    row = register("plan").rows(actor, verb).select_related("unit").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row  # type: ignore[no-any-return]


def found_measure(actor: Actor, pk: int, verb: Verb = Verb.SEE) -> Measure:
    row = with_parts(register("measure").rows(actor, verb).select_related("unit")).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row  # type: ignore[no-any-return]


def measures(actor: Actor, plan: Plan) -> list[Measure]:
    """The living measures of a plan that this actor may see, in the order of the text."""
    rows = with_parts(register("measure").rows(actor)).filter(plan=plan, state__in=ALIVE).order_by("start", "id")
    found = list(rows)
    for one in found:
        one.plan = plan
    return found


def owners(found: list[Measure]) -> list[tuple[str, str]]:
    """(key, name) of the owners of these measures, in tree order, for the filter."""
    known = {m.owner_id: m.owner for m in found if m.owner}
    return [(str(pk), unit.name) for pk, unit in sorted(known.items(), key=lambda kv: kv[1].place)]


def chosen(found: list[Measure], query: Any) -> list[Measure]:
    wanted = query.get("unit", "")
    return [m for m in found if str(m.owner_id) == wanted] if wanted else found


def may_change(actor: Actor, plan: Plan) -> bool:
    return register("plan").may(actor, Verb.CHANGE, plan.place)


def tabs(plan: Plan, here: str, actor: Actor) -> list[tuple[str, str, bool, str]]:
    names = [("board", _("看板")), ("timeline", _("时间线")), ("list", _("列表")), ("text", _("对照要点原文")),
             ("circulars", _("通报")), ("summary", _("年度总结"))]
    if may_change(actor, plan):
        names.append(("confirm", _("确认措施")) if plan.state == PlanState.DRAFT else ("versions", _("版本")))
    return [(label, reverse(f"plan:{name}", args=[plan.pk]), name == here, "") for name, label in names]


def papers(plan: Plan) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """The menu with the plan's official paper, for page heads."""
    return [(_("任务分解表"), "download", [(word, reverse("document", args=["plan", plan.pk, "plan", ending]), False)
                                            for word, ending in (("Word", "docx"), ("PDF", "pdf"))])]


def crumbs(plan: Plan | None, *rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    start: list[tuple[str, str | None]] = [(_("首页"), reverse("home")), (_("年度要点"), reverse("plan:index"))]
    if plan:
        start.append((plan.title, reverse("plan:text", args=[plan.pk]) if rest else None))
    return [*start, *rest]


def unit_filter(found: list[Measure], query: Any) -> dict[str, Any]:
    return {"name": "unit", "label": _("牵头单位"), "type": "select", "value": query.get("unit", ""),
            "choices": owners(found)}


def latest_remarks(actor: Actor, found: list[Measure]) -> dict[int, str]:
    """The last remark of each measure: one query."""
    rows = register("plan_remark").rows(actor).filter(measure__plan__in={m.plan_id for m in found})
    return dict(rows.order_by("day", "id").values_list("measure", "text"))
