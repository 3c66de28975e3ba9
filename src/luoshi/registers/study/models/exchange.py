"""Exchanges of study results: the call, the meeting, and the entries of units."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.record import Record

from .. import rules
from .words import PROBLEMS


class ExchangeKind(models.TextChoices):
    RESULTS = "results", _("学习成果交流活动")
    LEARNING = "learning", _("学习型党组织成果交流")


class ExchangeState(models.TextChoices):
    DRAFT = "draft", _("拟订中")
    OPEN = "open", _("征集中")
    CLOSED = "closed", _("征集结束")


class Exchange(Record):
    """A call for entries, and the meeting at which they are exchanged; the unit holds it."""

    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=12, choices=ExchangeKind, default=ExchangeKind.RESULTS)
    called_on = models.DateField(_("征集日期"))
    deadline = models.DateField(_("截止日期"))
    per_unit = models.PositiveIntegerField(_("每单位限额（篇）"), null=True, blank=True, help_text=_("不限的可以不填"))
    requirements = models.TextField(_("征集要求"), blank=True)
    held_on = models.DateField(_("交流会日期"), null=True, blank=True)
    venue = models.CharField(_("地点"), max_length=120, blank=True)
    programme = models.TextField(_("会议议程"), blank=True, help_text=_("一行一项"))
    attendance = models.PositiveIntegerField(_("参加人数"), null=True, blank=True, help_text=_("举办之后填写"))
    state = models.CharField(_("状态"), max_length=8, choices=ExchangeState, default=ExchangeState.DRAFT, editable=False)

    class Meta:
        verbose_name = _("成果交流")
        indexes = [models.Index(fields=["-called_on", "-id"], name="exchange_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], condition=Q(withdrawn=False), name="one_exchange_a_name",
                                    violation_error_message=_("本单位已有同名的成果交流，请更换名称")),
            models.CheckConstraint(condition=Q(deadline__gte=F("called_on")), name="exchange_deadline_later",
                                   violation_error_message=PROBLEMS["deadline_before_call"]),
        ]

    def __str__(self) -> str:
        return self.name

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.exchange_problems(called_on=self.called_on, deadline=self.deadline, today=today,
                                                   held_on=self.held_on, attendance=self.attendance):
            yield field, PROBLEMS[code]


class Reading(models.TextChoices):
    """What became of an entry when it was read; it says nothing about its author."""

    WAITING = "waiting", _("待审读")
    ACCEPTED = "accepted", _("采用")
    DECLINED = "declined", _("未采用")


class Entry(Record):
    """A text handed in for an exchange; the unit is the one that hands it in."""

    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="entries", verbose_name=_("成果交流"))
    title = models.CharField(_("题目"), max_length=160)
    author = models.CharField(_("作者"), max_length=60)
    received_on = models.DateField(_("提交日期"))
    abstract = models.TextField(_("内容提要或全文"), max_length=20000, blank=True, help_text=_("收入汇编的内容，可以粘贴全文"))
    reading = models.CharField(_("审读结果"), max_length=8, choices=Reading, default=Reading.WAITING)
    reason = models.CharField(_("未采用理由"), max_length=200, blank=True)
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", editable=False,
                             verbose_name=_("附件"))

    class Meta:
        verbose_name = _("交流成果")
        indexes = [models.Index(fields=["-received_on", "-id"], name="entry_newest"),
                   models.Index(fields=["exchange", "reading", "place"], name="entry_of_exchange")]
        constraints = [
            models.UniqueConstraint(fields=["exchange", "unit", "title"], condition=Q(withdrawn=False),
                                    name="handed_in_once",
                                    violation_error_message=_("本单位已提交过同题成果，请查找后修改")),
        ]

    def __str__(self) -> str:
        return self.title

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        call = self.exchange
        others = Entry.objects.filter(exchange=call, unit=self.unit_id, withdrawn=False).exclude(pk=self.pk).count() \
            if call.per_unit else 0
        for field, code in rules.entry_problems(
                open_=call.state == ExchangeState.OPEN, received_on=self.received_on, deadline=call.deadline,
                per_unit=call.per_unit, others=others, reading=self.reading, reason=self.reason, new=self.pk is None,
                today=today):
            yield field, PROBLEMS[code]
