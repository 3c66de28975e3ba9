"""Lectures and organisation-life meetings that were recorded as meetings: pointers, written by no form."""

from itertools import count
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi.engine.register import Register

from .. import indicators
from ..models import RecordedMeeting
from ..models.lecture import LECTURE, LIFE

_keys = count(1)


class Lectures(Register):
    name = "lecture"
    model = RecordedMeeting
    line = "party"
    columns = ("lecturer", "title", "unit", "held_on")
    filters = ("unit", "lecturer", "held_on")
    search = ("title", "lecturer__name", "lecturer__search")
    order = ("-held_on", "-id")
    indicators = indicators.OF_LECTURES
    actions = {_("打开会议记录"): "lecture-source"}
    sample = {"kind": LECTURE, "meeting": lambda _unit, _actor: next(_keys)}

    def base(self) -> QuerySet[Any]:
        return super().base().filter(kind=LECTURE)


class LifeMeetings(Register):
    """The organisation-life meetings of branches, for the appraisals of the same year."""

    name = "life_meeting"
    model = RecordedMeeting
    line = "party"
    columns = ("title", "unit", "held_on")
    filters = ("unit", "held_on")
    search = ("title",)
    order = ("-held_on", "-id")
    sample = {"kind": LIFE, "meeting": lambda _unit, _actor: next(_keys)}

    @property
    def label(self) -> str:
        return _now("组织生活会")

    def base(self) -> QuerySet[Any]:
        return super().base().filter(kind=LIFE)
