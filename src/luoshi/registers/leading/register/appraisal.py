"""Democratic appraisals of branches."""

from django.utils.translation import gettext_lazy as _

from luoshi.engine.papers import Document
from luoshi.engine.register import Register

from .. import duties, indicators
from ..documents import appraisal as documents
from ..models import Appraisal
from .years import SampleYears

YEARS = SampleYears()


class Appraisals(Register):
    name = "appraisal"
    model = Appraisal
    entry = "activities"
    line = "party"
    columns = ("unit", "year", "held_on", "members", "took_part", "excellent", "qualified", "basic", "unqualified")
    filters = ("unit", "year", "held_on", "together")
    form = ("unit", "year", "held_on", "together", "members", "took_part", "excellent", "qualified", "basic", "unqualified", "reason",
            "follow_up")
    lines = {"named": ("person",)}
    key = ("unit", "year")
    search = ("unit__name",)
    order = ("-held_on", "-id")
    indicators = indicators.OF_APPRAISAL
    duties = (duties.APPRAISAL,)
    documents = (Document("result", _("评议结果"), documents.result, in_handbook=True),)
    actions = {_("步骤、比例和组织生活会"): "appraisal-page"}
    sample = {"year": YEARS.next, "held_on": YEARS.day, "members": 30, "took_part": 28, "excellent": 1, "qualified": 25, "basic": 1,
              "unqualified": 1, "reason": ""}
