"""What is counted about corrections: how many were asked for, and how many have an answer."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.indicators import Count, Portion

ASKED = Count("membership.corrections", _("更正申请"), "correction", "asked_on", unit_word=_("件"))
ANSWERED = Portion("membership.corrected", _("已核对的更正申请"), "correction", "asked_on",
                   done=Q(answered_on__isnull=False), unit_word=_("件"))

OF_CORRECTIONS = (ASKED, ANSWERED)
