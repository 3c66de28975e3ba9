"""What a union owes its members: a review of its money by its audit committee in each year."""

from django.utils.translation import gettext_lazy as _

from luoshi.engine.audience import Audience
from luoshi.engine.duties import Duty
from luoshi.foundation.units import Body, System

from .rules.audit import ARTICLE

AUDITED = Audience(bodies=(Body.AUDIT,), system=System.UNION)
AUDIT = Duty("organization.audit", _("经费审查"), ARTICLE, "audit", every="year", who=AUDITED, on="reviewed_on", confidence="custom")
