"""Units, people, positions, terms of office, guidance visits and improvement sheets: who we are and who holds what."""

from itertools import count

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luoshi.engine import handover, samples
from luoshi.engine.actor import Actor
from luoshi.engine.papers import Document
from luoshi.engine.register import Register, register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Person, Position
from luoshi.foundation.units import Body, Kind, System, Unit
from luoshi.kernel import places

from . import indicators
from .documents import card, handover_list
from .models import Guidance, Handover, Improvement, Term, UnitChange

SERIAL = count(1)  # samples of one unit differ in what must be unique


class Units(Register):
    name = "unit"
    model = Unit
    entry = "organisation"
    columns = ("name", "code", "body", "kind", "parent", "since", "until")
    filters = ("parent", "system", "body", "kind", "temporary")
    form = ("name", "code", "system", "body", "kind", "temporary", "parent", "since", "zone")
    key = ("code",)
    search = ("name", "code", "search")
    announces = ("organization.unit_kept",)
    actions = {_("组织沿革"): "unit-history", _("工作手册"): "handbook",
               _("工作交接"): ("unit-handover", Verb.MANAGE), _("合并组织"): ("unit-merge", Verb.MANAGE),
               _("拆分组织"): ("unit-split", Verb.MANAGE), _("调整隶属关系"): ("unit-move", Verb.MANAGE),
               _("撤销组织"): ("unit-close", Verb.MANAGE)}
    sample = {"parent": lambda unit, _actor: unit, "system": System.PARTY, "body": Body.BRANCH, "kind": Kind.ORGAN,
              "temporary": False, "until": None, "zone": ""}

    def require(self, actor: Actor, verb: Verb, place: str | None = None, *, line: str | None = None) -> None:
        """A unit without a parent would be a new root: who may not add one has simply left the parent out."""
        if place and verb == Verb.ADD and places.depth(place) == 1 and not self.may(actor, verb, place):
            raise ValidationError({"parent": _("请填写上级；新建最高一级组织请联系系统管理人员")})
        super().require(actor, verb, place, line=line)


class UnitChanges(Register):
    """What became of units: written by the pages that merge, split, move and close them."""

    name = "unit_change"
    model = UnitChange
    entry = "organisation"
    columns = ("unit", "kind", "on", "document", "note")
    filters = ("unit", "kind", "on")
    lines = {"sides": ("unit", "role", "members")}
    search = ("unit__name", "document")
    order = ("-on", "-id")
    indicators = indicators.OF_CHANGES
    sample = {"on": lambda _unit, actor: actor.today}


class Handovers(Register):
    """Made on the hand-over page of a unit, together with the posts and grants that change hands."""

    name = "handover"
    model = Handover
    entry = "organisation"
    columns = ("unit", "giver", "taker", "on", "open_matters")
    filters = ("unit", "on")
    search = ("unit__name", "giver__name", "taker__name")
    order = ("-on", "-id")
    documents = (Document("list", _("交接清单"), handover_list),)
    indicators = indicators.OF_HANDOVERS
    sample = {"on": lambda _unit, actor: actor.today, "giver": lambda unit, _actor: samples.person(unit),
              "taker": lambda unit, _actor: samples.person(unit)}


class People(Register):
    name = "person"
    model = Person
    entry = "organisation"
    columns = ("name", "number", "sex", "unit", "education", "joined", "full_on", "phone")
    filters = ("unit", "sex", "education", "joined", "full_on")
    form = ("unit", "name", "number", "id_number", "sex", "ethnicity", "born", "native_place", "education", "employment",
            "phone", "worked_since", "joined", "full_on")
    documents = (Document("card", _("党员信息表"), card),)
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


def terms_ahead(unit: Unit, actor: Actor) -> handover.Part | None:
    """Terms of a unit's own that still run, for the hand-over list."""
    one = register("term")
    if not one.may(actor, Verb.SEE, unit.place):
        return None
    rows = one.rows(actor).filter(unit=unit, ended_on__isnull=True).order_by("due_on")
    found = tuple((str(term.number), term.elected_on.isoformat(), term.due_on.isoformat(),
                   term.extended_to.isoformat() if term.extended_to else "—") for term in rows)
    return handover.Part(str(_("届次")), tuple(str(word) for word in (_("届次"), _("当选日期"), _("届满日期"), _("延期至"))), found)


handover.parts.append(terms_ahead)
