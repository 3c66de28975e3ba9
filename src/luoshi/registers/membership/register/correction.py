"""Requests of persons to have their own file corrected."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.actor import Actor
from luoshi.engine.columns import headed
from luoshi.engine.register import Register
from luoshi.foundation.grants import Verb
from luoshi.kernel.moves import Moves

from ..indicators import correction as indicators
from ..models.correction import ACCEPTED, ASKED, MOVES, REFUSED, Correction, State, item


class Corrections(Register):
    name = "correction"
    model = Correction
    entry = "organisation"
    columns = ("person", "item", "unit", "asked_on", "state", "answered_on")
    filters = ("unit", "state", "asked_on")
    search = ("person__name", "person__search")
    order = ("-asked_on", "-id")
    moves = Moves(states=dict(State.choices), allowed=MOVES, start=ASKED, ends=frozenset({ACCEPTED, REFUSED}))
    indicators = indicators.OF_CORRECTIONS
    actions = {_("核对"): ("correction-decide", Verb.CHANGE)}
    sample = {"person": lambda unit, _actor: samples.person(unit), "field": "education", "proposed": "21",
              "asked_on": lambda _unit, actor: actor.today, "state": ASKED}

    @headed(_("项目"))
    def item(self, field: str) -> str:
        return item(field)

    def reach(self, actor: Actor, verb: Verb) -> Q:
        """Those of one's units, and one's own."""
        own = super().reach(actor, verb)
        person = actor.account.person_id if actor.account else None
        return own if person is None or verb > Verb.SEE else own | Q(person=person)

    def require_row(self, actor: Actor, verb: Verb, row: Any) -> None:
        """Everybody may ask for a correction of their own file."""
        own = actor.account is not None and actor.account.person_id == row.person_id
        if verb == Verb.ADD and own:
            return
        super().require_row(actor, verb, row)
