"""Campaigns, activities and sign-ups of the year: held, open for sign-up, filed ahead, and a few cancelled."""

from datetime import date, timedelta
from random import Random

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.engine.signing import sheets
from luoshi.foundation.people import Person
from luoshi.foundation.units import Kind as UnitKind
from luoshi.foundation.units import Unit
from luoshi.kernel import periods
from luoshi.registers.events.models import Allotment, Campaign, Event, Kind, Outcome, Signup, Stage, State

from . import phrases
from .days import Year
from .people import Crew
from .units import Size, Tree, dice

AHEAD = 45  # days: what is filed before it is held


def build(actor: Actor, tree: Tree, crew: Crew, size: Size) -> None:
    roll, year = dice("activities"), Year(actor.today)
    campaigns = _campaigns(actor, tree, size)
    events = _of_offices(tree, campaigns, year, roll, size) + _of_units(tree, year, roll, size)
    events += _own(tree, campaigns, year, roll)
    events = list({(one.unit.pk, one.title, one.starts_on): one for one in events}.values())
    events.sort(key=lambda one: one.starts_on)
    if refused := save_many(actor, register("event"), events, verb="add"):
        raise RuntimeError(f"events refused: {dict(list(refused.items())[:3])}")
    _sign_up(actor, tree, crew, events, roll)
    _today(actor, tree, crew)
    _shares(actor, tree)


def _today(actor: Actor, tree: Tree, crew: Crew) -> None:
    """An activity of today whose sign-in is open: the branch of the demo's member and its neighbours, about half of them there."""
    roll = dice("sign-in")
    event = Event(unit=tree.root, title="主题展览集中参观", kind=Kind.VISIT, starts_on=actor.today, venue="展览馆一层大厅",
                  content="凭现场二维码签到后入场。", state=State.OPEN)
    write.save(actor, register("event"), event)
    people = [person for branch in tree.branches[:3] for person in crew.members[branch.unit.pk]]
    if refused := save_many(actor, register("signup"), [Signup(unit=p.unit, event=event, person=p) for p in people], verb="add"):
        raise RuntimeError(f"sign-ups refused: {dict(list(refused.items())[:3])}")
    member = crew.members[tree.branches[1].unit.pk][-1]  # has an account, and may try the code
    sheets.sign(sheets.open_sheet(actor, event), event, [p.pk for p in people if p != member and roll.random() < 0.55], today=actor.today,
                actor=sheets.AT_THE_DOOR)


def _shares(actor: Actor, tree: Tree) -> None:
    """The offices stationed outside and the institutions have a share of the year's money each; the units' own activities draw on it."""
    first, last = date(actor.today.year, 1, 1), date(actor.today.year, 12, 31)
    rows = [Allotment(unit=unit, name=f"{actor.today.year}年文体活动经费", starts_on=first, ends_on=last,
                      amount=(2_000_000 if unit.kind == UnitKind.SPECIAL else 3_500_000), paper=f"党委办〔{actor.today.year}〕3号")
            for unit in tree.firsts if unit.kind in (UnitKind.SPECIAL, UnitKind.DIRECT)]
    if refused := save_many(actor, register("allotment"), rows, verb="add"):
        raise RuntimeError(f"allotments refused: {dict(list(refused.items())[:3])}")


def _campaigns(actor: Actor, tree: Tree, size: Size) -> list[Campaign]:
    """Each with stages that part its months evenly."""
    made = []
    for name, first, last, unit, planned, stages in phrases.CAMPAIGNS[: size.campaigns]:
        start = date(actor.today.year, first, 1)
        end = periods.month(date(actor.today.year, last, 1)).last_day
        done = end < actor.today
        row = Campaign(unit=tree.offices[unit], name=name, line=phrases.LINES[unit], starts_on=start, ends_on=end, planned=planned,
                       brief="各单位结合实际安排活动，举办后登记到场人数。", closed_on=end if done else None,
                       closing="各单位按计划完成，记录齐全。" if done else "")
        step = (end - start).days // len(stages)
        spans = [Stage(name=one, starts_on=start + timedelta(days=step * n + (1 if n else 0)),
                       ends_on=start + timedelta(days=step * (n + 1)) if n + 1 < len(stages) else end)
                 for n, one in enumerate(stages)]
        made.append(write.save(actor, register("campaign"), row, lines={"stages": spans}))
    return made


def _of_offices(tree: Tree, campaigns: list[Campaign], year: Year, roll: Random, size: Size) -> list[Event]:
    """Each title of the four offices several times over the year and some time ahead."""
    made = []
    for title, kind, office, spot in phrases.OFFICE_EVENTS:
        for n in range(max(1, size.events // 50)):
            day = _day(year, roll)
            campaign = campaigns[spot] if spot is not None and spot < len(campaigns) else None
            if campaign and not campaign.starts_on <= day <= campaign.ends_on:
                campaign = None
            name = f"{title}（{day.month}月）" if n else title
            made.append(_event(tree.offices[office], name, kind, day, campaign, year, roll))
    return made


def _of_units(tree: Tree, year: Year, roll: Random, size: Size) -> list[Event]:
    made = []
    for _ in range(size.events // 2):
        title, kind = roll.choice(phrases.UNIT_EVENTS)
        made.append(_event(roll.choice(tree.firsts), title, kind, _day(year, roll), None, year, roll))
    return made


def _own(tree: Tree, campaigns: list[Campaign], year: Year, roll: Random) -> list[Event]:
    """What branches do by themselves around the first of July, most but not all of them."""
    july = next((one for one in year.months if one.start.month == 7), year.months[-2])
    june = periods.previous(july)
    made = []
    for one in tree.branches:
        if roll.random() < 0.79:
            month = june if june in year.months and roll.random() < 0.4 else july
            day = year.day(roll, month, 0.5 if month is june else 0.0, 1.0 if month is june else 0.5)
            inside = [c for c in campaigns[1:2] if c.starts_on <= day <= c.ends_on]
            made.append(_event(one.unit, roll.choice(phrases.OWN_EVENTS), Kind.THEME, day,
                               inside[0] if inside else None, year, roll, small=True))
    return made


def _day(year: Year, roll: Random) -> date:
    return year.start + timedelta(days=roll.randrange(364 + AHEAD))


def _event(unit: Unit, title: str, kind: str, day: date, campaign: Campaign | None, year: Year, roll: Random, *,
           small: bool = False) -> Event:
    budget = roll.randrange(2, 12 if small else 60) * 10000
    one = Event(unit=unit, title=title, kind=kind, line=phrases.LINES.get(unit.name, ""), starts_on=day, campaign=campaign, budget=budget,
                venue=roll.choice(phrases.VENUES), content="按备案方案组织，结束后登记人数和支出。")
    if day <= year.today:
        if roll.random() < 0.03:
            one.state, one.note = State.CANCELLED, "与重要会议时间冲突，取消。"
        else:
            one.state, one.head_count = State.HELD, roll.randrange(8, 30) if small else roll.randrange(25, 180)
            one.cost = round(budget * roll.uniform(0.55, 1.0) / 100) * 100
    elif day <= year.today + timedelta(days=30):
        one.state, one.capacity, one.per_unit = State.OPEN, 80, 6
    return one


def _sign_up(actor: Actor, tree: Tree, crew: Crew, events: list[Event], roll: Random) -> None:
    """Names for what is open and for some of what the offices held; the rest was counted by heads."""
    offices = {unit.pk for unit in tree.offices.values()}
    known = [b for b in tree.branches if b.unit.kind != "overseas"]
    listed = [one for one in events if one.unit.pk in offices and one.state == State.HELD]
    chosen = roll.sample(listed, len(listed) // 2) + [one for one in events if one.state == State.OPEN]
    rows: list[Signup] = []
    for event in chosen:
        taken: dict[int, Person] = {}
        for branch in roll.sample(known, min(len(known), roll.randrange(6, 16))):
            for person in roll.sample(crew.members[branch.unit.pk], min(roll.randrange(1, 4), branch.members)):
                taken[person.pk] = person
        people = list(taken.values())[: event.capacity or event.head_count]
        rows += [Signup(unit=p.unit, event=event, person=p, outcome=_outcome(event, roll)) for p in people]
    if refused := save_many(actor, register("signup"), rows, verb="add"):
        raise RuntimeError(f"sign-ups refused: {dict(list(refused.items())[:3])}")


def _outcome(event: Event, roll: Random) -> str:
    if event.state == State.OPEN:
        return Outcome.SIGNED
    return Outcome.CAME if roll.random() < 0.91 else Outcome.AWAY
