"""Meetings of committees with agenda and votes, their papers, and the decisions to be followed up."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.roll import Away
from luoshi.foundation.files import StoredFile
from luoshi.foundation.people import COMMITTEE_POSTS, Person, Position, held
from luoshi.foundation.record import Record
from luoshi.kernel import follow_up

from ..rules import committee as rules
from .words import PROBLEMS

Lines = Mapping[str, Sequence[Any]]
QUORATE = Q()  # rules.quorate, as SQL; filled below from the same table
for _kind, (_top, _bottom) in rules.QUORUM.items():
    QUORATE |= Q(kind=_kind, expected__lte=F("present") * _bottom / _top)


class Kind(models.TextChoices):
    STANDING = rules.STANDING, _("常委会")
    PLENARY = rules.PLENARY, _("全委会")
    ORGAN = rules.ORGAN, _("机关党委会")
    DISCIPLINE = rules.DISCIPLINE, _("纪委会")


class CommitteeMeeting(Record):
    """`number` runs within unit, kind and year; left open it is the next one."""

    kind = models.CharField(_("会议类型"), max_length=12, choices=Kind, default=Kind.ORGAN)
    held_on = models.DateField(_("会议日期"))
    year = models.PositiveSmallIntegerField(_("年度"), editable=False)
    number = models.PositiveSmallIntegerField(_("会议次数"), null=True, blank=True, validators=[MinValueValidator(1)],
                                              help_text=_("本年度第几次；留空时自动接续"))
    title = models.CharField(_("会议"), max_length=60, editable=False)
    starts = models.TimeField(_("开始时间"), null=True, blank=True)
    venue = models.CharField(_("地点"), max_length=120, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主持人"))
    recorder = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("记录人"))
    expected = models.PositiveIntegerField(_("应到人数"))
    present = models.PositiveIntegerField(_("实到人数"))
    observers = models.CharField(_("列席人员"), max_length=400, blank=True)

    ONE_BY_ONE = True

    class Meta:
        verbose_name = _("委员会会议")
        indexes = [models.Index(fields=["-held_on", "-id"], name="committee_newest"),
                   models.Index(fields=["held_on", "place"], name="committee_rollup")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "year", "number"], condition=Q(withdrawn=False),
                                    name="one_committee_meeting_a_number",
                                    violation_error_message=_("本年度已登记过这一次会议，请核对会议次数，或查找后修改原记录")),
            models.CheckConstraint(condition=Q(present__lte=F("expected")), name="committee_present_within",
                                   violation_error_message=PROBLEMS["more_than_expected"]),
        ]

    def __str__(self) -> str:
        return self.title

    def settle(self) -> None:
        super().settle()
        if not isinstance(self.held_on, date):
            return
        self.year = self.held_on.year
        if self.number is None:
            same = CommitteeMeeting.objects.filter(unit=self.unit, kind=self.kind, year=self.year, withdrawn=False)
            self.number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
        if self.kind in Kind.values and isinstance(self.number, int):
            self.title = rules.title(kind=self.kind, year=self.year, number=self.number)

    def problems(self, *, today: date | None = None, lines: Lines | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        items = list(lines["items"]) if lines and "items" in lines else list(self.items.all()) if self.pk else []
        absences = len(lines["absences"]) if lines and "absences" in lines else None
        for item in items:
            if code := rules.vote_problem(present=self.present, yes=item.yes, no=item.no, abstain=item.abstain):
                yield "__all__", f"{item.subject}：{PROBLEMS[code]}"
        for field, code in rules.meeting_problems(
                kind=self.kind, held_on=self.held_on, expected=self.expected, present=self.present, absences=absences,
                voted=any(item.yes is not None for item in items), today=today):
            yield field, PROBLEMS[code]

    @property
    def quorate(self) -> bool:
        return rules.quorate(kind=self.kind, expected=self.expected, present=self.present)

    @property
    def needed(self) -> int:
        return rules.needed(kind=self.kind, expected=self.expected)


class AgendaItem(models.Model):
    """One matter on the agenda, what was concluded, and how the votes fell; who voted how is not recorded."""

    meeting = models.ForeignKey(CommitteeMeeting, models.CASCADE, related_name="items")
    subject = models.CharField(_("议题"), max_length=200)
    reporter = models.CharField(_("汇报人"), max_length=60, blank=True)
    conclusion = models.CharField(_("决定"), max_length=500, blank=True)
    yes = models.PositiveIntegerField(_("赞成"), null=True, blank=True)
    no = models.PositiveIntegerField(_("反对"), null=True, blank=True)
    abstain = models.PositiveIntegerField(_("弃权"), null=True, blank=True)

    class Meta:
        verbose_name = _("议题")

    def __str__(self) -> str:
        return self.subject

    @property
    def voted(self) -> bool:
        return self.yes is not None

    @property
    def carried(self) -> bool:
        one = self.meeting
        return self.yes is not None and rules.carried(kind=one.kind, expected=one.expected, present=one.present, yes=self.yes)


class CommitteeAbsence(Away):
    meeting = models.ForeignKey(CommitteeMeeting, models.CASCADE, related_name="absences")

    class Meta(Away.Meta):
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="absent_from_committee_once")]


class CommitteePaper(Record):
    """A paper laid before a meeting; the file is uploaded on a page of its own."""

    meeting = models.ForeignKey(CommitteeMeeting, models.PROTECT, related_name="papers", verbose_name=_("会议"),
                                limit_choices_to={"withdrawn": False})
    item = models.PositiveSmallIntegerField(_("议题序号"), validators=[MinValueValidator(1)], default=1)
    title = models.CharField(_("材料名称"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("附件"))

    class Meta:
        verbose_name = _("会议材料")
        constraints = [models.UniqueConstraint(fields=["meeting", "item", "title"], condition=Q(withdrawn=False),
                                               name="one_paper_an_item",
                                               violation_error_message=_("这项议题已有同名材料，请直接修改"))]

    def __str__(self) -> str:
        return self.title

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.meeting.unit_id != self.unit_id:
            yield "meeting", PROBLEMS["other_unit"]


class CommitteeDecision(Record):
    """A decision that somebody has to carry out by a day."""

    meeting = models.ForeignKey(CommitteeMeeting, models.PROTECT, related_name="decisions", verbose_name=_("会议"),
                                limit_choices_to={"withdrawn": False})
    title = models.CharField(_("决定事项"), max_length=300)
    decided_on = models.DateField(_("决定日期"), editable=False)
    office = models.CharField(_("承办单位"), max_length=120, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("责任人"))
    due_on = models.DateField(_("办理期限"))
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    result = models.TextField(_("办理结果"), blank=True)

    class Meta:
        verbose_name = _("会议决定事项")
        indexes = [models.Index(fields=["due_on", "place"], name="decision_due"),
                   models.Index(fields=["decided_on", "place"], name="decision_rollup")]
        constraints = [models.UniqueConstraint(fields=["meeting", "title"], condition=Q(withdrawn=False), name="decided_once",
                                               violation_error_message=_("这次会议已登记过同一决定事项，请直接修改"))]

    def __str__(self) -> str:
        return self.title

    def settle(self) -> None:
        super().settle()
        self.decided_on = self.meeting.held_on

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.meeting.unit_id != self.unit_id:
            yield "meeting", PROBLEMS["other_unit"]
        for field, code in follow_up.problems(since=self.decided_on, due_on=self.due_on, closed_on=self.closed_on,
                                                result=self.result, today=today):
            yield field, PROBLEMS[code]

    def state(self, today: date) -> follow_up.State:
        return follow_up.state(due_on=self.due_on, closed_on=self.closed_on, today=today)


def committee_size(unit_pk: int, day: date) -> int:
    """How many hold a seat on the committee of a unit on a day."""
    return Position.objects.filter(held(day), unit=unit_pk, post__in=COMMITTEE_POSTS).values("person").distinct().count()
