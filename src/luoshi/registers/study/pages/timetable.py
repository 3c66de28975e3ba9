"""The timetable as days, its use for other branches, and the plan table of all branches with lamps."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import forms as engine_forms
from luoshi.engine.actor import Actor
from luoshi.engine.audience import Audience
from luoshi.engine.bulk import save_many
from luoshi.engine.pages import asked
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Body, Unit
from luoshi.kernel import periods, timetable, workdays
from luoshi.ui.render import render

from .. import rules
from ..models import StudySession, Timetable

MOST = 400  # branches copied to at once
ROWS = 60  # branches on one page of the plan table
WORST = ("late", "soon", "none", "waived", "ok")


def days_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The due sessions of a timetable with their lamps; those not yet planned are made by a button, again is harmless."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    timetable = get_row(register("timetable"), actor, pk)
    may = register("study").may(actor, Verb.ADD, timetable.place)
    if request.method == "POST":
        register("study").require(actor, Verb.ADD, timetable.place)
        made = plan(actor, [timetable])
        messages.success(request, _("已生成 %(n)d 次计划学习") % {"n": made} if made else _("全部日期均已在计划中，没有新增"))
        return redirect("timetable-days", pk)
    found = {one.planned_on: one for one in _planned(actor, [timetable.unit_id], timetable.year)}
    made_up = _made_up(found.values())
    found = {day: one for day, one in found.items() if timetable.starts_on <= day <= timetable.ends_on}
    due = timetable.due()
    rows = [_due_row(one, found.get(one.day), made_up, actor) for one in due]
    left = sum(1 for one in due if one.day not in found)
    others = [one for day, one in sorted(found.items()) if day not in {each.day for each in due}]
    return render(request, "study/days.html", {
        "title": _("%(unit)s %(year)d年学习安排") % {"unit": timetable.unit, "year": timetable.year}, "rows": rows, "left": left,
        "may": may, "provisional": workdays.provisional(timetable.year), "others": others, "timetable": timetable,
        "crumbs": _crumbs(timetable, _("学习安排")),
    })


def _due_row(one: timetable.Planned, stored: StudySession | None, made_up: set[int], actor: Actor) -> dict[str, Any]:
    state = rules.session_state(planned_on=one.day, held_on=stored.held_on if stored else None, today=actor.today,
                                made_up=bool(stored and stored.pk in made_up))
    return {"day": one.day, "moved": one.rule_day if one.moved else None, "row": stored,
            "state": state if stored else "none", "word": _word(state, stored, made_up)}


def _word(state: str, stored: StudySession | None, made_up: set[int]) -> str:
    if stored is None:
        return str(_("未生成"))
    if stored.pk in made_up:
        return str(_("已补学"))
    return {"ok": _("按时"), "waived": _("逾期举办"), "late": _("未举办"), "soon": _("临近"), "none": _("未到期")}[state]


def plan(actor: Actor, timetables: Iterable[Timetable]) -> int:
    """Make the sessions of timetables that are not planned yet; how many were made. Raises ValidationError."""
    rows: list[StudySession] = []
    for one in timetables:
        have = set(StudySession.objects.filter(unit=one.unit_id, withdrawn=False, planned_on__isnull=False,
                                               planned_on__year=one.year).values_list("planned_on", flat=True))
        rows += [StudySession(unit=one.unit, planned_on=each.day, starts=one.starts, venue=one.venue)
                 for each in one.due() if each.day not in have]
    if refused := save_many(actor, register("study"), rows, verb="add"):
        raise next(iter(refused.values()))
    return len(rows)


def copy_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a timetable over for branches below the unit that have none for the year."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    source = get_row(register("timetable"), actor, pk, Verb.CHANGE)
    offered = _without(actor, source)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        ticked = set(request.POST.getlist("unit"))
        chosen = [one for one in offered if str(one.pk) in ticked]
        if not chosen:
            errors = [("f-unit", _("请勾选要使用这份学习计划的支部"))]
        else:
            errors = _copy(actor, source, chosen)
        if not errors:
            messages.success(request, _("已为 %(n)d 个支部制定学习计划并生成安排") % {"n": len(chosen)})
            return redirect("study-plan")
    return render(request, "study/copy.html", {
        "title": _("将学习计划用于其他支部"), "source": source, "errors": errors,
        "choices": [(one.pk, one.name) for one in offered], "back": reverse("detail", args=["timetable", pk]),
        "crumbs": _crumbs(source, _("用于其他支部")),
    }, status=422 if errors else 200)


def _without(actor: Actor, source: Timetable) -> list[Unit]:
    """The branches of the unit (or, for a branch, of its parent) without a timetable that the actor may add one for."""
    above = source.unit.parent if source.unit.body == Body.BRANCH and source.unit.parent else source.unit
    have = Timetable.objects.filter(year=source.year, withdrawn=False).values("unit")
    units = engine_forms.choosable(Unit, register("timetable"), actor, "unit").filter(
        Audience().suits(), within((above.place,)), until__isnull=True).exclude(pk__in=have)
    return list(units.order_by("place")[:MOST])


def _copy(actor: Actor, source: Timetable, chosen: list[Unit]) -> list[tuple[str | None, str]]:
    """All or none, each through the door."""
    names = ("frequency", "weekday", "nth", "starts", "starts_on", "ends_on")
    rows = [Timetable(unit=one, **{name: getattr(source, name) for name in names}) for one in chosen]
    try:
        with transaction.atomic():
            if refused := save_many(actor, register("timetable"), rows, verb="add"):
                raise next(iter(refused.values()))
            plan(actor, rows)
    except ValidationError as error:
        return [(None, message) for message in error.messages]
    return []


def plan_page(request: HttpRequest) -> HttpResponse:
    """Branches by months: the worst planned session of each month as a lamp, and how many were made up."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    register("study").require(actor, Verb.SEE)
    found = asked.units(request, actor)
    here = found[0] if found else None
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() and 2000 <= int(wanted) <= 2100 else actor.today.year
    after = request.GET.get("after", "")
    branches = list(Unit.objects.filter(Audience().suits(), within((here.place,)), place__gt=after,
                                        until__isnull=True).order_by("place")[: ROWS + 1]) if here else []
    shown = branches[:ROWS]
    months = periods.split(periods.year(year), "month")
    rows = _by_branch(actor, shown, year, [one.start for one in months])
    return render(request, "study/plan.html", {
        "title": _("学习计划表"), "here": here, "year": str(year), "rows": rows, "months": range(1, 13),
        "choices_of_years": [(str(n), str(n)) for n in (actor.today.year + 1, actor.today.year, actor.today.year - 1)],
        "next": shown[-1].place if len(branches) > ROWS else "", "unit_q": here.name if here else "",
        "crumbs": [(_("首页"), reverse("home")), (_("学习计划表"), None)],
    })


def _by_branch(actor: Actor, branches: list[Unit], year: int, months: list[date]) -> list[dict[str, Any]]:
    sessions = _planned(actor, [one.pk for one in branches], year)
    made_up = _made_up(sessions)
    by: dict[tuple[int, int], list[str]] = {}
    counts: dict[int, list[int]] = {}
    for one in sessions:
        state = rules.session_state(planned_on=one.planned_on, held_on=one.held_on, made_up=one.pk in made_up, today=actor.today)
        by.setdefault((one.unit_id, one.planned_on.month), []).append(state)  # type: ignore[union-attr]
        tally = counts.setdefault(one.unit_id, [0, 0, 0])
        tally[0] += one.timely
        tally[1] += one.planned_on < actor.today or one.held_on is not None  # type: ignore[operator]
        tally[2] += one.pk in made_up
    tables = dict(register("timetable").rows(actor).filter(unit__in=branches, year=year).values_list("unit", "pk"))
    return [{"unit": one, "timetable": tables.get(one.pk), "tally": counts.get(one.pk, [0, 0, 0]),
             "cells": [min(by.get((one.pk, month.month), [""]), key=lambda s: (*WORST, "").index(s)) for month in months]}
            for one in branches]


def _planned(actor: Actor, units: list[int], year: int) -> list[StudySession]:
    rows = register("study").rows(actor).filter(unit__in=units, planned_on__gte=date(year, 1, 1),
                                                planned_on__lte=date(year, 12, 31))
    return list(rows.order_by("planned_on"))


def _made_up(sessions: Iterable[StudySession]) -> set[int]:
    """The numbers of the sessions that were made up."""
    keys = [one.pk for one in sessions]
    return set(StudySession.objects.filter(makes_up__in=keys, withdrawn=False, held_on__isnull=False)
               .values_list("makes_up", flat=True))


def _crumbs(row: Timetable, here: str) -> list[tuple[str, str | None]]:
    return [(_("首页"), reverse("home")), (register("timetable").label, reverse("list", args=["timetable"])),
            (str(row), reverse("detail", args=["timetable", row.pk])), (here, None)]
