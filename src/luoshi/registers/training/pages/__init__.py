"""The pages of training: one file for each theme, their addresses here."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from luoshi.engine.chrome import EXTRA
from luoshi.foundation.grants import Verb

from . import calling, mine, officials, results, waiting

WAITING = waiting.block, mine.block  # imported for what they add to the first screen, the hand-over and one's own page

urlpatterns = [
    path("classes/<int:pk>/", calling.page, name="training-class"),
    path("classes/<int:pk>/results/", results.page, name="training-results"),
    path("officials/", officials.page, name="training-officials"),
]
EXTRA.append(("activities", "training-officials", _("五年轮训情况"), Verb.SEE, "enrolment"))
