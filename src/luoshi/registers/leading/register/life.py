"""Democratic-life meetings: sensitive, so a grant on this very unit opens them and each reading leaves a line."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.engine import samples
from luoshi.engine.actor import Actor, system_actor
from luoshi.engine.columns import headed
from luoshi.engine.follow_up import Followed, follow
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit

from .. import duties, indicators
from ..documents import life as documents
from ..models import DemocraticLife, LifeStatement, Rectification
from ..rules import life as rules
from .years import SampleYears

YEARS = SampleYears()


def life_of(unit: Unit, actor: Actor) -> DemocraticLife:
    """A meeting of a unit, for samples of what hangs on one."""
    found = DemocraticLife.objects.filter(unit=unit, withdrawn=False).first()
    return found or samples.saved(register("democratic_life"), unit, system_actor(actor.today))


class OfLife(Register):
    """What belongs to a meeting stands only while the meeting does."""

    sensitive = True
    line = "party"

    def base(self) -> QuerySet[Any]:
        return super().base().filter(life__withdrawn=False)


class Lives(Register):
    name = "democratic_life"
    model = DemocraticLife
    entry = "activities"
    line = "party"
    sensitive = True
    columns = ("title", "year", "theme", "unit", "opened_on", "held_on", "stages", "filed_on")
    filters = ("unit", "year", "kind", "held_on", "filed_on")
    form = ("unit", "year", "kind", "theme", "opened_on", *rules.BEFORE[:3], "voices", *rules.BEFORE[3:], "held_on", "expected",
            "present", *rules.AFTER)
    lines = {"found": ("text", "times")}
    key = ("unit", "year", "theme")
    search = ("title", "theme")
    order = ("-opened_on", "-id")
    announces = ("leading.life_kept",)
    indicators = indicators.OF_LIFE
    duties = (duties.LIFE,)
    documents = (Document("plan", _("方案"), documents.plan), Document("problems", _("问题清单"), documents.problem_list),
                 Document("rectify", _("整改清单"), documents.rectify_list), Document("report", _("情况报告"), documents.report))
    actions = {_("环节、材料和整改"): "life-page"}
    sample = {"year": YEARS.next, "opened_on": YEARS.day, "kind": "annual"}

    @headed(_("已完成环节"), align="right")
    def stages(self, reached: int) -> str:
        return f"{reached}/{len(rules.STAGES)}"


class Statements(OfLife):
    name = "life_statement"
    model = LifeStatement
    columns = ("person", "title", "life", "handed_on", "attached", "unit")
    filters = ("unit", "life", "handed_on")
    form = ("unit", "life", "person", "title", "handed_on")
    key = ("life", "person")
    search = ("person__name", "person__search")
    order = ("-handed_on", "-id")
    actions = {_("上传材料"): ("statement-file", Verb.CHANGE)}
    sample = {"life": life_of}

    @headed(_("附件"))
    def attached(self, file__name: str | None) -> str:
        return file__name or ""


class Rectifications(OfLife):
    name = "rectification"
    model = Rectification
    columns = ("title", "life", "unit", "owner", "listed_on", "due_on", "closed_on")
    filters = ("unit", "life", "owner", "listed_on", "due_on", "closed_on")
    form = ("unit", "life", "title", "measure", "owner", "listed_on", "due_on", "closed_on", "result")
    key = ("life", "title")
    search = ("title",)
    order = ("due_on", "id")
    indicators = indicators.OF_RECTIFICATION
    sample = {"life": life_of, "due_on": lambda _unit, actor: actor.today, "result": ""}


follow(Followed("rectification", _("未完成的整改事项")))
