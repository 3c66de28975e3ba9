"""What a branch owes in study by the unit's own rule: at least one session each quarter.

The frequency is the house's own (no article fixes it); the timetable of a branch asks for more.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.audience import Audience
from luoshi.engine.duties import Duty
from luoshi.foundation.units import Body

REGULAR = Duty("study.quarterly", _("集中学习"), _("本单位学习制度"), "study", every="quarter", on="held_on",
               who=Audience(bodies=(Body.BRANCH,)), where=Q(held_on__isnull=False), confidence="custom", page="study-record")
DUTIES = (REGULAR,)
