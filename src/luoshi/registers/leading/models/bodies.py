"""Which units have a leading body or hold appraisals: one list for what is owed and for what is counted."""

from luoshi.engine.audience import Audience
from luoshi.foundation.units import Body

BODIES = Audience(bodies=(Body.COMMITTEE,))
BRANCHES = Audience(bodies=(Body.BRANCH,), temporary=False)
LED = Audience(bodies=(Body.COMMITTEE, Body.GENERAL, Body.BRANCH, Body.OFFICE))
