"""A review of a union's money by its audit committee, with what was found and when it was put right."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.record import Record

from ..rules import audit as rules
from .kept import PROBLEMS


class Audit(Record):
    """`unit` is the audit committee; the union reviewed stands above it."""

    title = models.CharField(_("审查事项"), max_length=120, help_text=_("例如 2026 年度经费收支审查"))
    since = models.DateField(_("审查期间起"))
    until = models.DateField(_("审查期间止"))
    reviewed_on = models.DateField(_("审查日期"))
    result = models.TextField(_("审查意见"))

    class Meta:
        verbose_name = _("经费审查")
        indexes = [models.Index(fields=["-reviewed_on", "-id"], name="audit_newest"),
                   models.Index(fields=["reviewed_on", "place"], name="audit_rollup")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "since", "title"], condition=Q(withdrawn=False), name="one_audit_a_period",
                                    violation_error_message=_("这一期间的同名审查已登记，请查找后修改原记录")),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="audit_ends_later",
                                   violation_error_message=_("审查期间的止日不能早于起日，请核对")),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.title}"

    def problems(self, *, today: date | None = None, lines: Mapping[str, Sequence[Any]] | None = None,
                 **_more: Any) -> Iterable[tuple[str, Any]]:
        found = (lines or {}).get("findings", ())
        for field, code in rules.audit_problems(since=self.since, until=self.until, reviewed_on=self.reviewed_on, today=today,
                                                closed=[(one.due, one.closed_on) for one in found]):
            yield field, PROBLEMS[code]


class Finding(models.Model):
    """One thing found, until when it shall be put right, and when it was."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="findings")
    text = models.CharField(_("发现的问题"), max_length=300)
    due = models.DateField(_("整改期限"), null=True, blank=True)
    closed_on = models.DateField(_("整改完成日期"), null=True, blank=True)
    how = models.CharField(_("整改情况"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("审查发现")

    def __str__(self) -> str:
        return self.text
