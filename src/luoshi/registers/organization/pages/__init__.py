"""The pages of the organisation: one file for each matter, their addresses here."""

from django.urls import path
from django.utils.translation import gettext_lazy

from luoshi.engine.chrome import EXTRA
from luoshi.foundation.grants import Verb

from . import bodies, handover, kinds, operation, person, review, staff, units

urlpatterns = [
    path("units/<int:pk>/history/", units.history, name="unit-history"),
    path("units/<int:pk>/found/", units.found, name="unit-found"),
    path("units/<int:pk>/move/", units.move, name="unit-move"),
    path("units/<int:pk>/merge/", units.merge, name="unit-merge"),
    path("units/<int:pk>/split/", units.split, name="unit-split"),
    path("units/<int:pk>/close/", units.close, name="unit-close"),
    path("handovers/<int:pk>/", handover.page, name="handover"),
    path("operations/<int:pk>/", operation.page, name="operation"),
    path("terms/", bodies.terms_page, name="terms"),
    path("structure/", bodies.structure_page, name="structure"),
    path("people/<int:pk>/", person.page, name="person-posts"),
    path("staff/", staff.page, name="staff"),
    path("kinds/", kinds.page, name="kinds"),
    path("improvements/<int:pk>/review/", review.improvement_review, name="improvement-review"),
]
EXTRA.append(("organisation", "terms", gettext_lazy("换届提醒"), Verb.SEE, "term"))
EXTRA.append(("organisation", "structure", gettext_lazy("组织设置核对"), Verb.SEE, "position"))
EXTRA.append(("organisation", "staff", gettext_lazy("专兼职干部名册"), Verb.SEE, "position"))
EXTRA.append(("organisation", "kinds", gettext_lazy("分类指导"), Verb.SEE, "unit"))
