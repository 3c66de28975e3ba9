"""What is counted about messages: how many came, and how many were answered in time."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.indicators import Count, Timely

RECEIVED = Count("opinions.received", _("收到的意见建议"), "feedback", "received_on", unit_word=_("条"))
ANSWERED = Timely("opinions.answered", _("按期答复的意见建议"), "feedback", "due", done=Q(answered_on__lte=F("due")),
                  unit_word=_("条"))

OF_FEEDBACK = (RECEIVED, ANSWERED)
