"""The pages of the meetings of leading bodies: one file for each theme, their addresses here."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from luoshi.engine.chrome import EXTRA
from luoshi.engine.pages.attach import attach_page
from luoshi.foundation.grants import Verb

from . import appraisal, centre, committee, lecture, life, seats, yearly

urlpatterns = [
    path("centre/record/", centre.record_page, name="centre-record"),
    path("centre/sessions/<int:pk>/list/", centre.list_page, name="centre-list"),
    path("centre/sessions/<int:pk>/year/", yearly.of_session, name="centre-session-year"),
    path("centre/plans/<int:pk>/year/", yearly.of_plan, name="centre-plan-year"),
    path("centre/year/", yearly.year_page, name="centre-year"),
    path("committee/<int:pk>/", committee.board_page, name="committee-page"),
    path("committee/papers/<int:pk>/file/", attach_page, {"name": "committee_paper"}, name="committee-paper-file"),
    path("life/<int:pk>/", life.pack_page, name="life-page"),
    path("life/statements/<int:pk>/file/", attach_page, {"name": "life_statement"}, name="statement-file"),
    path("appraisals/<int:pk>/", appraisal.steps_page, name="appraisal-page"),
    path("lectures/", lecture.duty_page, name="lecture-duty"),
    path("reports/<int:pk>/seats/", seats.quota_page, name="report-seats"),
    path("reports/<int:pk>/file/", attach_page, {"name": "report_meeting"}, name="report-file"),
    path("seats/<int:pk>/list/", seats.list_page, name="report-list"),
]
EXTRA.append(("activities", "centre-year", _("中心组年度到会"), Verb.SEE, "centre_session"))
EXTRA.append(("activities", "lecture-duty", _("讲党课情况"), Verb.SEE, "meeting"))
