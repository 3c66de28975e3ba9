"""Documents of higher bodies and their clauses, each covered by a measure of a plan or by a rule of one's own."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.record import Record

from .plans import Measure

PROBLEMS = {
    "later": _("日期不能晚于今天，请改为实际日期"),
    "before": _("收到日期不能早于印发日期，请核对"),
    "empty": _("请填写条款内容"),
    "no_title": _("已填写文号，请写明制度名称"),
}


class Guiding(Record):
    """A document that is to be carried out, from its receipt on; its clauses are tracked one by one."""

    title = models.CharField(_("文件名称"), max_length=200)
    issuer = models.CharField(_("发文机关"), max_length=120)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    received_on = models.DateField(_("收到日期"))

    class Meta:
        verbose_name = _("上级文件")
        indexes = [models.Index(fields=["place", "received_on"], name="guiding_received")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "title"], condition=Q(withdrawn=False), name="one_guiding_a_title",
                                    violation_error_message=_("本单位已登记过这份文件，请在原记录上修改")),
            models.CheckConstraint(condition=Q(issued_on__isnull=True) | Q(received_on__gte=F("issued_on")),
                                   name="guiding_received_later", violation_error_message=PROBLEMS["before"]),
        ]

    def __str__(self) -> str:
        return self.title

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.received_on > today:
            yield "received_on", PROBLEMS["later"]
        if self.issued_on is not None and self.issued_on > self.received_on:
            yield "received_on", PROBLEMS["before"]


class Clause(Record):
    """One thing a document asks for, and what answers it: a measure, a rule of one's own, or nothing yet.

    `unit` is the unit that has to answer it.
    """

    document = models.ForeignKey(Guiding, models.PROTECT, related_name="clauses", verbose_name=_("上级文件"))
    number = models.CharField(_("条款"), max_length=30, blank=True)
    text = models.TextField(_("内容"), max_length=1000)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="clauses",
                                verbose_name=_("对应措施"))
    rule_title = models.CharField(_("对应制度"), max_length=200, blank=True)
    rule_number = models.CharField(_("制度文号"), max_length=60, blank=True)
    # The document's, kept here so that the clauses of a year are one range.
    received_on = models.DateField(_("收到日期"), editable=False)

    class Meta:
        verbose_name = _("文件条款")
        indexes = [models.Index(fields=["place", "received_on"], name="clause_received"),
                   models.Index(fields=["document", "id"], name="clause_of_document")]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:30]}".strip()

    def settle(self) -> None:
        super().settle()
        self.received_on = self.document.received_on

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        if not self.text.strip():
            yield "text", PROBLEMS["empty"]
        if (self.rule_number or "").strip() and not (self.rule_title or "").strip():
            yield "rule_title", PROBLEMS["no_title"]
