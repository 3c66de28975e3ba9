"""What is counted: sessions and attendance, meetings and decisions carried out, stages and rectifications, reports."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine.indicators import Amount, Count, Coverage, OnTime, Portion, Timely
from luoshi.foundation.people import Post

from .models.bodies import BODIES, BRANCHES, LED
from .models.centre import COUNTS
from .models.committee import QUORATE
from .models.life import VALID

CLOSED = Q(closed_on__isnull=False)

SESSIONS = Count("leading.centre_sessions", _("中心组学习"), "centre_session", "held_on", where=COUNTS)
SESSIONS_HELD = Coverage("leading.centre_covered", _("开展中心组学习的党委"), "centre_session", "held_on", should=BODIES, where=COUNTS,
                         unit_word=_("个党委"))
SESSIONS_ON_TIME = OnTime("leading.centre_on_time", _("中心组每季度学习"), "leading.centre_quarter")
ATTENDED = Portion("leading.centre_attended", _("中心组学习到会"), "centre_attendance", "held_on", done=Q(attended=True),
                   unit_word=_("人次"))
MADE_UP = Portion("leading.centre_made_up", _("中心组学习缺席补学"), "centre_attendance", "held_on", where=Q(attended=False),
                  done=Q(made_up_on__isnull=False), unit_word=_("人次"))
PLANS = Coverage("leading.centre_plans", _("制定中心组学习计划的党委"), "centre_plan", "adopted_on", should=BODIES, unit_word=_("个党委"))
OF_SESSIONS = (SESSIONS, SESSIONS_HELD, SESSIONS_ON_TIME)
OF_ATTENDANCE = (ATTENDED, MADE_UP)

MEETINGS = Count("leading.committee_meetings", _("委员会会议"), "committee_meeting", "held_on", where=QUORATE)
DECISIONS_CLOSED = Portion("leading.decisions_closed", _("会议决定事项办结"), "committee_decision", "decided_on", done=CLOSED)
DECISIONS_TIMELY = Timely("leading.decisions_timely", _("会议决定事项按期办结"), "committee_decision", "due_on",
                          done=Q(closed_on__lte=F("due_on")))
OF_DECISIONS = (DECISIONS_CLOSED, DECISIONS_TIMELY)

LIFE_HELD = Coverage("leading.life_held", _("召开民主生活会的党委"), "democratic_life", "held_on", should=BODIES, where=VALID,
                     unit_word=_("个党委"))
LIFE_STAGES = Amount("leading.life_stages", _("民主生活会已完成环节"), "democratic_life", "opened_on", "reached", unit_word=_("个环节"))
LIFE_DONE = Portion("leading.life_done", _("完成全部环节的民主生活会"), "democratic_life", "opened_on", done=Q(filed_on__isnull=False),
                    unit_word=_("次"))
OF_LIFE = (LIFE_HELD, LIFE_STAGES, LIFE_DONE)
RECTIFIED = Portion("leading.rectified", _("民主生活会整改事项完成"), "rectification", "listed_on", done=CLOSED)
RECTIFIED_TIMELY = Timely("leading.rectified_timely", _("民主生活会整改事项按期完成"), "rectification", "due_on",
                          done=Q(closed_on__lte=F("due_on")))
OF_RECTIFICATION = (RECTIFIED, RECTIFIED_TIMELY)

APPRAISED = Coverage("leading.appraised", _("开展民主评议党员的支部"), "appraisal", "held_on", should=BRANCHES)
TOOK_PART = Amount("leading.appraised_members", _("参加民主评议的党员"), "appraisal", "held_on", "took_part", unit_word=_("人次"))
OF_APPRAISAL = (APPRAISED, TOOK_PART)

REPORTS = Count("leading.reports", _("学习报告会"), "report_meeting", "held_on")
REPORT_HEADS = Amount("leading.report_heads", _("报告会到会人次"), "report_seat", "held_on", "present", unit_word=_("人次"))
LEADERS = Coverage("leading.report_leaders", _("参加报告会的领导干部"), "report_attendance", "held_on", should=LED, people="person",
                   posts=(Post.OFFICIAL,))
