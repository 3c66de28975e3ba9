"""Meetings called for the next weeks, what meetings handed to somebody to do, and duties that units asked to be let off."""

from collections.abc import Sequence
from datetime import time, timedelta
from random import Random

from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.foundation.record import Record
from luoshi.kernel import periods
from luoshi.kernel.workdays import deadline
from luoshi.registers.meetings import rules
from luoshi.registers.meetings.models import Meeting, MeetingTask
from luoshi.registers.waivers.models import Waiver

from . import phrases
from .people import Crew
from .units import Tree, dice

BACK = timedelta(days=45)
WAIVED = (("asked", "away", "全体党员本月下旬赴外场集中测绘", ""), ("asked", "other", "党员活动室装修，暂无场地", ""),
          ("granted", "task", "承担部重点任务，全月集中封闭办公", "同意，下月补开一次"),
          ("granted", "merging", "支部正在调整，成员组织关系待转接", "同意"),
          ("refused", "other", "本月会议较多", "可与党小组会合并安排，请按期开展"))
TOPICS = {rules.THEME_DAY: phrases.THEME_TOPICS, rules.COMMITTEE: phrases.COMMITTEE_TOPICS,
          rules.MEMBERS: phrases.MEMBERS_TOPICS}
TASKS = ("起草本季度工作小结", "联系参观场地并报送人数", "整理学习材料发各小组", "收集对年度计划的修改意见", "通知请假同志补学",
         "公示党费收缴情况")


def build(actor: Actor, tree: Tree, crew: Crew) -> None:
    roll = dice("calling")
    _store(actor, "meeting", _called(actor, tree, roll))
    _store(actor, "meeting_task", _handed(actor, tree, crew, roll))
    _store(actor, "waiver", _waivers(actor, tree))


def _called(actor: Actor, tree: Tree, roll: Random) -> list[Meeting]:
    """The example branch has its next meetings planned, one of them missed; every fourth other one some."""
    made = []
    for i, branch in enumerate(tree.branches):
        if i != 1 and i % 4:
            continue
        for kind, ahead in ((rules.THEME_DAY, -3 if i == 1 else 2), (rules.COMMITTEE, 9), (rules.MEMBERS, 16)):
            if kind == rules.COMMITTEE and not branch.groups and i != 1:
                continue
            day = deadline(actor.today + timedelta(days=ahead + roll.randrange(0, 3) * (i != 1)), shift=True)
            topic = roll.choice(TOPICS[kind]).format(theme=phrases.THEMES[day.month])
            made.append(Meeting(unit=branch.unit, kind=kind, planned_on=day, starts=time(14, 30), venue=roll.choice(phrases.VENUES),
                                topic=topic, agenda="一、通报上次会议决定事项办理情况\n二、" + topic,
                                called_off="与部内会议冲突，改期另行通知" if i % 16 == 8 and kind == rules.MEMBERS else ""))
    return made


def _handed(actor: Actor, tree: Tree, crew: Crew, roll: Random) -> list[MeetingTask]:
    """About one in three committee meetings of the last weeks left something to do; most of what was due is done."""
    rows = Meeting.objects.filter(kind=rules.COMMITTEE, held_on__gte=actor.today - BACK).select_related("unit").order_by("id")
    made = []
    for row in rows:
        people = crew.committee.get(row.unit_id)
        if not people or row.held_on is None or roll.random() > 0.34:
            continue
        due = deadline(row.held_on + timedelta(days=roll.randrange(7, 30)), shift=True)
        done = due <= actor.today and roll.random() < 0.85
        closed = min(due - timedelta(days=roll.randrange(0, 4)), actor.today) if done else None
        made.append(MeetingTask(unit=row.unit, meeting=row, title=roll.choice(TASKS), owner=roll.choice(people), due_on=due,
                                closed_on=max(closed, row.held_on) if closed else None,
                                result="已办理并向支部委员会报告" if closed else ""))
    return made


def _waivers(actor: Actor, tree: Tree) -> list[Waiver]:
    """Requests of some branches: granted, refused, and two that wait, one of them for too long."""
    month, before = periods.month(actor.today), periods.previous(periods.month(actor.today))
    made = []
    for i, (state, cause, why, answer) in enumerate(WAIVED):
        branch = tree.branches[3 + 5 * i if 3 + 5 * i < len(tree.branches) else i % len(tree.branches)]
        asked = actor.today - timedelta(days=(2, 10, 15, 16, 20)[i])
        decided = None if state == "asked" else deadline(asked + timedelta(days=2), shift=True)
        made.append(Waiver(unit=branch.unit, duty="life.theme_day", period=(month if state == "asked" else before).key, cause=cause,
                           why=why, asked_on=asked, state=state, decided_on=decided,
                           decided_by=branch.unit.parent if decided else None, answer=answer))
    return made


def _store(actor: Actor, name: str, rows: Sequence[Record]) -> None:
    if refused := save_many(actor, register(name), list(rows), verb="add"):
        raise RuntimeError(f"{name} refused: {dict(list(refused.items())[:3])}")
