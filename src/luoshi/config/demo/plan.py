"""The demo's plan: read by the product's own reader, confirmed, counted, issued, changed once, reported on twice."""

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta
from importlib import resources
from typing import Any

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation import files
from luoshi.foundation.units import Unit
from luoshi.kernel import periods
from luoshi.plan import circulating, drafting, editions, intake
from luoshi.plan.models import Circular, CountRule, Helper, Measure, MeasureState, Method, Milestone, Plan, Remark
from luoshi.plan.progress import with_parts
from luoshi.plan.reading.files import read_bytes
from luoshi.plan.reading.tree import read_plan
from luoshi.registers.events.models import Event, State

from . import counting
from .units import Tree, dice

BEFORE = re.compile(r"(\d{1,2})月底前")
REMARKS = ("按计划推进，下月提交阶段小结", "方案已经会签，正在组织实施", "各单位反馈意见已汇总", "受会议安排影响，时间顺延两周",
           "材料基本齐备，待审定", "已与协办单位商定分工")
CLOSING = "请各牵头单位对照进度，逾期事项在十个工作日内提出办理意见；已完成事项及时登记依据。"


def build(actor: Actor, tree: Tree) -> Plan:
    plan = draft(actor, tree)
    measures = list(with_parts(drafting.proposals(plan)))
    owners = _owners(tree)
    for one in measures:
        _confirm(actor, tree, one, owners)
    plan = editions.issue(_on(actor, date(plan.year, 2, 12)), _again(plan))
    _reach(actor, plan)
    _remark(actor, plan)
    _change(_on(actor, date(plan.year, 9, 21)), plan)
    _report(actor, _again(plan))
    return _again(plan)


def _on(actor: Actor, day: date) -> Actor:
    """The same actor on an earlier day: what is issued bears the day on which it was."""
    return replace(actor, today=min(actor.today, day))


def _again(plan: Plan) -> Plan:
    return Plan.objects.select_related("unit").get(pk=plan.pk)


def text(year: int) -> str:
    """The plan as it was handed in."""
    source = resources.files("luoshi.config.demo").joinpath("data", "plan-demo.txt").read_text(encoding="utf-8")
    return source.replace("{year}", str(year))


def draft(actor: Actor, tree: Tree) -> Plan:
    """Hand the text in as a clerk would, and let the product read it."""
    year = actor.today.year
    name = f"远图部机关{year}年党建工作要点.txt"
    kept = files.store(text(year).encode(), name=name, register="plan", place=tree.root.place)
    document = read_bytes(kept.path.read_bytes(), name)
    found = read_plan(document, year=year)
    return intake.draft(actor, found, source=document.text, unit=tree.root, year=year, name=name, file=kept)


def _owners(tree: Tree) -> dict[str, Unit]:
    """Units as a plan names them: without 党委 or 党总支 at the end."""
    found = {one.name.removesuffix("党委").removesuffix("党总支"): one for one in tree.firsts}
    return {"机关党委": tree.root, **found, **tree.offices}


def _named(text: str, owners: dict[str, Unit]) -> list[Unit]:
    """The units a text names, in its order."""
    spots = sorted((text.find(name), -len(name), unit.pk, unit) for name, unit in owners.items() if name in text)
    taken: dict[int, Unit] = {}
    for at, _, _, unit in spots:
        taken.setdefault(at, unit)  # at one spot the longer name wins: 机关党委办公室 before 机关党委
    return list(taken.values())


def _confirm(actor: Actor, tree: Tree, one: Measure, owners: dict[str, Unit]) -> None:
    """Accept a proposal with owner, date and rules; milestones where no register counts it."""
    first, _, others = _said(one).partition("协办")
    if one.owner is None:
        one.owner = next(iter(_named(first, owners)), tree.offices["机关党委办公室"])
    helping = {unit.pk: unit for unit in (*(h.unit for h in one.helpers.all()), *_named(others, owners))}
    helping.pop(one.owner.pk, None)
    if one.due is None:
        one.due = _due(one.text, one.plan.year)
    if one.needs and not one.supplied:
        one.supplied = "年度工作安排"
    one.state = MeasureState.ACCEPTED
    wanted = counting.rules_of(one.text)
    rules = [_rule(by) for by in wanted] or [CountRule(method=Method.MILESTONE)]
    drafting.put_down(actor, one, lines={"rules": rules, "helpers": [Helper(unit=unit) for unit in helping.values()]})
    drafting.plan_steps(actor, one, [] if wanted else _steps(one))


def _said(one: Measure) -> str:
    """The names in brackets behind a measure, as the source has them."""
    line = one.plan.source[one.start:].split("\n", 1)[0]
    return line.partition("责任单位")[2]


def _rule(by: counting.By) -> CountRule:
    from luoshi.engine.indicators import indicators

    return CountRule(method=indicators()[by.indicator].kind, indicator=by.indicator, target=by.target, tenths=by.tenths,
                     words=by.words)


def _due(text: str, year: int) -> date:
    """The last day of the month the text names, else of the year."""
    found = BEFORE.search(text)
    month = int(found[1]) if found and 1 <= int(found[1]) <= 12 else 12
    return date(year, month, calendar.monthrange(year, month)[1])


def _steps(one: Measure) -> list[tuple[str, date | None]]:
    """Steps at even distances up to the day the measure is due."""
    titles = counting.steps_of(one.text)
    end = one.due or date(one.plan.year, 12, 31)
    start = date(one.plan.year, 1, 10)
    step = (end - start) / len(titles)
    return [(title, start + step * (n + 1) if n + 1 < len(titles) else end) for n, title in enumerate(titles)]


def _reach(actor: Actor, plan: Plan) -> None:
    """Most steps that are due have been reached, each with a file or a record that proves it."""
    roll, door = dice("milestones"), register("plan_milestone")
    held = list(Event.objects.filter(state=State.HELD, withdrawn=False).order_by("id").values_list("pk", "unit", "starts_on"))
    stuck: set[int] = set()
    steps = Milestone.objects.filter(measure__plan=plan, withdrawn=False).select_related("measure", "unit")
    for one in steps.order_by("due", "id"):
        if one.measure_id in stuck or one.due is None or one.due > actor.today + timedelta(days=20):
            continue
        if roll.random() > 0.92:
            stuck.add(one.measure_id)
            continue
        one.reached_on = min(actor.today, one.due - timedelta(days=roll.randrange(0, 18)))
        proof = next((pk for pk, unit, day in held
                      if unit == one.unit_id and 0 <= (one.reached_on - day).days < 30), None)
        if proof is not None and roll.random() < 0.5:
            one.proof_register, one.proof_row = "event", proof
        else:
            one.proof_file = _paper(one)
        write.save(actor, door, one)


def _paper(one: Milestone) -> Any:
    said = f"{one.measure.text}\n\n节点“{one.title}”已于{one.reached_on}完成，经{one.unit.name}核对。\n"
    return files.store(said.encode(), name=f"{one.title}完成说明.txt", register="plan_milestone", row=one.pk,
                       place=one.place)


def _remark(actor: Actor, plan: Plan) -> None:
    roll, door = dice("remarks"), register("plan_remark")
    rows = list(Measure.objects.filter(plan=plan, withdrawn=False).select_related("owner", "unit").order_by("start", "id"))
    for one in roll.sample(rows, len(rows) // 3):
        day = actor.today - timedelta(days=roll.randrange(2, 55))
        write.save(actor, door, Remark(measure=one, unit=one.owner or one.unit, day=day, text=roll.choice(REMARKS),
                                       by="牵头单位"))


def _change(actor: Actor, plan: Plan) -> None:
    """One measure gets another date, with its reason: the second edition."""
    rows = list(with_parts(drafting.proposals(plan)).filter(due__lt=date(plan.year, 12, 31)))
    one = next((m for m in rows if "文明处室" in m.text), rows[-1])
    reason = "评选工作量较大，经机关党委办公室研究，完成期限顺延至年底。"
    one.due = date(plan.year, 12, 31)
    drafting.put_down(actor, one, reason=reason)
    editions.freeze(actor, _again(plan), reason=reason)


def _report(actor: Actor, plan: Plan) -> None:
    """Circulars of the two months before this one, as far as they lie in the plan's year; issued and frozen."""
    before = periods.previous(periods.month(actor.today))
    months = [m for m in (periods.previous(before), before) if m.start.year == plan.year]
    door = register("plan_circular")
    for n, month in enumerate(months, 1):
        opening = f"现将{month.label()}《{plan.title}》落实情况通报如下。"
        row = write.save(actor, door, Circular(unit=plan.unit, plan=plan, period=month.key, number=n, opening=opening,
                                               closing=CLOSING))
        circulating.issue(_on(actor, month.end + timedelta(days=4)), row)
