"""Signing up, marking who came, and how far a campaign has come."""

import secrets
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, Sum, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _label
from django.views.decorators.http import require_POST

from luoshi.engine import agenda, write
from luoshi.engine.actor import Actor, on_behalf
from luoshi.engine.agenda import MOST, Entry
from luoshi.engine.bulk import save_many
from luoshi.engine.chrome import EXTRA
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.engine.signing import sheets
from luoshi.foundation.grants import Verb
from luoshi.foundation.units import Unit
from luoshi.kernel import money
from luoshi.ui.render import render

from . import forms, rules
from .models import Allotment, Event, Signup, State, places_taken

LISTED = 2000
SHARES = 100  # shares on one page; the list has the others


def signup_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign oneself up with one click, or tick people of one's own units; see and cancel the places taken."""
    actor = request.actor  # type: ignore[attr-defined]
    event = get_row(register("event"), actor, pk)
    signups = register("signup")
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        signups.require(actor, Verb.ADD)
        chosen = forms.to_sign_up(event, actor, request.POST.getlist("person"))
        errors = _sign_up(actor, chosen, request.POST.get("key", "")[:40])
        if not errors:
            messages.success(request, _("已报名 %(n)d 人") % {"n": len(chosen)})
            return redirect("event-signup", pk)
    words = request.GET.get("q", "")
    taken = places_taken(event)
    mine = forms.own(actor)
    listed = _listed(actor, event)
    return render(request, "events/signup.html", {
        "title": _("报名：%(event)s") % {"event": event}, "event": event, "taken": taken, "listed": listed,
        "left": rules.seats_left(capacity=event.capacity, taken=taken), "errors": errors, "q": words,
        "open": event.state == State.OPEN, "mine": mine,
        "cancels": {one.pk for one in listed if signups.may(actor, Verb.CHANGE, one.place)},
        "key": secrets.token_hex(16),
        "signed": bool(mine) and any(one.person_id == mine.pk for one in listed),
        "offered": forms.offered(event, actor, words) if event.state == State.OPEN else [],
        "crumbs": _crumbs(event, _("报名")),
    }, status=422 if errors else 200)


def _listed(actor: Any, event: Event) -> list[Signup]:
    rows = register("signup").rows(actor).filter(event=event)
    return list(rows.select_related("person", "unit").order_by("place", "id")[:LISTED])


def _sign_up(actor: Any, chosen: list[Signup], key: str) -> list[tuple[str | None, str]]:
    """All or none, each through the door; the reasons where one was refused."""
    if not chosen:
        return [("f-people", _("请勾选要报名的人员"))]
    try:
        with transaction.atomic():
            for one in chosen:
                write.save(actor, register("signup"), one, key=f"{key}-{one.person_id}" if key else "")
    except ValidationError as error:
        return [(None, message) for message in error.messages]
    except write.Repeated as again:
        return [(None, str(again))]
    return []


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a place back."""
    actor = request.actor  # type: ignore[attr-defined]
    one = get_row(register("signup"), actor, pk, Verb.CHANGE)
    write.withdraw(actor, register("signup"), one, reason=_("取消报名"))
    messages.success(request, _("已取消报名：%(person)s") % {"person": one.person})
    return redirect("event-signup", one.event_id)


def attendance_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick who came, or give a head-count; the activity is held then. Who signed in is ticked already; a list too long to
    be ticked follows what was signed."""
    actor = request.actor  # type: ignore[attr-defined]
    event = get_row(register("event"), actor, pk, Verb.CHANGE)
    present = sheets.signed(event)
    listed = _places(event)
    long = len(listed) > LISTED
    came = set() if long and not present else forms.ticked(listed, present)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        if not long:
            sent = set(request.POST.getlist("came"))
            came = {one.pk for one in listed if str(one.pk) in sent}
        if long and not present and not request.POST.get("head_count", "").strip():
            errors = [("f-head_count", _("请填写参加人数"))]
        else:
            errors = _mark(actor, event, [] if long and not present else listed, came, request.POST)
        if not errors:
            messages.success(request, _("已登记到场情况：%(event)s") % {"event": event})
            return redirect("detail", "event", pk)
    return render(request, "events/attendance.html", {
        "title": _("登记到场：%(event)s") % {"event": event}, "event": event, "errors": errors, "long": long,
        "rows": [] if long else [(one, one.pk in came) for one in listed],
        "here": len(present), "listed": len(listed),
        "head_count": request.POST.get("head_count", event.head_count if event.head_count is not None else ""),
        "version": event.version, "crumbs": _crumbs(event, _("登记到场")),
    }, status=422 if errors else 200)


def _places(event: Event) -> list[Signup]:
    """Every place in the activity, of whatever unit: who holds it says who came. Names are read where the page shows them."""
    rows = register("signup").base().filter(event=event).order_by("place", "id")
    found = list(rows.select_related("person", "unit")[:LISTED + 1])
    return list(rows.select_related("unit")) if len(found) > LISTED else found


def _mark(actor: Any, event: Event, listed: list[Signup], came: set[int], sent: Any) -> list[tuple[str | None, str]]:
    """The event first, because marking needs it to have been held; then all changed places at once."""
    typed = str(sent.get("head_count", "")).strip()
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 8):
        return [("f-head_count", _("参加人数应为整数，例如 36"))]
    if typed and int(typed) < len(came):
        return [("f-head_count", _("参加人数不能少于已勾选的到场人数，请核对"))]
    event.head_count = int(typed) if typed else len(came)
    event.state = State.HELD
    if str(sent.get("version", "")).isdecimal():
        event.version = int(sent["version"])
    try:
        with transaction.atomic():
            write.save(actor, register("event"), event)
            changed = forms.marked(listed, came)
            for one in changed:
                one.event = event
            if refused := save_many(on_behalf(actor), register("signup"), changed, verb="change"):
                raise next(iter(refused.values()))
    except ValidationError as error:
        return [(None, message) for message in error.messages]
    except write.Conflict as clash:
        return [(None, str(clash))]
    return []


def campaign_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A campaign by its stages: what was held, what is still open, against what was planned."""
    actor = request.actor  # type: ignore[attr-defined]
    campaign = get_row(register("campaign"), actor, pk)
    found = list(register("event").rows(actor).filter(campaign=campaign).exclude(state=State.CANCELLED)
                 .select_related("unit").order_by("starts_on", "id")[:LISTED])
    stages = list(campaign.stages.order_by("starts_on"))
    spans = [(one.name, one.starts_on, one.ends_on) for one in stages]
    by_stage: dict[str, list[Event]] = {}
    for event in found:
        by_stage.setdefault(rules.stage_of(day=event.starts_on, stages=spans), []).append(event)
    blocks = [(one, by_stage.get(one.name, []), _stage(one, by_stage.get(one.name, []), actor.today)) for one in stages]
    held = sum(1 for event in found if event.state == State.HELD)
    crumbs = [(_("首页"), reverse("home")), (register("campaign").label, reverse("list", args=["campaign"])),
              (str(campaign), reverse("detail", args=["campaign", pk])), (_("活动进度"), None)]
    return render(request, "events/campaign.html", {
        "title": str(campaign), "campaign": campaign, "blocks": blocks, "outside": by_stage.get("", []), "held": held,
        "records": f"{reverse('list', args=['event'])}?campaign={campaign.name}", "crumbs": crumbs,
    })


def _stage(stage: Any, events: list[Event], today: Any) -> str:
    held = sum(1 for event in events if event.state == State.HELD)
    return rules.stage_state(first=stage.starts_on, last=stage.ends_on, held=held, open_events=len(events) - held,
                             today=today)


def _crumbs(event: Event, here: str) -> list[tuple[str, str | None]]:
    return [(_("首页"), reverse("home")), (register("event").label, reverse("list", args=["event"])),
            (str(event), reverse("detail", args=["event", event.pk])), (here, None)]


def allotments_page(request: HttpRequest) -> HttpResponse:
    """The shares in force today, each with what was spent of it and what filed activities plan; nothing of it is typed."""
    actor = request.actor  # type: ignore[attr-defined]
    one, year = register("allotment"), request.GET.get("year", "")
    one.require(actor, Verb.SEE)
    day = actor.today.replace(year=int(year), month=12, day=31) if year.isdecimal() and len(year) == 4 and int(year) else actor.today
    rows = list(one.rows(actor).filter(starts_on__lte=day, ends_on__gte=day).select_related("unit").order_by("place", "id")[:SHARES])
    return render(request, "events/allotments.html", {
        "title": _("活动经费使用情况"), "rows": _used(rows), "day": day,
        "toolbar": [(_("登记额度"), reverse("new", args=["allotment"]), "plus", True)] if one.may(actor, Verb.ADD) else [],
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=["allotment"])), (_("活动经费使用情况"), None)],
    })


def _used(rows: list[Allotment]) -> list[dict[str, Any]]:
    """Spent, planned and left of each share, counted in one query for all."""
    asks = [Event.objects.filter(row.draws()).order_by().values(at=Value(row.pk)).annotate(
        spent=Sum("cost", filter=Q(state=State.HELD)), planned=Sum("budget", filter=Q(state__in=(State.FILED, State.OPEN))),
        n=Count("pk", filter=~Q(state=State.CANCELLED))).values_list("at", "spent", "planned", "n") for row in rows]
    sums = {at: more for at, *more in (asks[0].union(*asks[1:], all=True) if asks else ())}
    found = []
    for row in rows:
        spent, planned, count = (value or 0 for value in sums.get(row.pk, (0, 0, 0)))
        left, state = rules.allotment_left(amount=row.amount, spent=spent, planned=planned)
        found.append({"row": row, "count": count, "state": state, "amount": money.show(row.amount), "spent": money.show(spent),
                      "planned": money.show(planned), "left": money.show(left)})
    return found


def ahead(actor: Actor, seats: list[Unit], first: date, last: date) -> Iterator[Entry]:
    """Activities of the reader's own units, and those that take sign-ups from all."""
    rows = register("event").rows(actor).filter(starts_on__range=(first, last)).exclude(state=State.CANCELLED)
    for row in rows.filter(Q(unit__in=seats) | Q(state=State.OPEN)).order_by("starts_on", "id")[:MOST]:
        yield Entry(row.starts_on, row.title, reverse("detail", args=["event", row.pk]), f"event-{row.pk}", until=row.ends_on,
                    where=row.venue)


agenda.sources.append(ahead)
EXTRA.append(("activities", "allotments", _label("活动经费使用情况"), Verb.SEE, "allotment"))

urlpatterns = [
    path("allotments/", allotments_page, name="allotments"),
    path("<int:pk>/signup/", signup_page, name="event-signup"),
    path("<int:pk>/attendance/", attendance_page, name="event-attendance"),
    path("signups/<int:pk>/cancel/", cancel, name="signup-cancel"),
    path("campaigns/<int:pk>/", campaign_page, name="campaign-progress"),
]
