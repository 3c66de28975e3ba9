"""Meetings recorded elsewhere that matter here: lectures by leaders, organisation-life meetings. Nothing is typed twice."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.people import Person
from luoshi.foundation.record import Record

LECTURE, LIFE = "lecture", "life"
SOURCE = "meeting"  # the register whose records these point at


class RecordedMeeting(Record):
    """A pointer to a recorded meeting with what the tables need of it; written only by the reaction to its event."""

    meeting = models.BigIntegerField(_("会议记录"), editable=False)
    kind = models.CharField(_("会议类型"), max_length=16, editable=False)
    held_on = models.DateField(_("会议日期"))
    title = models.CharField(_("主题"), max_length=200)
    lecturer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("讲课人"))

    class Meta:
        verbose_name = _("讲党课")
        indexes = [models.Index(fields=["kind", "held_on", "place"], name="recorded_rollup"),
                   models.Index(fields=["-held_on", "-id"], name="recorded_newest"),
                   models.Index(fields=["lecturer", "held_on"], name="recorded_of_lecturer")]
        constraints = [models.UniqueConstraint(fields=["meeting"], condition=Q(withdrawn=False), name="one_pointer_a_meeting")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"
