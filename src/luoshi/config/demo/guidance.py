"""Guidance visits, improvement sheets with their half-year review, big operations, and a secretary who hands over."""

from datetime import date, timedelta
from random import Random

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.registers.organization.models import Action, Guidance, Handover, Improvement, Operation, Way

from . import phrases
from .days import Year
from .people import Crew
from .units import Tree, dice


def build(actor: Actor, tree: Tree, crew: Crew) -> None:
    roll, year = dice("guidance"), Year(actor.today)
    _visits(actor, tree, crew, year, roll)
    _sheets(actor, tree, roll)
    _operations(actor, tree, crew)
    _handover(actor, tree, crew)


def _visits(actor: Actor, tree: Tree, crew: Crew, year: Year, roll: Random) -> None:
    """Seven branches in ten are visited, overseas ones by call; some visits leave something to do."""
    rows = []
    for one in tree.branches:
        if roll.random() > 0.72:
            continue
        way = Way.CALL if one.unit.kind == "overseas" else roll.choice((Way.VISIT, Way.VISIT, Way.MEETING, Way.OFFICE))
        day = year.start + timedelta(days=roll.randrange(364))
        row = Guidance(unit=one.unit, visitor=roll.choice(crew.cadres), visited_on=day, way=way,
                       subject=roll.choice(phrases.GUIDANCE), found="台账齐全，支部反映台账之间重复填报的情况已经减少。")
        if roll.random() < 0.35:
            row.follow_up, row.follow_up_due = roll.choice(phrases.FOLLOW_UP), day + timedelta(days=45)
            closed = day + timedelta(days=roll.randrange(10, 60))
            row.closed_on = closed if closed <= actor.today else None
        rows.append(row)
    if refused := save_many(actor, register("guidance"), rows, verb="add"):
        raise RuntimeError(f"guidance refused: {dict(list(refused.items())[:3])}")


def _sheets(actor: Actor, tree: Tree, roll: Random) -> None:
    """One sheet a branch and year, made in spring, reviewed after the half-year by most."""
    year = actor.today.year
    spring, summer = date(year, 2, 20), date(year, 7, 5)
    if spring > actor.today:
        year, spring, summer = year - 1, spring.replace(year=year - 1), summer.replace(year=year - 1)
    door = register("improvement")
    for one in tree.branches:
        if roll.random() > 0.94:
            continue
        made = min(spring + timedelta(days=roll.randrange(40)), actor.today)
        reviewed = summer + timedelta(days=roll.randrange(25))
        done = reviewed <= actor.today and roll.random() < 0.86
        row = Improvement(unit=one.unit, year=year, title=f"{year}年支部能力提升表", made_on=made,
                          reviewed_on=reviewed if done else None,
                          review="各项措施按计划推进，下半年重点补齐创新能力方面的措施。" if done else "")
        actions = [Action(heading=heading, text=text, due=date(year, 12, 15), result=roll.choice(phrases.RESULTS) if done else "")
                   for heading, texts in phrases.ACTIONS.items() for text in texts[: roll.randrange(1, 3)]]
        write.save(actor, door, row, lines={"actions": actions})


def _operations(actor: Actor, tree: Tree, crew: Crew) -> None:
    """One for each temporary branch, and one that was just entered and has no plan yet."""
    door = register("operation")
    for n, one in enumerate(tree.temporary):
        entered, ended = one.unit.since - timedelta(days=20), one.unit.until
        row = Operation(unit=one.first, name=one.unit.name.removesuffix("临时党支部"), starts_on=one.unit.since,
                        ends_on=ended or one.unit.since + timedelta(days=150), contact=crew.secretary[one.unit.pk],
                        staff=one.members, entered_on=entered, plan="分两组轮换，每组设联系人 1 名，每周集中学习 1 次。",
                        planned_on=entered + timedelta(days=14 if n == 1 else 6), branch=one.unit)
        if ended:
            row.closed_on, row.report = ended, "各项保障任务按计划完成，临时党支部随任务结束撤销。"
        write.save(actor, door, row)
    host = tree.firsts[0]
    write.save(actor, door, Operation(
        unit=host, name="年度海图资料交换会", starts_on=actor.today + timedelta(days=20),
        ends_on=actor.today + timedelta(days=75), contact=crew.secretary[host.pk], staff=12,
        entered_on=actor.today - timedelta(days=3)))


def _handover(actor: Actor, tree: Tree, crew: Crew) -> None:
    """The secretary of the example branch hands over next week; nothing is confirmed yet."""
    unit = tree.branches[1].unit
    old = crew.secretary[unit.pk]
    new = next(one for one in crew.members[unit.pk] if one.pk != old.pk)
    write.save(actor, register("handover"), Handover(
        unit=unit, leaving=old, taking=new, on=actor.today + timedelta(days=8), note="纸质会议记录本 3 册，印章 1 枚。"))
