"""Calls for study results and the entries of units."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.columns import headed
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb
from luoshi.kernel.moves import Moves

from .. import indicators
from ..documents import booklet
from ..models import Entry, Exchange, ExchangeState

STEPS = frozenset({("draft", "open"), ("open", "closed"), ("closed", "open")})


class Exchanges(Register):
    name = "exchange"
    model = Exchange
    entry = "activities"
    line = "party"
    columns = ("name", "kind", "unit", "deadline", "state", "held_on", "attendance")
    filters = ("unit", "kind", "state", "deadline", "held_on")
    form = ("unit", "name", "kind", "called_on", "deadline", "per_unit", "requirements", "held_on", "venue", "programme",
            "attendance")
    key = ("unit", "name")
    search = ("name",)
    order = ("-called_on", "-id")
    moves = Moves(states=dict(ExchangeState.choices), allowed=STEPS, start=ExchangeState.DRAFT.value, ends=frozenset())
    actions = {_("成果和未提交单位"): "exchange-board"}
    indicators = (indicators.EXCHANGES,)
    documents = (Document("booklet", _("成果汇编"), booklet),)
    sample = {"called_on": lambda _unit, actor: actor.today, "deadline": lambda _unit, actor: actor.today, "per_unit": None,
              "held_on": None, "attendance": None}

    def reach(self, actor: Actor, verb: Verb) -> Q:
        """One's own, and every call that takes entries: it invites all units."""
        own = super().reach(actor, verb)
        invited = verb == Verb.SEE and not actor.system and self.may(actor, verb)
        return own | Q(state=ExchangeState.OPEN) if invited else own


class Entries(Register):
    name = "exchange_entry"
    model = Entry
    line = "party"
    columns = ("title", "exchange", "unit", "author", "received_on", "reading", "attached")
    filters = ("unit", "exchange", "reading", "received_on")
    form = ("unit", "exchange", "title", "author", "received_on", "abstract", "reading", "reason")
    key = ("exchange", "unit", "title")
    search = ("title", "author")
    order = ("-received_on", "-id")
    indicators = (indicators.ENTRIES, indicators.ACCEPTED, indicators.ENTERED)
    actions = {_("上传附件"): ("study-entry-file", Verb.CHANGE)}
    sample = {"received_on": lambda _unit, actor: actor.today, "reading": "waiting",
              "exchange": lambda unit, actor: samples.saved(
                  register("exchange"), unit, system_actor(actor.today), state=ExchangeState.OPEN)}

    @headed(_("附件"))
    def attached(self, file__name: str | None) -> str:
        return file__name or ""
