"""Campaigns for learning branches: written criteria, each counted; a branch's check of itself; visits of review."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

from .. import rules
from .words import PROBLEMS


def measures() -> list[tuple[str, str]]:
    """What a criterion may be counted by: the indicators that count records, and the duties; by name."""
    from luoshi.engine.duties import duties
    from luoshi.engine.indicators import indicators

    counted = [(one.name, str(one.label)) for one in indicators().values()
               if not (one.people or one.money or one.decimal or one.duty or one.source.sensitive)]
    return counted + [(f"duty:{one.name}", str(_("职责：%(duty)s") % {"duty": one.label})) for one in duties().values()]


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("拟订中")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已结束")


class Need(models.TextChoices):
    AT_LEAST = rules.AT_LEAST, _("不少于")
    ALL = rules.ALL, _("应办全部完成")
    AT_MOST_OPEN = rules.AT_MOST_OPEN, _("未完成不多于")


class LearningCampaign(Record):
    """A campaign for learning branches; the unit leads it. Records of its span are counted."""

    name = models.CharField(_("名称"), max_length=120)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    brief = models.TextField(_("创建要求"), blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=CampaignState, default=CampaignState.DRAFT, editable=False)

    class Meta:
        verbose_name = _("学习型党支部创建")
        indexes = [models.Index(fields=["-starts_on", "-id"], name="learning_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], condition=Q(withdrawn=False), name="one_learning_a_name",
                                    violation_error_message=_("本单位已有同名的创建活动，请更换名称")),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="learning_ends_later",
                                   violation_error_message=PROBLEMS["ends_before_start"]),
        ]

    def __str__(self) -> str:
        return self.name

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.span_problems(starts_on=self.starts_on, ends_on=self.ends_on):
            yield field, PROBLEMS[code]


class Criterion(models.Model):
    """One criterion in writing, and by what it is counted."""

    campaign = models.ForeignKey(LearningCampaign, models.CASCADE, related_name="criteria")
    text = models.CharField(_("标准"), max_length=200)
    measure = models.CharField(_("计数依据"), max_length=80, choices=measures)
    need = models.CharField(_("要求"), max_length=16, choices=Need, default=Need.AT_LEAST)
    threshold = models.PositiveIntegerField(_("数量"), default=1)

    class Meta:
        verbose_name = _("创建标准")

    def __str__(self) -> str:
        return self.text

    def met(self, top: float, bottom: float | None) -> bool:
        """Whether a counted number meets it."""
        return rules.criterion_met(need=self.need, threshold=self.threshold, top=top, bottom=bottom)

    @property
    def required(self) -> str:
        """The requirement in words."""
        word = str(self.get_need_display())
        return word if self.need == Need.ALL else f"{word} {self.threshold}"


class Check(Record):
    """A branch's check of itself: the numbers as they were counted on the day, and its own remarks."""

    campaign = models.ForeignKey(LearningCampaign, models.PROTECT, related_name="checks", verbose_name=_("创建活动"))
    checked_on = models.DateField(_("自查日期"))
    criteria = models.PositiveIntegerField(_("标准项数"), default=0, editable=False)
    reached = models.PositiveIntegerField(_("达到项数"), default=0, editable=False)
    meets = models.BooleanField(_("达到全部标准"), default=False, editable=False)
    remark = models.TextField(_("情况说明"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("创建自查")
        indexes = [models.Index(fields=["-checked_on", "-id"], name="check_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "campaign"], condition=Q(withdrawn=False), name="checked_once",
                                    violation_error_message=_("本支部已有这项创建活动的自查，请在原自查上更新")),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.campaign}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.checked_on > today:
            yield "checked_on", PROBLEMS["later_than_today"]


class CheckLine(models.Model):
    """One criterion of a check: what was counted, and whether it met."""

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="lines")
    text = models.CharField(_("标准"), max_length=200)
    required = models.CharField(_("要求"), max_length=60)
    counted = models.CharField(_("台账计数"), max_length=40)
    met = models.BooleanField(_("达到"), default=False)
    remark = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("自查项目")

    def __str__(self) -> str:
        return self.text


class Review(Record):
    """A visit of review at a branch; the branch is the unit."""

    campaign = models.ForeignKey(LearningCampaign, models.PROTECT, related_name="reviews", verbose_name=_("创建活动"))
    visited_on = models.DateField(_("复核日期"))
    visitor = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("复核人"))
    result = models.CharField(_("复核结论"), max_length=200)
    findings = models.TextField(_("复核情况"), blank=True)
    confirmed = models.BooleanField(_("确认达到标准"), default=False)

    class Meta:
        verbose_name = _("创建复核")
        indexes = [models.Index(fields=["-visited_on", "-id"], name="review_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "campaign", "visited_on"], condition=Q(withdrawn=False),
                                    name="reviewed_once_a_day",
                                    violation_error_message=_("该支部当天已登记过复核，请查找后修改")),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.visited_on}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.visited_on > today:
            yield "visited_on", PROBLEMS["later_than_today"]
