"""The pages of study: one file for each theme, their addresses here."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from luoshi.engine.chrome import EXTRA
from luoshi.engine.pages.attach import attach_page
from luoshi.foundation.grants import Verb

from . import exchange, learning, session, timetable, topic, waiting

WAITING = waiting.block  # imported for what it adds to the first screen and the hand-over

urlpatterns = [
    path("record/", session.record_page, name="study-record"),
    path("record/<int:pk>/", session.planned_page, name="study-record-planned"),
    path("plan/", timetable.plan_page, name="study-plan"),
    path("timetables/<int:pk>/", timetable.days_page, name="timetable-days"),
    path("timetables/<int:pk>/copy/", timetable.copy_page, name="timetable-copy"),
    path("learning/<int:pk>/", learning.board_page, name="learning-board"),
    path("learning/<int:pk>/check/", learning.check_page, name="learning-check"),
    path("exchanges/<int:pk>/", exchange.board_page, name="exchange-board"),
    path("entries/<int:pk>/file/", attach_page, {"name": "exchange_entry"}, name="study-entry-file"),
    path("papers/<int:pk>/file/", attach_page, {"name": "topic_paper"}, name="study-paper-file"),
    path("groups/<int:pk>/", topic.room_page, name="topic-room"),
]
EXTRA.append(("activities", "study-plan", _("学习计划表"), Verb.SEE, "study"))
