"""The block of the first screen: what is overdue or falls due within thirty days in developing members."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb

from ..models.development_words import STEPS
from ..rules import development as rules
from .development_board import LAMPS, open_cases

MOST = 8


def block(actor: Actor) -> dict[str, Any] | None:
    """Up to eight steps, the earliest due first; None where the reader has no case or nothing presses."""
    if not register("development").may(actor, Verb.SEE):
        return None
    found = [(one.due, case, one) for case, marks in open_cases(actor)
             for one in rules.pressing(marks=marks, today=actor.today)]
    if not found:
        return None
    found.sort(key=lambda one: (one[0], one[1].pk))
    rows = []
    for due, case, one in found[:MOST]:
        lamp, word = LAMPS[one.state]
        rows.append({"text": f"{case.person.name} · {STEPS[one.code]}", "lamp": lamp, "word": str(word),
                     "url": reverse("development-timeline", args=[case.pk]),
                     "note": _("%(unit)s · 应于 %(day)s 前") % {"unit": case.unit.name, "day": due}})
    return {"title": _("发展党员：逾期和 30 天内到期 %(n)s 项") % {"n": len(found)},
            "template": "membership/development_home.html", "rows": rows}
