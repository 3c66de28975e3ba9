"""Report meetings, the seats of each unit, and the names of those who came."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit

from .. import indicators
from ..documents import report as documents
from ..models import ReportAttendance, ReportMeeting, ReportSeat


def new_meeting(unit: Unit, actor: Actor) -> ReportMeeting:
    """A meeting that a unit holds, for a sample of its seats: a unit has seats at each once."""
    made: ReportMeeting = samples.saved(register("report_meeting"), unit, system_actor(actor.today))
    return made


def seat_of(unit: Unit, actor: Actor) -> ReportSeat:
    found = ReportSeat.objects.filter(unit=unit, withdrawn=False).first()
    return found or samples.saved(register("report_seat"), unit, system_actor(actor.today))


class Reports(Register):
    """Seen by the unit that holds it and by those that have seats."""

    name = "report_meeting"
    model = ReportMeeting
    entry = "activities"
    line = "party"
    columns = ("title", "unit", "held_on", "starts", "venue", "seats")
    filters = ("unit", "held_on")
    form = ("unit", "title", "held_on", "starts", "venue", "seats", "contact", "notice", "materials")
    lines = {"speakers": ("name", "organisation", "subject")}
    key = ("unit", "title", "held_on")
    search = ("title", "venue")
    order = ("-held_on", "-id")
    announces = ("leading.report_kept",)
    indicators = (indicators.REPORTS,)
    documents = (Document("record", _("会议记录"), documents.record, in_handbook=True),)
    actions = {_("席位、通知和到会"): "report-seats", _("上传会议资料"): ("report-file", Verb.CHANGE)}

    def reach(self, actor: Actor, verb: Verb) -> Q:
        own = super().reach(actor, verb)
        if actor.system or verb > Verb.SEE:
            return own
        covered = actor.places(verb, "report_seat", line=self.line)
        return own | Q(pk__in=ReportSeat.objects.filter(within(covered), withdrawn=False).values("meeting"))


class Seats(Register):
    """A unit counts its own heads; how many seats it has is said by the unit that holds the meeting."""

    name = "report_seat"
    model = ReportSeat
    line = "party"
    columns = ("unit", "meeting", "held_on", "seats", "contact", "present")
    filters = ("unit", "meeting", "held_on")
    form = ("unit", "meeting", "seats", "contact", "present")
    key = ("meeting", "unit")
    search = ("unit__name", "meeting__title")
    order = ("-held_on", "-id")
    indicators = (indicators.REPORT_HEADS,)
    documents = (Document("notice", _("席位通知"), documents.notice),)
    actions = {_("登记到会"): ("report-list", Verb.CHANGE)}
    sample = {"meeting": new_meeting, "seats": 12, "present": None}

    def base(self) -> QuerySet[Any]:
        return super().base().filter(meeting__withdrawn=False)

    def require_row(self, actor: Actor, verb: Verb, row: Any) -> None:
        super().require_row(actor, verb, row)
        if actor.system or verb < Verb.ADD:
            return
        stored = ReportSeat.objects.filter(pk=row.pk).first() if row.pk else None
        if stored is None or (stored.seats, stored.meeting_id, stored.withdrawn) != (row.seats, row.meeting_id, row.withdrawn):
            self.require(actor, verb, row.meeting.place)


class Attendances(Register):
    """Written on the page of a unit's seats."""

    name = "report_attendance"
    model = ReportAttendance
    line = "party"
    columns = ("person", "title", "unit", "held_on")
    filters = ("unit", "person", "held_on")
    search = ("person__name", "person__search", "title")
    order = ("-held_on", "-id")
    indicators = (indicators.LEADERS,)
    sample = {"seat": seat_of}

    def base(self) -> QuerySet[Any]:
        return super().base().filter(seat__withdrawn=False, seat__meeting__withdrawn=False)
