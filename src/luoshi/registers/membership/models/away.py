"""Members who are away: where to and since when, when one was last in contact, and what was decided about it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

from ..rules import away as rules
from .transfer_words import sentence


class Where(models.TextChoices):
    FIXED = rules.FIXED, _("国内，有固定地点")
    NOT_FIXED = rules.NOT_FIXED, _("国内，无固定地点")
    PRIVATE = rules.PRIVATE, _("因私出国（境）")
    STUDY = rules.STUDY, _("出国（境）学习研究")


class Means(models.TextChoices):
    CALL = "call", _("电话")
    VIDEO = "video", _("视频")
    TEXT = "text", _("短信、微信")
    LETTER = "letter", _("书信、邮件")
    VISIT = "visit", _("当面")


class Decided(models.TextChoices):
    SUSPEND = rules.SUSPEND, _("停止党籍")
    RESTORE = rules.RESTORE, _("恢复党籍")
    STRIKE_OFF = rules.STRIKE_OFF, _("按自行脱党予以除名")


def day(label: Any, **more: Any) -> Any:
    return models.DateField(label, null=True, blank=True, **more)


class Away(Record):
    """One stay away of one member of the branch `unit`. Lost contact is counted from the last contact."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("党员"))
    since = models.DateField(_("外出日期"))
    until = day(_("预计返回日期"), help_text=_("不确定的不填"))
    where = models.CharField(_("去向"), max_length=10, choices=Where, default=Where.FIXED)
    destination = models.CharField(_("地点"), max_length=80, help_text=_("国家（地区）或省市县，不填详细住址"))
    card_number = models.CharField(_("活动证号"), max_length=40, blank=True, help_text=_("流动党员活动证的编号，没有的不填"))
    contact = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("联系人"))
    last_contact_on = day(_("最近联系日期"), help_text=_("不填时从外出日期算起"))
    settled_on = day(_("定居日期"), help_text=_("因私出国（境）并长期定居的，填写确认的日期"))
    returned_on = day(_("返回日期"))
    lost_from = day(_("失去联系满六个月"), editable=False)
    handled_on = day(_("处理日期"), editable=False)
    suspended_on = day(_("停止党籍日期"), editable=False)
    suspended_lost = models.BooleanField(_("因失去联系停止党籍"), default=False, editable=False)
    struck_on = day(_("除名日期"), editable=False)

    class Meta:
        verbose_name = _("外出和出国（境）党员")
        indexes = [models.Index(fields=["place", "id"], name="away_place"),
                   models.Index(fields=["lost_from", "place"], name="away_lost")]
        constraints = [
            models.UniqueConstraint(fields=["person", "since"], condition=Q(withdrawn=False), name="one_leave_a_day",
                                    violation_error_message=_("此人当天的外出已经登记，请查找后修改原记录")),
            models.UniqueConstraint(fields=["person"], condition=Q(withdrawn=False, returned_on__isnull=True,
                                                                   struck_on__isnull=True),
                                    name="one_open_leave_a_person",
                                    violation_error_message=_("此人有尚未返回的外出记录，请先登记返回")),
            models.CheckConstraint(condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("since")),
                                   name="away_returns_later",
                                   violation_error_message=sentence("returned_before_since")),
        ]

    def __str__(self) -> str:
        return _("%(name)s 外出") % {"name": self.person}

    @property
    def last(self) -> date:
        """From which day on contact is counted."""
        return max(self.since, self.last_contact_on or self.since)

    def settle(self) -> None:
        """Who came back or was written to in time was never lost; who was decided about stays counted as handled."""
        super().settle()
        if not isinstance(self.since, date) or not isinstance(self.last_contact_on, date | None):
            return
        came_back = self.returned_on is not None and self.returned_on < rules.lost_from(last=self.last)
        self.lost_from = None if came_back else rules.lost_from(last=self.last)
        self.handled_on = self.struck_on or self.suspended_on

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.problems(where=self.where, since=self.since, until=self.until, last=self.last,
                                          settled=self.settled_on, returned=self.returned_on, today=today):
            yield field, sentence(code)
        if self.last_contact_on is not None and self.last_contact_on < self.since:
            yield "last_contact_on", sentence("contact_before_since")

    def status(self, today: date) -> rules.Status:
        return rules.status(where=self.where, since=self.since, last=self.last, on=today, settled=self.settled_on,
                            suspended=self.suspended_on, lost=self.suspended_lost, struck=self.struck_on,
                            returned=self.returned_on)

    def reason(self, on: date) -> str:
        """What a suspension on a day would rest on; "" for nothing."""
        return rules.suspension_reason(where=self.where, since=self.since, last=self.last, settled=self.settled_on, on=on)


class Contact(models.Model):
    """One contact: the day and the means, never what was said."""

    away = models.ForeignKey(Away, models.CASCADE, related_name="contacts")
    held_on = models.DateField(_("联系日期"))
    means = models.CharField(_("方式"), max_length=8, choices=Means, default=Means.CALL)

    class Meta:
        verbose_name = _("联系记录")

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_means_display()}"


class Decision(models.Model):
    """A decision of the organisation, recorded as a fact and only ever added."""

    away = models.ForeignKey(Away, models.CASCADE, related_name="decisions")
    decision = models.CharField(_("决定"), max_length=12, choices=Decided)
    decided_on = models.DateField(_("决定日期"))
    paper = models.CharField(_("决定文号"), max_length=60)

    class Meta:
        verbose_name = _("组织决定")

    def __str__(self) -> str:
        return f"{self.decided_on} {self.get_decision_display()}"
