"""Requests to be let off a duty in one period, and what became of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.duties import duties
from luoshi.foundation.record import Record
from luoshi.foundation.units import Unit
from luoshi.kernel import periods

from . import rules

PROBLEMS = {
    "unknown_duty": _("没有这项职责，请从列表中选择"),
    "other_period": _("期间与这项职责的周期不符，每月的填写 2026-11，每季的填写 2026Q4，每半年的填写 2026H1，每年的填写 2026"),
    "later_than_today": _("日期不能晚于今天，请改为实际日期"),
    "refused_without_reason": _("不同意的须写明理由"),
    "decided_before_asked": _("审批日期不能早于申请日期，请核对"),
}


class Cause(models.TextChoices):
    MERGING = "merging", _("机构调整")
    TASK = "task", _("承担集中任务")
    AWAY = "away", _("人员集中外派")
    FORCE = "force", _("不可抗力")
    OTHER = "other", _("其他")


class State(models.TextChoices):
    ASKED = rules.ASKED, _("待审批")
    GRANTED = rules.GRANTED, _("已同意")
    REFUSED = rules.REFUSED, _("不同意")


def duty_choices() -> list[tuple[str, Any]]:
    """The duties of all registers."""
    return [(one.name, one.label) for one in duties().values()]


class DutyField(models.CharField):  # type: ignore[type-arg]  # Django's own is generic for the checker alone
    """The name of a duty."""

    def sound(self, value: Any) -> bool:
        """Whether a value needs no further check in a batch."""
        return value in duties()


class Waiver(Record):
    """`unit` is the one that owes; `decided_by` the unit above it that decided. `starts_on` is the first day of the period."""

    duty = DutyField(_("职责"), max_length=60, choices=duty_choices)
    period = models.CharField(_("期间"), max_length=10, help_text=_("例如 2026-11、2026Q4、2026"))
    starts_on = models.DateField(editable=False)
    cause = models.CharField(_("原因类别"), max_length=8, choices=Cause, default=Cause.OTHER)
    why = models.CharField(_("具体原因"), max_length=300)
    document = models.CharField(_("依据文件"), max_length=120, blank=True)
    asked_on = models.DateField(_("申请日期"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.ASKED, editable=False)
    decided_on = models.DateField(_("审批日期"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
                                   verbose_name=_("审批单位"))
    answer = models.CharField(_("审批意见"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("免除申请")
        indexes = [models.Index(fields=["-asked_on", "-id"], name="waiver_newest"),
                   models.Index(fields=["state", "starts_on"], name="waiver_granted")]
        constraints = [models.UniqueConstraint(fields=["unit", "duty", "starts_on"], name="waived_once",
                                               condition=Q(withdrawn=False) & ~Q(state=rules.REFUSED),
                                               violation_error_message=_("本单位这一期的这项职责已有免除申请，请查找后修改原申请"))]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}（{self.period}）"

    def settle(self) -> None:
        super().settle()
        try:
            found = periods.parse(str(self.period or ""))
        except ValueError:
            self.starts_on = self.asked_on  # refused by `problems`, which says what to write
            return
        self.period, self.starts_on = found.key, found.start

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        duty = duties().get(self.duty)
        try:
            fits = duty is not None and periods.parse(self.period).kind == duty.every
        except ValueError:
            fits = False
        for field, code in rules.problems(known=duty is not None, fits=fits, state=self.state, asked_on=self.asked_on,
                                          decided_on=self.decided_on, answer=self.answer, today=today):
            yield field, PROBLEMS[code]


def granted(names: set[str], first: date, last: date) -> set[tuple[int, str, str]]:
    """(unit id, duty, period key) of what is waived in periods that begin between two days."""
    rows = Waiver.objects.filter(state=State.GRANTED, withdrawn=False, duty__in=names, starts_on__range=(first, last))
    return set(rows.values_list("unit", "duty", "period"))
