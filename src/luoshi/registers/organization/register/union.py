"""Reviews of a union's money."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.engine.papers import Document
from luoshi.engine.register import Register

from .. import documents, duties, indicators
from ..models import Audit


class Audits(Register):
    """Kept by the audit committee of a union; the union reviewed stands above it."""

    name = "audit"
    model = Audit
    entry = "organisation"
    columns = ("title", "unit", "since", "until", "reviewed_on")
    filters = ("unit", "reviewed_on")
    form = ("unit", "title", "since", "until", "reviewed_on", "result")
    lines = {"findings": ("text", "due", "closed_on", "how")}
    key = ("unit", "since", "title")
    search = ("title", "unit__name")
    order = ("-reviewed_on", "-id")
    indicators = indicators.OF_AUDITS
    duties = (duties.AUDIT,)
    documents = (Document("report", _("经费审查报告"), documents.audit_report, in_handbook=True),)
    sample = {"since": lambda _unit, actor: actor.today - timedelta(days=90),
              "until": lambda _unit, actor: actor.today - timedelta(days=2), "reviewed_on": lambda _unit, actor: actor.today}
