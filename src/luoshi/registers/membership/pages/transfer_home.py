"""The block of the first screen: transfers that wait for the reader, and members out of contact."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb

from .away_board import pressing
from .transfer_board import line, waiting

MOST = 6


def block(actor: Actor) -> dict[str, Any] | None:
    """Up to six transfers and six members away, the most pressing first; None where nothing waits for the reader."""
    rows, total, lost = [], 0, 0
    if register("transfer").may(actor, Verb.SEE):
        mine = [one for one in waiting(actor) if one.mine]
        total = len(mine)
        for one in mine[:MOST]:
            shown = line(one)
            note = _("%(way)s · %(day)s 前") % {"way": shown["way"], "day": one.due} if one.due else shown["way"]
            rows.append({"text": f"{shown['name']} · {shown['what']}", "url": shown["url"], "lamp": one.lamp,
                         "word": str(one.word), "note": note})
    if register("away").may(actor, Verb.CHANGE):
        found = pressing(actor)
        lost = len(found)
        rows += [{"text": f"{one['name']} · {one['what']}", "url": one["url"], "lamp": one["lamp"], "word": one["word"],
                  "note": one["note"]} for one in found[:MOST]]
    if not rows:
        return None
    return {"title": _("组织关系和外出党员：待办 %(n)s 项，失联核查 %(lost)s 人") % {"n": total, "lost": lost},
            "template": "membership/transfer_home.html", "rows": rows, "board": reverse("transfer-board"),
            "away": reverse("away-board")}
