"""The block of the first screen: the measures a reader's units answer for, the pressing ones first."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb

from . import progress, rules
from .models import MeasureState, PlanState

MOST = 8


def block(actor: Actor) -> dict[str, Any] | None:
    """Up to eight measures of issued plans that are not done; None where the reader has no measure."""
    door = register("measure")
    if not door.may(actor, Verb.SEE):
        return None
    rows = door.rows(actor).filter(state=MeasureState.ACCEPTED, plan__state=PlanState.ISSUED)
    found = list(progress.with_parts(rows).order_by("due", "id"))
    if not found:
        return None
    counted = progress.of_measures(found, actor.today)
    waiting = [one for one in found if counted[one.pk].lamp.state != "done"]
    waiting.sort(key=lambda one: -rules.ORDER[counted[one.pk].lamp.state])
    return {
        "title": _("要点措施"), "template": "plan/home_block.html", "rows": [{
            "text": f"{one.number} {one.wording}".strip(), "url": reverse("plan:measure", args=[one.pk]),
            "lamp": progress.icon(counted[one.pk].lamp), "word": counted[one.pk].words,
            "note": " · ".join(filter(None, (one.owner.name if one.owner else "", str(one.due or ""),
                                             counted[one.pk].figures)))} for one in waiting[:MOST]],
    }
