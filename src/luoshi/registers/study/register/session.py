"""Timetables, sessions, reading lists, and the posts and pledges on display."""

from datetime import date, timedelta
from itertools import count

from django.utils.translation import gettext_lazy as _

from luoshi.engine.columns import headed
from luoshi.engine.papers import Document
from luoshi.engine.register import Register
from luoshi.foundation.grants import Verb

from .. import indicators
from ..documents import session_record
from ..duties import DUTIES
from ..models import Display, ReadingItem, StudySession, Timetable

_days = count()  # samples start on different days


class Timetables(Register):
    name = "timetable"
    model = Timetable
    entry = "activities"
    line = "party"
    columns = ("unit", "year", "frequency", "weekday", "starts", "starts_on", "ends_on")
    filters = ("unit", "year", "frequency")
    form = ("unit", "frequency", "weekday", "nth", "starts", "starts_on", "ends_on", "venue")
    key = ("unit", "starts_on")
    search = ("venue",)
    order = ("-year", "place", "id")
    indicators = (indicators.PLANNED,)
    actions = {_("查看和生成安排"): "timetable-days", _("用于下级支部"): ("timetable-copy", Verb.CHANGE)}
    sample = {"starts_on": lambda _unit, actor: date(actor.today.year, 1, 1) + timedelta(days=next(_days) % 300),
              "ends_on": lambda _unit, actor: date(actor.today.year, 12, 31)}


class Sessions(Register):
    """Planned by a timetable, or recorded on the day; a make-up points to what it makes up."""

    name = "study"
    model = StudySession
    entry = "activities"
    line = "party"
    columns = ("day", "topic", "unit", "planned_on", "held_on", "timely", "mark", "attendance", "hours", "theme")
    filters = ("unit", "day", "planned_on", "timely", "theme")
    form = ("unit", "held_on", "starts", "venue", "topic", "theme", "leader", "hours", "expected", "present", "makes_up",
            "notes")
    lines = {"materials": ("reading", "part"), "absences": ("person", "reason")}
    key = ("unit", "held_on", "topic")
    search = ("topic", "theme")
    order = ("-day", "-id")
    start = "study-record"
    actions = {_("登记学习"): ("study-record-planned", Verb.CHANGE)}
    indicators = indicators.OF_SESSIONS
    duties = DUTIES
    documents = (Document("record", _("学习记录"), session_record, in_handbook=True),)
    announces = ("study.recorded",)
    sample = {"held_on": lambda _unit, actor: actor.today, "expected": 24, "present": 22,
              "hours": None, "leader": None, "makes_up": None}

    @headed(_("到会情况"), align="right")
    def attendance(self, present: int | None, expected: int | None) -> str:
        return "" if expected is None else f"{present}/{expected}"

    @headed(_("补学"))
    def mark(self, makes_up_id: int | None) -> str:
        return str(_("补")) if makes_up_id else ""


class Readings(Register):
    name = "reading"
    model = ReadingItem
    entry = "activities"
    line = "party"
    columns = ("title", "part", "source", "name", "theme", "audience", "unit", "issued_on")
    filters = ("unit", "name", "theme", "audience", "issued_on")
    form = ("unit", "name", "theme", "title", "source", "part", "audience", "issued_on")
    key = ("unit", "name", "title", "part")
    search = ("title", "source", "name")
    order = ("-issued_on", "-id")
    indicators = (indicators.READ,)


class Displays(Register):
    name = "display"
    model = Display
    entry = "activities"
    line = "party"
    columns = ("name", "kind", "unit", "spot", "starts_on", "ends_on")
    filters = ("unit", "kind", "starts_on", "ends_on")
    form = ("unit", "kind", "name", "spot", "text", "starts_on", "ends_on")
    key = ("unit", "kind", "name")
    search = ("name", "spot")
    order = ("-starts_on", "-id")
    indicators = (indicators.POSTS, indicators.PLEDGES)
    sample = {"ends_on": None}
