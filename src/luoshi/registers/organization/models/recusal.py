"""What a cadre who does discipline work declares about cases to keep away from; the signed paper is kept with it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

from .kept import PROBLEMS


class Stated(models.TextChoices):
    NONE = "none", _("没有应当回避的情形")
    SOME = "some", _("有应当回避的情形，已报告")


class Recusal(Record):
    """Names no relative and no case: those stand on the paper, which the organisation keeps."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))
    declared_on = models.DateField(_("声明日期"))
    stated = models.CharField(_("声明内容"), max_length=4, choices=Stated)
    paper = models.CharField(_("声明书编号"), max_length=60, blank=True, help_text=_("纸质声明书的归档号"))

    class Meta:
        verbose_name = _("回避声明")
        indexes = [models.Index(fields=["-declared_on", "-id"], name="recusal_newest"),
                   models.Index(fields=["declared_on", "place"], name="recusal_rollup")]
        constraints = [
            models.UniqueConstraint(fields=["person", "declared_on"], condition=Q(withdrawn=False), name="one_recusal_a_day",
                                    violation_error_message=_("此人当天的回避声明已登记，请查找后修改原记录")),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.declared_on}"

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if today is not None and self.declared_on > today:
            yield "declared_on", PROBLEMS["later_than_today"]
