"""What the rules make leading bodies and branches owe: study each quarter, a plan, a democratic-life meeting and an appraisal each year."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.duties import Duty

from .models.bodies import BODIES, BRANCHES
from .models.centre import COUNTS
from .models.life import VALID
from .models.life import Kind as LifeKind
from .rules import centre

CENTRE_QUARTER = Duty(
    "leading.centre_quarter", _("中心组集体学习研讨"), "党委（党组）理论学习中心组学习规则", "centre_session", every="quarter",
    who=BODIES, where=COUNTS & Q(form__in=centre.COLLECTIVE), confidence="likely", page="centre-record")
CENTRE_PLAN = Duty(
    "leading.centre_plan", _("中心组年度学习计划"), "党委（党组）理论学习中心组学习规则", "centre_plan", every="year",
    who=BODIES, on="adopted_on")
LIFE = Duty(
    "leading.life", _("民主生活会"), "县以上党和国家机关党员领导干部民主生活会若干规定", "democratic_life", every="year", who=BODIES,
    where=VALID & Q(kind=LifeKind.ANNUAL), fill={"kind": LifeKind.ANNUAL.value})
APPRAISAL = Duty(
    "leading.appraisal", _("民主评议党员"), "支部工作条例 第十八条", "appraisal", every="year", who=BRANCHES)
