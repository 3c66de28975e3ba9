"""What the plan counts of itself: the clauses of higher documents that something answers."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.indicators import Count, Portion

from .models import ALIVE

COVERED = Q(measure__state__in=ALIVE) | ~Q(rule_title="")

CLAUSES = Count("clauses.received", _("上级文件条款"), "clause", "received_on", unit_word=_("条"))
ANSWERED = Portion("clauses.covered", _("已有措施或制度的条款"), "clause", "received_on", done=COVERED, unit_word=_("条"))

OF_CLAUSES = (CLAUSES, ANSWERED)
