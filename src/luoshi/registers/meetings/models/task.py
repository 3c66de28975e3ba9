"""What a meeting handed to somebody to do, and the papers laid before it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.files import StoredFile
from luoshi.foundation.people import Person
from luoshi.foundation.record import Record
from luoshi.kernel import follow_up

from .meeting import Meeting
from .words import PROBLEMS


class MeetingTask(Record):
    """Something that one person has to do after a meeting; `set_on` is the day of the meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks", verbose_name=_("会议"),
                                limit_choices_to={"withdrawn": False})
    title = models.CharField(_("交办事项"), max_length=300)
    set_on = models.DateField(_("交办日期"), editable=False)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("责任人"))
    due_on = models.DateField(_("办理期限"))
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    result = models.TextField(_("办理结果"), blank=True)

    class Meta:
        verbose_name = _("会议交办事项")
        indexes = [models.Index(fields=["due_on", "id"], name="task_due"),
                   models.Index(fields=["set_on", "place"], name="task_rollup"),
                   models.Index(fields=["owner", "closed_on"], name="task_of_owner")]
        constraints = [models.UniqueConstraint(fields=["meeting", "title"], condition=Q(withdrawn=False), name="task_set_once",
                                               violation_error_message=_("这次会议已有同一交办事项，请直接修改"))]

    def __str__(self) -> str:
        return self.title

    def settle(self) -> None:
        super().settle()
        self.set_on = self.meeting.day

    def problems(self, *, today: date | None = None, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.meeting.unit_id != self.unit_id:
            yield "meeting", PROBLEMS["other_unit"]
        for field, code in follow_up.problems(since=self.set_on, due_on=self.due_on, closed_on=self.closed_on, result=self.result,
                                              today=today):
            yield field, PROBLEMS[code]

    def state(self, today: date) -> follow_up.State:
        return follow_up.state(due_on=self.due_on, closed_on=self.closed_on, today=today)


class MeetingPaper(Record):
    """A paper laid before a meeting, or its signed minutes; the file is uploaded with the meeting or on a page of its own."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers", verbose_name=_("会议"),
                                limit_choices_to={"withdrawn": False})
    title = models.CharField(_("材料名称"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("附件"))

    class Meta:
        verbose_name = _("支部会议材料")
        constraints = [models.UniqueConstraint(fields=["meeting", "title"], condition=Q(withdrawn=False), name="paper_laid_once",
                                               violation_error_message=_("这次会议已有同名材料，请直接修改"))]

    def __str__(self) -> str:
        return self.title

    def problems(self, **_more: Any) -> Iterable[tuple[str, Any]]:
        if self.meeting.unit_id != self.unit_id:
            yield "meeting", PROBLEMS["other_unit"]
