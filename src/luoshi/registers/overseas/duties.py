"""What posts owe: a sign each quarter. The frequency is the house's own (no article fixes it)."""

from django.utils.translation import gettext_lazy as _

from luoshi.engine.audience import Audience
from luoshi.engine.duties import Duty
from luoshi.foundation.units import Body, Kind

POSTS = Audience(bodies=(Body.BRANCH,), kinds=(Kind.OVERSEAS,))

REPORT = Duty("overseas.report", _("按季报送"), _("本单位驻外党建工作制度"), "post_report", every="quarter", on="reported_on",
              who=POSTS, confidence="custom", page="packet-upload")
