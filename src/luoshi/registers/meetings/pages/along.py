"""What is kept along with a meeting in the same submission: new tasks, how open ones ended, papers."""

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.pages import attach
from luoshi.engine.pages.edit import drawn_lines
from luoshi.engine.pages.sent import line
from luoshi.engine.register import Register, register
from luoshi.foundation import files
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit

from .. import forms
from ..models import Meeting, MeetingPaper, MeetingTask

OFFERED = 12  # open tasks shown with the next meeting; the others are in their list
PAPERS = 10  # files in one submission


@dataclass(slots=True)
class Along:
    """Forms of new tasks, the open tasks with the results typed for them, and uploaded files; `tasks` is None without the right."""

    tasks: list[Any] | None
    open: list[tuple[MeetingTask, str]]
    papers: list[Any]
    offers_papers: bool
    errors: list[tuple[str | None, str]] = field(default_factory=list)
    _made: list[MeetingTask] = field(default_factory=list)

    def sound(self) -> bool:
        """Whether all of it may be kept; what may not is said in `errors`."""
        self._made, good = engine_forms.sound_lines(self.tasks or [])
        self.errors = [said for one in self.tasks or () if one.has_changed() for said in engine_forms.errors_of(one)]
        faults = [f"{sent.name}：{why}" for sent in self.papers if (why := attach.fault(sent))]
        if len(self.papers) > PAPERS:
            faults.append(_("一次最多上传 %(n)d 个文件，请分次上传") % {"n": PAPERS})
        self.errors += [("f-papers", why) for why in faults]
        return good and not faults

    def keep(self, actor: Actor, row: Meeting) -> None:
        """Store it beside the meeting that has just been saved, inside its transaction."""
        for task in self._made:
            task.pk, task.version, task.meeting, task.unit = None, 0, row, row.unit
            write.save(actor, register("meeting_task"), task)
        for task, result in self.open:
            if result:
                task.closed_on, task.result = row.held_on, result
                write.save(actor, register("meeting_task"), task)
        for sent in self.papers:
            title = PurePath(files.clean_name(str(sent.name))).stem[:200]
            paper = write.save(actor, register("meeting_paper"), MeetingPaper(unit=row.unit, meeting=row, title=title))
            sent.seek(0)
            paper.file = files.store(sent.read(), name=str(sent.name), register="meeting_paper", row=paper.pk, place=paper.place,
                                     by=actor.id)
            write.save(actor, register("meeting_paper"), paper)

    def drawn(self, one: Register) -> dict[str, Any]:
        """What the page shows of it."""
        box = {"name": "papers", "label": _("会议材料"), "type": "file", "multiple": True, **attach.box(),
               "errors": [why for spot, why in self.errors if spot == "f-papers"]}
        return {"tasks": drawn_lines(one, "tasks", self.tasks) if self.tasks is not None else None,
                "open_tasks": self.open, "papers": box if self.offers_papers else None}


def read(request: HttpRequest, unit: Unit | None, row: Meeting, data: Any, *, more: bool) -> Along:
    """What was sent along, or what a blank page offers."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = register("meeting_task")
    may = unit is not None and one.may(actor, Verb.ADD, unit.place)
    tasks = engine_forms.line_forms(register("meeting"), "tasks", actor, data, more=more, fields=forms.TASK) if may else None
    rows = one.rows(actor, Verb.CHANGE).filter(unit=unit, closed_on__isnull=True).select_related("owner", "meeting", "unit") if may else ()
    # A planned meeting has no tasks of its own yet; one that is corrected does not close what it set itself.
    open_ = [(task, line(request, f"done-{task.pk}", 1000)) for task in rows.exclude(meeting=row.pk).order_by("due_on", "id")[:OFFERED]] \
        if may else []  # type: ignore[union-attr]
    papers = request.FILES.getlist("papers") if request.method == "POST" else []
    offers = unit is not None and register("meeting_paper").may(actor, Verb.ADD, unit.place)
    return Along(tasks, open_, papers if offers else [], offers)
