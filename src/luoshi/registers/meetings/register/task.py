"""What meetings handed to somebody to do, and the papers laid before them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.columns import headed
from luoshi.engine.follow_up import Followed, follow
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit

from .. import indicators
from ..models import Meeting, MeetingPaper, MeetingTask


def meeting_of(unit: Unit, actor: Actor) -> Meeting:
    """A meeting of the unit for samples: one that is there, else a new one."""
    found = Meeting.objects.filter(unit=unit, withdrawn=False).first()
    made: Meeting = found or samples.saved(register("meeting"), unit, system_actor(actor.today))
    return made


class OfMeetings(Register):
    """What belongs to a meeting stands only while the meeting does."""

    def base(self) -> QuerySet[Any]:
        return super().base().filter(meeting__withdrawn=False)


class Tasks(OfMeetings):
    """Whoever has to carry one out finds it though their grant is elsewhere."""

    name = "meeting_task"
    model = MeetingTask
    entry = "activities"
    line = "party"
    columns = ("title", "unit", "owner", "set_on", "due_on", "closed_on", "meeting")
    filters = ("unit", "meeting", "owner", "set_on", "due_on", "closed_on")
    form = ("unit", "meeting", "title", "owner", "due_on", "closed_on", "result")
    key = ("meeting", "title")
    search = ("title",)
    order = ("due_on", "id")
    indicators = indicators.OF_TASKS
    sample = {"meeting": meeting_of, "due_on": lambda _unit, actor: actor.today, "result": ""}

    def reach(self, actor: Actor, verb: Verb) -> Q:
        own = super().reach(actor, verb)
        person = actor.account.person_id if actor.account else None
        if actor.system or verb > Verb.SEE or not person:
            return own
        return own | Q(owner=person)


class Papers(OfMeetings):
    name = "meeting_paper"
    model = MeetingPaper
    entry = "activities"
    line = "party"
    columns = ("title", "meeting", "attached", "unit")
    filters = ("unit", "meeting")
    form = ("unit", "meeting", "title")
    key = ("meeting", "title")
    search = ("title",)
    actions = {_("上传材料"): ("meeting-paper-file", Verb.CHANGE)}
    sample = {"meeting": meeting_of}

    @headed(_("附件"))
    def attached(self, file__name: str | None) -> str:
        return file__name or ""


follow(Followed("meeting_task", _("未办结的会议交办事项"), _("%(unit)s会议交办事项办理期限")))
