"""Messages about the product: anyone sends one, the office answers by a day."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.actor import Actor
from luoshi.engine.columns import headed
from luoshi.engine.register import Register
from luoshi.foundation.grants import Verb
from luoshi.kernel.moves import Moves

from . import indicators, rules
from .models import Feedback, State

SHOWN = 40  # characters of an answer in a list


class Feedbacks(Register):
    name = "feedback"
    model = Feedback
    entry = "publish"
    columns = ("text", "topic", "unit", "received_on", "due", "state", "handler", "answered_on", "reply")
    filters = ("unit", "topic", "state", "due", "received_on")
    form = ("unit", "received_on", "topic", "page", "text")
    key = ("unit", "received_on", "text")
    search = ("text", "answer")
    order = ("-received_on", "-id")
    moves = Moves(states=dict(State.choices), allowed=rules.MOVES, start=rules.RECEIVED,
                  ends=frozenset({rules.ANSWERED}))
    indicators = indicators.OF_FEEDBACK
    actions = {_("办理与答复"): ("feedback-answer", Verb.CHANGE)}
    sample = {"received_on": lambda _unit, actor: actor.today, "state": State.RECEIVED}

    @headed(_("答复"))
    def reply(self, answer: str) -> str:
        return answer if len(answer) <= SHOWN else answer[:SHOWN] + "…"

    def reach(self, actor: Actor, verb: Verb) -> Q:
        """Those of one's units, and what one has sent oneself."""
        own = super().reach(actor, verb)
        return own if actor.id is None or verb > Verb.SEE else own | Q(sender=actor.id)

    def require_row(self, actor: Actor, verb: Verb, row: Any) -> None:
        """Whoever is signed in may send a message in their own name."""
        if verb == Verb.ADD and actor.id is not None and row.sender_id == actor.id:
            return
        super().require_row(actor, verb, row)
