"""Transfers of membership over the year in every state, and members away: in contact, to be searched for, decided about."""

from datetime import date, timedelta
from itertools import count, cycle
from random import Random
from typing import Any

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.people import COMMITTEE_POSTS, MEMBER_POSTS, Person, Position, Post, held
from luoshi.kernel.periods import add_months
from luoshi.registers.membership.models import Away, Contact, Decision, Transfer

from . import names
from .people import Crew
from .units import Branch, Tree, dice

# One round of transfers; as many arrive from outside as leave, so that the ministry keeps its size.
ROUND = (
    ("within", "done"), ("within", "issued"), ("within", "accepted"), ("out", "done"), ("in", "done"), ("within", "drafted"),
    ("within", "refused"), ("within", "expired"), ("within", "done"), ("out", "issued"), ("in", "issued"), ("out", "drafted"),
    ("within", "closing"), ("within", "late"), ("out", "done"), ("in", "accepted"), ("out", "late"), ("within", "done"),
    ("in", "done"), ("out", "done"), ("within", "issued"))
OUTSIDE = ("远海市市级机关工委", "云川省委组织部", "临江市某区委组织部", "平原大学党委", "东岭集团党委")
CAUSES = ("work", "work", "work", "study", "home", "retired")
STAYS = ("fixed", "fixed", "not_fixed", "private", "study", "not_fixed")
PLACES = {"fixed": ("云川市", "临江市", "东岭市"), "not_fixed": ("各地项目工地", "沿海各市"), "private": ("东南亚", "欧洲"),
          "study": ("北美", "欧洲", "大洋洲")}


def build(actor: Actor, tree: Tree, crew: Crew) -> None:
    roll = dice("transfer")
    rounds = max(1, round(sum(one.members for one in tree.branches) / 2000))
    able = _able(actor, tree, crew, roll)
    _transfers(actor, tree, able, rounds, roll)
    _away(actor, able, 15 * rounds, roll)


def _able(actor: Actor, tree: Tree, crew: Crew, roll: Random) -> list[tuple[Branch, Person]]:
    """Full members of long standing without another post, few of each branch, in the order of the dice."""
    busy = set(Position.objects.filter(held(actor.today), post__in=(*COMMITTEE_POSTS, Post.GROUP_LEADER, Post.CADRE, Post.OFFICIAL))
               .values_list("person", flat=True))
    busy |= set(Position.objects.filter(held(actor.today), post__in=MEMBER_POSTS, unit__temporary=True)
                .values_list("person", flat=True))
    busy |= {crew.members[one.unit.pk][-1].pk for one in tree.branches}
    long_ago, found = add_months(actor.today, -36), []
    for one in tree.branches:
        if one.unit.since < long_ago and one.members >= 9:
            its = [p for p in crew.members[one.unit.pk] if p.pk not in busy and p.joined and p.joined < long_ago]
            found += [(one, person) for person in roll.sample(its, min(len(its), max(1, one.members // 3)))]
    roll.shuffle(found)
    return found


def _transfers(actor: Actor, tree: Tree, able: list[tuple[Branch, Person]], rounds: int, roll: Random) -> None:
    """The first round is addressed to the example branch, so that its secretary has something to accept."""
    number, example = count(1), tree.branches[1]
    others = cycle(roll.sample(tree.branches, len(tree.branches)))
    strangers = names.people(dice("newcomers"))
    for n in range(rounds):
        for kind, how in ROUND:
            to = example if n == 0 and how in ("issued", "accepted") else next(others)
            days = _days(how, actor.today, roll)
            if kind == "in":
                serial = next(number)
                row = Transfer(unit=to.unit, kind="in", newcomer=next(strangers), newcomer_number=f"R{serial:05d}",
                               joined=add_months(actor.today, -12 * roll.randrange(4, 25)), outside=roll.choice(OUTSIDE),
                               letter_no=f"外转第{serial + 300}号")
                days["issued_on"] = days["drafted_on"] - timedelta(days=4)
            else:
                branch, person = _next(able, to)
                row = Transfer(unit=branch.unit, kind=kind, person=person)
                row.receiver, row.outside = (to.unit, "") if kind == "within" else (None, roll.choice(OUTSIDE))
                if "issued_on" in days:
                    row.letter_no = f"组转〔{days['issued_on'].year}〕{next(number)}号"
            if kind == "out":
                days = {name: day for name, day in days.items() if name not in ("presented_on", "accepted_on")}
            for name, value in {**days, "cause": roll.choice(CAUSES)}.items():
                setattr(row, name, value)
            _keep(actor, row)


def _next(able: list[tuple[Branch, Person]], to: Branch) -> tuple[Branch, Person]:
    """Somebody of another branch than the one that receives."""
    at = next(i for i in range(len(able) - 1, -1, -1) if able[i][0] is not to)
    return able.pop(at)


def _days(how: str, today: date, roll: Random) -> dict[str, Any]:
    """The dates of a transfer that stands as `how` says."""
    ago = {"done": roll.randrange(50, 330), "accepted": roll.randrange(18, 24), "late": roll.randrange(60, 80),
           "issued": roll.randrange(6, 14), "closing": 29, "expired": roll.randrange(40, 55), "refused": roll.randrange(15, 25),
           "drafted": roll.randrange(1, 6)}[how]
    start = today - timedelta(days=ago)
    found: dict[str, Any] = {"drafted_on": start}
    if how == "drafted":
        return found
    found["issued_on"] = start + timedelta(days=2)
    if how == "refused":
        found |= {"refused_on": start + timedelta(days=9), "refusal": "介绍信所写支部名称与现用名称不一致"}
    if how in ("done", "accepted", "late"):
        found["presented_on"] = start + timedelta(days=8)
        found["accepted_on"] = start + timedelta(days=11)
    if how == "done":
        found["receipt_on"] = start + timedelta(days=roll.choice((15, 18, 20, 20, 34)))
    return found


def _keep(actor: Actor, row: Transfer) -> None:
    """Store it; a newcomer becomes a person with the acceptance, as on the page."""
    if row.accepted_on and row.person is None:
        row.person = write.save(actor, register("person"), Person(unit=row.unit, name=row.newcomer, number=row.newcomer_number,
                                                                  joined=row.joined))
    write.save(actor, register("transfer"), row)


def _away(actor: Actor, able: list[tuple[Branch, Person]], wanted: int, roll: Random) -> None:
    """Most are in contact; a few are to be searched for, one in fifteen may have to be decided about."""
    today = actor.today
    for n in range(min(wanted, len(able))):
        branch, person = able.pop()
        where = STAYS[n % len(STAYS)]
        since = today - timedelta(days=roll.randrange(240, 700))
        silent = {3: 120, 5: 150, 8: 205, 11: 900}.get(n % 15, roll.randrange(3, 60))
        if n % 15 == 11:
            since = today - timedelta(days=1100)
        if n % 15 == 4:
            where, since = "study", add_months(today, -63)
        row = Away(unit=branch.unit, person=person, since=since, where=where, destination=roll.choice(PLACES[where]),
                   contact=_contact(branch, actor), until=today + timedelta(days=200) if n % 4 == 0 else None,
                   card_number=f"LD{1000 + n}" if where == "not_fixed" else "",
                   returned_on=today - timedelta(days=20) if n % 15 == 13 else None)
        days = [today - timedelta(days=silent + 45 * k) for k in range(4)]
        contacts = [Contact(held_on=day, means=roll.choice(("call", "video", "text"))) for day in reversed(days) if day >= since]
        row.last_contact_on = max((one.held_on for one in contacts), default=None)
        _keep_away(actor, row, contacts, suspended=n % 15 == 11)


def _contact(branch: Branch, actor: Actor) -> Person | None:
    """The secretary of the branch."""
    found = Position.objects.filter(held(actor.today), unit=branch.unit, post=Post.SECRETARY).select_related("person").first()
    return found.person if found else None


def _keep_away(actor: Actor, row: Away, contacts: list[Contact], *, suspended: bool) -> None:
    """Store it with its contacts; one whose suspension is more than two years old is proposed for a decision."""
    write.save(actor, register("away"), row, lines={"contacts": contacts})
    if suspended:
        day = actor.today - timedelta(days=735)
        row.last_contact_on, row.suspended_on, row.suspended_lost = row.since, day, True
        made = Decision(away=row, decision="suspend", decided_on=day, paper=f"远党组〔{day.year}〕{row.pk % 90 + 1}号")
        write.save(actor, register("away"), row, lines={"contacts": []}, extra=lambda: write.add_part(made))
