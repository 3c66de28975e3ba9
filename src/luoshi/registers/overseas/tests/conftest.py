"""A post abroad with people, a secretary with an account, a packet, and what a browser would send back."""

from datetime import date
from types import SimpleNamespace

import pytest

from luoshi.engine import samples, write
from luoshi.engine.actor import actor_of
from luoshi.engine.packets import contents, wire
from luoshi.engine.register import register
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import EVERY, Grant, Verb
from luoshi.foundation.people import Position, Post
from luoshi.foundation.sealed import clear
from luoshi.registers.overseas.models import Packet
from tests.conftest import actor, client_of, grant, house, system

__all__ = ["actor", "client_of", "grant", "house", "post", "system"]


@pytest.fixture
def post(system, house) -> SimpleNamespace:
    unit = samples.unit(system, "驻甲地办事处党支部", parent=house.above, kind="overseas", zone="America/Lima")
    people = []
    for n in range(6):
        one = samples.person(unit)
        for name in [Post.MEMBER, Post.SECRETARY][: 2 if n == 0 else 1]:
            position = Position(unit=unit, person=one, post=name, since=date(2020, 1, 1))
            position.settle()
            position.save()
        people.append(one)
    account = Account.objects.create_user("abroad", None, label="驻外书记", person=people[0], home=unit)
    Grant.objects.create(account=account, unit=unit, register=EVERY, verb=Verb.MANAGE, since=date(2020, 1, 1))
    office = grant_office(house.root)
    secretary = actor_of(account, system.today)
    packet = write.save(secretary, register("packet"), Packet(unit=unit, person=people[0], month=system.today))
    return SimpleNamespace(unit=unit, people=people, account=account, secretary=secretary, packet=packet, office=office,
                           office_actor=actor_of(office, system.today), back=lambda *records, **more: back(packet, *records, **more))


def grant_office(root) -> Account:
    account = Account.objects.create_user("office", None, label="办公室", home=root)
    Grant.objects.create(account=account, unit=root, register=EVERY, verb=Verb.MANAGE, since=date(2020, 1, 1))
    return account


def meeting(key: str = "a" * 32, **values: str) -> dict:
    """A record as the page sends it."""
    filled = {"kind": "members", "held_on": "2026-11-20", "topic": "讨论年度计划", "expected": "6", **values}
    return {"key": key, "register": "meeting", "values": {k: v for k, v in filled.items() if v}, "lines": {}}


def back(packet: Packet, *records: dict, sequence: int = 1, secret: str = "", deflated: bool = False) -> str:
    """What the page would make of these records."""
    own = clear(Packet.objects.get(pk=packet.pk).secret)
    _text, sign = contents.signed({"any": "content"}, own)
    base = wire.fingerprint(_text)
    return wire.packed({"base": base, "sign": sign, "made": "2026-11-21T00:00:00Z", "records": list(records)},
                       number=packet.number, sequence=sequence, secret=secret or own, deflated=deflated)
