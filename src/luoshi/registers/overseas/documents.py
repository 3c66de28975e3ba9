"""The packet of a unit as the file that is sent."""

from typing import Any

from luoshi.engine.actor import Actor, actor_of
from luoshi.engine.packets import contents, page
from luoshi.foundation.sealed import clear

from .models import Packet, told


class Unissued(Exception):
    """There is nobody any more in whose name the packet could come back."""


def packet_file(packet: Packet, actor: Actor) -> bytes:
    """The packet as it stands today. Raises Unissued, or page.Oversized where the papers do not fit."""
    account = packet.account
    if account is None:
        raise Unissued
    issued = actor_of(account, actor.today)
    papers = packet.papers.order_by("pk").values_list("title", "text")
    made = contents.contents(issued, packet.unit, number=packet.number, month=packet.month, until=packet.until or packet.month,
                             note=packet.note, own_papers=papers, told=[_told(one) for one in told(packet)])
    return page.page(made, clear(packet.secret))


def _told(one: Any) -> dict[str, Any]:
    return {"what": one.summary, "state": one.state, "reasons": one.reasons.split("\n") if one.reasons else []}
