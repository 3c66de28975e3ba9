"""The demo's roles: one account each, without a password, entered by one click on the sign-in page."""

from datetime import date

from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import EVERY, Grant, Line, Verb
from luoshi.foundation.people import Person
from luoshi.foundation.units import Kind, Unit

from .people import Crew
from .units import Tree

Rights = tuple[tuple[str, Verb], ...]
EVENTS = ("event", "campaign", "signup")


def build(tree: Tree, crew: Crew, today: date) -> None:
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
    _account("union", "工会干事", crew.cadres[1], tree.root, everything, today, (Line.UNION, events))
    _account("youth", "青年干事", crew.cadres[2], tree.root, everything, today, (Line.YOUTH, events))
    _account("member", "普通党员", crew.members[ours.pk][-1], ours, everything, today)


def _account(login: str, role: str, person: Person, home: Unit, rights: Rights, today: date,
             own: tuple[str, Rights] = ("", ())) -> None:
    """An account with its grants; `own` are those for one line of work."""
    account = Account.objects.create_user(login, None, label=person.name, role=role, person=person, home=home, demo=True)
    for line, some in (("", rights), own):
        for register, verb in some:
            Grant.objects.create(account=account, unit=home, register=register, verb=verb, line=line, since=today)
