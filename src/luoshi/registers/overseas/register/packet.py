"""Packets, out and back."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.columns import headed
from luoshi.engine.packets.carried import stay
from luoshi.engine.register import Register
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import Verb
from luoshi.kernel.moves import Moves

from .. import indicators
from ..models import Packet, PacketState


def _person(unit: Any, _actor: Any) -> Any:
    """Somebody of the unit with an account, as a packet needs."""
    one = samples.person(unit)
    Account.objects.create_user(f"packet-{one.number}", None, label=one.name, person=one, home=unit)
    return one


class Packets(Register):
    name = "packet"
    model = Packet
    entry = "organisation"
    line = "party"
    columns = ("number", "unit", "person", "month", "until", "state", "returned_on", "results")
    filters = ("unit", "state", "month", "returned_on")
    form = ("unit", "person", "month", "until", "note")
    lines = {"papers": ("title", "text")}
    search = ("number", "unit__name")
    order = ("-month", "-id")
    moves = Moves(states=dict(PacketState.choices), allowed=frozenset({("valid", "revoked")}),
                  start=PacketState.VALID.value, ends=frozenset({PacketState.REVOKED.value}))
    actions = {_("下载离线包"): ("packet-download", Verb.CHANGE), _("上传回传包"): ("packet-return", Verb.CHANGE),
               _("受理情况"): "packet-items"}
    announces = ("overseas.packet_kept",)
    indicators = (indicators.ISSUED, indicators.RETURNED)
    sample = {"person": _person, "month": lambda _unit, actor: actor.today, "until": None}

    @headed(_("受理/未受理"), align="right")
    def results(self, taken: int, refused: int) -> str:
        return f"{taken}/{refused}"


stay("packet")
