"""Guidance by kind: for each of the five kinds of organisation what applies to it, who is its contact, who was visited."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.duties import Duty, duties
from luoshi.engine.indicators import indicators, total
from luoshi.engine.register import register, registers
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import Post, held
from luoshi.foundation.units import Body, Kind, System, Unit
from luoshi.kernel import periods, places
from luoshi.ui.render import render

from ..models import Way
from ..rules.kinds import RULE_SETS

NAMED = 30  # contacts named for one kind
BODIES = (Body.BRANCH, Body.GENERAL, Body.COMMITTEE)


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    unit: str
    url: str


def page(request: HttpRequest) -> HttpResponse:
    """One section for each kind that the reader may see a unit of."""
    actor = request.actor  # type: ignore[attr-defined]
    units = register("unit")
    units.require(actor, Verb.SEE)
    rows = list(units.rows(actor).filter(until__isnull=True, system=System.PARTY, body__in=BODIES).order_by("place"))
    contacts = _contacts(actor)
    sections = []
    for kind in Kind:
        its = [one for one in rows if one.kind == kind]
        if its:
            sections.append(_section(actor, kind, its, contacts))
    return render(request, "organization/kinds.html", {
        "title": _("分类指导"), "sections": sections, "year": actor.today.year,
        "toolbar": _toolbar(actor), "crumbs": [(_("首页"), reverse("home")), (_("分类指导"), None)],
    })


def _toolbar(actor: Any) -> list[tuple[str, str, str, bool]]:
    found = []
    if register("position").may(actor, Verb.ADD):
        found.append((_("登记联系人"), f"{reverse('new', args=['position'])}?post={Post.CONTACT.value}", "plus", False))
    if register("guidance").may(actor, Verb.ADD):
        found.append((_("登记联系指导"), reverse("new", args=["guidance"]), "plus", True))
    return found


def _contacts(actor: Any) -> dict[str, list[Contact]]:
    """Contacts by the place of the unit they look after; units below share them."""
    if not register("position").may(actor, Verb.SEE):
        return {}
    found: dict[str, list[Contact]] = {}
    rows = register("position").rows(actor).filter(held(actor.today), post=Post.CONTACT).select_related("person", "unit")
    for one in rows.order_by("place", "pk"):
        found.setdefault(one.place, []).append(
            Contact(one.person.name, one.unit.name, reverse("detail", args=["position", one.pk])))
    return found


def _section(actor: Any, kind: Kind, its: list[Unit], contacts: dict[str, list[Contact]]) -> dict[str, Any]:
    rule, branches = RULE_SETS[kind.value], [one for one in its if one.body == Body.BRANCH]
    without = [one for one in branches if not any(place in contacts for place in (*places.ancestors(one.place), one.place))]
    here = {one.place for one in its}
    named = [one for place, those in contacts.items() if place in here for one in those]
    return {
        "label": str(kind.label), "list": f"{reverse('list', args=['unit'])}?kind={kind.value}",
        "facts": [(_("党组织"), _("%(n)d 个") % {"n": len(its)}), (_("其中支部"), _("%(n)d 个") % {"n": len(branches)}),
                  (_("联系指导要求"), _("每个支部每年 %(n)d 次以上（本系统参数）") % {"n": rule.visits}),
                  (_("首选方式"), "、".join(str(Way(way).label) for way in rule.ways)), *_visited(actor, kind, its)],
        "contacts": named[:NAMED], "more": max(len(named) - NAMED, 0), "without": len(without),
        "first": without[:5], "duties": [(str(one.label), str(one.article)) for one in duties().values() if _applies(one, kind)],
        "papers": _papers(rule.papers),
    }


def _applies(duty: Duty, kind: Kind) -> bool:
    who = duty.who
    return who.system == System.PARTY and (not who.kinds or kind in who.kinds)


def _visited(actor: Any, kind: Kind, its: list[Unit]) -> list[tuple[str, str]]:
    """How many branches of the kind were visited this year, below the highest unit that the reader sees."""
    one = indicators()[f"organization.visited_{kind.value}"]
    tops: list[str] = []
    for place in sorted(unit.place for unit in its):
        if not any(places.below(place, top) or place == top for top in tops):
            tops.append(place)
    top = _common(tops)
    if not register("guidance").may(actor, Verb.SEE, top):
        return []
    share = total(one, root=top, period=periods.year(actor.today), today=actor.today)
    return [(_("本年已联系的支部"), _("%(top)d 个，应联系 %(bottom)d 个") % {"top": share.top, "bottom": share.bottom})]


def _common(tops: list[str]) -> str:
    """The lowest place above all of these; one of them where it stands alone."""
    first, last = tops[0], tops[-1]
    n = 0
    while n < min(len(first), len(last)) and first[n:n + places.STEP] == last[n:n + places.STEP]:
        n += places.STEP
    return first[:n]


def _papers(names: tuple[str, ...]) -> list[tuple[str, str]]:
    known = {f"{one.name}.{paper.name}": (str(paper.label), reverse("list", args=[one.name]))
             for one in registers() for paper in one.documents}
    return [known[name] for name in names if name in known]
