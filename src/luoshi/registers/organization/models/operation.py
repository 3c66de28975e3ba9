"""A big operation of the year: who works on it from when until when, and what the organisation has to set up for it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record
from luoshi.foundation.units import Unit

from .. import rules
from .kept import PROBLEMS


class Operation(Record):
    """`unit` leads it; `branch` is the temporary branch opened for it."""

    name = models.CharField(_("名称"), max_length=120)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    contact = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("联系人"))
    staff = models.PositiveSmallIntegerField(_("参加党员人数"))
    transferred = models.BooleanField(_("转移组织关系"), default=False)
    reported_by = models.BooleanField(_("需要上报总结"), default=True)
    entered_on = models.DateField(_("列入日期"))
    plan = models.TextField(_("保障方案"), blank=True, help_text=_("分工、岗位、学习和活动安排"))
    planned_on = models.DateField(_("方案确定日期"), null=True, blank=True)
    # The last day in time, kept so that the count of those in time is a comparison of two columns.
    plan_due = models.DateField(_("方案期限"), editable=False)
    branch = models.ForeignKey(Unit, models.PROTECT, null=True, editable=False, related_name="+",
                               verbose_name=_("临时党支部"))
    report = models.TextField(_("总结"), blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("重大业务活动")
        indexes = [models.Index(fields=["-starts_on", "-id"], name="operation_newest"),
                   models.Index(fields=["entered_on", "place"], name="operation_rollup")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name", "starts_on"], condition=Q(withdrawn=False),
                                    name="one_operation_a_start",
                                    violation_error_message=_("本单位已登记过这项活动，请查找后修改原记录")),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="operation_ends_later",
                                   violation_error_message=PROBLEMS["operation_backwards"]),
        ]

    def __str__(self) -> str:
        return self.name

    def settle(self) -> None:
        super().settle()
        if isinstance(self.entered_on, date):
            self.plan_due = rules.plan_due(entered_on=self.entered_on)

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.operation_problems(
                starts_on=self.starts_on, ends_on=self.ends_on, entered_on=self.entered_on, plan=self.plan,
                planned_on=self.planned_on, report=self.report, reported=self.reported_by, closed_on=self.closed_on,
                branch_open=bool(self.branch and not self.branch.until), today=today):
            yield field, PROBLEMS[code]

    @property
    def forms(self) -> str:
        """"temporary" or "ordinary": which branch the operation calls for; "" where too few members take part."""
        return rules.branch_called_for(start=self.starts_on, end=self.ends_on, transferred=self.transferred,
                                       members=self.staff)
