"""Terms that run out, and whether bodies and their committees suit the numbers of their members."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import COMMITTEE_POSTS, MEMBER_POSTS, Post, held
from luoshi.foundation.units import System
from luoshi.kernel import periods, places
from luoshi.ui.render import render

from .. import rules

LAMPS = {
    "running": ("ok", gettext_lazy("在届期内")),
    "due": ("soon", gettext_lazy("即将届满")),
    "extended": ("soon", gettext_lazy("已批准延期")),
    "overdue": ("late", gettext_lazy("已届满未换届")),
    "over_limit": ("late", gettext_lazy("延期超过 1 年")),
}
BODIES = {"committee": gettext_lazy("委员会"), "general": gettext_lazy("总支部"),
          "branch": gettext_lazy("支部"), "joint": gettext_lazy("联合支部")}
SHOWN = 500


def terms_page(request: HttpRequest) -> HttpResponse:
    """Terms that end within six months or have ended, those that wait longest first."""
    one, actor = register("term"), request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    horizon = periods.add_months(actor.today, rules.REMIND_MONTHS)
    rows = one.rows(actor).filter(due_on__lte=horizon, ended_on__isnull=True, unit__until__isnull=True)
    found = [(term, *LAMPS[term.state(actor.today)])
             for term in rows.select_related("unit").order_by("due_on", "id")[:SHOWN]]
    return render(request, "organization/terms.html", {
        "title": _("换届提醒"), "terms": found, "late": sum(1 for _term, lamp, _word in found if lamp == "late"),
        "crumbs": [(_("首页"), reverse("home")), (_("换届提醒"), None)],
    })


def structure_page(request: HttpRequest) -> HttpResponse:
    """Units whose body or committee does not suit the number of their members today."""
    actor = request.actor  # type: ignore[attr-defined]
    register("unit").require(actor, Verb.SEE)
    register("position").require(actor, Verb.SEE)
    full, all_of, seats = _numbers(actor)
    found = []
    rows = register("unit").rows(actor).filter(until__isnull=True, system=System.PARTY, body__in=rules.YEARS).order_by("place")
    for unit in rows.iterator(2000):
        here = unit.place
        fit = rules.fit(body=unit.body, temporary=unit.temporary, full=full[here], seats=seats[here],
                        probationary=all_of[here] - full[here])
        if not fit.fits:
            found.append((unit, all_of[here], seats[here], _advice(unit, fit, full[here])))
    return render(request, "organization/structure.html", {
        "title": _("组织设置核对"), "found": found[:SHOWN], "more": max(len(found) - SHOWN, 0), "today": actor.today,
        "crumbs": [(_("首页"), reverse("home")), (_("组织设置核对"), None)],
    })


def _numbers(actor: Any) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Full members and all members of each unit and all below it, and persons on each committee, by place."""
    rows = register("position").rows(actor).filter(held(actor.today)).order_by()
    belong = list(rows.filter(post__in=MEMBER_POSTS).values_list("place", "person", "post"))
    on_committees = rows.filter(post__in=COMMITTEE_POSTS).values_list("place", "person").distinct()
    return (_each_once((place, person) for place, person, post in belong if post == Post.MEMBER),
            _each_once((place, person) for place, person, _post in belong),
            Counter(place for place, _person in on_committees))


def _each_once(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    """Persons at or below each place: a member of a group or temporary branch below counts once in each unit."""
    found = {(above, person) for place, person in pairs for above in (*places.ancestors(place), place)}
    return Counter(above for above, _person in found)


def _advice(unit: Any, fit: rules.Fit, full: int) -> str:
    said = []
    if fit.body:
        said.append(_("按党员人数宜设%(body)s") % {"body": BODIES[fit.body]})
    plan = rules.committee_plan(body=unit.body, full=full)
    if fit.committee and not plan.committee:
        said.append(_("应设书记 1 人，必要时设副书记 1 人"))
    elif fit.committee:
        said.append(_("委员会宜为 %(least)s 至 %(usual)s 人") % {"least": plan.least, "usual": plan.usual})
    return "；".join(said)
