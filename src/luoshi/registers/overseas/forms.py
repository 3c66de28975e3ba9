"""A packet back: found by its number, verified, tried for the preview, and taken in."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.engine import write
from luoshi.engine.actor import Actor, actor_of, now
from luoshi.engine.packets import contents, taking, wire
from luoshi.engine.packets.taking import Outcome, Sent
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.sealed import Unopened, clear
from luoshi.kernel import zones

from . import rules
from .models import Item, Packet, PacketState, Result

REFUSALS = {
    "unreadable": _("没有找到完整的回传包。请重新复制全部文字，或上传原来的文件"),
    "unknown": _("没有找到这个包号的离线包。它不是本系统签发的，或者属于您不负责的单位，请与发送人核对包号"),
    "altered": _("回传包的签名不符，内容在途中被改动或没有复制完整。请联系发送人重新发送文件"),
    "revoked": _("这个离线包已作废，不再受理。请签发新的离线包"),
    "expired": _("这个离线包已过有效期。确需受理的，请先在离线包中延长有效期"),
    "no_account": _("签发对象的账号已停用，不能以其名义受理。请为现任人员签发新的离线包"),
    "not_ours": _("回传包不是由签发的原件生成的，原件内容可能被改动过。请重新发送离线包"),
}
AGAIN = 3  # two uploads at once: the packet is read anew and noted again


class Refused(Exception):
    """The packet as a whole is not accepted; str() is the sentence that says why and what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(str(REFUSALS[code]))
        self.code = code


@dataclass(frozen=True, slots=True)
class Opened:
    """A packet back that was verified, with the one it answers and the account it is taken in for."""

    packet: Packet
    issued: Actor
    envelope: wire.Envelope
    records: list[Sent]


def opened(text: str, actor: Actor) -> Opened:
    """Verify a packet back for somebody who may change packets there. Raises Refused."""
    try:
        envelope = wire.read(text)
    except wire.Unaccepted as error:
        raise Refused(error.code) from error
    packet = register("packet").rows(actor, Verb.CHANGE).filter(number=envelope.number).select_related("unit", "person").first()
    if packet is None:
        raise Refused("unknown")
    content, broken = _content(envelope, packet)
    account = packet.account
    code = broken or rules.refusal(
        known=True, intact=True, revoked=packet.state == PacketState.REVOKED, until=packet.until or packet.month,
        active=account is not None and account.home_id == packet.unit_id, today=actor.today,
        genuine=isinstance(content, dict) and contents.genuine(str(content.get("base")), str(content.get("sign")),
                                                               clear(packet.secret)))
    if code or account is None:
        raise Refused(code or "no_account")
    try:
        records = taking.parsed(content)
    except wire.Unaccepted as error:
        raise Refused(error.code) from error
    # A post ahead of Beijing has a new day first: what it held today must not be refused as tomorrow's.
    today = zones.latest_day(actor.today, packet.unit.zone, now())
    return Opened(packet, actor_of(account, today), envelope, records)


def _content(envelope: wire.Envelope, packet: Packet) -> tuple[Any, str]:
    """(the content, "") or (None, why it cannot be opened)."""
    try:
        return wire.opened(envelope, clear(packet.secret)), ""
    except wire.Unaccepted as error:
        return None, error.code
    except Unopened:
        return None, "altered"


def preview(found: Opened) -> list[Outcome]:
    """What would become of each record; nothing is kept."""
    return taking.tried(found.issued, found.packet.unit, found.records)


def take(found: Opened, actor: Actor) -> list[Outcome]:
    """Take the records in and note what became of them; the same packet once more changes nothing."""
    packet = found.packet
    reason = str(_("离线包 %(number)s，%(name)s上传") % {"number": packet.number, "name": actor.name})

    def note(one: Outcome) -> None:
        write.add_part(_item(found, one, Result.TAKEN))

    outcomes = taking.take(found.issued, packet.unit, found.records, reason=reason, after=note)
    for _turn in range(AGAIN):
        try:
            _note(found, outcomes, actor)
            break
        except write.Conflict:
            continue
    return outcomes


def _note(found: Opened, outcomes: list[Outcome], actor: Actor) -> None:
    """Keep on the packet itself that it came back, and the refusals that are new; nothing where nothing is new."""
    packet = Packet.objects.select_related("unit", "person").get(pk=found.packet.pk)
    known = set(packet.items.filter(state=Result.REFUSED).values_list("key", "mark"))
    refused = [one for one in outcomes if one.state == "refused" and (one.sent.key, one.sent.mark) not in known]
    new = [one for one in outcomes if one.state == "new"]
    if not refused and not new and packet.returned_on is not None:
        return
    packet.returned_on = actor.today
    packet.taken = packet.items.filter(state=Result.TAKEN).count()
    packet.refused += len(refused)

    def add() -> None:
        for one in refused:
            write.add_part(_item(found, one, Result.REFUSED))

    write.save(actor, register("packet"), packet, verb="return", extra=add)


def _item(found: Opened, one: Outcome, state: Result) -> Item:
    return Item(packet=found.packet, key=one.sent.key, mark=one.sent.mark, sequence=found.envelope.sequence,
                register=one.sent.register, summary=f"{one.label} {one.summary}"[:200], state=state,
                reasons="\n".join(one.reasons), row=one.row, on=found.issued.today)


def differs(found: Opened, outcomes: list[Outcome]) -> set[str]:
    """Keys of records that were taken in before and now say something else: those stay as they were taken."""
    taken = dict(found.packet.items.filter(state=Result.TAKEN).values_list("key", "mark"))
    return {one.sent.key for one in outcomes
            if one.state == "taken" and taken.get(one.sent.key, one.sent.mark) != one.sent.mark}
