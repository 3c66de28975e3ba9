"""The pages of meetings: one file for each theme, their addresses here."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from luoshi.engine.chrome import EXTRA
from luoshi.engine.pages.attach import attach_page
from luoshi.foundation.grants import Verb

from . import board, calling, quarter, record, waiting

WAITING = waiting.block  # imported for what it adds to the first screen, the agenda and the hand-over

urlpatterns = [
    path("record/", record.record_page, name="meeting-record"),
    path("record/roll/", record.roll_part, name="meeting-roll"),
    path("record/<int:pk>/", record.planned_page, name="meeting-record-planned"),
    path("plan/", calling.plan_page, name="meeting-plan"),
    path("quarter/", quarter.quarter_page, name="meeting-quarter"),
    path("<int:pk>/", board.board_page, name="meeting-board"),
    path("papers/<int:pk>/file/", attach_page, {"name": "meeting_paper"}, name="meeting-paper-file"),
]
EXTRA.append(("activities", "meeting-record", _("登记会议"), Verb.ADD, "meeting"))
EXTRA.append(("activities", "meeting-plan", _("安排会议计划"), Verb.ADD, "meeting"))
EXTRA.append(("activities", "meeting-quarter", _("组织生活季度情况"), Verb.SEE, "meeting"))
