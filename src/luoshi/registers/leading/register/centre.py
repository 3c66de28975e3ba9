"""Experts, plans, sessions and attendance of centre groups."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.columns import headed
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit

from .. import duties, indicators
from ..documents import centre as documents
from ..models import CentreAttendance, CentrePlan, CentreSession, Expert
from .years import SampleYears

YEARS = SampleYears()


def session_of(unit: Unit, actor: Actor) -> CentreSession:
    """A session of a unit, for samples of what hangs on one."""
    found = CentreSession.objects.filter(unit=unit, withdrawn=False).first()
    return found or samples.saved(register("centre_session"), unit, system_actor(actor.today))


class Experts(Register):
    name = "expert"
    model = Expert
    line = "party"
    columns = ("name", "organisation", "rank", "subject", "given", "unit")
    filters = ("unit", "subject")
    form = ("unit", "name", "organisation", "rank", "subject")
    key = ("unit", "name", "organisation")
    search = ("name", "organisation", "subject")


class Plans(Register):
    name = "centre_plan"
    model = CentrePlan
    line = "party"
    columns = ("unit", "year", "adopted_on", "reference", "note")
    filters = ("unit", "year", "adopted_on")
    form = ("unit", "year", "adopted_on", "reference", "note")
    lines = {"items": ("quarter", "theme", "speaker")}
    key = ("unit", "year")
    search = ("unit__name", "note")
    order = ("-year", "-id")
    indicators = (indicators.PLANS,)
    duties = (duties.CENTRE_PLAN,)
    documents = (Document("plan", _("学习计划"), documents.plan),)
    actions = {_("对照本年学习和到会情况"): "centre-plan-year"}
    sample = {"year": YEARS.next, "adopted_on": YEARS.day}


class Sessions(Register):
    """Recorded with the list of who must attend; the derived form keeps heads only."""

    name = "centre_session"
    model = CentreSession
    entry = "activities"
    line = "party"
    columns = ("title", "form", "unit", "held_on", "attendance", "secretary", "expert", "enlarged")
    filters = ("unit", "form", "held_on", "secretary", "expert")
    form = ("unit", "title", "form", "held_on", "starts", "venue", "chair", "secretary", "expert", "enlarged", "expected", "present",
            "materials", "discussion")
    key = ("unit", "held_on", "title")
    search = ("title",)
    order = ("-held_on", "-id")
    start = "centre-record"
    announces = ("leading.centre_kept",)
    indicators = indicators.OF_SESSIONS
    duties = (duties.CENTRE_QUARTER,)
    documents = (Document("minutes", _("学习记录"), documents.minutes, in_handbook=True),)
    actions = {_("到会名单和补学"): ("centre-list", Verb.CHANGE), _("年度到会情况"): "centre-session-year"}
    sample = {"expected": 9, "present": 8}

    @headed(_("到会情况"), align="right")
    def attendance(self, present: int | None, expected: int | None) -> str:
        return "" if expected is None else f"{present}/{expected}"


class Attendances(Register):
    name = "centre_attendance"
    model = CentreAttendance
    line = "party"
    columns = ("person", "session", "unit", "held_on", "attended", "reason", "made_up_on")
    filters = ("unit", "session", "person", "held_on", "attended", "reason", "made_up_on")
    form = ("unit", "session", "person", "attended", "reason", "made_up_on")
    key = ("session", "person")
    search = ("person__name", "person__search")
    order = ("-held_on", "-id")
    indicators = indicators.OF_ATTENDANCE
    sample = {"session": session_of, "reason": "", "attended": True}

    def base(self) -> QuerySet[Any]:
        """Of sessions that stand."""
        return super().base().filter(session__withdrawn=False)
