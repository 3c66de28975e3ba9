"""A democratic-life meeting from its plan to its report: days of the stages, counts, problems and what is done about them.

What anybody said about whom is not kept: of the advice collected there is a number and the list of problems it named.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.files import StoredFile
from luoshi.foundation.people import Person
from luoshi.foundation.record import Record
from luoshi.kernel import follow_up

from ..rules import life as rules
from .words import PROBLEMS

VALID = Q(expected__lte=F("present") * 3 / 2)  # rules.valid, as SQL: 2 × expected ≤ 3 × present in whole numbers


class Kind(models.TextChoices):
    ANNUAL = "annual", _("年度民主生活会")
    SPECIAL = "special", _("专题民主生活会")


class DemocraticLife(Record):
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("类型"), max_length=8, choices=Kind, default=Kind.ANNUAL,
                            help_text=_("领导班子召开；党支部召开的是组织生活会，请登记在会议台账"))
    title = models.CharField(_("民主生活会"), max_length=120, editable=False)
    theme = models.CharField(_("主题"), max_length=200)
    opened_on = models.DateField(_("启动日期"))
    reported_on = models.DateField(_("方案和主题报上级"), null=True, blank=True)
    studied_on = models.DateField(_("会前学习"), null=True, blank=True)
    gathered_on = models.DateField(_("征求意见"), null=True, blank=True)
    voices = models.PositiveIntegerField(_("征求到的意见条数"), null=True, blank=True,
                                         help_text=_("只填条数，不记录由谁提出；归纳的问题填在问题清单"))
    talked_on = models.DateField(_("谈心谈话"), null=True, blank=True, help_text=_("全部谈完的日期，不记录谈话内容"))
    written_on = models.DateField(_("对照检查材料定稿"), null=True, blank=True)
    held_on = models.DateField(_("会议日期"), null=True, blank=True)
    expected = models.PositiveIntegerField(_("应到人数"), null=True, blank=True)
    present = models.PositiveIntegerField(_("实到人数"), null=True, blank=True)
    rectified_on = models.DateField(_("整改清单确定"), null=True, blank=True)
    filed_on = models.DateField(_("会议情况报上级"), null=True, blank=True)
    reached = models.PositiveSmallIntegerField(_("已完成环节"), default=0, editable=False)

    class Meta:
        verbose_name = _("民主生活会")
        indexes = [models.Index(fields=["-opened_on", "-id"], name="life_newest"),
                   models.Index(fields=["held_on", "place"], name="life_rollup")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], condition=Q(kind="annual", withdrawn=False), name="one_life_a_year",
                                    violation_error_message=_("本单位该年度已有年度民主生活会，请直接修改")),
            models.UniqueConstraint(fields=["unit", "year", "theme"], condition=Q(withdrawn=False), name="one_life_a_theme",
                                    violation_error_message=_("本单位该年度已有主题相同的民主生活会，请直接修改")),
            models.CheckConstraint(condition=Q(present__isnull=True) | Q(present__lte=F("expected")), name="life_present_within",
                                   violation_error_message=PROBLEMS["more_than_expected"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> dict[str, date | None]:
        return {stage: getattr(self, stage) for stage in rules.STAGES}

    def settle(self) -> None:
        super().settle()
        self.reached = rules.reached(days=self.days)
        if isinstance(self.year, int):
            self.title = rules.title(annual=self.kind == Kind.ANNUAL, year=self.year)

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.opened_on > today:
            yield "opened_on", PROBLEMS["later_than_today"]
        for field, code in rules.problems(days=self.days, opened_on=self.opened_on, expected=self.expected,
                                          present=self.present, today=today):
            yield field, PROBLEMS[code]


class LifeProblem(models.Model):
    """A problem of the leading body as the list names it, and how often it was raised."""

    life = models.ForeignKey(DemocraticLife, models.CASCADE, related_name="found")
    text = models.CharField(_("问题"), max_length=300)
    times = models.PositiveSmallIntegerField(_("提出次数"), default=1, validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("问题清单")

    def __str__(self) -> str:
        return self.text


class LifeStatement(Record):
    """The written self-examination of one member of the leading body: a file that few may open."""

    life = models.ForeignKey(DemocraticLife, models.PROTECT, related_name="statements", verbose_name=_("民主生活会"),
                             limit_choices_to={"withdrawn": False})
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))
    title = models.CharField(_("材料名称"), max_length=120, default="对照检查材料")
    handed_on = models.DateField(_("提交日期"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("附件"))

    class Meta:
        verbose_name = _("对照检查材料")
        indexes = [models.Index(fields=["-handed_on", "-id"], name="statement_newest")]
        constraints = [models.UniqueConstraint(fields=["life", "person"], condition=Q(withdrawn=False), name="one_statement_a_person",
                                               violation_error_message=_("此人的材料已登记，请直接修改"))]

    def __str__(self) -> str:
        return f"{self.person} {self.handed_on}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.life.unit_id != self.unit_id:
            yield "life", PROBLEMS["other_unit"]
        if today is not None and self.handed_on > today:
            yield "handed_on", PROBLEMS["later_than_today"]


class Rectification(Record):
    """One item of the rectification list: what, by whom, until when, and how it ended."""

    life = models.ForeignKey(DemocraticLife, models.PROTECT, related_name="rectifications", verbose_name=_("民主生活会"),
                             limit_choices_to={"withdrawn": False})
    title = models.CharField(_("问题"), max_length=300)
    measure = models.TextField(_("整改措施"))
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("责任人"))
    listed_on = models.DateField(_("列入日期"))
    due_on = models.DateField(_("整改期限"))
    closed_on = models.DateField(_("完成日期"), null=True, blank=True)
    result = models.TextField(_("整改结果"), blank=True)

    class Meta:
        verbose_name = _("整改事项")
        indexes = [models.Index(fields=["due_on", "place"], name="rectification_due"),
                   models.Index(fields=["listed_on", "place"], name="rectification_rollup")]
        constraints = [models.UniqueConstraint(fields=["life", "title"], condition=Q(withdrawn=False), name="rectified_once",
                                               violation_error_message=_("整改清单中已有这个问题，请直接修改"))]

    def __str__(self) -> str:
        return self.title

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.life.unit_id != self.unit_id:
            yield "life", PROBLEMS["other_unit"]
        for field, code in rules.rectification_problems(listed_on=self.listed_on, due_on=self.due_on, closed_on=self.closed_on,
                                                        result=self.result, today=today):
            yield field, PROBLEMS[code]

    def state(self, today: date) -> str:
        return follow_up.state(due_on=self.due_on, closed_on=self.closed_on, today=today)
