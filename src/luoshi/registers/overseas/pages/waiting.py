"""On the first screen: one's own packet, for those who have one; contacts that are due, for those who make them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import home
from luoshi.engine.actor import Actor
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb

from .. import rules
from ..models import PacketState

SHOWN = 6


def block(actor: Actor) -> dict[str, Any] | None:
    """For those of a branch, their valid packet of the newest month."""
    one = register("packet")
    own = actor.account.person_id if actor.account else None
    if actor.system or not own or not one.may(actor, Verb.CHANGE):
        return None
    found = one.rows(actor, Verb.CHANGE).filter(person=own, state=PacketState.VALID, until__gte=actor.today).order_by("-month").first()
    if found is None:
        return None
    rows = [{"what": _("下载 %(month)s 离线包") % {"month": f"{found.month:%Y-%m}"}, "note": "",
             "url": reverse("packet-download", args=[found.pk])},
            {"what": _("上传回传包"), "note": "", "url": reverse("packet-upload")}]
    return {"title": _("离线包"), "template": "overseas/waiting.html", "rows": rows}


def contacts(actor: Actor) -> dict[str, Any] | None:
    """Contacts that are due within days or overdue, for the person named."""
    own = actor.account.person_id if actor.account else None
    if actor.system or not own or not register("contact").may(actor, Verb.CHANGE):
        return None
    rows = register("contact").rows(actor, Verb.CHANGE).filter(
        person=own, done_on__isnull=True, planned_on__lte=actor.today + rules.SOON).select_related("unit")
    found = [{"what": f"{row.unit.name}：{row.matter}", "note": row.planned_on.isoformat(),
              "url": reverse("edit", args=["contact", row.pk])} for row in rows.order_by("planned_on", "id")[:SHOWN]]
    return {"title": _("驻外联络"), "template": "overseas/waiting.html", "rows": found} if found else None


home.later.append(block)
home.later.append(contacts)
