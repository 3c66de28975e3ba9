"""What is counted about meetings: how many of each kind, which branches, how many came, and what was on time."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.audience import Audience
from luoshi.engine.indicators import Amount, Count, Coverage, OnTime, Portion, Timely
from luoshi.foundation.people import Post
from luoshi.foundation.units import Body

from . import rules
from .models import QUORATE, Kind

BRANCHES = Audience(bodies=(Body.BRANCH,))

HELD = Count("meetings.held", _("组织生活会议"), "meeting", "held_on", where=QUORATE, headline=True)
HELD_BY_KIND = tuple(
    Count(f"meetings.{kind.value}", kind.label, "meeting", "held_on", where=Q(kind=kind) & QUORATE) for kind in Kind)
COVERED = Coverage("meetings.covered", _("开展组织生活的支部"), "meeting", "held_on", should=BRANCHES, where=QUORATE)
THEME_DAYS = Coverage("meetings.theme_day_covered", _("开展主题党日的支部"), "meeting", "held_on", should=BRANCHES,
                      where=Q(kind=Kind.THEME_DAY))
ATTENDED = Amount("meetings.attended", _("到会人次"), "meeting", "held_on", "present", unit_word=_("人次"))
LECTURED = Coverage("meetings.lectured", _("领导干部和书记讲党课"), "meeting", "held_on",
                    should=Audience(bodies=(Body.COMMITTEE, Body.GENERAL, Body.BRANCH, Body.OFFICE)),
                    where=Q(kind=Kind.LECTURE), people="lecturer", posts=(Post.OFFICIAL, Post.SECRETARY))
AS_PLANNED = Timely("meetings.as_planned", _("会议按计划召开"), "meeting", "planned_on", where=Q(called_off=""),
                    done=Q(held_on__lte=F("planned_on")))
ON_TIME = (
    *(OnTime(f"meetings.{one.kind}_on_time", Kind(one.kind).label, f"life.{one.kind}") for one in rules.FREQUENCIES),
    OnTime("meetings.secretary_lecture_on_time", _("书记讲党课"), "life.secretary_lecture"))

OF_MEETINGS = (HELD, *HELD_BY_KIND, COVERED, THEME_DAYS, ATTENDED, LECTURED, AS_PLANNED, *ON_TIME)

CLOSED = Portion("meetings.tasks_closed", _("支部会议交办事项办结"), "meeting_task", "set_on", done=Q(closed_on__isnull=False))
CLOSED_TIMELY = Timely("meetings.tasks_timely", _("支部会议交办事项按期办结"), "meeting_task", "due_on",
                       done=Q(closed_on__lte=F("due_on")))
OF_TASKS = (CLOSED, CLOSED_TIMELY)
