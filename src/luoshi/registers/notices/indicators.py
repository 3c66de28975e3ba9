"""What is counted about notices: how many went out, which units confirmed, who replied in time."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.indicators import Count, Portion, Timely

SENT = Count("notices.sent", _("发出的通知"), "notice", "sent_on", unit_word=_("件"))
CONFIRMED = Portion("notices.confirmed", _("确认收到通知的单位"), "notice_receipt", "sent_on",
                    done=Q(confirmed_on__isnull=False), unit_word=_("个单位"))
REPLIED = Timely("notices.replied", _("按期回复的通知"), "notice_receipt", "reply_by", done=Q(replied_on__lte=F("reply_by")),
                 where=Q(reply_by__isnull=False), unit_word=_("件"))
