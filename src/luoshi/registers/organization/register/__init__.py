"""Units, people, positions, terms of office, guidance visits and improvement sheets: who we are and who holds what."""

from itertools import count

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.engine import handover as open_matters
from luoshi.engine.actor import Actor
from luoshi.engine.papers import Document
from luoshi.engine.register import Register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person, Position
from luoshi.foundation.places import within
from luoshi.foundation.units import Body, Kind, System, Unit
from luoshi.kernel import places

from .. import documents, indicators
from ..models import Guidance, Handover, Improvement, Operation, Term, UnitChange, UnitSide
from . import staff, union  # noqa: F401  declare themselves

SERIAL = count(1)  # samples of one unit differ in what must be unique


class Units(Register):
    name = "unit"
    model = Unit
    entry = "organisation"
    columns = ("name", "code", "body", "kind", "parent", "since", "until")
    filters = ("parent", "system", "body", "kind", "temporary")
    form = ("name", "code", "system", "body", "kind", "temporary", "parent", "since", "zone", "credit_code")
    key = ("code",)
    search = ("name", "code", "search", "credit_code")
    announces = ("organization.unit_kept",)
    actions = {_("沿革"): "unit-history", _("工作手册"): "handbook",
               _("成立下级组织"): ("unit-found", Verb.MANAGE), _("调整隶属关系"): ("unit-move", Verb.MANAGE),
               _("合并其他组织"): ("unit-merge", Verb.MANAGE), _("分设"): ("unit-split", Verb.MANAGE),
               _("撤销组织"): ("unit-close", Verb.MANAGE)}
    sample = {"parent": lambda unit, _actor: unit, "system": System.PARTY, "body": Body.BRANCH, "kind": Kind.ORGAN,
              "temporary": False, "until": None, "zone": "", "credit_code": ""}

    def require(self, actor: Actor, verb: Verb, place: str | None = None, *, line: str | None = None) -> None:
        """A unit without a parent would be a new root: who may not add one has simply left the parent out."""
        if place and verb == Verb.ADD and places.depth(place) == 1 and not self.may(actor, verb, place):
            raise ValidationError({"parent": _("请填写上级；新建最高一级组织请联系系统管理人员")})
        super().require(actor, verb, place, line=line)


class UnitChanges(Register):
    """What happened to units. Written by the pages of founding, moving, merging, splitting and closing, never by a form."""

    name = "unit_change"
    model = UnitChange
    entry = "organisation"
    columns = ("unit", "kind", "on", "document", "note")
    filters = ("unit", "kind", "on")
    lines = {"sides": ("side", "unit")}
    search = ("unit__name", "document")
    documents = (Document("decision", _("组织设置决定"), documents.decision),)
    order = ("-on", "-id")

    def reach(self, actor: Actor, verb: Verb) -> Q:
        """Whoever may see a unit may read what became of it, also where the change is kept by another unit."""
        own = super().reach(actor, verb)
        if actor.system or verb > Verb.SEE:
            return own
        its = within(actor.places(verb, self.name), "unit__place")
        return own | Q(pk__in=UnitSide.objects.filter(its).values("change"))


class People(Register):
    name = "person"
    model = Person
    entry = "organisation"
    columns = ("name", "number", "sex", "unit", "education", "joined", "full_on", "phone")
    filters = ("unit", "sex", "education", "joined", "full_on")
    form = ("unit", "name", "number", "id_number", "sex", "ethnicity", "born", "native_place", "education", "employment",
            "phone", "worked_since", "joined", "full_on")
    actions = {_("任职和身份"): "person-posts"}
    documents = (Document("card", _("党员信息表"), documents.card),)
    key = ("number",)
    search = ("name", "number", "search")
    sample = {"name": "林知远", "id_number": "", "phone": "13800001234", "born": None, "worked_since": None, "joined": None,
              "full_on": None, "sex": "", "ethnicity": "", "education": "", "employment": ""}


class Positions(Register):
    """Members, committees and the staff roster: one row a post held."""

    name = "position"
    model = Position
    entry = "organisation"
    columns = ("person", "post", "unit", "full_time", "since", "until")
    filters = ("unit", "post", "full_time", "person", "since")
    form = ("unit", "person", "post", "full_time", "since", "until")
    key = ("person", "unit", "post", "since")
    search = ("person__name", "person__search")
    indicators = indicators.OF_POSITIONS
    sample = {"until": None}


class Terms(Register):
    name = "term"
    model = Term
    entry = "organisation"
    columns = ("unit", "number", "elected_on", "years", "due_on", "extended_to", "ended_on")
    filters = ("unit", "due_on", "ended_on")
    form = ("unit", "number", "elected_on", "years", "extended_to", "approval", "ended_on", "reason")
    key = ("unit", "number")
    search = ("unit__name", "approval")
    order = ("due_on", "id")
    indicators = indicators.OF_TERMS
    sample = {"number": lambda _unit, _actor: next(SERIAL), "years": 3, "extended_to": None, "ended_on": None,
              "approval": ""}


class GuidanceVisits(Register):
    name = "guidance"
    model = Guidance
    entry = "organisation"
    columns = ("subject", "unit", "unit__kind", "visitor", "way", "visited_on", "follow_up_due", "closed_on")
    filters = ("unit", "unit__kind", "visitor", "visited_on", "closed_on")
    form = ("unit", "visitor", "visited_on", "way", "subject", "found", "follow_up", "follow_up_due", "closed_on")
    key = ("unit", "visited_on", "subject")
    search = ("subject", "follow_up")
    order = ("-visited_on", "-id")
    indicators = indicators.OF_GUIDANCE
    sample = {"follow_up": "", "follow_up_due": None, "closed_on": None}


class Improvements(Register):
    name = "improvement"
    model = Improvement
    entry = "organisation"
    columns = ("title", "unit", "year", "made_on", "reviewed_on")
    filters = ("unit", "year", "made_on", "reviewed_on")
    form = ("unit", "year", "title", "made_on", "reviewed_on", "review")
    lines = {"actions": ("heading", "text", "due", "result")}
    key = ("unit", "year")
    search = ("title",)
    order = ("-made_on", "-id")
    actions = {_("用记录填写半年回顾"): ("improvement-review", Verb.CHANGE)}
    indicators = indicators.OF_IMPROVEMENT
    sample = {"year": lambda _unit, _actor: 2000 + next(SERIAL), "reviewed_on": None, "review": ""}


class Operations(Register):
    """Big operations: the checklist, the plan, the temporary branch and the closing report."""

    name = "operation"
    model = Operation
    entry = "organisation"
    columns = ("name", "unit", "starts_on", "ends_on", "contact", "plan_due", "planned_on", "branch", "closed_on")
    filters = ("unit", "starts_on", "planned_on", "closed_on")
    form = ("unit", "name", "starts_on", "ends_on", "contact", "staff", "transferred", "reported_by", "entered_on",
            "plan", "planned_on", "report", "closed_on")
    key = ("unit", "name", "starts_on")
    search = ("name", "unit__name")
    order = ("-starts_on", "-id")
    indicators = indicators.OF_OPERATIONS
    documents = (Document("plan", _("保障方案"), documents.plan),)
    actions = {_("核对事项、成立或撤销临时党支部"): "operation"}
    sample = {"ends_on": lambda _unit, actor: actor.today, "entered_on": lambda _unit, actor: actor.today,
              "staff": 8, "planned_on": None, "plan": "", "closed_on": None, "report": ""}


class Handovers(Register):
    """Work handed over from one person to another; both find theirs without a grant on the unit."""

    name = "handover"
    model = Handover
    entry = "organisation"
    columns = ("unit", "leaving", "taking", "on", "given_on", "taken_on")
    filters = ("unit", "leaving", "taking", "on")
    form = ("unit", "leaving", "taking", "on", "note")
    key = ("unit", "on", "taking")
    search = ("unit__name", "leaving__name", "taking__name")
    order = ("-on", "-id")
    documents = (Document("pack", _("交接清单"), documents.pack),)
    actions = {_("查看清单并确认"): "handover"}

    def reach(self, actor: Actor, verb: Verb) -> Q:
        own = super().reach(actor, verb)
        person = actor.account.person_id if actor.account else None
        if actor.system or verb > Verb.SEE or not person:
            return own
        return own | Q(leaving=person) | Q(taking=person)


open_matters.blocks += [documents.terms_ahead, documents.follow_ups]
