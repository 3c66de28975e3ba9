"""Terms that run out, and whether bodies and their committees suit the numbers of their members."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.engine import agenda, home
from luoshi.engine.actor import Actor
from luoshi.engine.agenda import MOST, Entry
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import COMMITTEE_POSTS, MEMBER_POSTS, UNION_POSTS, Position, Post, held
from luoshi.foundation.units import Body, System, Unit
from luoshi.kernel import periods, places
from luoshi.ui.render import render

from .. import rules
from ..models import Term
from ..rules import elected

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
ON_HOME = 8
HINTS = {
    "standing": gettext_lazy("书记当选时党龄不满 1 年（支部工作条例第二十二条，一般应有 1 年以上党龄）"),
    "train": gettext_lazy("书记首次任职，应在 %(day)s 前参加任职培训"),
}
OF_SYSTEM = {System.PARTY: (Post.MEMBER, MEMBER_POSTS, COMMITTEE_POSTS),
             System.UNION: (Post.UNION_MEMBER, (Post.UNION_MEMBER,), UNION_POSTS),
             System.LEAGUE: (Post.LEAGUE_MEMBER, (Post.LEAGUE_MEMBER,), COMMITTEE_POSTS)}


def terms_page(request: HttpRequest) -> HttpResponse:
    """Terms that end within six months or have ended, those that wait longest first."""
    one, actor = register("term"), request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    horizon = periods.add_months(actor.today, rules.REMIND_MONTHS)
    rows = one.rows(actor).filter(due_on__lte=horizon, ended_on__isnull=True, unit__until__isnull=True)
    chosen = request.GET.get("system", "")
    if chosen in System.values:
        rows = rows.filter(unit__system=chosen)
    found = [(term, *standing(term, actor.today)) for term in rows.select_related("unit").order_by("due_on", "id")[:SHOWN]]
    return render(request, "organization/terms.html", {
        "title": _("换届提醒"), "terms": found, "ways": _ways(chosen),
        "late": sum(1 for _term, lamp, _word in found if lamp == "late"),
        "crumbs": [(_("首页"), reverse("home")), (_("换届提醒"), None)],
    })


def _ways(chosen: str) -> list[tuple[str, str, bool]]:
    """The lists of the three systems that elect: (label, address, whether it is shown)."""
    here = reverse("terms")
    return [(_("全部"), here, chosen not in System.values),
            *((label, f"{here}?system={value}", value == chosen) for value, label in System.choices if value != System.ADMINISTRATION)]


def standing(term: Term, today: date) -> tuple[str, str]:
    """(lamp, word) of a term; of one that runs out, how much of it is left."""
    lamp, word = LAMPS[term.state(today)]
    months = term.stage(today)
    if months and lamp == "soon":
        return lamp, _("不足 %(n)d 个月届满") % {"n": months}
    return lamp, str(word)


def terms_block(actor: Actor) -> dict[str, Any] | None:
    """The terms that have ended or end within six months, for those who may write terms down; each once, by its stage."""
    one = register("term")
    if not one.may(actor, Verb.CHANGE):
        return None
    rows = one.rows(actor, Verb.CHANGE).filter(
        ended_on__isnull=True, unit__until__isnull=True, due_on__lte=periods.add_months(actor.today, rules.REMIND_MONTHS))
    found = list(rows.select_related("unit").order_by("due_on", "id")[:ON_HOME + 1])
    lines = []
    for term in found[:ON_HOME]:
        lamp, word = standing(term, actor.today)
        lines.append({"state": lamp, "word": word, "text": term.unit.name, "url": reverse("detail", args=["term", term.pk]),
                      "note": _("第 %(n)d 届，%(day)s 届满") % {"n": term.number, "day": term.due_on.isoformat()}})
    return {"title": _("换届提醒"), "template": "organization/terms_block.html", "rows": lines, "more": len(found) > ON_HOME,
            "all": reverse("terms")} if lines else None


def structure_page(request: HttpRequest) -> HttpResponse:
    """Units whose body or committee does not suit the number of their members today, and what else to look at."""
    actor = request.actor  # type: ignore[attr-defined]
    register("unit").require(actor, Verb.SEE)
    register("position").require(actor, Verb.SEE)
    full, all_of, seats = numbers(actor)
    hints = _secretaries(actor) | _disciplined(actor)
    found = []
    rows = register("unit").rows(actor).filter(until__isnull=True, system__in=OF_SYSTEM, body__in=rules.YEARS).order_by("place")
    for unit in rows.iterator(2000):
        here = unit.place
        advice = [*_advised(unit, full[here], all_of[here], seats[here]), *hints.get(unit.pk, [])]
        if advice:
            found.append((unit, all_of[here], seats[here], "；".join(advice)))
    return render(request, "organization/structure.html", {
        "title": _("组织设置核对"), "found": found[:SHOWN], "more": max(len(found) - SHOWN, 0), "today": actor.today,
        "crumbs": [(_("首页"), reverse("home")), (_("组织设置核对"), None)],
    })


def numbers(actor: Any) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Full members and all members of each unit and all below it, and persons on each committee, by place.

    Each system is a tree of its own, so that one person counts in each of them apart.
    """
    rows = register("position").rows(actor).filter(held(actor.today)).order_by()
    whole = {whole for whole, _members, _posts in OF_SYSTEM.values()}
    members = {post for _whole, members, _posts in OF_SYSTEM.values() for post in members}
    posts = {post for _whole, _members, posts in OF_SYSTEM.values() for post in posts}
    belong = list(rows.filter(post__in=members).values_list("place", "person", "post"))
    on_committees = rows.filter(post__in=posts).values_list("place", "person").distinct()
    return (_each_once((place, person) for place, person, post in belong if post in whole),
            _each_once((place, person) for place, person, _post in belong),
            Counter(place for place, _person in on_committees))


def _each_once(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    """Persons at or below each place: a member of a group or temporary branch below counts once in each unit."""
    found = {(above, person) for place, person in pairs for above in (*places.ancestors(place), place)}
    return Counter(above for above, _person in found)


def _advised(unit: Any, full: int, members: int, seats: int) -> Iterator[str]:
    """What the regulation of its system says about a unit's body and the size of its committee."""
    if unit.system == System.PARTY:
        fit = rules.fit(body=unit.body, temporary=unit.temporary, full=full, seats=seats, probationary=members - full)
        if not fit.fits:
            yield _advice(unit, fit, full)
    elif unit.system == System.UNION and unit.body == Body.COMMITTEE:
        size = elected.union_committee_size(members=members)
        if not size.least <= seats <= size.most:
            yield _("工会会员 %(members)d 人，委员会宜为 %(least)d 至 %(most)d 人（待核实）") % {
                "members": members, "least": size.least, "most": size.most}


def _secretaries(actor: Any) -> dict[int, list[str]]:
    """Hints on the secretaries of branches, by unit (branch regulation Art. 22)."""
    posts = register("position").rows(actor).filter(post=Post.SECRETARY, unit__system=System.PARTY)
    rows = list(posts.filter(held(actor.today), unit__body=Body.BRANCH, unit__temporary=False).select_related("person"))
    recent = [one.person_id for one in rows if actor.today <= periods.add_months(one.since, elected.TRAIN_WITHIN)]
    before = set(Position.objects.filter(post=Post.SECRETARY, person__in=recent, withdrawn=False, until__isnull=False)
                 .values_list("person", flat=True))
    found: dict[int, list[str]] = {}
    for one in rows:
        last = periods.add_months(one.since, elected.TRAIN_WITHIN)
        for code in elected.secretary_hints(joined=one.person.joined, since=one.since, first=one.person_id not in before,
                                            today=actor.today):
            found.setdefault(one.unit_id, []).append(str(HINTS[code]) % {"day": last.isoformat()})
    return found


def _disciplined(actor: Any) -> dict[int, list[str]]:
    """Party committees without a discipline member (organ regulation; of those with a discipline committee none is asked)."""
    seated = register("position").rows(actor).filter(held(actor.today), post=Post.DISCIPLINE).values("unit")
    rows = register("unit").rows(actor).filter(until__isnull=True, system=System.PARTY, body=Body.COMMITTEE).exclude(pk__in=seated)
    return {pk: [_("没有纪检委员；未设机关纪委的，应在委员会中设纪律检查委员")] for pk in rows.values_list("pk", flat=True)}


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


def lapsing(actor: Actor, seats: list[Unit], first: date, last: date) -> Iterator[Entry]:
    """The terms of the reader's own units that run out."""
    rows = register("term").rows(actor).filter(unit__in=seats, due_on__range=(first, last), ended_on__isnull=True)
    for row in rows.select_related("unit").order_by("due_on", "id")[:MOST]:
        yield Entry(row.due_on, _("%(unit)s届满") % {"unit": row.unit}, reverse("detail", args=["term", row.pk]), f"term-{row.pk}")


agenda.sources.append(lapsing)
home.later.append(terms_block)
