"""All posts abroad at a glance, and from a term abroad to the hand-over."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import home
from luoshi.engine.actor import Actor, now
from luoshi.engine.duties import owed
from luoshi.engine.pages import asked
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Body, Kind, Unit
from luoshi.kernel import periods, zones
from luoshi.ui.render import render

from .. import rules
from ..models import Rotation


def posts_page(request: HttpRequest) -> HttpResponse:
    """Each post with both clocks, its last packet and report, the next contact, and what is open."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    register("contact").require(actor, Verb.SEE)
    units = list(posts(actor))
    lines, pager = asked.page(request, units)
    rows = _rows(actor, lines)
    quarter = periods.quarter(actor.today)
    reported = register("post_report").rows(actor).filter(reported_on__gte=quarter.start, unit__in=[one.pk for one in units])
    return render(request, "overseas/posts.html", {
        "title": _("驻外一览"), "rows": rows, "pager": pager, "total": len(units), "reported": reported.count(),
        "beijing": zones.shown(zones.clock(now(), zones.BEIJING)), "quarter": asked.label(quarter),
        "toolbar": [(_("上传回传包"), reverse("packet-upload"), "upload", False),
                    (_("签发离线包"), reverse("new", args=["packet"]), "plus", True)]
        if register("packet").may(actor, Verb.CHANGE) else [],
        "crumbs": [(_("首页"), reverse("home")), (_("驻外一览"), None)],
    })


def posts(actor: Actor) -> QuerySet[Unit]:
    """The branches abroad that the reader may look at, in tree order."""
    covered = ("",) if actor.system else actor.places(Verb.SEE, "contact", line="party")
    return Unit.objects.filter(within(covered), kind=Kind.OVERSEAS, body=Body.BRANCH, withdrawn=False,
                               until__isnull=True).order_by("place")


def _rows(actor: Actor, units: list[Unit]) -> list[dict[str, Any]]:
    keys = [one.pk for one in units]
    back = _by_unit(register("packet").rows(actor).filter(unit__in=keys), Max("returned_on"))
    last = _by_unit(register("post_report").rows(actor).filter(unit__in=keys), Max("reported_on"))
    following = _by_unit(register("contact").rows(actor).filter(unit__in=keys, done_on__isnull=True), Min("planned_on"))
    waiting: Counter[int] = Counter()
    late: Counter[int] = Counter()
    root = _common([one.place for one in units])
    for unit, _duty, lamp in owed(root=root, today=actor.today, wanted=home.visible_duties(actor, root)) if units else ():
        waiting[unit.pk] += 1
        late[unit.pk] += lamp.state == "late"
    moment = now()
    return [{"unit": one, "url": f"{reverse('duties')}?unit={one.code}", "local": zones.shown(zones.clock(moment, one.zone)),
             "apart": _apart(one.zone, moment), "back": back.get(one.pk), "last": last.get(one.pk),
             "contact": following.get(one.pk), "lamp": _lamp(following.get(one.pk), actor), "open": waiting[one.pk],
             "late": late[one.pk]} for one in units]


def _by_unit(rows: QuerySet[Any], what: Any) -> dict[int, Any]:
    return dict(rows.order_by().values("unit").annotate(day=what).values_list("unit", "day"))


def _common(places: list[str]) -> str:
    """The place below which all of these stand."""
    if not places:
        return ""
    first, last = min(places), max(places)
    n = 0
    while n + 4 <= min(len(first), len(last)) and first[: n + 4] == last[: n + 4]:
        n += 4
    return first[:n]


def _apart(zone: str, moment: Any) -> str:
    hours = zones.apart(zone, moment).total_seconds() / 3600
    if not hours:
        return _("与北京相同")
    return (_("早 %(n)g 小时") if hours > 0 else _("晚 %(n)g 小时")) % {"n": abs(hours)}


def _lamp(planned: Any, actor: Actor) -> str:
    return rules.contact_state(planned=planned, done=None, today=actor.today) if planned else ""


def handover_page(request: HttpRequest, pk: int) -> HttpResponse:
    """To the form of a hand-over, filled in from the term: who leaves, who follows, on which day."""
    one: Rotation = get_row(register("rotation"), request.actor, pk, Verb.CHANGE)  # type: ignore[attr-defined]
    values = {"unit": one.unit_id, "leaving": one.person_id, "taking": one.successor_id,
              "on": one.until.isoformat() if one.until else ""}
    return redirect(f"{reverse('new', args=['handover'])}?{urlencode({k: v for k, v in values.items() if v})}")
