"""A year of leading bodies: centre groups, committee meetings, democratic life, appraisals, report meetings."""

from datetime import date, time, timedelta
from random import Random
from typing import Any

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.foundation.people import Person
from luoshi.foundation.units import Unit
from luoshi.registers.leading.models import (
    AgendaItem,
    Appraisal,
    CentreAttendance,
    CentrePlan,
    CentreSession,
    CommitteeAbsence,
    CommitteeDecision,
    CommitteeMeeting,
    CommitteePaper,
    DemocraticLife,
    Excellent,
    Expert,
    LifeProblem,
    LifeStatement,
    PlanItem,
    Rectification,
    ReportAttendance,
    ReportMeeting,
    ReportSeat,
    Speaker,
)
from luoshi.registers.leading.models.centre import roster
from luoshi.registers.leading.rules import appraisal as tiers
from luoshi.registers.leading.rules import seats

from .people import Crew
from .units import Tree, dice

THEMES = ("章程和廉洁自律准则", "年度工作要点和重点任务", "海图数据安全与保密管理", "支部工作条例和基层组织建设")
EXPERTS = (("周远岑", "滨海行政学院", "教授", "党内法规"), ("梁知砚", "远图测绘研究院", "研究员", "海图数据安全"),
           ("贺青畴", "滨海大学", "副教授", "公共管理"))
MATTERS = (("审议年度工作要点", "原则同意，按意见修改后印发"), ("研究支部换届安排", "同意，分批办理"),
           ("听取党费使用情况汇报", "同意，按规定公布"), ("研究党务干部配备", "同意，本季度内配齐"), ("审议制度修订稿", "修改后再议"))
TASKS = ("印发年度工作要点", "完成到期支部换届", "公布党费收支情况", "配齐专兼职党务干部", "修改制度修订稿后报送")
PROBLEMS = (("深入基层支部调研次数偏少", "每名班子成员每季度到联系支部一次"), ("会议材料送达偏晚", "会前三个工作日送达"),
            ("跨单位事项办理时限不清", "列明办理时限和责任人"), ("制度修订进度偏慢", "列出修订清单，逐项销号"))
REPORTS = (("学习报告会：党内法规解读", "机关报告厅", 0), ("学习报告会：海图数据安全", "机关报告厅", 1))


def build(actor: Actor, tree: Tree, crew: Crew) -> None:
    roll = dice("leading")
    experts = _experts(actor, tree)
    for n, unit in enumerate((tree.root, *tree.firsts)):
        body = list(roster(unit=unit, day=actor.today))
        if body:
            _centre(actor, unit, body, experts, n, roll)
            _committee(actor, tree, unit, crew, n, roll)
            _life(actor, unit, body, crew, n, roll)
    _appraisals(actor, tree, crew, roll)
    _reports(actor, tree, crew, roll)


def _store(actor: Actor, name: str, rows: list[Any], lines: dict[int, Any] | None = None) -> None:
    if refused := save_many(actor, register(name), rows, lines=lines, verb="add"):
        raise RuntimeError(f"{name} refused: {dict(list(refused.items())[:3])}")


def _experts(actor: Actor, tree: Tree) -> list[Expert]:
    rows = [Expert(unit=tree.root, name=name, organisation=where, rank=rank, subject=subject) for name, where, rank, subject in EXPERTS]
    _store(actor, "expert", rows)
    return rows


def _centre(actor: Actor, unit: Unit, body: list[Person], experts: list[Expert], n: int, roll: Random) -> None:
    """A plan, and a session in each quarter that is over; one group in six has missed one, one holds none yet this quarter."""
    year = actor.today.year
    plan = CentrePlan(unit=unit, year=year, adopted_on=date(year - 1, 12, 26), note="每季度至少集体学习研讨一次，会前自学。")
    write.save(actor, register("centre_plan"), plan, lines={"items": [
        PlanItem(quarter=q, theme=theme, speaker=body[q % len(body)].name) for q, theme in enumerate(THEMES, 1)]})
    for quarter, theme in enumerate(THEMES, 1):
        day = date(year, quarter * 3 - 1, 6 + n % 20)
        if day > actor.today or (n % 6 == 4 and quarter == 2):
            continue
        people = list(roster(unit=unit, day=day))
        people = people if len(people) > 2 else body
        away = {one.pk for one in people if roll.random() < 0.12}
        lectured = quarter == 3
        row = CentreSession(unit=unit, title=theme, form="lecture" if lectured else "discussion", held_on=day, starts=time(9),
                            venue="第一会议室", chair=people[0], secretary=people[-1], expert=experts[n % 3] if lectured else None,
                            expected=len(people), present=len(people) - len(away), materials=f"{theme}学习材料",
                            discussion="与会人员结合分管工作作了发言，明确了下一步工作。")
        write.save(actor, register("centre_session"), row)
        _store(actor, "centre_attendance", [_listed(row, one, one.pk in away, actor, roll) for one in people])


def _listed(row: CentreSession, person: Person, away: bool, actor: Actor, roll: Random) -> CentreAttendance:
    made_up = row.held_on + timedelta(days=roll.randrange(3, 20)) if away and roll.random() < 0.7 else None
    return CentreAttendance(unit=row.unit, session=row, person=person, attended=not away,
                            reason=roll.choice(("leave", "travel", "sick")) if away else "",
                            made_up_on=made_up if made_up and made_up <= actor.today else None)


def _committee(actor: Actor, tree: Tree, unit: Unit, crew: Crew, n: int, roll: Random) -> None:
    """A meeting each second month with decisions; most are closed, some of the last ones are open or late."""
    kind = "standing" if unit is tree.root else "organ"
    members = crew.committee[unit.pk]
    for month in range(1 + n % 2, actor.today.month + 1, 2):
        day = date(actor.today.year, month, 12 + n % 8)
        if day > actor.today:
            continue
        away = [one for one in members[1:] if roll.random() < 0.08][: (len(members) - 1) // 2]
        came = len(members) - len(away)
        matters = roll.sample(MATTERS, 2)
        row = CommitteeMeeting(unit=unit, kind=kind, held_on=day, starts=time(14, 30), venue="第二会议室", chair=members[0],
                               expected=len(members), present=came)
        write.save(actor, register("committee_meeting"), row, lines={
            "items": [AgendaItem(subject=what, conclusion=how, reporter=roll.choice(members).name,
                                 **({"yes": came, "no": 0, "abstain": 0} if how != MATTERS[4][1] else {}))
                      for what, how in matters],
            "absences": [CommitteeAbsence(person=one, reason="travel") for one in away]})
        _store(actor, "committee_paper", [CommitteePaper(unit=unit, meeting=row, item=i, title=f"{what}的说明")
                                          for i, (what, _how) in enumerate(matters, 1)])
        _decision(actor, row, matters[0], members, roll)


def _decision(actor: Actor, row: CommitteeMeeting, matter: tuple[str, str], members: list[Person], roll: Random) -> None:
    due = row.held_on + timedelta(days=30)
    closed = row.held_on + timedelta(days=roll.randrange(8, 34)) if roll.random() < 0.9 else None
    closed = closed if closed and closed <= actor.today else None
    _store(actor, "committee_decision", [CommitteeDecision(
        unit=row.unit, meeting=row, title=TASKS[MATTERS.index(matter)], office="办公室", owner=roll.choice(members), due_on=due,
        closed_on=closed, result="已办结，情况已向委员通报" if closed else "")])


def _life(actor: Actor, unit: Unit, body: list[Person], crew: Crew, n: int, roll: Random) -> None:
    """The meeting of last year, whole; this year's has come as far as the talks."""
    last = actor.today.year - 1
    held = date(last, 12, 10 + n % 9)
    step = timedelta(days=5)
    row = DemocraticLife(
        unit=unit, year=last, theme="严守纪律规矩，改进工作作风", opened_on=held - 7 * step, reported_on=held - 6 * step,
        studied_on=held - 5 * step, gathered_on=held - 4 * step, voices=12 + n % 7, talked_on=held - 3 * step, written_on=held - step,
        held_on=held, expected=len(body), present=len(body), rectified_on=held + timedelta(days=8), filed_on=held + timedelta(days=12))
    write.save(actor, register("democratic_life"), row,
               lines={"found": [LifeProblem(text=text, times=2 + i) for i, (text, _measure) in enumerate(PROBLEMS)]})
    _store(actor, "life_statement", [LifeStatement(unit=unit, life=row, person=one, handed_on=held - 2 * step) for one in body[:5]])
    listed = held + timedelta(days=8)
    rows = []
    for i, (text, measure) in enumerate(PROBLEMS):
        closed = listed + timedelta(days=60 * (i + 1)) if roll.random() < 0.85 else None
        closed = closed if closed and closed <= actor.today else None
        rows.append(Rectification(unit=unit, life=row, title=text, measure=measure, owner=body[i % len(body)], listed_on=listed,
                                  due_on=listed + timedelta(days=90 * (i + 1)), closed_on=closed,
                                  result="措施已落实，列入制度" if closed else ""))
    _store(actor, "rectification", rows)
    opened = actor.today - timedelta(days=18)
    if opened.year == actor.today.year and n % 4 != 3:
        write.save(actor, register("democratic_life"), DemocraticLife(
            unit=unit, year=opened.year, theme="深化作风建设，推动重点任务落实", opened_on=opened, reported_on=opened + timedelta(days=3),
            studied_on=opened + timedelta(days=8), gathered_on=opened + timedelta(days=12) if n % 2 == 0 else None,
            voices=9 + n % 5 if n % 2 == 0 else None))


def _appraisals(actor: Actor, tree: Tree, crew: Crew, roll: Random) -> None:
    """Last year at nearly every branch; this year at those that are early."""
    rows: list[Appraisal] = []
    lines: dict[int, Any] = {}
    for one in tree.branches:
        members = crew.members[one.unit.pk]
        for year, day, share in ((actor.today.year - 1, date(actor.today.year - 1, 12, 18), 0.95),
                                 (actor.today.year, actor.today - timedelta(days=roll.randrange(2, 16)), 0.25)):
            if day.year != year or one.unit.since > day or roll.random() > share:
                continue
            best = roll.sample(members, min(tiers.max_excellent(members=len(members)), len(members) // 4))
            low = 1 if roll.random() < 0.06 and len(members) > 8 else 0
            lines[len(rows)] = {"named": [Excellent(person=each) for each in best]}
            rows.append(Appraisal(unit=one.unit, year=year, held_on=day, members=len(members), took_part=len(members),
                                  excellent=len(best), qualified=len(members) - len(best) - low, basic=low, unqualified=0,
                                  follow_up="支部委员会安排专人帮助，半年后再看" if low else ""))
    _store(actor, "appraisal", rows, lines)


def _reports(actor: Actor, tree: Tree, crew: Crew, roll: Random) -> None:
    """One that was held, with heads and leaders; one to come, with its seats shared out."""
    for (title, venue, who), day in zip(REPORTS, (actor.today - timedelta(days=46), actor.today + timedelta(days=9)), strict=True):
        name, where, rank, subject = EXPERTS[who]
        row = ReportMeeting(unit=tree.root, title=title, held_on=day, starts=time(14), venue=venue, seats=180, contact="内线 2016",
                            materials="报告提纲\n参考材料", notice="请提前十五分钟入场。\n因故不能参加的，由单位安排他人参加。")
        write.save(actor, register("report_meeting"), row,
                   lines={"speakers": [Speaker(name=name, organisation=f"{where}{rank}", subject=subject)]})
        weights = {n: sum(b.members for b in tree.branches if b.first is one) for n, one in enumerate(tree.firsts)}
        shared = seats.distribute(seats=row.seats, weights=weights)
        over = day <= actor.today
        quotas = [ReportSeat(unit=one, meeting=row, seats=shared[n], present=max(shared[n] - roll.randrange(3), 0) if over else None)
                  for n, one in enumerate(tree.firsts)]
        _store(actor, "report_seat", quotas)
        if over:
            _store(actor, "report_attendance", [
                ReportAttendance(unit=seat.unit, seat=seat, person=one)
                for seat in quotas for one in crew.officials.get(seat.unit.pk, [])[: seat.present] if roll.random() < 0.8])
