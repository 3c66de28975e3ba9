"""The plan's declarations: plans, measures, their milestones and remarks, and the monthly circulars."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine import home as first_screen
from luoshi.engine import samples, write
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.chrome import EXTRA
from luoshi.engine.columns import headed
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb
from luoshi.foundation.places import within
from luoshi.kernel import places

from . import documents, home, indicators, intake, kinds  # noqa: F401  intake declares the background reading
from .models import (
    CIRCULAR_MOVES,
    PLAN_MOVES,
    Circular,
    Clause,
    Guiding,
    Helper,
    Measure,
    MeasureState,
    Milestone,
    Plan,
    PlanState,
    Remark,
)


def some_plan(unit: Any, actor: Actor) -> Plan:
    """A draft plan of a unit, for the samples of what belongs to a plan."""
    made = Plan(unit=unit, year=actor.today.year, title=_("%(year)d年工作要点") % {"year": actor.today.year})
    return write.save(actor, register("plan"), made)  # type: ignore[no-any-return]


def some_measure(unit: Any, actor: Actor) -> Measure:
    made = Measure(unit=unit, plan=some_plan(unit, actor), text=_("开展主题党日活动"))
    return write.save(actor, register("measure"), made)  # type: ignore[no-any-return]


class Plans(Register):
    name = "plan"
    model = Plan
    columns = ("title", "year", "unit", "state", "edition", "issued_on")
    filters = ("year", "unit", "state")
    search = ("title",)
    order = ("-year", "id")
    moves = PLAN_MOVES
    actions = {gettext_lazy("打开要点"): "plan:text"}
    documents = (Document("plan", gettext_lazy("要点任务分解"), documents.plan_paper),
                 Document("summary", gettext_lazy("年度总结"), documents.summary_paper))

    def reach(self, actor: Actor, verb: Verb) -> Q:
        """An issued plan is read by every unit below the one that issued it; a draft only by those it lies below."""
        own = super().reach(actor, verb)
        if actor.system or verb > Verb.SEE:
            return own
        above = {p for place in actor.places(verb, self.name) for p in (*places.ancestors(place), place)}
        return own | (Q(place__in=above) & ~Q(state=PlanState.DRAFT))


class Measures(Register):
    name = "measure"
    model = Measure
    entry = "plan"
    columns = ("number", "text", "matter", "owner", "due", "state", "plan")
    filters = ("owner", "plan", "state", "due")
    search = ("text", "number", "supplied", "programme")
    order = ("-plan_id", "start", "id")
    lines = {"helpers": ("unit",), "rules": ("method", "indicator", "target", "tenths", "words", "own")}
    actions = {gettext_lazy("落实情况"): "plan:measure"}
    sample = {"plan": some_plan, "text": "开展主题党日活动", "end": 8}

    def reach(self, actor: Actor, verb: Verb) -> Q:
        """The issuing unit has all of them; an owner or helper reads its own once the plan is issued."""
        own = super().reach(actor, verb)
        if actor.system or verb > Verb.SEE:
            return own
        covered = actor.places(verb, self.name)
        helped = Helper.objects.filter(within(covered, "unit__place")).values("measure")
        given = Q(state=MeasureState.ACCEPTED) & ~Q(plan__state=PlanState.DRAFT)
        return own | (given & (within(covered, "owner__place") | Q(pk__in=helped)))

    @headed(gettext_lazy("事项类别"))
    def matter(self, kind: str) -> str:
        return kinds.label(kind)


class Milestones(Register):
    name = "plan_milestone"
    model = Milestone
    columns = ("title", "unit", "due", "reached_on")
    filters = ("unit", "due", "reached_on")
    sample = {"measure": some_measure}


class Remarks(Register):
    name = "plan_remark"
    model = Remark
    columns = ("text", "unit", "day", "by")
    filters = ("unit", "day")
    sample = {"measure": some_measure}


class Circulars(Register):
    name = "plan_circular"
    model = Circular
    columns = ("plan", "number", "period", "unit", "state", "issued_on")
    filters = ("unit", "state", "issued_on")
    moves = CIRCULAR_MOVES
    sample = {"plan": some_plan, "period": "2026-10", "number": 1}
    actions = {gettext_lazy("打开通报"): "plan:circular"}
    documents = (Document("circular", gettext_lazy("落实情况通报"), documents.circular_paper),)


class GuidingDocuments(Register):
    name = "guiding"
    model = Guiding
    columns = ("title", "issuer", "number", "unit", "issued_on", "received_on")
    filters = ("unit", "received_on")
    form = ("unit", "title", "issuer", "number", "issued_on", "received_on")
    key = ("unit", "title")
    search = ("title", "issuer", "number")
    order = ("-received_on", "-id")
    actions = {gettext_lazy("查看条款落实"): "plan:guiding"}
    sample = {"issued_on": None, "received_on": lambda _unit, actor: actor.today}


class Clauses(Register):
    name = "clause"
    model = Clause
    columns = ("number", "text", "document", "unit", "measure__text", "rule_title", "rule_number", "received_on")
    filters = ("unit", "document", "received_on")
    form = ("unit", "document", "number", "text", "measure", "rule_title", "rule_number")
    key = ("document", "number", "text")
    search = ("text", "number", "rule_title", "document__title")
    order = ("document_id", "id")
    indicators = indicators.OF_CLAUSES
    sample = {"document": lambda unit, actor: samples.saved(
        register("guiding"), unit, system_actor(actor.today)), "measure": None,
              "rule_title": "", "rule_number": ""}


EXTRA.append(("plan", "plan:index", gettext_lazy("年度要点"), Verb.SEE, "plan"))
EXTRA.append(("plan", "plan:guiding-index", gettext_lazy("上级文件落实"), Verb.SEE, "guiding"))
first_screen.blocks.append(home.block)
