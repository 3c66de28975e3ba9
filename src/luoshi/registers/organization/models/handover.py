"""A hand-over: who leaves which unit's work to whom, on which day, and when each of the two confirmed it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

from .. import rules
from .kept import PROBLEMS


class Handover(Record):
    leaving = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("移交人"))
    taking = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("接收人"))
    on = models.DateField(_("交接日期"), help_text=_("自这一天起由接收人负责"))
    note = models.CharField(_("移交说明"), max_length=500, blank=True, help_text=_("纸质档案、印章、未了事项等"))
    given_on = models.DateField(_("移交确认"), null=True, editable=False)
    taken_on = models.DateField(_("接收确认"), null=True, editable=False)

    class Meta:
        verbose_name = _("工作交接")
        indexes = [models.Index(fields=["-on", "-id"], name="handover_newest")]

    def __str__(self) -> str:
        return f"{self.unit} {self.on}"

    @property
    def done(self) -> bool:
        return bool(self.given_on and self.taken_on)

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.handover_problems(leaving=self.leaving_id, taking=self.taking_id):
            yield field, PROBLEMS[code]


def first_day(handover: Handover, today: date) -> date:
    """From when the rights are the new person's: the day agreed, never one that has passed."""
    return max(handover.on, today)
