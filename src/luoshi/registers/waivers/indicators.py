"""What is counted: how often units asked to be let off, and how often they were."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.indicators import Count, Portion

from .models import State

ASKED = Count("waivers.asked", _("职责免除申请"), "waiver", "asked_on", unit_word=_("项"))
GRANTED = Portion("waivers.granted", _("同意免除的职责"), "waiver", "asked_on", done=Q(state=State.GRANTED), unit_word=_("项"))
OF_WAIVERS = (ASKED, GRANTED)
