"""A year of organisation life: most of it in time, some branches behind, absences with their reasons, votes that carry."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from random import Random

from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.register import register
from luoshi.engine.roll import Reason
from luoshi.foundation.people import Person
from luoshi.foundation.units import Unit
from luoshi.kernel import periods
from luoshi.registers.meetings import rules
from luoshi.registers.meetings.models import Absence, Meeting, Vote

from . import phrases
from .days import Year
from .people import Crew, full
from .units import Branch, Tree, dice


@dataclass(slots=True)
class Minutes:
    """A meeting with those who were absent and what was voted on."""

    meeting: Meeting
    absences: list[Absence] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)


def build(actor: Actor, tree: Tree, crew: Crew) -> None:
    roll, year = dice("meetings"), Year(actor.today)
    kept = [one for branch in (*tree.branches, *tree.temporary) for one in _of_branch(branch, tree, crew, year, roll)]
    kept += list(_of_leaders(tree, crew, year, roll))
    kept.sort(key=lambda one: one.meeting.held_on or actor.today)
    lines = {i: {"absences": one.absences, "votes": one.votes} for i, one in enumerate(kept)}
    if refused := save_many(actor, register("meeting"), [one.meeting for one in kept], lines=lines, verb="add"):
        raise RuntimeError(f"meetings refused: {dict(list(refused.items())[:3])}")


def _of_branch(one: Branch, tree: Tree, crew: Crew, year: Year, roll: Random) -> Iterator[Minutes]:
    """What the branch owes, less what it missed. The second branch is the demo's example: one thing late, the rest due."""
    example = len(tree.branches) > 1 and one is tree.branches[1]
    for kind, unit, day in _wanted(one, crew, year, roll):
        if not year.inside(day) or not _stood(one.unit, day):
            continue
        if example:
            if _left_open(kind, day, year):
                continue
        elif roll.random() > one.reliability:
            continue
        yield _minutes(kind, unit, day, crew, roll)


def _left_open(kind: str, day: date, year: Year) -> bool:
    """Last month's theme day is missing; of this month only the committee has met, so the desk has work to show."""
    if kind == rules.THEME_DAY and periods.month(day) == periods.previous(periods.month(year.today)):
        return True
    return day >= periods.month(year.today).start and kind != rules.COMMITTEE


def _stood(unit: Unit, day: date) -> bool:
    return unit.since <= day and (unit.until is None or day < unit.until)


def _wanted(one: Branch, crew: Crew, year: Year, roll: Random) -> Iterator[tuple[str, Unit, date]]:
    """(kind, unit, day) of everything the branch would hold in the year."""
    large = len(crew.members[one.unit.pk]) >= rules.COMMITTEE_FROM
    for month in year.months:
        if large:
            yield rules.COMMITTEE, one.unit, year.day(roll, month, 0.0, 0.65)
        yield rules.THEME_DAY, one.unit, year.day(roll, month, 0.3, 1.0)
        for group in one.groups:
            yield rules.GROUP, group, year.day(roll, month, 0.1, 1.0)
        if month.start.month == 12 or (month.start.month == 11 and roll.random() < 0.1):
            yield rules.LIFE, one.unit, year.day(roll, month, 0.2, 0.9)
    for quarter in year.quarters:
        yield rules.MEMBERS, one.unit, year.day_in(roll, quarter)
        yield rules.LECTURE, one.unit, year.day_in(roll, quarter)


def _of_leaders(tree: Tree, crew: Crew, year: Year, roll: Random) -> Iterator[Minutes]:
    """Lectures by secretaries above the branches and by leading officials, each in the unit where the post is held."""
    for unit in (tree.root, *tree.firsts, *tree.generals):
        for person in {p.pk: p for p in (crew.secretary[unit.pk], *crew.officials.get(unit.pk, ()))}.values():
            day = year.day(roll, roll.choice(year.months[1:]), 0.0, 1.0)
            if year.inside(day) and roll.random() < 0.88:
                yield _lecture(unit, person, day, crew, roll)


def _lecture(unit: Unit, lecturer: Person, day: date, crew: Crew, roll: Random) -> Minutes:
    expected = roll.randrange(30, 120)
    return Minutes(Meeting(
        unit=unit, kind=rules.LECTURE, held_on=day, starts=time(9, 30), venue=phrases.VENUES[3],
        topic=roll.choice(phrases.LECTURE_TOPICS), lecturer=lecturer, expected=expected,
        present=expected - roll.randrange(0, 6)))


def _minutes(kind: str, unit: Unit, day: date, crew: Crew, roll: Random) -> Minutes:
    called = crew.committee[unit.pk] if kind == rules.COMMITTEE else crew.members[unit.pk]
    called = [p for p in called if p.joined is None or p.joined <= day] or called[:1]
    away = _away(kind, called, roll)
    topic, theme = _topic(kind, day, roll)
    held = Meeting(
        unit=unit, kind=kind, held_on=day, starts=time(roll.choice((9, 14, 15)), roll.choice((0, 30))),
        venue=roll.choice(phrases.VENUES), topic=topic, theme=theme, chair=_chair(kind, unit, crew, roll, called),
        expected=len(called), present=len(called) - len(away), discussion=roll.choice(phrases.DISCUSSION),
        decisions=roll.choice(phrases.DECISIONS) if kind in (rules.COMMITTEE, rules.MEMBERS) else "")
    if kind == rules.LECTURE:
        _give_lecture(held, unit, crew, roll)
    found = Minutes(held, [Absence(person=p, reason=_reason(roll)) for p in away])
    if kind == rules.MEMBERS and topic in phrases.VOTES:
        found.votes.append(_vote(topic, unit, day, crew, len(away), roll))
    return found


def _chair(kind: str, unit: Unit, crew: Crew, roll: Random, called: list[Person]) -> Person:
    """The secretary convenes (branch regulation Art. 14); a group is led by one of its own."""
    return crew.secretary.get(unit.pk) or called[0]


def _give_lecture(held: Meeting, unit: Unit, crew: Crew, roll: Random) -> None:
    if roll.random() < 0.12:
        held.guest = roll.choice(phrases.GUESTS)
    else:
        held.lecturer = crew.secretary[unit.pk] if roll.random() < 0.6 else roll.choice(crew.committee[unit.pk])


def _away(kind: str, called: list[Person], roll: Random) -> list[Person]:
    """Those who could not come; a committee seldom fails to reach one half."""
    share = roll.triangular(0.0, 0.25, 0.07)
    away = [p for p in called if roll.random() < share]
    if kind == rules.COMMITTEE and 2 * (len(called) - len(away)) < len(called) and roll.random() < 0.9:
        away = away[:1]
    return away


def _reason(roll: Random) -> str:
    reasons = (Reason.LEAVE, Reason.TRAVEL, Reason.SICK, Reason.OTHER)
    return str(roll.choices(reasons, weights=(45, 38, 12, 5))[0].value)


def _topic(kind: str, day: date, roll: Random) -> tuple[str, str]:
    theme = phrases.THEMES[day.month]
    if kind == rules.THEME_DAY:
        return roll.choice(phrases.THEME_TOPICS).format(theme=theme), theme
    topics = {rules.COMMITTEE: phrases.COMMITTEE_TOPICS, rules.MEMBERS: phrases.MEMBERS_TOPICS,
              rules.GROUP: phrases.GROUP_TOPICS, rules.LECTURE: phrases.LECTURE_TOPICS, rules.LIFE: phrases.LIFE_TOPICS}
    return roll.choice(topics[kind]), theme if roll.random() < 0.15 else ""


def _vote(topic: str, unit: Unit, day: date, crew: Crew, away: int, roll: Random) -> Vote:
    subject, matter = phrases.VOTES[topic]
    entitled = len(full(crew, unit, day))
    present = max(entitled - away, entitled // 2 + 1) if entitled else 0
    no = roll.randrange(0, 2) if present > 8 else 0
    abstain = roll.randrange(0, 2) if present > 8 else 0
    return Vote(subject=subject, matter=matter, entitled=entitled, present=present, yes=present - no - abstain, no=no,
                abstain=abstain)
