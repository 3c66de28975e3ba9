"""Contacts with posts, and which of them reported in a quarter."""

from datetime import timedelta
from itertools import count

from django.utils.translation import gettext_lazy as _

from luoshi.engine import handover
from luoshi.engine.actor import Actor
from luoshi.engine.handover import Block, Open
from luoshi.engine.register import Register, register
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit

from .. import indicators
from ..duties import REPORT
from ..models import Contact, PostReport

_quarters = count()  # samples report in different quarters


class Contacts(Register):
    name = "contact"
    model = Contact
    entry = "organisation"
    line = "party"
    columns = ("matter", "unit", "planned_on", "person", "way", "done_on")
    filters = ("unit", "planned_on", "done_on", "way", "person")
    form = ("unit", "planned_on", "person", "way", "matter", "done_on", "result")
    key = ("unit", "planned_on", "matter")
    search = ("matter", "unit__name")
    order = ("-planned_on", "-id")
    announces = ("overseas.contact_kept",)
    indicators = (indicators.CONTACTED,)
    sample = {"done_on": None, "person": None}


class PostReports(Register):
    """Follows from records, packets and contacts; nobody types it."""

    name = "post_report"
    model = PostReport
    line = "party"
    columns = ("unit", "quarter", "reported_on", "way")
    filters = ("unit", "reported_on", "way")
    search = ("unit__name",)
    order = ("-reported_on", "-id")
    indicators = (indicators.REPORTING,)
    duties = (REPORT,)
    sample = {"quarter": lambda _unit, actor: actor.today - timedelta(days=92 * next(_quarters)),
              "reported_on": lambda _unit, actor: actor.today}


def open_contacts(actor: Actor, unit: Unit) -> Block | None:
    """Contacts that are planned and not made, for a hand-over."""
    rows = register("contact").rows(actor).filter(within((unit.place,)), done_on__isnull=True).select_related("unit")
    return str(_("未完成的驻外联络")), [Open(f"{one.unit}：{one.matter}", one.planned_on.isoformat())
                                   for one in rows.order_by("planned_on", "id")[: handover.MOST + 1]]


handover.blocks.append(open_contacts)
