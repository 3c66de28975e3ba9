"""Notices, and the receipt of each unit they went to, as stored."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.record import Record

from . import rules

PROBLEMS = {
    "later_than_today": _("日期不能晚于今天，请改为实际日期"),
    "before_sending": _("回复期限不能早于通知日期，请核对"),
    "before_notice": _("日期不能早于通知日期，请核对"),
    "no_reply": _("请填写回复内容"),
    "not_confirmed": _("回复之前先确认收到，请填写确认日期"),
}


class Notice(Record):
    """Written by a unit; `reply_by` is the last day for a reply where one is asked for."""

    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("内容"), max_length=5000, validators=[MaxLengthValidator(5000)])
    sent_on = models.DateField(_("通知日期"))
    reply_by = models.DateField(_("回复期限"), null=True, blank=True)
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", editable=False,
                             verbose_name=_("附件"))

    class Meta:
        verbose_name = _("通知")
        indexes = [models.Index(fields=["-sent_on", "-id"], name="notice_newest")]
        constraints = [models.CheckConstraint(condition=Q(reply_by__isnull=True) | Q(reply_by__gte=F("sent_on")),
                                              name="notice_reply_later", violation_error_message=PROBLEMS["before_sending"])]

    def __str__(self) -> str:
        return self.title

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.notice_problems(sent=self.sent_on, reply_by=self.reply_by, today=today):
            yield field, PROBLEMS[code]


class NoticeReceipt(Record):
    """One unit's receipt; `unit` is the receiver. The two days of the notice are kept on it for counting."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="receipts", verbose_name=_("通知"))
    sent_on = models.DateField(_("通知日期"), editable=False)
    reply_by = models.DateField(_("回复期限"), null=True, blank=True, editable=False)
    confirmed_on = models.DateField(_("确认日期"), null=True, blank=True)
    reply = models.TextField(_("回复"), max_length=2000, blank=True, validators=[MaxLengthValidator(2000)])
    replied_on = models.DateField(_("回复日期"), null=True, blank=True)
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", editable=False,
                             verbose_name=_("附件"))

    class Meta:
        verbose_name = _("通知回执")
        indexes = [models.Index(fields=["sent_on", "place"], name="receipt_sent"),
                   models.Index(fields=["reply_by", "place"], name="receipt_due")]
        constraints = [
            models.UniqueConstraint(fields=["notice", "unit"], condition=Q(withdrawn=False), name="one_receipt_a_unit",
                                    violation_error_message=_("该单位已在通知范围内，请直接查看它的回执")),
            models.CheckConstraint(condition=Q(replied_on__isnull=True) | Q(confirmed_on__isnull=False),
                                   name="replied_is_confirmed", violation_error_message=PROBLEMS["not_confirmed"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{self.notice}"

    def settle(self) -> None:
        super().settle()
        if self.notice_id:
            self.sent_on, self.reply_by = self.notice.sent_on, self.notice.reply_by

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.receipt_problems(sent=self.sent_on, confirmed=self.confirmed_on, replied=self.replied_on,
                                                  reply=self.reply, today=today):
            yield field, PROBLEMS[code]

    def lamp(self, today: date) -> rules.Lamp:
        return rules.lamp(sent=self.sent_on, confirmed=self.confirmed_on, replied=self.replied_on, reply_by=self.reply_by,
                          today=today)
