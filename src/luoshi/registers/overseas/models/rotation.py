"""Who serves at which post from when until when, and who follows."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

from .. import rules
from .words import PROBLEMS


class Rotation(Record):
    """One person's term at a post; the unit is the post's."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("派驻人员"))
    duty = models.CharField(_("岗位"), max_length=60)
    since = models.DateField(_("派驻起"))
    until = models.DateField(_("派驻止"), null=True, blank=True, help_text=_("计划的任期结束日期，未定的可以不填"))
    successor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("接任人"))
    handed_on = models.DateField(_("交接完成日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("派驻轮换")
        indexes = [models.Index(fields=["-since", "-id"], name="rotation_newest"),
                   models.Index(fields=["until", "place"], name="rotation_ending")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "person", "since"], condition=Q(withdrawn=False), name="one_term_a_start",
                                    violation_error_message=_("此人当天起的派驻已登记，请查找后修改")),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="rotation_ends_later",
                                   violation_error_message=PROBLEMS["ends_before_start"]),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.duty}"

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        for field, code in rules.rotation_problems(since=self.since, until=self.until, handed=self.handed_on,
                                                   same=bool(self.successor_id and self.successor_id == self.person_id)):
            yield field, PROBLEMS[code]
