"""Campaigns, activities and sign-ups: filed, opened, held, counted by list or by head-count."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.actor import Actor
from luoshi.engine.columns import headed
from luoshi.engine.register import Register, register
from luoshi.engine.signing.declared import sign_in
from luoshi.foundation.grants import Verb
from luoshi.kernel import money
from luoshi.kernel.moves import Moves

from . import indicators, rules
from .models import Allotment, Campaign, Event, Kind, Signup, State
from .signing import SIGNING


class Campaigns(Register):
    name = "campaign"
    model = Campaign
    entry = "activities"
    columns = ("name", "line", "unit", "starts_on", "ends_on", "planned", "closed_on")
    filters = ("unit", "line", "starts_on", "closed_on")
    form = ("unit", "name", "line", "starts_on", "ends_on", "planned", "brief", "closed_on", "closing")
    lines = {"stages": ("name", "starts_on", "ends_on", "brief")}
    key = ("unit", "name")
    search = ("name",)
    order = ("-starts_on", "-id")
    actions = {_("查看活动进度"): "campaign-progress"}
    sample = {"starts_on": lambda _unit, actor: actor.today, "ends_on": lambda _unit, actor: actor.today, "planned": 6,
              "closed_on": None, "line": ""}


class Events(Register):
    name = "event"
    model = Event
    entry = "activities"
    columns = ("title", "kind", "line", "unit", "starts_on", "state", "head_count", "cost")
    filters = ("unit", "kind", "line", "state", "starts_on", "campaign")
    form = ("unit", "campaign", "title", "kind", "line", "starts_on", "ends_on", "venue", "content", "capacity", "per_unit",
            "budget", "head_count", "cost", "note")
    key = ("unit", "title", "starts_on")
    search = ("title", "venue")
    order = ("-starts_on", "-id")
    moves = Moves(states=dict(State.choices), allowed=rules.MOVES, start=rules.FILED,
                  ends=frozenset({rules.HELD, rules.CANCELLED}))
    indicators = indicators.OF_EVENTS
    actions = {_("报名"): "event-signup", _("登记到场"): ("event-attendance", Verb.CHANGE)}
    sample = {"kind": Kind.VISIT, "line": "", "ends_on": None, "campaign": None, "capacity": None,
              "per_unit": None, "budget": 120000, "head_count": 24, "cost": 98050, "state": State.HELD}

    @headed(_("预算（元）"), align="right")
    def budget(self, budget: int | None) -> str:
        return "" if budget is None else money.show(budget)

    @headed(_("支出（元）"), align="right")
    def cost(self, cost: int | None) -> str:
        return "" if cost is None else money.show(cost)

    def reach(self, actor: Actor, verb: Verb) -> Q:
        """One's own, and what is open to all: an activity that takes sign-ups is an invitation to every unit."""
        own = super().reach(actor, verb)
        invited = verb == Verb.SEE and not actor.system and self.may(actor, verb)
        return own | Q(state=State.OPEN) if invited else own


class Allotments(Register):
    name = "allotment"
    model = Allotment
    entry = "activities"
    columns = ("name", "unit", "line", "starts_on", "ends_on", "amount", "paper")
    filters = ("unit", "line", "starts_on")
    form = ("unit", "name", "line", "starts_on", "ends_on", "amount", "paper")
    key = ("unit", "name", "starts_on")
    search = ("name", "paper")
    order = ("-starts_on", "place", "id")
    indicators = indicators.OF_ALLOTMENTS
    sample = {"starts_on": lambda _unit, actor: actor.today.replace(month=1, day=1), "amount": 500000, "line": "",
              "ends_on": lambda _unit, actor: actor.today.replace(month=12, day=31)}

    @headed(_("额度（元）"), align="right")
    def amount(self, amount: int | None) -> str:
        return "" if amount is None else money.show(amount)


class Signups(Register):
    """Made and ended on the sign-up page of an activity, marked on its attendance page."""

    name = "signup"
    model = Signup
    entry = "activities"
    columns = ("person", "event", "unit", "event__starts_on", "outcome")
    filters = ("unit", "event", "person", "outcome", "event__starts_on")
    key = ("event", "person")
    search = ("person__name", "person__search", "event__title")
    indicators = indicators.OF_SIGNUPS
    sample = {"outcome": rules.SIGNED, "event": lambda unit, actor: samples.saved(
        register("event"), unit, actor, state=State.OPEN, head_count=None, cost=None)}


sign_in("event", SIGNING)
