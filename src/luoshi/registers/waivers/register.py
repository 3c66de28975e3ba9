"""Waivers: asked by the unit that owes, decided by a unit above it, never by itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.engine.actor import Actor
from luoshi.engine.duties import waiving
from luoshi.engine.register import Register
from luoshi.foundation.grants import Verb

from . import indicators
from .forms import may_decide
from .models import State, Waiver, granted


class _Months:
    """Each sample takes another month: a duty is waived once a period."""

    def __init__(self) -> None:
        self.taken = 0

    def of(self, actor: Actor) -> str:
        self.taken += 1
        return f"{actor.today.year - self.taken // 12 % 20}-{self.taken % 12 + 1:02d}"


_months = _Months()


class Waivers(Register):
    name = "waiver"
    model = Waiver
    entry = "activities"
    columns = ("unit", "duty", "period", "cause", "why", "asked_on", "state", "decided_by", "decided_on")
    filters = ("unit", "duty", "period", "state", "cause", "asked_on")
    form = ("unit", "duty", "period", "cause", "why", "document", "asked_on")
    key = ("unit", "duty", "period")
    search = ("why", "document")
    order = ("-asked_on", "-id")
    indicators = indicators.OF_WAIVERS
    actions = {_("审批"): "waiver-decide"}
    sample = {"duty": "life.theme_day", "state": State.ASKED, "asked_on": lambda _unit, actor: actor.today,
              "period": lambda _unit, actor: _months.of(actor)}

    def require_row(self, actor: Actor, verb: Verb, row: Any) -> None:
        """What was decided, or is being decided, belongs to the unit above."""
        if verb > Verb.SEE and row.state != State.ASKED and not may_decide(actor, row):
            self.require(actor, Verb.MANAGE, "")  # says which right is missing
        super().require_row(actor, verb, row)

    def may_row(self, actor: Actor, verb: Verb, row: Any) -> bool:
        if verb > Verb.SEE and row.state != State.ASKED and not may_decide(actor, row):
            return False
        return super().may_row(actor, verb, row)


waiving.append(granted)
