"""What is counted about transfers and members away: moves out, in and within, receipts in time, lost contact handled."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.indicators import Count, State, Timely

from ..models.transfer import Kind

PERSONS = _("人")

MOVED_OUT = Count("membership.transferred_out", _("组织关系转出本部"), "transfer", "receipt_on", where=Q(kind=Kind.OUT),
                  unit_word=PERSONS)
MOVED_IN = Count("membership.transferred_in", _("组织关系从外部转入"), "transfer", "accepted_on", where=Q(kind=Kind.IN),
                 unit_word=PERSONS)
MOVED_WITHIN = Count("membership.transferred_within", _("本部内组织关系转接"), "transfer", "accepted_on",
                     where=Q(kind=Kind.WITHIN), unit_word=PERSONS)
RECEIPTS = Timely("membership.receipts_on_time", _("组织关系回执按时返回"), "transfer", "receipt_due_on",
                  done=Q(receipt_on__isnull=False) & Q(receipt_on__lte=F("receipt_due_on")),
                  where=Q(refused_on__isnull=True), unit_word=_("份"))
OF_TRANSFERS = (MOVED_OUT, MOVED_IN, MOVED_WITHIN, RECEIPTS)

LOST = State("membership.lost_unhandled", _("失去联系满六个月待处理的党员"), "away", "lost_from",
             where=Q(handled_on__isnull=True, returned_on__isnull=True), unit_word=PERSONS)
HANDLED = Timely("membership.lost_handled", _("失去联系的党员已有处理"), "away", "lost_from",
                 done=Q(handled_on__isnull=False), where=Q(returned_on__isnull=True), unit_word=PERSONS)
OF_AWAY = (LOST, HANDLED)
