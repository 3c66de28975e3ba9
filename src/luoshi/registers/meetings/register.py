"""Meetings of organisation life: recorded once as "all present" plus exceptions, counted everywhere."""

from django.utils.translation import gettext_lazy as _

from luoshi.engine.columns import headed
from luoshi.engine.packets.carried import Ways, carry
from luoshi.engine.papers import Document
from luoshi.engine.register import Register
from luoshi.engine.signing.declared import sign_in

from .documents import minutes
from .duties import DUTIES
from .forms import packet_presets, packet_start
from .indicators import INDICATORS
from .models import Kind, Meeting
from .signing import SIGNING


class Meetings(Register):
    name = "meeting"
    model = Meeting
    entry = "activities"
    line = "party"
    columns = ("topic", "kind", "unit", "held_on", "attendance", "lecturer", "theme")
    filters = ("unit", "kind", "held_on", "theme", "lecturer")
    form = ("unit", "kind", "held_on", "starts", "venue", "topic", "theme", "agenda", "chair", "recorder", "lecturer",
            "guest", "expected", "present", "observers", "discussion", "decisions")
    lines = {"absences": ("person", "reason"),
             "votes": ("subject", "matter", "entitled", "present", "yes", "no", "abstain")}
    key = ("unit", "kind", "held_on", "topic")
    search = ("topic", "theme")
    order = ("-held_on", "-id")
    indicators = INDICATORS
    duties = DUTIES
    documents = (Document("minutes", _("会议记录"), minutes, in_handbook=True),)
    start = "meeting-record"
    announces = ("meetings.recorded",)
    sample = {"kind": Kind.MEMBERS, "topic": "讨论年度工作安排", "expected": 25, "present": 23}

    @headed(_("到会情况"), align="right")
    def attendance(self, present: int, expected: int) -> str:
        return f"{present}/{expected}"


carry("meeting", Ways(packet_start, packet_presets, rest={"present": ("expected", "absences")}))
sign_in("meeting", SIGNING)
