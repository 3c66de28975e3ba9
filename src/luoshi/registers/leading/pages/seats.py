"""The seats of a report meeting: shared out among units by members, mended by hand; then heads and names of each unit."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.bulk import save_many
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.people import COMMITTEE_POSTS, MEMBER_POSTS, Person, Position, Post, held
from luoshi.foundation.places import within
from luoshi.foundation.units import System, Unit
from luoshi.ui.render import render

from ..models import ReportAttendance, ReportMeeting, ReportSeat
from ..models.words import PROBLEMS
from ..rules import seats as rules

MOST = 100  # units at one meeting
Errors = list[tuple[str | None, str]]


def invited(meeting: ReportMeeting, actor: Actor) -> list[Unit]:
    """The units right below the one that holds the meeting, itself where it has none; those without members fall out."""
    found = list(Unit.objects.filter(parent=meeting.unit, withdrawn=False, system=System.PARTY, until__isnull=True)
                 .order_by("place")[:MOST])
    return found or [meeting.unit]


def members(units: list[Unit], actor: Actor) -> dict[int, int]:
    """{unit: persons who are members at it or below}, each once."""
    counts = {f"n{one.pk}": Count("person", filter=within((one.place,), "unit__place"), distinct=True) for one in units}
    found = Position.objects.filter(held(actor.today), post__in=MEMBER_POSTS, unit__system=System.PARTY).aggregate(**counts)
    return {one.pk: found[f"n{one.pk}"] for one in units}


def quota_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Seats by unit: a proposal by members until they are kept; afterwards what is kept, with heads and notices."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = register("report_meeting")
    meeting = get_row(one, actor, pk)
    may = one.may(actor, Verb.CHANGE, meeting.place) and register("report_seat").may(actor, Verb.ADD, meeting.place)
    stored = {row.unit_id: row for row in register("report_seat").rows(actor).filter(meeting=meeting).select_related("unit")}
    units = list({unit.pk: unit for unit in [*invited(meeting, actor), *(row.unit for row in stored.values())]}.values())
    weights = members(units, actor)
    units = [one for one in units if weights[one.pk] or one.pk in stored]
    proposed = rules.distribute(seats=meeting.seats, weights={one.pk: weights[one.pk] for one in units})
    typed = {unit.pk: request.POST.get(f"seats-{unit.pk}", "").strip() for unit in units}
    errors: Errors = []
    if request.method == "POST":
        one.require(actor, Verb.CHANGE, meeting.place)
        errors = _keep(actor, meeting, units, typed, stored)
        if not errors:
            messages.success(request, _("已保存席位分配"))
            return redirect("report-seats", pk)
    rows = [{"unit": unit, "members": weights[unit.pk], "proposed": proposed[unit.pk], "row": stored.get(unit.pk),
             "value": typed[unit.pk] if errors else stored[unit.pk].seats if unit.pk in stored else "" if stored else proposed[unit.pk]}
            for unit in units if may or unit.pk in stored]
    given = sum(row.seats for row in stored.values())
    return render(request, "leading/seats.html", {
        "title": _("席位、通知和到会"), "meeting": meeting, "rows": rows, "may": may, "errors": errors, "stored": stored,
        "given": given, "left": meeting.seats - given, "heads": sum(row.present or 0 for row in stored.values()),
        "speakers": list(meeting.speakers.order_by("pk")),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])),
                   (str(meeting), reverse("detail", args=[one.name, pk])), (_("席位、通知和到会"), None)],
    }, status=422 if errors else 200)


def _keep(actor: Actor, meeting: ReportMeeting, units: list[Unit], typed: dict[int, str], stored: dict[int, ReportSeat]) -> Errors:
    """All or none; an empty box takes no seat."""
    for unit in units:
        if typed[unit.pk] and not (typed[unit.pk].isdecimal() and len(typed[unit.pk]) < 7):
            return [(f"f-seats-{unit.pk}", _("%(unit)s：席位数应为整数") % {"unit": unit.name})]
    wanted = {unit.pk: int(typed[unit.pk]) for unit in units if typed[unit.pk]}
    if sum(wanted.values()) > meeting.seats:
        return [(None, _("分配的席位共 %(given)d 个，多于席位总数 %(all)d 个；请核减，或先修改席位总数") % {
            "given": sum(wanted.values()), "all": meeting.seats})]
    new, changed = [], []
    for unit in units:
        row = stored.get(unit.pk)
        if row is None and wanted.get(unit.pk):
            new.append(ReportSeat(unit=unit, meeting=meeting, seats=wanted[unit.pk]))
        elif row is not None and row.seats != wanted.get(unit.pk, 0):
            row.seats, row.meeting = wanted.get(unit.pk, 0), meeting
            changed.append(row)
    try:
        with transaction.atomic():
            for verb, rows in (("add", new), ("change", changed)):
                if refused := save_many(actor, register("report_seat"), rows, verb=verb):
                    raise next(iter(refused.values()))
    except ValidationError as error:
        return [(None, message) for message in error.messages]
    return []


def list_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit counts its heads and may name who came; its leaders are offered."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = register("report_seat")
    seat = get_row(one, actor, pk, Verb.CHANGE)
    here = {row.person_id: row for row in seat.attendees.filter(withdrawn=False)}
    called = Position.objects.filter(held(seat.held_on), unit=seat.unit, post__in=(*COMMITTEE_POSTS, Post.OFFICIAL)).values("person")
    people = list(Person.objects.filter(Q(pk__in=called) | Q(pk__in=list(here)), withdrawn=False).order_by("strokes", "id"))
    ticked = {p.pk for p in people if str(p.pk) in request.POST.getlist("came")} if request.method == "POST" else set(here)
    errors: Errors = []
    if request.method == "POST":
        errors = _keep_heads(request, seat, ticked, here)
        if not errors:
            messages.success(request, _("已登记到会：%(row)s") % {"row": seat})
            return redirect("detail", one.name, pk)
    return render(request, "leading/heads.html", {
        "title": _("登记到会"), "seat": seat, "people": [(p, p.pk in ticked) for p in people], "errors": errors,
        "present": request.POST.get("present", "") if errors else "" if seat.present is None else seat.present,
        "version": ReportSeat.objects.values_list("version", flat=True).get(pk=pk), "back": reverse("detail", args=[one.name, pk]),
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])),
                   (str(seat), reverse("detail", args=[one.name, pk])), (_("登记到会"), None)],
    }, status=422 if errors else 200)


def _keep_heads(request: Any, seat: ReportSeat, ticked: set[int], here: dict[int, ReportAttendance]) -> Errors:
    typed = request.POST.get("present", "").strip()
    if not (typed.isdecimal() and len(typed) < 7):
        return [("f-present", _("请填写到会人数，应为整数"))]
    if str(request.POST.get("version", "")).isdecimal():
        seat.version = int(request.POST["version"])
    seat.present = int(typed)
    for field, code in rules.problems(held_on=seat.held_on, seats=seat.seats, present=seat.present, listed=len(ticked),
                                      today=request.actor.today):
        return [(f"f-{field}", str(PROBLEMS[code]))]
    names = register("report_attendance")
    try:
        with transaction.atomic():
            write.save(request.actor, register("report_seat"), seat)
            new = [ReportAttendance(unit=seat.unit, seat=seat, person_id=pk) for pk in sorted(ticked - here.keys())]
            if refused := save_many(request.actor, names, new, verb="add"):
                raise next(iter(refused.values()))
            for pk in sorted(here.keys() - ticked):
                write.withdraw(request.actor, names, here[pk], reason=_("未到会"))
    except ValidationError as error:
        return [(None, message) for message in error.messages]
    except write.Conflict:
        return [(None, _("其他人刚刚修改过到会情况，您填写的内容仍在下面；请核对后再次提交"))]
    return []
