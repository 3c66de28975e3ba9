"""Meetings of organisation life: called, then recorded once as "all present" plus exceptions, counted everywhere."""

from datetime import timedelta
from itertools import count

from django.utils.translation import gettext_lazy as _

from luoshi.engine.columns import headed
from luoshi.engine.packets.carried import Ways, carry
from luoshi.engine.papers import Document
from luoshi.engine.register import Register
from luoshi.engine.signing.declared import sign_in
from luoshi.foundation.grants import Verb

from .. import indicators
from ..documents import call, minutes
from ..duties import DUTIES
from ..forms import packet_presets, packet_start
from ..models import Kind, Meeting
from ..signing import SIGNING

_days = count()  # samples are held on different days


class Meetings(Register):
    name = "meeting"
    model = Meeting
    entry = "activities"
    line = "party"
    columns = ("topic", "kind", "unit", "planned_on", "held_on", "standing", "attendance", "lecturer", "theme")
    filters = ("unit", "kind", "held_on", "planned_on", "theme", "lecturer")
    form = ("unit", "kind", "planned_on", "held_on", "starts", "venue", "topic", "theme", "agenda", "chair", "recorder", "lecturer",
            "guest", "expected", "present", "observers", "discussion", "decisions", "called_off")
    lines = {"absences": ("person", "reason"),
             "votes": ("subject", "matter", "entitled", "present", "yes", "no", "abstain")}
    key = ("unit", "kind", "held_on", "topic")
    search = ("topic", "theme")
    order = ("-day", "-id")
    indicators = indicators.OF_MEETINGS
    duties = DUTIES
    documents = (Document("minutes", _("会议记录"), minutes, in_handbook=True), Document("call", _("会议通知"), call))
    start = "meeting-record"
    actions = {_("登记到会和决定"): ("meeting-record-planned", Verb.CHANGE), _("议程、材料和交办事项"): "meeting-board"}
    announces = ("meetings.recorded",)
    sample = {"kind": Kind.MEMBERS, "topic": "讨论年度工作安排", "expected": 25, "present": 23, "called_off": "",
              "held_on": lambda _unit, actor: actor.today - timedelta(days=next(_days) % 300)}

    @headed(_("状态"))
    def standing(self, held_on: object, called_off: str) -> str:
        return str(_("已召开") if held_on else _("已取消") if called_off else _("已计划"))

    @headed(_("到会情况"), align="right")
    def attendance(self, present: int | None, expected: int | None) -> str:
        return "" if expected is None or present is None else f"{present}/{expected}"


carry("meeting", Ways(packet_start, packet_presets, rest={"present": ("expected", "absences")}))
sign_in("meeting", SIGNING)
