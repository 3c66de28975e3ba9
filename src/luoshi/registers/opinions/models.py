"""Messages to those who run the product, and their answers, as stored."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

from . import rules

PROBLEMS = {
    "empty": _("请写明遇到的问题或建议"),
    "later_than_today": _("日期不能晚于今天，请改为实际日期"),
    "no_answer": _("请填写答复内容"),
    "no_day": _("请在“答复”页面答复，答复日期自动记录"),
    "before_receipt": _("答复日期不能早于收到日期，请核对"),
}


class Topic(models.TextChoices):
    FUNCTION = "function", _("功能问题")
    DATA = "data", _("数据问题")
    SUGGESTION = "suggestion", _("使用建议")
    OTHER = "other", _("其他")


class State(models.TextChoices):
    RECEIVED = rules.RECEIVED, _("待办理")
    ASSIGNED = rules.ASSIGNED, _("办理中")
    ANSWERED = rules.ANSWERED, _("已答复")


class Feedback(Record):
    """A message about the product; `unit` is the sender's, `sender` the account where it was sent from a page."""

    topic = models.CharField(_("类别"), max_length=12, choices=Topic, default=Topic.SUGGESTION)
    text = models.TextField(_("内容"), max_length=1000)
    page = models.CharField(_("所在页面"), max_length=200, blank=True)
    sender = models.ForeignKey("foundation.Account", models.PROTECT, null=True, blank=True, related_name="+",
                               editable=False, verbose_name=_("提交人"))
    received_on = models.DateField(_("收到日期"))
    due = models.DateField(_("答复期限"), editable=False)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.RECEIVED, editable=False)
    handler = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
                                verbose_name=_("经办人"))
    answer = models.TextField(_("答复"), max_length=2000, blank=True, editable=False)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("意见建议")
        indexes = [models.Index(fields=["-received_on", "-id"], name="feedback_newest"),
                   models.Index(fields=["due", "place"], name="feedback_due"),
                   models.Index(fields=["sender", "-id"], name="feedback_sender")]
        constraints = [
            models.CheckConstraint(condition=~Q(state=rules.ANSWERED) | Q(answered_on__isnull=False),
                                   name="answered_feedback_has_day", violation_error_message=PROBLEMS["no_day"]),
            models.CheckConstraint(condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
                                   name="feedback_answered_later", violation_error_message=PROBLEMS["before_receipt"]),
        ]

    def __str__(self) -> str:
        return self.text[:30]

    def settle(self) -> None:
        super().settle()
        if isinstance(self.received_on, date):
            self.due = rules.answer_due(received=self.received_on)

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.problems(text=self.text, received=self.received_on, answered=self.answered_on,
                                          answer=self.answer, state=self.state, today=today):
            yield field, PROBLEMS[code]

    def lamp(self, today: date) -> rules.State:
        return rules.lamp(due=self.due, answered=self.answered_on, today=today)
