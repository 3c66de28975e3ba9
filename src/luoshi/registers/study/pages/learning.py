"""A branch checks itself against written criteria, counted out of its own records; how a campaign stands, in tree order."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.audience import Audience
from luoshi.engine.duties import duties, standings
from luoshi.engine.indicators import indicators, total
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.indicators import behind_url
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.kernel.periods import Period, add_days
from luoshi.ui.render import render

from .. import rules
from ..documents import named
from ..models import Check, CheckLine, Criterion, LearningCampaign, Review

LISTED = 400


@dataclass(frozen=True, slots=True)
class Counted:
    """One criterion at a branch: the number from its records, the list behind it, whether it meets."""

    criterion: Criterion
    shown: str
    url: str
    met: bool


def counted(campaign: LearningCampaign, unit: Unit, actor: Actor) -> list[Counted]:
    """Each criterion with what the branch's own records say up to today; a duty counts its periods fulfilled."""
    period = Period(campaign.starts_on, add_days(campaign.ends_on, 1))
    return [_count(one, unit, period, actor) for one in campaign.criteria.order_by("pk")]


def _count(one: Criterion, unit: Unit, period: Period, actor: Actor) -> Counted:
    if one.measure.startswith("duty:"):
        duty = duties()[one.measure.removeprefix("duty:")]
        lamps = [lamp for at, _duty, lamp in standings([duty], root=unit.place, periods=[period], today=actor.today)
                 if at == unit.pk and lamp.state != "waived"
                 and period.contains(lamp.due) and (lamp.state == "ok" or lamp.due < actor.today)]
        top, bottom = sum(lamp.state == "ok" for lamp in lamps), len(lamps)
        return Counted(one, f"{top}/{bottom}", f"{reverse('duties')}?unit={unit.code}", one.met(top, bottom))
    indicator = indicators()[one.measure]
    share = total(indicator, root=unit.place, period=period, today=actor.today)
    shown = str(share.top) if share.bottom is None else f"{share.top}/{share.bottom}"
    met = one.met(float(share.top), None if share.bottom is None else float(share.bottom))
    return Counted(one, shown, behind_url(indicator, unit, period), met)


def check_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The criteria with the branch's numbers, a remark on each, and the check itself; again updates the one there is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    campaign = get_row(register("learning"), actor, pk)
    one = register("learning_check")
    one.require(actor, Verb.ADD)
    offered = list(engine_forms.choosable(Unit, one, actor, "unit").filter(Audience().suits(), until__isnull=True)
                   .order_by("place")[:LISTED])
    if not offered:
        raise PermissionDenied(_("您没有可以自查的支部；需要时请联系上级党组织授权"))
    unit = _unit(request, actor, offered)
    stored = one.rows(actor, Verb.ADD).filter(campaign=campaign, unit=unit).first()
    rows = counted(campaign, unit, actor)
    sent = request.POST if request.method == "POST" else None
    errors: list[tuple[str | None, str]] = []
    if sent is not None:
        errors = _keep(actor, campaign, unit, stored, rows, sent)
        if not errors:
            messages.success(request, _("已保存自查：%(unit)s") % {"unit": unit})
            return redirect("detail", one.name, one.rows(actor, Verb.ADD).get(campaign=campaign, unit=unit).pk)
    remarks = {line.text: line.remark for line in stored.lines.all()} if stored else {}
    return render(request, "study/check.html", {
        "title": _("学习型党支部自查"), "campaign": campaign, "unit": unit, "errors": errors, "stored": stored,
        "rows": [(each, (sent.get(f"remark-{each.criterion.pk}", "") if sent else remarks.get(each.criterion.text, "")))
                 for each in rows],
        "units": [(each.pk, each.name) for each in offered], "met": sum(each.met for each in rows),
        "note": sent.get("remark", "") if sent else stored.remark if stored else "",
        "version": stored.version if stored else "", "crumbs": _crumbs(campaign, _("支部自查")),
    }, status=422 if errors else 200)


def _unit(request: HttpRequest, actor: Actor, offered: list[Unit]) -> Unit:
    wanted = request.POST.get("unit") or request.GET.get("unit", "")
    home = actor.account.home_id if actor.account else None
    return next((one for one in offered if wanted in (str(one.pk), one.code)),
                next((one for one in offered if one.pk == home), offered[0]))


def _keep(actor: Actor, campaign: LearningCampaign, unit: Unit, stored: Check | None, rows: list[Counted],
          sent: Any) -> list[tuple[str | None, str]]:
    row = stored or Check(unit=unit, campaign=campaign)
    if stored and str(sent.get("version", "")).isdecimal():
        row.version = int(sent["version"])
    row.checked_on, row.remark = actor.today, sent.get("remark", "").strip()[:2000]
    row.criteria, row.reached = len(rows), sum(each.met for each in rows)
    row.meets = rules.check_meets(results=[each.met for each in rows])
    lines = [CheckLine(text=each.criterion.text, required=each.criterion.required, counted=each.shown, met=each.met,
                       remark=sent.get(f"remark-{each.criterion.pk}", "").strip()[:200]) for each in rows]
    try:
        write.save(actor, register("learning_check"), row, lines={"lines": lines})
    except ValidationError as error:
        return [(None, message) for message in error.messages]
    except write.Conflict as clash:
        return [(None, str(clash))]
    return []


def board_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How a campaign stands at the branches the reader may see, in tree order and in no other."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    campaign = get_row(register("learning"), actor, pk)
    covered = ("",) if actor.system else actor.places(Verb.SEE, "learning_check", line="party")
    branches = list(Unit.objects.filter(Audience().suits(), within(covered), within((campaign.unit.place,)),
                                        until__isnull=True).order_by("place")[: LISTED + 1])
    checks = {one.unit_id: one for one in register("learning_check").rows(actor).filter(campaign=campaign)}
    visits = {one.unit_id: one for one in register("learning_review").rows(actor).filter(campaign=campaign)
              .order_by("visited_on", "id")}
    listed = {one.unit_id for one in named(campaign, actor)}
    rows = [_row(one, checks.get(one.pk), visits.get(one.pk), one.pk in listed) for one in branches[:LISTED]]
    return render(request, "study/learning.html", {
        "title": campaign.name, "campaign": campaign, "criteria": campaign.criteria.order_by("pk"), "rows": rows,
        "met": sum(1 for one in checks.values() if one.meets), "checked": len(checks), "branches": len(branches),
        "more": len(branches) > LISTED, "named": len(listed),
        "may_visit": register("learning_review").may(actor, Verb.ADD), "crumbs": _crumbs(campaign, _("创建情况")),
    })


def _row(unit: Unit, check: Check | None, visit: Review | None, listed: bool) -> dict[str, Any]:
    if check is None:
        state, word = "none", _("未自查")
    elif check.meets:
        state, word = "ok", _("达到全部标准")
    else:
        state, word = "soon", _("达到 %(n)d/%(all)d 项") % {"n": check.reached, "all": check.criteria}
    return {"unit": unit, "check": check, "visit": visit, "listed": listed, "state": state, "word": word}


def _crumbs(row: LearningCampaign, here: str) -> list[tuple[str, str | None]]:
    return [(_("首页"), reverse("home")), (register("learning").label, reverse("list", args=["learning"])),
            (str(row), reverse("detail", args=["learning", row.pk])), (here, None)]
