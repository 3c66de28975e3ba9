"""The yearly democratic appraisal of a branch: counts for each tier, and names only of those found excellent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

from ..rules import appraisal as rules
from .words import PROBLEMS

Lines = Mapping[str, Sequence[Any]]


class Appraisal(Record):
    year = models.PositiveSmallIntegerField(_("评议年度"))
    held_on = models.DateField(_("评议日期"))
    together = models.BooleanField(_("与组织生活会一并进行"), default=True)
    members = models.PositiveIntegerField(_("党员总数"), help_text=_("正式党员和参加评议的预备党员"))
    took_part = models.PositiveIntegerField(_("参加评议人数"))
    excellent = models.PositiveIntegerField(_("优秀"), help_text=_("一般不超过党员总数的三分之一"))
    qualified = models.PositiveIntegerField(_("合格"))
    basic = models.PositiveIntegerField(_("基本合格"), default=0)
    unqualified = models.PositiveIntegerField(_("不合格"), default=0)
    reason = models.CharField(_("超过比例的说明"), max_length=200, blank=True)
    follow_up = models.TextField(_("后续教育帮助安排"), blank=True, help_text=_("写明工作安排，不写个人姓名"))

    class Meta:
        verbose_name = _("民主评议党员")
        indexes = [models.Index(fields=["-held_on", "-id"], name="appraisal_newest"),
                   models.Index(fields=["held_on", "place"], name="appraisal_rollup")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], condition=Q(withdrawn=False), name="one_appraisal_a_year",
                                    violation_error_message=_("本单位该年度已登记民主评议，请直接修改")),
            models.CheckConstraint(
                condition=Q(took_part=F("excellent") + F("qualified") + F("basic") + F("unqualified")),
                name="appraisal_adds_up", violation_error_message=PROBLEMS["tiers_do_not_add_up"]),
        ]

    def __str__(self) -> str:
        return str(_("%(unit)s %(year)s年度民主评议") % {"unit": self.unit, "year": self.year})

    def problems(self, *, today: date | None = None, lines: Lines | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        named = len(lines["named"]) if lines and "named" in lines else None
        for field, code in rules.problems(
                year=self.year, held_on=self.held_on, members=self.members, took_part=self.took_part,
                tiers=(self.excellent, self.qualified, self.basic, self.unqualified), named=named or None,
                reason=self.reason, today=today):
            yield field, PROBLEMS[code]

    @property
    def most(self) -> int:
        return rules.max_excellent(members=self.members)


class Excellent(models.Model):
    """A member whom the branch found excellent: a decision like an award, and the only tier with names."""

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="named")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))

    class Meta:
        verbose_name = _("优秀党员")
        constraints = [models.UniqueConstraint(fields=["appraisal", "person"], name="excellent_once")]

    def __str__(self) -> str:
        return str(self.person)
