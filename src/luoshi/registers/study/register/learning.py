"""Campaigns for learning branches, the checks of branches, and the visits of review."""

from typing import Any

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
from ..documents import naming_list
from ..models import Check, LearningCampaign, Review
from ..models.learning import CampaignState

STEPS = frozenset({("draft", "open"), ("open", "closed"), ("closed", "open")})


def campaign_of(unit: Any, actor: Actor) -> Any:
    """A campaign for a sample."""
    return samples.saved(register("learning"), unit, system_actor(actor.today))


class Campaigns(Register):
    name = "learning"
    model = LearningCampaign
    entry = "activities"
    line = "party"
    columns = ("name", "unit", "starts_on", "ends_on", "state")
    filters = ("unit", "state", "starts_on")
    form = ("unit", "name", "starts_on", "ends_on", "brief")
    lines = {"criteria": ("text", "measure", "need", "threshold")}
    key = ("unit", "name")
    search = ("name",)
    order = ("-starts_on", "-id")
    moves = Moves(states=dict(CampaignState.choices), allowed=STEPS, start=CampaignState.DRAFT.value, ends=frozenset())
    actions = {_("支部自查"): "learning-check", _("创建情况"): "learning-board"}
    documents = (Document("naming", _("命名名单"), naming_list),)
    sample = {"starts_on": lambda _unit, actor: actor.today, "ends_on": lambda _unit, actor: actor.today}

    def reach(self, actor: Actor, verb: Verb) -> Q:
        """One's own, and every campaign under way: it asks all branches to check themselves."""
        own = super().reach(actor, verb)
        invited = verb == Verb.SEE and not actor.system and self.may(actor, verb)
        return own | Q(state=CampaignState.OPEN) if invited else own


class Checks(Register):
    """Made on the check page of a campaign, out of the branch's own records."""

    name = "learning_check"
    model = Check
    line = "party"
    columns = ("unit", "campaign", "checked_on", "counted", "meets")
    filters = ("unit", "campaign", "meets", "checked_on")
    key = ("unit", "campaign")
    search = ("unit__name",)
    order = ("place", "id")
    indicators = (indicators.MEETS, indicators.CHECKED)
    sample = {"campaign": campaign_of, "checked_on": lambda _unit, actor: actor.today}

    @headed(_("达到标准"), align="right")
    def counted(self, reached: int, criteria: int) -> str:
        return f"{reached}/{criteria}"


class Reviews(Register):
    name = "learning_review"
    model = Review
    line = "party"
    columns = ("unit", "campaign", "visited_on", "visitor", "result", "confirmed")
    filters = ("unit", "campaign", "visited_on", "confirmed")
    form = ("unit", "campaign", "visited_on", "visitor", "result", "findings", "confirmed")
    key = ("unit", "campaign", "visited_on")
    search = ("unit__name", "result")
    order = ("-visited_on", "-id")
    indicators = (indicators.REVIEWED,)
    sample = {"campaign": campaign_of}
