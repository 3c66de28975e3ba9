"""Report meetings: speakers, the seats of each unit with the heads counted, and the names where a list was kept."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.files import StoredFile
from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

from ..rules import seats as rules
from .words import PROBLEMS


class ReportMeeting(Record):
    title = models.CharField(_("报告会名称"), max_length=120)
    held_on = models.DateField(_("会议日期"))
    starts = models.TimeField(_("开始时间"), null=True, blank=True)
    venue = models.CharField(_("地点"), max_length=120)
    seats = models.PositiveIntegerField(_("席位总数"), validators=[MinValueValidator(1)])
    contact = models.CharField(_("联系电话"), max_length=40, blank=True, help_text=_("印在席位通知上的办公电话"))
    materials = models.TextField(_("会议资料"), blank=True, help_text=_("一行一项"))
    notice = models.TextField(_("参会要求"), blank=True, help_text=_("一行一条，印在席位通知上"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("附件"))

    class Meta:
        verbose_name = _("学习报告会")
        indexes = [models.Index(fields=["-held_on", "-id"], name="report_newest"),
                   models.Index(fields=["held_on", "place"], name="report_rollup")]
        constraints = [models.UniqueConstraint(fields=["unit", "title", "held_on"], condition=Q(withdrawn=False),
                                               name="one_report_a_day",
                                               violation_error_message=_("本单位当天已登记过同名报告会，请直接修改"))]

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"


class Speaker(models.Model):
    meeting = models.ForeignKey(ReportMeeting, models.CASCADE, related_name="speakers")
    name = models.CharField(_("报告人"), max_length=60)
    organisation = models.CharField(_("单位和职务"), max_length=120, blank=True)
    subject = models.CharField(_("报告题目"), max_length=200)

    class Meta:
        verbose_name = _("报告人")

    def __str__(self) -> str:
        return f"{self.name}：{self.subject}"


class ReportSeat(Record):
    """The seats of one unit; `unit` is the one invited, which also counts its heads."""

    meeting = models.ForeignKey(ReportMeeting, models.PROTECT, related_name="quotas", verbose_name=_("报告会"),
                                limit_choices_to={"withdrawn": False})
    held_on = models.DateField(_("会议日期"), editable=False)
    seats = models.PositiveIntegerField(_("席位数"))
    contact = models.CharField(_("本单位联络人"), max_length=40, blank=True)
    present = models.PositiveIntegerField(_("到会人数"), null=True, blank=True)

    class Meta:
        verbose_name = _("报告会席位")
        indexes = [models.Index(fields=["held_on", "place"], name="seat_rollup"),
                   models.Index(fields=["-held_on", "-id"], name="seat_newest")]
        constraints = [models.UniqueConstraint(fields=["meeting", "unit"], condition=Q(withdrawn=False), name="one_quota_a_unit",
                                               violation_error_message=_("该单位已有席位，请直接修改"))]

    def __str__(self) -> str:
        return f"{self.meeting} {self.unit}"

    def settle(self) -> None:
        super().settle()
        self.held_on = self.meeting.held_on

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.problems(held_on=self.held_on, seats=self.seats, present=self.present, listed=None, today=today):
            yield field, PROBLEMS[code]


class ReportAttendance(Record):
    """One person who came, where a unit keeps a list."""

    seat = models.ForeignKey(ReportSeat, models.PROTECT, related_name="attendees", verbose_name=_("席位"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))
    held_on = models.DateField(_("会议日期"), editable=False)
    title = models.CharField(_("报告会"), max_length=120, editable=False)

    class Meta:
        verbose_name = _("报告会到会名单")
        indexes = [models.Index(fields=["held_on", "place"], name="report_att_rollup"),
                   models.Index(fields=["-held_on", "-id"], name="report_att_newest")]
        constraints = [models.UniqueConstraint(fields=["seat", "person"], condition=Q(withdrawn=False), name="present_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.title}"

    def settle(self) -> None:
        super().settle()
        self.held_on, self.title = self.seat.held_on, self.seat.meeting.title
