"""What is overdue or falls due in developing members: on the first screen, and in the agenda."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import agenda
from luoshi.engine.actor import Actor
from luoshi.engine.agenda import MOST as MOST_DAYS
from luoshi.engine.agenda import Entry
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit

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


def reviewing(actor: Actor, seats: list[Unit], first: date, last: date) -> Iterator[Entry]:
    """Half-yearly reviews that fall due at the reader's own units; of whom stays on their page."""
    rows = register("development_review").rows(actor).filter(unit__in=seats, due_on__range=(first, last), held_on__isnull=True)
    for row in rows.select_related("unit").order_by("due_on", "id")[:MOST_DAYS]:
        yield Entry(row.due_on, _("%(unit)s：%(kind)s到期") % {"unit": row.unit, "kind": row.get_kind_display()},
                    reverse("development-review", args=[row.pk]), f"review-{row.pk}")


agenda.sources.append(reviewing)
