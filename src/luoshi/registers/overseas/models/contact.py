"""The plan of contacts with posts, and the first sign of each quarter that a post reported."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

from .. import rules
from .words import PROBLEMS


class Way(models.TextChoices):
    PHONE = "phone", _("电话")
    VIDEO = "video", _("视频")
    MAIL = "mail", _("邮件")
    VISIT = "visit", _("实地走访")


class Contact(Record):
    """A contact with a post that is planned, and when it took place; the unit is the post."""

    planned_on = models.DateField(_("计划日期"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("联络人"))
    way = models.CharField(_("方式"), max_length=8, choices=Way, default=Way.PHONE)
    matter = models.CharField(_("联络事项"), max_length=200)
    done_on = models.DateField(_("联络日期"), null=True, blank=True)
    result = models.TextField(_("办理结果"), blank=True, max_length=4000)

    class Meta:
        verbose_name = _("驻外联络")
        indexes = [models.Index(fields=["-planned_on", "-id"], name="contact_newest"),
                   models.Index(fields=["unit", "planned_on"], name="contact_of_unit")]
        constraints = [models.UniqueConstraint(fields=["unit", "planned_on", "matter"], condition=Q(withdrawn=False),
                                               name="contact_planned_once",
                                               violation_error_message=_("该驻外单位当天已有相同事项的联络，请查找后修改"))]

    def __str__(self) -> str:
        return f"{self.planned_on} {self.matter}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.contact_problems(done=self.done_on, today=today):
            yield field, PROBLEMS[code]


class Sign(models.TextChoices):
    RECORD = "record", _("在线登记")
    PACKET = "packet", _("离线包")
    CONTACT = "contact", _("联络")


class PostReport(Record):
    """The first sign of a quarter from a post: a record, a packet or a contact. It follows from them and is not typed."""

    quarter = models.DateField(_("季度"))  # its first day
    reported_on = models.DateField(_("首次报送日期"))
    way = models.CharField(_("报送方式"), max_length=8, choices=Sign)

    class Meta:
        verbose_name = _("驻外报送")
        indexes = [models.Index(fields=["-reported_on", "-id"], name="post_report_newest")]
        constraints = [models.UniqueConstraint(fields=["unit", "quarter"], condition=Q(withdrawn=False),
                                               name="one_report_a_quarter")]

    def __str__(self) -> str:
        return f"{self.unit} {self.reported_on}"
