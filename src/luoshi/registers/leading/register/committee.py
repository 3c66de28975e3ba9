"""Committee meetings, the papers laid before them, and the decisions to be carried out."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.columns import headed
from luoshi.engine.follow_up import Followed, follow
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit

from .. import indicators
from ..documents import committee as documents
from ..models import CommitteeDecision, CommitteeMeeting, CommitteePaper


def meeting_of(unit: Unit, actor: Actor) -> CommitteeMeeting:
    """A meeting of a unit, for samples of what hangs on one."""
    found = CommitteeMeeting.objects.filter(unit=unit, withdrawn=False).first()
    return found or samples.saved(register("committee_meeting"), unit, system_actor(actor.today))


class OfMeetings(Register):
    """What belongs to a meeting stands only while the meeting does."""

    def base(self) -> QuerySet[Any]:
        return super().base().filter(meeting__withdrawn=False)


class Meetings(Register):
    name = "committee_meeting"
    model = CommitteeMeeting
    entry = "activities"
    line = "party"
    columns = ("title", "kind", "number", "unit", "held_on", "attendance", "chair")
    filters = ("unit", "kind", "held_on", "chair")
    form = ("unit", "kind", "held_on", "number", "starts", "venue", "chair", "recorder", "expected", "present", "observers")
    lines = {"items": ("subject", "reporter", "conclusion", "yes", "no", "abstain"), "absences": ("person", "reason")}
    key = ("unit", "kind", "held_on", "number")
    search = ("title",)
    order = ("-held_on", "-id")
    announces = ("leading.committee_kept",)
    indicators = (indicators.MEETINGS,)
    documents = (Document("minutes", _("会议纪要"), documents.minutes, in_handbook=True),)
    actions = {_("议题、材料和决定办理"): "committee-page"}
    sample = {"kind": "organ", "expected": 9, "present": 8}

    @headed(_("到会情况"), align="right")
    def attendance(self, present: int, expected: int) -> str:
        return f"{present}/{expected}"


class Papers(OfMeetings):
    name = "committee_paper"
    model = CommitteePaper
    line = "party"
    columns = ("title", "meeting", "item", "attached", "unit")
    filters = ("unit", "meeting")
    form = ("unit", "meeting", "item", "title")
    key = ("meeting", "item", "title")
    search = ("title",)
    actions = {_("上传材料"): ("committee-paper-file", Verb.CHANGE)}
    sample = {"meeting": meeting_of}

    @headed(_("附件"))
    def attached(self, file__name: str | None) -> str:
        return file__name or ""


class Decisions(OfMeetings):
    """Whoever has to carry one out finds it without a grant on the unit."""

    name = "committee_decision"
    model = CommitteeDecision
    line = "party"
    columns = ("title", "meeting", "unit", "office", "owner", "decided_on", "due_on", "closed_on")
    filters = ("unit", "meeting", "owner", "decided_on", "due_on", "closed_on")
    form = ("unit", "meeting", "title", "office", "owner", "due_on", "closed_on", "result")
    key = ("meeting", "title")
    search = ("title", "office")
    order = ("due_on", "id")
    indicators = indicators.OF_DECISIONS
    sample = {"meeting": meeting_of, "due_on": lambda _unit, actor: actor.today, "result": ""}

    def reach(self, actor: Actor, verb: Verb) -> Q:
        own = super().reach(actor, verb)
        person = actor.account.person_id if actor.account else None
        if actor.system or verb > Verb.SEE or not person:
            return own
        return own | Q(owner=person)


follow(Followed("committee_decision", _("未办结的会议决定事项"), _("%(unit)s会议决定事项办理期限")))
