"""A centre group: its experts, its plan of the year, its sessions, and who of the list attended each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.engine.roll import Reason
from luoshi.foundation.people import COMMITTEE_POSTS, Person, Position, Post, held
from luoshi.foundation.record import Record
from luoshi.foundation.units import Unit

from ..rules import centre as rules
from .words import PROBLEMS

COUNTS = Q(secretary__isnull=False, expected__gt=0)  # rules.counts, as SQL: a topic is always given


class Form(models.TextChoices):
    DISCUSSION = rules.DISCUSSION, _("集体学习研讨")
    LECTURE = rules.LECTURE, _("专题辅导")
    SURVEY = rules.SURVEY, _("专题调研")


class Quarter(models.IntegerChoices):
    FIRST = 1, _("第一季度")
    SECOND = 2, _("第二季度")
    THIRD = 3, _("第三季度")
    FOURTH = 4, _("第四季度")


class Expert(Record):
    """Somebody from outside or inside who can be asked to lecture; `given` follows from the sessions."""

    name = models.CharField(_("姓名"), max_length=60)
    organisation = models.CharField(_("工作单位"), max_length=120)
    rank = models.CharField(_("职务职称"), max_length=60, blank=True)
    subject = models.CharField(_("专业领域"), max_length=120)
    given = models.PositiveIntegerField(_("已辅导次数"), default=0, editable=False)

    class Meta:
        verbose_name = _("辅导专家")
        constraints = [models.UniqueConstraint(fields=["unit", "name", "organisation"], condition=Q(withdrawn=False),
                                               name="one_expert_a_name",
                                               violation_error_message=_("专家库中已有这位专家，请直接修改"))]

    def __str__(self) -> str:
        return f"{self.name}（{self.organisation}）"


class CentrePlan(Record):
    """The study plan of a year, in writing: a theme for each quarter."""

    year = models.PositiveSmallIntegerField(_("年度"))
    adopted_on = models.DateField(_("确定日期"))
    reference = models.CharField(_("印发文号"), max_length=60, blank=True)
    note = models.TextField(_("学习要求"), blank=True)

    class Meta:
        verbose_name = _("中心组学习计划")
        indexes = [models.Index(fields=["-year", "-id"], name="centre_plan_newest")]
        constraints = [models.UniqueConstraint(fields=["unit", "year"], condition=Q(withdrawn=False),
                                               name="one_centre_plan_a_year",
                                               violation_error_message=_("本单位该年度已有学习计划，请直接修改"))]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.adopted_on > today:
            yield "adopted_on", PROBLEMS["later_than_today"]
        elif self.adopted_on.year not in (self.year - 1, self.year):
            yield "adopted_on", PROBLEMS["plan_of_another_year"]


class PlanItem(models.Model):
    plan = models.ForeignKey(CentrePlan, models.CASCADE, related_name="items")
    quarter = models.PositiveSmallIntegerField(_("季度"), choices=Quarter)
    theme = models.CharField(_("学习专题"), max_length=200)
    speaker = models.CharField(_("重点发言人或辅导人"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("学习安排")
        constraints = [models.UniqueConstraint(fields=["plan", "quarter", "theme"], name="one_theme_a_quarter")]

    def __str__(self) -> str:
        return f"{self.get_quarter_display()} {self.theme}"


class CentreSession(Record):
    """One session; `expected` and `present` follow from the list where it was taken."""

    title = models.CharField(_("学习专题"), max_length=200)
    form = models.CharField(_("学习形式"), max_length=12, choices=Form, default=Form.DISCUSSION)
    held_on = models.DateField(_("学习日期"))
    starts = models.TimeField(_("开始时间"), null=True, blank=True)
    venue = models.CharField(_("地点"), max_length=120, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主持人"))
    secretary = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("学习秘书"))
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, blank=True, related_name="sessions",
                               verbose_name=_("辅导专家"), limit_choices_to={"withdrawn": False})
    enlarged = models.BooleanField(_("扩大学习"), default=False, help_text=_("扩大到下一级单位的书记和领导干部"))
    expected = models.PositiveIntegerField(_("应到人数"), null=True, blank=True)
    present = models.PositiveIntegerField(_("实到人数"), null=True, blank=True)
    materials = models.TextField(_("学习材料"), blank=True, help_text=_("一行一项"))
    discussion = models.TextField(_("研讨情况"), blank=True)

    class Meta:
        verbose_name = _("中心组学习")
        indexes = [models.Index(fields=["-held_on", "-id"], name="centre_newest"),
                   models.Index(fields=["held_on", "place"], name="centre_rollup"),
                   models.Index(fields=["unit", "held_on"], name="centre_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "held_on", "title"], condition=Q(withdrawn=False), name="centre_recorded_once",
                                    violation_error_message=_("本单位当天已登记过专题相同的学习，请查找后修改原记录")),
            models.CheckConstraint(condition=Q(present__isnull=True) | Q(present__lte=F("expected")),
                                   name="centre_present_within", violation_error_message=PROBLEMS["more_than_expected"]),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"

    @property
    def counts(self) -> bool:
        return rules.counts(topic=self.title, secretary=bool(self.secretary_id), listed=bool(self.expected))

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.session_problems(held_on=self.held_on, expected=self.expected, present=self.present, today=today):
            yield field, PROBLEMS[code]


class CentreAttendance(Record):
    """One person of the list of a session: came, or was away and why, and when it was made up."""

    session = models.ForeignKey(CentreSession, models.PROTECT, related_name="attendances", verbose_name=_("中心组学习"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))
    held_on = models.DateField(_("学习日期"), editable=False)
    attended = models.BooleanField(_("到会"), default=True)
    reason = models.CharField(_("缺席原因"), max_length=8, choices=Reason, blank=True)
    made_up_on = models.DateField(_("补学日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("中心组学习到会")
        indexes = [models.Index(fields=["held_on", "place"], name="centre_att_rollup"),
                   models.Index(fields=["-held_on", "-id"], name="centre_att_newest")]
        constraints = [models.UniqueConstraint(fields=["session", "person"], condition=Q(withdrawn=False),
                                               name="listed_once_a_session",
                                               violation_error_message=_("此人已在这次学习的名单中，请直接修改"))]

    def __str__(self) -> str:
        return f"{self.person} {self.held_on}"

    def settle(self) -> None:
        super().settle()
        self.held_on = self.session.held_on

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.session.unit_id != self.unit_id:
            yield "session", PROBLEMS["other_unit"]
        for field, code in rules.attendance_problems(attended=self.attended, reason=self.reason, held_on=self.held_on,
                                                     made_up_on=self.made_up_on, today=today):
            yield field, PROBLEMS[code]


def roster(*, unit: Unit, day: date, enlarged: bool = False) -> QuerySet[Person]:
    """Who must attend: the leading body, and where enlarged the secretaries and leading cadres one level down."""
    own = Q(unit=unit, post__in=(*COMMITTEE_POSTS, Post.OFFICIAL))
    below = Q(unit__parent=unit, unit__withdrawn=False, post__in=(Post.SECRETARY, Post.OFFICIAL))
    called = Position.objects.filter(held(day), own | below if enlarged else own).values("person")
    return Person.objects.filter(pk__in=called, withdrawn=False).order_by("strokes", "id")
