"""A branch's study timetable for a year, and sessions: planned by it, held, missed, or made up."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.engine.roll import Away
from luoshi.foundation.people import MEMBER_POSTS, Person, Position, held
from luoshi.foundation.record import Record
from luoshi.foundation.units import Unit
from luoshi.kernel import timetable

from .. import rules
from .reading import ReadingItem
from .words import PROBLEMS

Lines = Mapping[str, Sequence[Any]]


class Frequency(models.TextChoices):
    WEEKLY = timetable.WEEKLY, _("每周一次")
    FORTNIGHT = timetable.FORTNIGHT, _("每两周一次")
    HALF_MONTH = timetable.HALF_MONTH, _("每半月一次")
    MONTHLY = timetable.MONTHLY, _("每月一次")


class Weekday(models.IntegerChoices):
    MONDAY = 1, _("星期一")
    TUESDAY = 2, _("星期二")
    WEDNESDAY = 3, _("星期三")
    THURSDAY = 4, _("星期四")
    FRIDAY = 5, _("星期五")
    SATURDAY = 6, _("星期六")
    SUNDAY = 7, _("星期日")


class Nth(models.IntegerChoices):
    FIRST = 1, _("第一个")
    SECOND = 2, _("第二个")
    THIRD = 3, _("第三个")
    FOURTH = 4, _("第四个")
    LAST = 5, _("最后一个")


class Timetable(Record):
    """How often a unit studies in a year; the sessions that follow from it are rows of `StudySession`."""

    year = models.PositiveIntegerField(_("年度"), editable=False)
    frequency = models.CharField(_("频次"), max_length=12, choices=Frequency, default=Frequency.MONTHLY)
    weekday = models.PositiveSmallIntegerField(_("星期"), choices=Weekday, default=Weekday.FRIDAY.value)
    nth = models.PositiveSmallIntegerField(_("当月第几个"), choices=Nth, default=Nth.SECOND.value,
                                           help_text=_("只用于每月一次；每半月一次固定为第一个和第三个"))
    starts = models.TimeField(_("开始时间"), null=True, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    venue = models.CharField(_("地点"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("学习计划")
        indexes = [models.Index(fields=["-year", "-id"], name="timetable_newest")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "starts_on"], condition=Q(withdrawn=False), name="one_timetable_a_start",
                                    violation_error_message=_("本单位已有同日开始的学习计划，请直接修改")),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="timetable_ends_later",
                                   violation_error_message=PROBLEMS["ends_before_start"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.get_frequency_display()}"

    def settle(self) -> None:
        super().settle()
        if isinstance(self.starts_on, date):
            self.year = self.starts_on.year

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.timetable_problems(starts_on=self.starts_on, ends_on=self.ends_on):
            yield field, PROBLEMS[code]

    def due(self) -> list[timetable.Planned]:
        """The sessions that follow from it."""
        return timetable.due_days(frequency=self.frequency, weekday=self.weekday, nth=self.nth, starts_on=self.starts_on,
                              ends_on=self.ends_on)


class StudySession(Record):
    """One session. `planned_on` comes from a timetable alone; `day` is the day it stands under in a list."""

    planned_on = models.DateField(_("计划日期"), null=True, blank=True, editable=False)
    held_on = models.DateField(_("学习日期"), null=True, blank=True)
    day = models.DateField(_("日期"), editable=False)
    timely = models.BooleanField(_("按时举办"), default=False, editable=False)
    starts = models.TimeField(_("开始时间"), null=True, blank=True)
    venue = models.CharField(_("地点"), max_length=120, blank=True)
    topic = models.CharField(_("学习主题"), max_length=200, blank=True)
    theme = models.CharField(_("专题"), max_length=60, blank=True, help_text=_("属于某项专题学习时填写其名称"))
    leader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("领学人"))
    hours = models.DecimalField(_("学时"), max_digits=4, decimal_places=1, null=True, blank=True,
                                validators=[MinValueValidator(0), MaxValueValidator(24)])
    expected = models.PositiveIntegerField(_("应到人数"), null=True, blank=True)
    present = models.PositiveIntegerField(_("实到人数"), null=True, blank=True)
    makes_up = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="made_up_by",
                                 verbose_name=_("补学（所补的计划学习）"), limit_choices_to={"withdrawn": False, "held_on": None})
    notes = models.TextField(_("学习记录"), blank=True)

    class Meta:
        verbose_name = _("集中学习")
        indexes = [
            models.Index(fields=["-day", "-id"], name="study_newest"),
            models.Index(fields=["planned_on", "place"], name="study_due"),
            models.Index(fields=["held_on", "place"], name="study_held"),
            models.Index(fields=["unit", "day"], name="study_of_unit"),
            models.Index(fields=["unit", "held_on", "theme", "withdrawn"], name="study_owed", condition=Q(withdrawn=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "planned_on"], condition=Q(withdrawn=False), name="study_planned_once",
                                    violation_error_message=_("本单位当天已有计划的学习，请直接修改")),
            models.UniqueConstraint(fields=["unit", "held_on", "topic"], condition=Q(withdrawn=False),
                                    name="study_recorded_once",
                                    violation_error_message=_("本单位当天已登记过主题相同的学习，请查找后修改原记录")),
            models.UniqueConstraint(fields=["makes_up"], condition=Q(withdrawn=False), name="study_made_up_once",
                                    violation_error_message=_("这次计划学习已经补过，请核对")),
            models.CheckConstraint(condition=Q(present__isnull=True) | Q(present__lte=F("expected")),
                                   name="study_present_within", violation_error_message=PROBLEMS["more_than_expected"]),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.topic or _('计划的集中学习')}"

    def settle(self) -> None:
        super().settle()
        day = self.held_on or self.planned_on
        if isinstance(day, date):
            self.day = day
        both = isinstance(self.held_on, date) and isinstance(self.planned_on, date)
        self.timely = both and self.held_on <= self.planned_on  # type: ignore[operator]

    def problems(self, *, today: date | None = None, lines: Lines | None = None,
                 **_more: Any) -> Iterable[tuple[str, Any]]:
        absences = lines.get("absences") if lines else None
        missed = self.makes_up
        if missed and missed.unit_id != self.unit_id:
            yield "makes_up", PROBLEMS["other_unit"]
        for field, code in rules.session_problems(
                planned_on=self.planned_on, held_on=self.held_on, topic=self.topic, expected=self.expected,
                present=self.present, today=today, absences=None if absences is None else len(absences),
                makes_up=missed is not None, missed_on=missed.planned_on if missed else None,
                missed_was_held=bool(missed and missed.held_on)):
            yield field, PROBLEMS[code]


class Material(models.Model):
    """What was read in a session, out of the reading lists."""

    session = models.ForeignKey(StudySession, models.CASCADE, related_name="materials")
    reading = models.ForeignKey(ReadingItem, models.PROTECT, related_name="+", verbose_name=_("学习材料"))
    part = models.CharField(_("学习部分"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("学习材料")
        constraints = [models.UniqueConstraint(fields=["session", "reading", "part"], name="read_once")]

    def __str__(self) -> str:
        return str(self.reading)


class Absence(Away):
    session = models.ForeignKey(StudySession, models.CASCADE, related_name="absences")

    class Meta(Away.Meta):
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="absent_from_study_once")]


def attended(person: Person, first: date, last: date) -> list[StudySession]:
    """Sessions with hours at which a person was expected and was not away; in the order of days."""
    held_posts = list(Position.objects.filter(person=person, post__in=MEMBER_POSTS, withdrawn=False, since__lte=last)
                      .filter(Q(until__isnull=True) | Q(until__gt=first)).values_list("unit", "since", "until"))
    rows = StudySession.objects.filter(unit__in={unit for unit, _since, _until in held_posts}, withdrawn=False, hours__gt=0,
                                       held_on__range=(first, last)).exclude(absences__person=person).order_by("held_on", "id")
    return [row for row in rows if any(
        unit == row.unit_id and since <= row.held_on and (until is None or row.held_on < until)  # type: ignore[operator]
        for unit, since, until in held_posts)]


def roster(*, unit: Unit, day: date) -> QuerySet[Person]:
    """Who is expected at study in a unit on a day, in the order of surname strokes."""
    called = Position.objects.filter(held(day), unit=unit, post__in=MEMBER_POSTS).values("person")
    return Person.objects.filter(pk__in=called, withdrawn=False).order_by("strokes", "id")
