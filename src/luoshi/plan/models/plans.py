"""Plans, their sections and measures, counting rules, milestones, remarks, editions and circulars as stored.

No column takes a percentage: a measure is counted or it has no number.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.record import Record
from luoshi.kernel.moves import Moves

from .. import rules


class PlanState(models.TextChoices):
    DRAFT = "draft", _("起草")
    ISSUED = "issued", _("已下达")
    CLOSED = "closed", _("已总结")


PLAN_MOVES = Moves(states=dict(PlanState.choices), start="draft", ends=frozenset({"closed"}),
                   allowed=frozenset({("draft", "issued"), ("issued", "closed")}))


class Plan(Record):
    """One year's plan; `unit` is the unit that issues it, `source` the text as it was handed in."""

    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("标题"), max_length=200)
    source = models.TextField(_("原文"), blank=True)
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+",
                             verbose_name=_("原件"))
    state = models.CharField(_("状态"), max_length=12, choices=PlanState, default=PlanState.DRAFT)
    edition = models.PositiveSmallIntegerField(_("版次"), default=0)
    issued_on = models.DateField(_("下达日期"), null=True, blank=True)
    declined = models.TextField(_("不纳入的文字"), blank=True)

    class Meta:
        verbose_name = _("要点")
        indexes = [models.Index(fields=["place", "year"])]
        constraints = [
            models.CheckConstraint(condition=Q(state="draft") | Q(edition__gte=1, issued_on__isnull=False),
                                   name="issued_plan_has_edition"),
        ]

    def __str__(self) -> str:
        return self.title

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.state != PlanState.DRAFT and (not self.edition or not self.issued_on):
            yield "state", _("请在“核对并下达”页面下达要点")


class Section(models.Model):
    """A chapter ("2") or a goal ("2.1") of a plan; measures name it by its code."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    code = models.CharField(_("编号"), max_length=12)
    title = models.CharField(_("标题"), max_length=300)
    level = models.PositiveSmallIntegerField(_("级别"), default=1)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("章节")
        ordering = ["start", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_section_a_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class MeasureState(models.TextChoices):
    PROPOSED = "proposed", _("待确认")
    ACCEPTED = "accepted", _("已确认")
    DROPPED = "dropped", _("不作措施")
    CANCELLED = "cancelled", _("已取消")


ALIVE = (MeasureState.PROPOSED, MeasureState.ACCEPTED)


class Measure(Record):
    """One thing the plan promises. `unit` issues it and alone changes its terms; `owner` answers for it.

    `start` and `end` are offsets into the plan's source; measures stand in the order of the text.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="measures", verbose_name=_("要点"))
    section = models.CharField(_("章节"), max_length=12, blank=True)
    number = models.CharField(_("编号"), max_length=16, blank=True)
    text = models.TextField(_("措施"), max_length=1000)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    state = models.CharField(_("状态"), max_length=12, choices=MeasureState, default=MeasureState.PROPOSED)
    kind = models.CharField(_("事项类别"), max_length=24, blank=True)
    programme = models.CharField(_("所属工程或主题"), max_length=200, blank=True)
    needs = models.CharField(_("待补内容"), max_length=200, blank=True)
    supplied = models.CharField(_("补填的名称"), max_length=200, blank=True)
    timing = models.CharField(_("原文时间"), max_length=100, blank=True)
    since = models.DateField(_("开始日期"), null=True, blank=True)
    due = models.DateField(_("完成期限"), null=True, blank=True)
    owner = models.ForeignKey("foundation.Unit", models.PROTECT, null=True, blank=True, related_name="+",
                              verbose_name=_("牵头单位"))

    class Meta:
        verbose_name = _("措施")
        indexes = [models.Index(fields=["plan", "start", "id"]), models.Index(fields=["place", "id"]),
                   models.Index(fields=["owner", "state"])]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="measure_span_forward"),
            models.CheckConstraint(condition=Q(since__isnull=True) | Q(due__isnull=True) | Q(due__gte=F("since")),
                                   name="measure_due_later"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:30]}".strip()

    @property
    def wording(self) -> str:
        """The text with the title that was lost and typed in again."""
        return self.text if not self.supplied or self.supplied in self.text else self.text + self.supplied

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.problems(state=self.state, text=self.text, since=self.since, due=self.due,
                                          year=self.plan.year, start=self.start, end=self.end):
            yield field, MEASURE_WORDS[code]


MEASURE_WORDS = {
    "empty": _("请填写措施内容"),
    "before": _("完成期限不能早于开始日期，请核对"),
    "far": _("完成期限与要点年度相差太远，请核对年份"),
    "span": _("原文位置的起止颠倒，请重新拆分"),
}


class Helper(models.Model):
    """A unit that helps the owner of a measure."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="helpers")
    unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+", verbose_name=_("协办单位"))

    class Meta:
        verbose_name = _("协办单位")
        constraints = [models.UniqueConstraint(fields=["measure", "unit"], name="one_helper_a_unit")]

    def __str__(self) -> str:
        return str(self.unit)


class Method(models.TextChoices):
    COUNT = "C", _("次数")
    COVERAGE = "V", _("覆盖面")
    ON_TIME = "T", _("按时完成")
    MILESTONE = "M", _("节点")
    STATE = "S", _("状态")
    AMOUNT = "A", _("数额")


class CountRule(models.Model):
    """How a measure counts itself: an indicator of the registers, or its own milestones."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="rules")
    method = models.CharField(_("计数方式"), max_length=1, choices=Method)
    indicator = models.CharField(_("指标"), max_length=60, blank=True)
    target = models.DecimalField(_("目标数"), max_digits=14, decimal_places=2, null=True, blank=True)
    tenths = models.PositiveSmallIntegerField(_("应达到几成"), default=10)
    words = models.CharField(_("题目含有"), max_length=60, blank=True)
    own = models.BooleanField(_("只计牵头单位"), default=False)

    class Meta:
        verbose_name = _("计数规则")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(tenths__gte=1, tenths__lte=10), name="rule_tenths")]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.indicator}"


class Milestone(Record):
    """A step of a measure; reached only with proof: a stored file, or a record of a register."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="milestones", verbose_name=_("措施"))
    title = models.CharField(_("节点"), max_length=120)
    due = models.DateField(_("期限"), null=True, blank=True)
    reached_on = models.DateField(_("完成日期"), null=True, blank=True)
    proof_file = models.ForeignKey("foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+",
                                   verbose_name=_("依据文件"))
    proof_register = models.CharField(_("依据台账"), max_length=40, blank=True)
    proof_row = models.BigIntegerField(_("依据记录"), null=True, blank=True)

    class Meta:
        verbose_name = _("节点")
        indexes = [models.Index(fields=["place", "id"])]
        constraints = [models.CheckConstraint(
            condition=Q(reached_on__isnull=True) | Q(proof_file__isnull=False)
            | (Q(proof_row__isnull=False) & ~Q(proof_register="")), name="milestone_reached_has_proof")]

    def __str__(self) -> str:
        return self.title

    @property
    def proof(self) -> bool:
        return self.proof_file_id is not None or (self.proof_row is not None and bool(self.proof_register))

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.reached_on and not rules.reached(reached_on=self.reached_on, proof=self.proof):
            yield "reached_on", _("没有依据不能算完成，请上传文件或选择台账中的一条记录")


class Remark(Record):
    """One sentence about a measure on a day, by its owner or the office."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="remarks", verbose_name=_("措施"))
    day = models.DateField(_("日期"))
    text = models.CharField(_("说明"), max_length=200)
    by = models.CharField(_("填写人"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("进展说明")
        indexes = [models.Index(fields=["place", "id"]), models.Index(fields=["measure", "day"])]

    def __str__(self) -> str:
        return self.text

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        if not self.text.strip():
            yield "text", _("请写一句进展说明")


class Edition(models.Model):
    """The plan as it was issued, frozen; a later change adds an edition and never alters one."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("版次"))
    reason = models.CharField(_("原因"), max_length=400, blank=True)
    by = models.CharField(_("经办人"), max_length=60)
    day = models.DateField(_("日期"))
    data = models.JSONField()

    class Meta:
        verbose_name = _("版本")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_edition_a_number")]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"


class CircularState(models.TextChoices):
    DRAFT = "draft", _("起草")
    ISSUED = "issued", _("已印发")


CIRCULAR_MOVES = Moves(states=dict(CircularState.choices), start="draft", ends=frozenset({"issued"}),
                       allowed=frozenset({("draft", "issued")}))


class Circular(Record):
    """A monthly report on a plan; its figures are counted until it is issued and frozen from then on."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="circulars", verbose_name=_("要点"))
    period = models.CharField(_("月份"), max_length=24)
    number = models.PositiveSmallIntegerField(_("期号"))
    opening = models.TextField(_("前言"), max_length=2000, blank=True)
    closing = models.TextField(_("工作要求"), max_length=2000, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=CircularState, default=CircularState.DRAFT)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    figures = models.JSONField(_("数据"), null=True, blank=True)

    class Meta:
        verbose_name = _("落实情况通报")
        indexes = [models.Index(fields=["place", "id"])]
        constraints = [
            models.UniqueConstraint(fields=["plan", "period"], name="one_circular_a_period"),
            models.UniqueConstraint(fields=["plan", "number"], name="one_circular_a_number"),
            models.CheckConstraint(condition=Q(state="draft") | Q(figures__isnull=False, issued_on__isnull=False),
                                   name="issued_circular_is_frozen"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.period}"

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.state == CircularState.ISSUED and (self.figures is None or not self.issued_on):
            yield "state", _("请在通报页面印发，数据随印发固定")
