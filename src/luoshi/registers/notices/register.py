"""Notices to units, and what came back."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.columns import headed
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit

from . import documents, indicators
from .models import Notice, NoticeReceipt


def fresh_notice(unit: Unit, actor: Actor) -> Notice:
    """A new notice of a unit, for samples: each unit has one receipt of a notice."""
    made: Notice = samples.saved(register("notice"), unit, system_actor(actor.today), sent_on=actor.today)
    return made


class Notices(Register):
    name = "notice"
    model = Notice
    entry = "publish"
    columns = ("title", "unit", "sent_on", "reply_by", "attached")
    filters = ("unit", "sent_on", "reply_by")
    form = ("unit", "title", "text", "sent_on", "reply_by")
    key = ("unit", "sent_on", "title")
    search = ("title", "text")
    order = ("-sent_on", "-id")
    announces = ("notices.written",)
    indicators = (indicators.SENT,)
    documents = (Document("receipts", _("回执情况"), documents.receipts),)
    actions = {_("发送到单位"): ("notice-send", Verb.CHANGE), _("回执情况"): "notice-receipts",
               _("上传附件"): ("notice-file", Verb.CHANGE)}
    sample = {"sent_on": lambda _unit, actor: actor.today}

    @headed(_("附件"))
    def attached(self, file__name: str | None) -> str:
        return file__name or ""

    def reach(self, actor: Actor, verb: Verb) -> Q:
        """Those of one's units, and for reading those that went to them."""
        own = super().reach(actor, verb)
        if actor.system or verb > Verb.SEE:
            return own
        received = NoticeReceipt.objects.filter(register("notice_receipt").reach(actor, verb), withdrawn=False)
        return own | Q(pk__in=received.values("notice"))


class Receipts(Register):
    """The receiving unit sees its own, the sender those of all units below it."""

    name = "notice_receipt"
    model = NoticeReceipt
    entry = "publish"
    columns = ("notice", "unit", "sent_on", "reply_by", "confirmed_on", "replied_on", "answer", "attached")
    filters = ("unit", "notice", "sent_on", "confirmed_on")
    form = ("notice", "unit", "confirmed_on", "reply", "replied_on")
    key = ("notice", "unit")
    search = ("notice__title", "reply")
    order = ("-sent_on", "-id")
    indicators = (indicators.CONFIRMED, indicators.REPLIED)
    actions = {_("确认和回复"): ("notice-answer", Verb.CHANGE), _("上传附件"): ("notice-reply-file", Verb.CHANGE)}
    sample = {"notice": fresh_notice, "confirmed_on": None, "reply": "", "replied_on": None}

    def base(self) -> QuerySet[Any]:
        """Of notices that stand."""
        return super().base().filter(notice__withdrawn=False)

    @headed(_("回复"))
    def answer(self, reply: str) -> str:
        return reply if len(reply) <= 40 else reply[:40] + "…"

    @headed(_("附件"))
    def attached(self, file__name: str | None) -> str:
        return file__name or ""
