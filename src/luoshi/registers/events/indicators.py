"""What is counted about activities: how many, for how many people, at what cost, and which units took part."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.audience import Audience
from luoshi.engine.indicators import Amount, Count, Coverage
from luoshi.foundation.units import Body
from luoshi.foundation.units import Kind as UnitKind

from .models import Kind, Outcome, State

TOOK_PLACE = Q(state=State.HELD)
BRANCHES = Audience(bodies=(Body.BRANCH,))

FILED = Count("events.filed", _("已备案活动"), "event", "starts_on", where=~Q(state=State.CANCELLED))
HELD = Count("events.held", _("已举办活动"), "event", "starts_on", where=TOOK_PLACE, headline=True)
HELD_BY_KIND = tuple(Count(f"events.{kind.value}", kind.label, "event", "starts_on", where=TOOK_PLACE & Q(kind=kind))
                     for kind in Kind)
IN_CAMPAIGNS = Count("events.in_campaign", _("系列活动中已举办的活动"), "event", "starts_on",
                     where=TOOK_PLACE & ~Q(campaign=None))
PEOPLE = Amount("events.people", _("活动参加人次"), "event", "starts_on", "head_count", where=TOOK_PLACE,
                unit_word=_("人次"))
COST = Amount("events.cost", _("活动支出"), "event", "starts_on", "cost", where=TOOK_PLACE)
COVERED = Coverage("events.covered", _("自主开展活动的支部"), "event", "starts_on", should=BRANCHES, where=TOOK_PLACE)
CAME = Count("events.came", _("报名并到场人次"), "signup", "event__starts_on", where=Q(outcome=Outcome.CAME),
             unit_word=_("人次"))
TOOK_PART = Coverage("events.took_part", _("有人参加活动的支部"), "signup", "event__starts_on", should=BRANCHES,
                     where=Q(outcome=Outcome.CAME))

BY_UNIT_KIND = tuple(
    Coverage(f"events.covered_{kind.value}", kind.label, "event", "starts_on", where=TOOK_PLACE,
             should=Audience(bodies=(Body.BRANCH,), kinds=(kind,))) for kind in UnitKind)
ALLOTTED = Amount("events.allotted", _("活动经费额度"), "allotment", "starts_on", "amount")
OF_ALLOTMENTS = (ALLOTTED,)
OF_EVENTS = (FILED, HELD, *HELD_BY_KIND, IN_CAMPAIGNS, PEOPLE, COST, COVERED, *BY_UNIT_KIND)
OF_SIGNUPS = (CAME, TOOK_PART)
