"""Classes with their lessons, and who is enrolled in them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

from .. import rules
from .resources import Course, Room, Teacher
from .words import PROBLEMS

Lines = Mapping[str, Sequence[Any]]


class Kind(models.TextChoices):
    """For whom a class is; the kind says who can be called."""

    ROTATION = "rotation", _("领导干部轮训班")
    SCHOOL = "school", _("党校班")
    ACTIVIST = "activist", _("入党积极分子培训班")
    OBJECT = "object", _("发展对象培训班")
    SECRETARY = "secretary", _("支部书记支委培训班")
    STAFF = "staff", _("党务干部培训班")
    DISCIPLINE = "discipline", _("纪检干部培训班")
    YOUTH = "youth", _("青年能力培训班")
    MEMBER = "member", _("党员培训班")
    OTHER = "other", _("其他培训班")


class ClassState(models.TextChoices):
    DRAFT = "draft", _("拟订中")
    OPEN = "open", _("报名中")
    CLOSED = "closed", _("已截止报名")
    ENDED = "ended", _("已结束")


class Result(models.TextChoices):
    """What became of an enrolment; no mark is given."""

    ENROLLED = "enrolled", _("已报名")
    COMPLETED = "completed", _("结业")
    INCOMPLETE = "incomplete", _("未结业")
    LEFT = "left", _("退学")


class TrainingClass(Record):
    """A class of one term or batch; the unit holds it."""

    name = models.CharField(_("培训班"), max_length=120)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    term = models.CharField(_("期次"), max_length=30, blank=True, help_text=_("如：2026年第一期第二批"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    hours = models.PositiveSmallIntegerField(_("学时"), validators=[MinValueValidator(1), MaxValueValidator(2000)])
    days = models.PositiveSmallIntegerField(_("培训天数"), validators=[MinValueValidator(1), MaxValueValidator(400)])
    away = models.BooleanField(_("脱产培训"), default=False)
    recognised = models.BooleanField(_("计入五年轮训"), default=True, help_text=_("党校等脱产培训和认可的其他培训"))
    seats = models.PositiveSmallIntegerField(_("名额"), null=True, blank=True, help_text=_("不限的可以不填"))
    venue = models.CharField(_("地点"), max_length=120, blank=True)
    content = models.TextField(_("培训内容"), blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=ClassState, default=ClassState.DRAFT, editable=False)

    class Meta:
        verbose_name = _("培训班")
        indexes = [models.Index(fields=["-starts_on", "-id"], name="class_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], condition=Q(withdrawn=False), name="one_class_a_name",
                                    violation_error_message=_("本单位已有同名的培训班，请写明期次以示区别")),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="class_ends_later",
                                   violation_error_message=PROBLEMS["ends_before_start"]),
        ]

    def __str__(self) -> str:
        return self.name

    def problems(self, *, lines: Lines | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.class_problems(starts_on=self.starts_on, ends_on=self.ends_on):
            yield field, PROBLEMS[code]
        lessons = (lines or {}).get("lessons", ())
        for one in lessons:
            for code in rules.lesson_problems(day=one.day, begins=one.begins, ends=one.ends, starts_on=self.starts_on,
                                              ends_on=self.ends_on):
                yield "__all__", PROBLEMS[code]
        yield from self._clashes(list(lessons))

    def _clashes(self, lessons: list[Any]) -> Iterable[tuple[str, Any]]:
        """With each other, and with the lessons of other classes on those days."""
        days = {one.day for one in lessons}
        others = Lesson.objects.filter(day__in=days, training__withdrawn=False).exclude(training=self.pk) if days else []
        whole = [rules.Lesson(one.day, one.begins, one.ends, one.teacher_id, one.room_id) for one in [*lessons, *others]]
        for first, _second, what in rules.clashes(lessons=whole):
            if first < len(lessons):
                yield "__all__", PROBLEMS[f"clash_{what}"]


class Lesson(models.Model):
    """A course taught on a day of the class."""

    training = models.ForeignKey(TrainingClass, models.CASCADE, related_name="lessons")
    day = models.DateField(_("日期"))
    begins = models.TimeField(_("开始时间"))
    ends = models.TimeField(_("结束时间"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", verbose_name=_("课程"))
    teacher = models.ForeignKey(Teacher, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("教师"))
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("教室"))

    class Meta:
        verbose_name = _("课程安排")
        ordering = ("day", "begins", "pk")

    def __str__(self) -> str:
        return f"{self.day} {self.course}"


class Enrolment(Record):
    """One person in one class; the unit is the person's own, so that it sees what its people attend."""

    training = models.ForeignKey(TrainingClass, models.PROTECT, related_name="enrolments", verbose_name=_("培训班"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))
    enrolled_on = models.DateField(_("报名日期"))
    hours = models.PositiveSmallIntegerField(_("参加学时"), null=True, blank=True)
    leave_hours = models.PositiveSmallIntegerField(_("请假学时"), default=0)
    result = models.CharField(_("结果"), max_length=10, choices=Result, default=Result.ENROLLED)
    certificate = models.CharField(_("证书编号"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("学员")
        indexes = [models.Index(fields=["-enrolled_on", "-id"], name="enrolment_newest"),
                   models.Index(fields=["person", "result"], name="enrolment_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["training", "person"], condition=Q(withdrawn=False), name="enrolled_once",
                                    violation_error_message=_("此人已在这个培训班报名，请查找后修改")),
            models.UniqueConstraint(fields=["certificate"], condition=Q(withdrawn=False) & ~Q(certificate=""),
                                    name="one_certificate_a_number",
                                    violation_error_message=_("这个证书编号已经使用，请核对")),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.training}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        one = self.training
        for field, code in rules.enrolment_problems(
                result=self.result, hours=self.hours, leave=self.leave_hours, total=one.hours, away=one.away,
                ends_on=one.ends_on, certificate=self.certificate, today=today):
            yield field, PROBLEMS[code]
        if self.pk is None and one.seats is not None and \
                Enrolment.objects.filter(training=one, withdrawn=False).exclude(result=Result.LEFT).count() >= one.seats:
            yield "training", PROBLEMS["full"]
