"""The demo's roles: one account each, without a password, entered by one click on the sign-in page."""

from datetime import date

from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import EVERY, Grant, Line, Verb
from luoshi.foundation.people import Person
from luoshi.foundation.units import Kind, Unit

from .forests import Forests
from .people import Crew
from .units import Tree

Rights = tuple[tuple[str, Verb], ...]
EVENTS = ("event", "campaign", "signup")
SENSITIVE = ("democratic_life", "life_statement", "rectification")  # opened by name only, and by no grant above


def build(tree: Tree, crew: Crew, beside: Forests, today: date) -> None:
    example, overseas = tree.branches[1], next(b for b in tree.branches if b.unit.kind == Kind.OVERSEAS)
    direct = next(one for one in tree.firsts if one.kind == Kind.DIRECT)
    cadre, leader = crew.cadres[0], crew.secretary[tree.root.pk]
    manage = ((EVERY, Verb.MANAGE),)
    everything = ((EVERY, Verb.SEE),)
    events = tuple((name, Verb.MANAGE) for name in EVENTS)
    ours = example.unit
    _account("office", "机关党委办公室干事", cadre, tree.root, manage, today)
    _account("leader", "领导（只读）", leader, tree.root, everything, today)
    _account("secretary", "支部书记", crew.secretary[ours.pk], ours, manage, today)
    _account("abroad", "驻外支部书记", crew.secretary[overseas.unit.pk], overseas.unit, manage, today)
    _account("direct", "直属单位党委干事", crew.secretary[direct.pk], direct, manage, today)
    _account("union", "工会干事", crew.cadres[1], beside.union, manage, today)
    _account("youth", "青年干事", crew.cadres[2], beside.league, manage, today)
    for login, line in (("union", Line.UNION), ("youth", Line.YOUTH)):
        _grant(login, tree.root, everything, today)
        _grant(login, tree.root, events, today, line)
    for login, unit in (("office", tree.root), ("direct", direct)):
        _grant(login, unit, tuple((name, Verb.MANAGE) for name in SENSITIVE), today)
    _account("member", "普通党员", crew.members[ours.pk][-1], ours, everything, today)


def _account(login: str, role: str, person: Person, home: Unit, rights: Rights, today: date) -> None:
    """An account with its grants on its home."""
    Account.objects.create_user(login, None, label=person.name, role=role, person=person, home=home, demo=True)
    _grant(login, home, rights, today)


def _grant(login: str, unit: Unit, rights: Rights, today: date, line: str = "") -> None:
    """More grants, of one line of work where it is named."""
    account = Account.objects.get(login=login)
    for register, verb in rights:
        Grant.objects.create(account=account, unit=unit, register=register, verb=verb, line=line, since=today)
