"""What is counted about posts abroad: which reported, which were called in time, whose terms were handed over."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.audience import Audience
from luoshi.engine.indicators import Count, Coverage, Portion, Timely
from luoshi.foundation.units import Body, Kind

POSTS = Audience(bodies=(Body.BRANCH,), kinds=(Kind.OVERSEAS,))

REPORTING = Coverage("overseas.reporting", _("按季报送的驻外支部"), "post_report", "reported_on", should=POSTS)
ISSUED = Count("overseas.packets", _("签发的离线包"), "packet", "month", unit_word=_("个"))
RETURNED = Portion("overseas.packets_returned", _("已回传的离线包"), "packet", "month", done=Q(returned_on__isnull=False))
CONTACTED = Timely("overseas.contacted", _("按计划联络驻外单位"), "contact", "planned_on", done=Q(done_on__lte=F("planned_on")))
HANDED = Timely("overseas.handed_over", _("按期交接的派驻轮换"), "rotation", "until", done=Q(handed_on__lte=F("until")))
