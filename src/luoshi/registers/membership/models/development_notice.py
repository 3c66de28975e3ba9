"""Public notices of development objects with the objections received, and papers printed from a case."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.files import StoredFile
from luoshi.foundation.record import Record

from ..rules import development as rules
from .development import Case, day
from .development_words import Channel, Outcome, Result, sentence

Lines = Mapping[str, Sequence[Any]]
FULL_PERIOD = Q(closed_on__isnull=False) & Q(closed_on__gte=F("ends_on"))


class Notice(Record):
    """A notice (公示) before a person is listed: its working days, what was received, how it ended."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices", verbose_name=_("发展党员"))
    posted_on = models.DateField(_("公示开始日期"))
    days = models.PositiveSmallIntegerField(_("公示工作日"), default=rules.dates.NOTICE_DAYS,
                                            help_text=_("不少于 5 个工作日；本地规定更长的按本地规定填写"))
    ends_on = models.DateField(_("公示结束日期"), editable=False)
    where = models.CharField(_("公示地点"), max_length=120, help_text=_("本人工作单位或者居住地，例如：一楼公告栏"))
    contact = models.CharField(_("受理电话和部门"), max_length=120)
    closed_on = day(_("登记结果日期"))
    result = models.CharField(_("公示结果"), max_length=8, choices=Result, blank=True)

    class Meta:
        verbose_name = _("发展党员公示")
        indexes = [models.Index(fields=["posted_on", "place"], name="development_notice_posted")]
        constraints = [models.UniqueConstraint(
            fields=["case"], condition=Q(withdrawn=False, closed_on__isnull=True), name="one_running_notice",
            violation_error_message=_("已有正在进行的公示，请先登记其结果"))]

    def __str__(self) -> str:
        return f"{self.case.person} {_('公示')} {self.posted_on}"

    def settle(self) -> None:
        self.unit = self.case.unit if self.case.unit_id != self.unit_id else self.unit
        super().settle()
        if isinstance(self.posted_on, date) and isinstance(self.days, int) and 1 <= self.days <= 60:
            self.ends_on = rules.notice_end(posted=self.posted_on, days=self.days)

    def problems(self, *, today: date | None = None, lines: Lines | None = None,
                 **_more: Any) -> Iterable[tuple[str, Any]]:
        its = lines["objections"] if lines and "objections" in lines else (self.objections.all() if self.pk else ())
        received = [rules.Received(one.received_on, one.handled_on, one.outcome) for one in its]
        for field, code in rules.notice_problems(
                posted=self.posted_on, ends=self.ends_on, days=self.days, closed=self.closed_on,
                consented=self.case.consented_on, result=self.result, received=received, today=today):
            yield field, sentence(rules.Problem("notice", code, needs=self.ends_on.isoformat()), rules.VERSION_2026)

    def fact(self) -> rules.Notice:
        clear = self.closed_on is not None and self.result in (Result.CLEAR, Result.SETTLED)
        return rules.Notice(self.posted_on, self.ends_on, self.closed_on, clear)


class Objection(models.Model):
    """Something received during a notice: when and by which way, when handled and with what result; never what was said."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="objections")
    received_on = models.DateField(_("收到日期"))
    channel = models.CharField(_("渠道"), max_length=8, choices=Channel)
    handled_on = day(_("办结日期"))
    outcome = models.CharField(_("核实结果"), max_length=10, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("收到的反映")

    def __str__(self) -> str:
        return f"{self.received_on} {self.get_channel_display()}"


class CasePaper(Record):
    """A paper printed from a case with the values it was printed with; a later change takes its approval back."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers", verbose_name=_("发展党员"))
    kind = models.CharField(_("文书"), max_length=24)
    printed_on = models.DateField(_("打印日期"))
    filled = models.JSONField(_("打印内容"), default=dict, editable=False)
    approved_on = day(_("审核通过日期"))
    cancelled_on = day(_("审核失效日期"))

    class Meta:
        verbose_name = _("发展党员文书")
        indexes = [models.Index(fields=["place", "id"], name="development_paper_place")]
        constraints = [models.UniqueConstraint(fields=["case", "kind"], condition=Q(withdrawn=False),
                                               name="one_paper_a_kind")]

    def __str__(self) -> str:
        return f"{self.case.person} {self.kind}"

    def settle(self) -> None:
        self.unit = self.case.unit if self.case.unit_id != self.unit_id else self.unit
        super().settle()


class PaperTemplate(Record):
    """An office's own Word form for one kind of paper; it serves its unit and all below."""

    kind = models.CharField(_("文书"), max_length=24)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("模板文件"))
    uploaded_on = models.DateField(_("上传日期"))

    class Meta:
        verbose_name = _("文书模板")
        constraints = [models.UniqueConstraint(fields=["unit", "kind"], condition=Q(withdrawn=False),
                                               name="one_template_a_kind")]

    def __str__(self) -> str:
        return f"{self.unit} {self.kind}"
