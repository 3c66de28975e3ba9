"""A year of study: timetables and sessions, reading lists, displays, a learning-branch campaign, exchanges, topic groups."""

from datetime import date, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.foundation.units import Unit
from luoshi.registers.study.models import (
    Absence,
    Check,
    CheckLine,
    Criterion,
    Digest,
    Display,
    DisplayKind,
    Entry,
    Exchange,
    ExchangeState,
    Frequency,
    GroupMember,
    LearningCampaign,
    Material,
    Need,
    Reading,
    ReadingItem,
    Review,
    StudySession,
    Timetable,
    TopicGroup,
    TopicPaper,
    TopicPost,
)
from luoshi.registers.study.models.learning import CampaignState
from luoshi.registers.study.pages.learning import counted

from .people import Crew
from .units import Branch, Tree, dice

THEME = "章程专题学习"
TITLES = (("章程", "总纲"), ("章程", "党员"), ("支部工作条例", "组织生活"), ("党员教育管理工作条例", "教育基本任务"),
          ("海图测绘工作规范", "安全管理"), ("年度工作要点", "重点任务"), ("廉洁自律准则", ""), ("档案工作读本", "移交与保管"))
TOPICS = ("学习年度工作要点", "学习支部工作条例", "章程专题学习讨论", "业务规范与党建结合", "学习典型支部做法", "读书交流")
POSTS = ("窗口服务示范岗", "海图审校示范岗", "值班保障示范岗", "档案移交示范岗")
PLEDGES = ("来件当日登记、三日内答复", "每月安排一次业务帮带", "会议材料提前一天送达")
WORKS = ("支部学习制度的三点做法", "业务骨干领学的组织方法", "小支部如何安排集中学习", "学习材料怎样贴近工作", "驻外支部远程学习记录")
GROUPS = (("海图数据共享研究组", "跨单位海图数据共享的流程"), ("支部台账研究组", "台账一次登记多处使用的做法"),
          ("青年业务研究组", "青年业务骨干的培养路径"))


def build(actor: Actor, tree: Tree, crew: Crew) -> None:
    roll = dice("study")
    items = _readings(actor, tree)
    _timetables(actor, tree, roll)
    _sessions(actor, tree, crew, items, roll)
    _displays(actor, tree, roll)
    _learning(actor, tree, crew, roll)
    _exchanges(actor, tree, crew, roll)
    _groups(actor, tree, crew)


def _store(actor: Actor, name: str, rows: list[Any], lines: dict[int, Any] | None = None) -> None:
    if refused := save_many(actor, register(name), rows, lines=lines, verb="add"):
        raise RuntimeError(f"{name} refused: {dict(list(refused.items())[:3])}")


def _readings(actor: Actor, tree: Tree) -> list[ReadingItem]:
    issued = date(actor.today.year - 1, 12, 20)
    rows = [ReadingItem(unit=tree.root, name="年度必读书目", title=title, part=part, source="本系统汇编", issued_on=issued,
                        theme=THEME if title == "章程" else "") for title, part in TITLES]
    _store(actor, "reading", rows)
    return rows


def _timetables(actor: Actor, tree: Tree, roll: Random) -> None:
    """Most branches study each month, some each fortnight; one in twenty has made no timetable."""
    year = actor.today.year
    rows = []
    for n, one in enumerate(tree.branches):
        if n != 1 and roll.random() < 0.05:
            continue
        frequency = Frequency.FORTNIGHT if roll.random() < 0.06 else Frequency.MONTHLY
        rows.append(Timetable(unit=one.unit, frequency=frequency, weekday=roll.choice((3, 4, 5)), nth=roll.choice((2, 3)),
                              starts=time(15), starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), venue="支部会议室"))
    _store(actor, "timetable", rows)


def _sessions(actor: Actor, tree: Tree, crew: Crew, items: list[ReadingItem], roll: Random) -> None:
    """What fell due was held on the day, later, made up, or (seldom) not; the example branch has one to make up."""
    by_unit = {one.unit.pk: one for one in tree.branches}
    rows: list[StudySession] = []
    lines: dict[int, Any] = {}
    missed: list[tuple[Branch, StudySession]] = []
    for table in Timetable.objects.filter(withdrawn=False).select_related("unit").order_by("place"):
        branch = by_unit[table.unit_id]
        for each in table.due():
            row = StudySession(unit=table.unit, planned_on=each.day, starts=table.starts, venue=table.venue)
            example = branch is tree.branches[1] and each.day.month == actor.today.month
            if each.day <= actor.today and not example:
                if roll.random() < branch.reliability:
                    lines[len(rows)] = _held(row, each.day, crew, items, roll)
                else:
                    missed.append((branch, row))
            rows.append(row)
    _store(actor, "study", rows, lines)
    more: list[StudySession] = []
    parts: dict[int, Any] = {}
    for _branch, row in missed:
        day = row.planned_on + timedelta(days=7)  # type: ignore[operator]
        if day <= actor.today and roll.random() < 0.5:
            made = StudySession(unit=row.unit, makes_up=row, starts=row.starts, venue=row.venue)
            parts[len(more)] = _held(made, day, crew, items, roll)
            more.append(made)
    _store(actor, "study", more, parts)


def _held(row: StudySession, day: date, crew: Crew, items: list[ReadingItem], roll: Random) -> dict[str, list[Any]]:
    members = crew.members[row.unit.pk]
    away = roll.sample(members, min(roll.randrange(3), len(members)))
    row.held_on, row.topic, row.hours = day, roll.choice(TOPICS), Decimal(roll.choice(("1.5", "2.0")))
    row.theme = THEME if row.topic.startswith("章程") else ""
    row.expected, row.present = len(members), len(members) - len(away)
    row.leader = crew.secretary[row.unit.pk]
    item = roll.choice(items)
    return {"materials": [Material(reading=item, part=item.part)],
            "absences": [Absence(person=one, reason=roll.choice(("leave", "travel"))) for one in away]}


def _displays(actor: Actor, tree: Tree, roll: Random) -> None:
    shown = date(actor.today.year, 1, 10) if actor.today.month > 1 else actor.today
    rows = []
    for one in tree.branches:
        if roll.random() < 0.7:
            rows.append(Display(unit=one.unit, kind=DisplayKind.POST, name=roll.choice(POSTS), spot="一层公示栏",
                                text="岗位职责和服务时限公示在岗位旁。", starts_on=shown))
        if roll.random() < 0.6:
            rows.append(Display(unit=one.unit, kind=DisplayKind.PLEDGE, name="年度支部承诺", spot="支部会议室",
                                text=roll.choice(PLEDGES), starts_on=shown))
    _store(actor, "display", rows)


def _learning(actor: Actor, tree: Tree, crew: Crew, roll: Random) -> None:
    """A campaign of the year with three counted criteria; a sample of branches has checked itself, half were visited."""
    year = actor.today.year
    campaign = LearningCampaign(unit=tree.root, name=f"{year}年学习型党支部创建", starts_on=date(year, 1, 1),
                                ends_on=date(year, 12, 31), state=CampaignState.OPEN,
                                brief="标准写明在先，数字取自支部台账。")
    write.save(actor, register("learning"), campaign, lines={"criteria": [
        Criterion(text="全年集中学习不少于 6 次", measure="study.held", need=Need.AT_LEAST, threshold=6),
        Criterion(text="到期的计划学习最多两次未按时举办", measure="study.on_time", need=Need.AT_MOST_OPEN, threshold=2),
        Criterion(text="开展章程专题学习", measure="study.themed", need=Need.AT_LEAST, threshold=1)]})
    for n, one in enumerate(tree.branches[:24]):
        if n in (1, 7):
            continue
        rows = counted(campaign, one.unit, actor)
        check = Check(unit=one.unit, campaign=campaign, checked_on=actor.today, criteria=len(rows),
                      reached=sum(each.met for each in rows), meets=all(each.met for each in rows))
        write.save(actor, register("learning_check"), check, lines={"lines": [
            CheckLine(text=each.criterion.text, required=each.criterion.required, counted=each.shown, met=each.met)
            for each in rows]})
        if roll.random() < 0.5:
            write.save(actor, register("learning_review"), Review(
                unit=one.unit, campaign=campaign, visited_on=actor.today, visitor=crew.cadres[0], confirmed=check.meets,
                result="台账与现场记录一致" if check.meets else "尚有标准未达到，年底前再核一次"))


def _exchanges(actor: Actor, tree: Tree, crew: Crew, roll: Random) -> None:
    """One exchange that was held with a booklet, and one that takes entries now."""
    first = Exchange(unit=tree.root, name="春季学习成果交流", called_on=actor.today - timedelta(days=200), per_unit=2,
                     deadline=actor.today - timedelta(days=160), requirements="结合本支部工作写一个做法，1500 字以内。",
                     state=ExchangeState.OPEN)
    now = Exchange(unit=tree.root, name="学习型党组织成果交流", kind="learning", called_on=actor.today - timedelta(days=20),
                   deadline=actor.today + timedelta(days=9), per_unit=2, requirements="推荐一项可以推广的做法。",
                   state=ExchangeState.OPEN)
    for call in (first, now):
        write.save(actor, register("exchange"), call)
    rows = [*_entries(first, [b.unit for b in tree.branches], 0.3, crew, roll),
            *_entries(now, [b.unit for b in tree.branches[2:]], 0.1, crew, roll)]
    _store(actor, "exchange_entry", rows)
    first.state, first.held_on = ExchangeState.CLOSED, actor.today - timedelta(days=140)
    first.attendance, first.venue, first.programme = 86, "机关报告厅", "交流发言\n单位代表提问\n小结"
    write.save(actor, register("exchange"), first)


def _entries(call: Exchange, units: list[Unit], part: float, crew: Crew, roll: Random) -> list[Entry]:
    made = []
    for unit in units:
        if roll.random() > part:
            continue
        read = call.deadline < call.called_on + timedelta(days=41) and roll.random() < 0.6
        made.append(Entry(
            unit=unit, exchange=call, title=roll.choice(WORKS), author=roll.choice(crew.members[unit.pk]).name,
            received_on=call.called_on + timedelta(days=roll.randrange(1, 20)),
            abstract="支部把学习安排写进年度计划，每次学习由一名党员领学。\n学习之后形成一条可以执行的改进，下次学习先核对。",
            reading=Reading.ACCEPTED if read else Reading.WAITING))
    for one in made[:2]:
        one.reading, one.reason = Reading.DECLINED, "与已采用的成果内容相近"
    return made


def _groups(actor: Actor, tree: Tree, crew: Crew) -> None:
    """Three groups with members of several branches, papers, a short discussion and digests of past quarters."""
    year = actor.today.year
    for n, (name, topic) in enumerate(GROUPS):
        people = [crew.members[one.unit.pk][-1] for one in tree.branches[n + 1:n + 6]]
        group = TopicGroup(unit=tree.root, name=name, topic=topic, convener=crew.cadres[n], starts_on=date(year, 1, 8),
                           aim="每季度形成一份综述，供有关单位参考。")
        write.save(actor, register("topic_group"), group,
                   lines={"members": [GroupMember(person=one) for one in people]})
        _store(actor, "topic_paper", [TopicPaper(unit=tree.root, group=group, title=f"{topic}：材料{mark}", source="研究组整理",
                                                 added_on=actor.today - timedelta(days=40 * i + 5), text="材料要点三条。")
                                      for i, mark in enumerate("一二三")])
        _store(actor, "topic_post", [TopicPost(unit=tree.root, group=group, author=person, text=text,
                                               posted_on=actor.today - timedelta(days=20 - i))
                                     for i, (person, text) in enumerate(zip(people, (
                                         "建议先列出各单位现在的做法，再比较差别。", "我所在支部的记录可以提供两份样例。",
                                         "样例已看过，字段差别主要在日期和单位名称。"), strict=False))])
        _store(actor, "topic_digest", [Digest(
            unit=tree.root, group=group, year=year, quarter=q, title=topic, written_on=date(year, q * 3, 28),
            text="本季度研究组收集了有关单位的做法。\n共同点是登记一次、多处使用。\n下一季度核对样例。")
            for q in range(1, 5) if date(year, q * 3, 28) <= actor.today])
