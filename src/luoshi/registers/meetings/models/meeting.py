"""Meetings as stored, planned or held, with who was absent and what was voted on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.engine.roll import Away
from luoshi.foundation.people import COMMITTEE_POSTS, MEMBER_POSTS, Person, Position, held
from luoshi.foundation.record import Record
from luoshi.foundation.units import Unit

from .. import rules
from .words import PROBLEMS

Lines = Mapping[str, Sequence[Any]]  # parts of a record as they shall be, by their reverse name


class Kind(models.TextChoices):
    MEMBERS = rules.MEMBERS, _("支部党员大会")
    COMMITTEE = rules.COMMITTEE, _("支部委员会会议")
    GROUP = rules.GROUP, _("党小组会")
    LECTURE = rules.LECTURE, _("党课")
    THEME_DAY = rules.THEME_DAY, _("主题党日")
    LIFE = rules.LIFE, _("组织生活会")


class Matter(models.TextChoices):
    """Decides the quorum of a vote."""

    ORDINARY = rules.ORDINARY, _("一般事项")
    ADMISSION = rules.ADMISSION, _("接收党员")


QUORATE = ~Q(kind=rules.COMMITTEE) | Q(expected__lte=F("present") * 2)  # rules.quorate, as SQL
PASSED = Q(entitled__lt=F("yes") * 2) & (  # rules.passed, as SQL
    Q(matter=rules.ADMISSION, entitled__lt=F("present") * 2)
    | (~Q(matter=rules.ADMISSION) & Q(entitled__lte=F("present") * 2)))


class Meeting(Record):
    """A meeting is called for a day, and recorded once it was held; `day` is the one it stands under in lists."""

    kind = models.CharField(_("会议类型"), max_length=16, choices=Kind)
    planned_on = models.DateField(_("计划日期"), null=True, blank=True)
    held_on = models.DateField(_("会议日期"), null=True, blank=True)
    day = models.DateField(_("日期"), editable=False)
    called_off = models.CharField(_("取消原因"), max_length=120, blank=True, help_text=_("计划的会议不再召开时填写"))
    starts = models.TimeField(_("开始时间"), null=True, blank=True)
    venue = models.CharField(_("地点"), max_length=120, blank=True)
    topic = models.CharField(_("主题"), max_length=200, help_text=_("一句话说明会议内容，例如：讨论年度计划"))
    theme = models.CharField(_("专题"), max_length=60, blank=True, help_text=_("属于某项专题学习或活动时填写其名称"))
    agenda = models.TextField(_("议程"), blank=True, help_text=_("一行一项"))
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主持人"))
    recorder = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+",
                                 verbose_name=_("记录人"))
    lecturer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+",
                                 verbose_name=_("讲课人"))
    guest = models.CharField(_("外请讲课人"), max_length=60, blank=True)
    expected = models.PositiveIntegerField(_("应到人数"), null=True, blank=True)
    present = models.PositiveIntegerField(_("实到人数"), null=True, blank=True)
    observers = models.CharField(_("列席人员"), max_length=200, blank=True)
    discussion = models.TextField(_("发言摘要"), blank=True)
    decisions = models.TextField(_("决定事项"), blank=True)

    class Meta:
        verbose_name = _("会议")
        indexes = [
            models.Index(fields=["-day", "-id"], name="meeting_newest"),
            models.Index(fields=["held_on", "place"], name="meeting_held"),
            models.Index(fields=["planned_on", "place"], name="meeting_planned"),
            models.Index(fields=["kind", "held_on", "place"], name="meeting_rollup"),
            # Holds all that duties ask of a meeting: what is owed is counted without opening the table.
            models.Index(fields=["unit", "held_on", "kind", "expected", "present", "withdrawn"], name="meeting_of_unit",
                         condition=Q(withdrawn=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "held_on", "topic"], condition=Q(withdrawn=False),
                                    name="meeting_recorded_once",
                                    violation_error_message=_("本单位当天已登记过主题相同的会议，请查找后修改原记录")),
            models.UniqueConstraint(fields=["unit", "kind", "planned_on", "topic"], name="meeting_planned_once",
                                    condition=Q(withdrawn=False, held_on__isnull=True),
                                    violation_error_message=_("本单位当天已计划了主题相同的会议，请查找后修改原计划")),
            models.CheckConstraint(condition=Q(present__isnull=True) | Q(present__lte=F("expected")),
                                   name="meeting_present_within_expected", violation_error_message=PROBLEMS["more_than_expected"]),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()} {self.topic}"

    def settle(self) -> None:
        super().settle()
        day = self.held_on or self.planned_on
        if isinstance(day, date):
            self.day = day

    def state(self, today: date) -> str:
        """The lamp of a planned meeting; "ok" once it was held, "waived" where it was called off."""
        return rules.state(planned_on=self.planned_on, held_on=self.held_on, called_off=bool(self.called_off), today=today)

    def problems(self, *, today: date | None = None, lines: Lines | None = None,
                 **_more: Any) -> Iterable[tuple[str, Any]]:
        absences = lines.get("absences") if lines else None
        for field, code in rules.problems(
                kind=self.kind, planned_on=self.planned_on, held_on=self.held_on, expected=self.expected, present=self.present,
                today=today, lecturer=bool(self.lecturer_id or self.guest), called_off=bool(self.called_off),
                absences=None if absences is None else len(absences)):
            yield field, PROBLEMS[code]


class Absence(Away):
    """Recording is "all present" and these exceptions."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="absences")

    class Meta(Away.Meta):
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="absent_once")]


class Vote(models.Model):
    """One matter put to the vote and how the votes fell; who voted how is not recorded."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="votes")
    subject = models.CharField(_("表决事项"), max_length=200)
    matter = models.CharField(_("事项类别"), max_length=16, choices=Matter, default=Matter.ORDINARY)
    entitled = models.PositiveIntegerField(_("有表决权人数"))
    present = models.PositiveIntegerField(_("实到有表决权人数"))
    yes = models.PositiveIntegerField(_("赞成"))
    no = models.PositiveIntegerField(_("反对"), default=0)
    abstain = models.PositiveIntegerField(_("弃权"), default=0)

    class Meta:
        verbose_name = _("表决")
        constraints = [
            models.CheckConstraint(condition=Q(present__lte=F("entitled")), name="vote_present_within_entitled",
                                   violation_error_message=PROBLEMS["more_than_entitled"]),
            models.CheckConstraint(condition=Q(present__gte=F("yes") + F("no") + F("abstain")),
                                   name="vote_sum_within_present",
                                   violation_error_message=PROBLEMS["more_votes_than_present"]),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def passed(self) -> bool:
        return rules.passed(matter=self.matter, entitled=self.entitled, present=self.present, yes=self.yes)


def roster(*, unit: Unit, kind: str, day: date) -> QuerySet[Person]:
    """Who is expected at a meeting of a kind in a unit on a day, in the order of surname strokes."""
    called = Position.objects.filter(held(day), unit=unit, post__in=_posts(kind)).values("person")
    return Person.objects.filter(pk__in=called, withdrawn=False).order_by("strokes", "id")


def attended(person: Person, first: date, last: date) -> list[Meeting]:
    """Meetings at which a person was expected and was not away, the latest first."""
    posts = list(Position.objects.filter(person=person, post__in={*MEMBER_POSTS, *COMMITTEE_POSTS}, withdrawn=False, since__lte=last)
                 .filter(Q(until__isnull=True) | Q(until__gt=first)).values_list("unit", "post", "since", "until"))
    rows = Meeting.objects.filter(unit__in={unit for unit, *_more in posts}, withdrawn=False, held_on__range=(first, last))
    rows = rows.exclude(absences__person=person).select_related("unit").order_by("-held_on", "-id")
    return [row for row in rows if row.held_on and any(
        unit == row.unit_id and post in _posts(row.kind) and since <= row.held_on and (until is None or row.held_on < until)
        for unit, post, since, until in posts)]


def _posts(kind: str) -> tuple[str, ...]:
    """The posts whose holders a kind of meeting calls together."""
    return tuple(COMMITTEE_POSTS if rules.who_attends(kind=kind) == "committee" else MEMBER_POSTS)
