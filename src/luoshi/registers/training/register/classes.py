"""Classes and enrolments."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb
from luoshi.kernel.moves import Moves

from .. import documents, indicators
from ..models import ClassState, Enrolment, Kind, Result, TrainingClass

STEPS = frozenset({("draft", "open"), ("open", "closed"), ("closed", "open"), ("closed", "ended"), ("ended", "closed")})


class Classes(Register):
    name = "training_class"
    model = TrainingClass
    entry = "activities"
    line = "party"
    columns = ("name", "kind", "term", "unit", "starts_on", "ends_on", "hours", "seats", "state")
    filters = ("unit", "kind", "state", "starts_on")
    form = ("unit", "name", "kind", "term", "starts_on", "ends_on", "hours", "days", "away", "recognised", "seats", "venue",
            "content")
    lines = {"lessons": ("day", "begins", "ends", "course", "teacher", "room")}
    key = ("unit", "name")
    search = ("name", "term")
    order = ("-starts_on", "-id")
    moves = Moves(states=dict(ClassState.choices), allowed=STEPS, start=ClassState.DRAFT.value, ends=frozenset())
    actions = {_("应训名单和报名"): "training-class", _("登记结果"): ("training-results", Verb.CHANGE)}
    indicators = (indicators.CLASSES,)
    documents = (Document("notice", _("培训通知"), documents.notice), Document("signing", _("签到表"), documents.signing),
                 Document("table", _("学员结果表"), documents.table, in_handbook=True))
    sample = {"kind": Kind.OTHER, "starts_on": lambda _unit, actor: actor.today - timedelta(days=5),
              "ends_on": lambda _unit, actor: actor.today - timedelta(days=2), "hours": 24, "days": 3, "seats": None}

    def reach(self, actor: Actor, verb: Verb) -> Q:
        """One's own, and every class that calls people: it is held for units below."""
        own = super().reach(actor, verb)
        called = verb == Verb.SEE and not actor.system and self.may(actor, verb)
        return own | ~Q(state=ClassState.DRAFT) if called else own


class Enrolments(Register):
    """Made on the page of a class; records of earlier years are imported."""

    name = "enrolment"
    model = Enrolment
    entry = "activities"
    line = "party"
    columns = ("person", "training", "unit", "enrolled_on", "hours", "leave_hours", "result", "certificate")
    filters = ("unit", "training__kind", "result", "enrolled_on", "training__ends_on")
    form = ("unit", "training", "person", "enrolled_on", "hours", "leave_hours", "result", "certificate")
    key = ("training", "person")
    search = ("person__name", "person__search", "person__number", "training__name", "certificate")
    order = ("-enrolled_on", "-id")
    announces = ("training.enrolment_kept",)
    indicators = indicators.OF_ENROLMENTS
    documents = (Document("certificate", _("结业证书"), documents.certificate),)
    sample = {"enrolled_on": lambda _unit, actor: actor.today, "hours": 22, "leave_hours": 2, "result": Result.ENROLLED,
              "certificate": "",
              "training": lambda unit, actor: samples.saved(register("training_class"), unit, system_actor(actor.today))}
