"""What is counted about developing members: admitted, converted, reviewed in time, trained, notices with their full period."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.indicators import Count, Portion, State, Timely

from ..models.development import IN_TIME
from ..models.development_notice import FULL_PERIOD

PERSONS = _("人")

DEVELOPED = Count("membership.developed", _("接收预备党员"), "development", "admitted_on",
                  where=Q(approved_on__isnull=False), unit_word=PERSONS, headline=True)
ACTIVISTS = Count("membership.activists", _("确定入党积极分子"), "development", "activist_on", unit_word=PERSONS)
CONVERTED = Count("membership.converted", _("预备党员转正"), "development", "full_on", unit_word=PERSONS)
SCHOOLED = Portion("membership.activists_trained", _("参加培训班的入党积极分子"), "development", "activist_on",
                   done=Q(class_on__isnull=False), unit_word=PERSONS)
# The class of activists is a training of its own; this is the short training before admission (Art. 17).
TRAINED = Portion("membership.trained", _("发展对象集中培训"), "development", "listed_on",
                  done=Q(trained_on__isnull=False), unit_word=PERSONS)
OVERDUE = State("membership.conversions_overdue", _("逾期未讨论转正的预备党员"), "development", "conversion_late_from",
                until="decided_on", unit_word=PERSONS)
OF_DEVELOPMENT = (DEVELOPED, ACTIVISTS, SCHOOLED, CONVERTED, TRAINED, OVERDUE)

ON_TIME = Timely("membership.on_time", _("培养考察按时完成"), "development_review", "due_on", done=IN_TIME,
                 unit_word=_("次"))
OF_REVIEWS = (ON_TIME,)

NOTICED = Portion("membership.noticed", _("公示期满的发展对象公示"), "development_notice", "posted_on", done=FULL_PERIOD,
                  unit_word=_("次"))
OF_NOTICES = (NOTICED,)
