"""The agenda of a month, and the same as a calendar that phones and mail programs subscribe to."""

import hashlib
import secrets
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from icalendar import Calendar, Event

from luoshi.kernel import periods
from luoshi.ui.render import render

from .. import agenda
from ..actor import Actor, actor_of
from ..agenda import Entry
from ..models import Feed
from . import asked

BACK, AHEAD = 31, 366  # days that a calendar holds
LASTS = timedelta(hours=1)  # what begins at an hour and names no end


@never_cache
def agenda_page(request: HttpRequest) -> HttpResponse:
    """One month of the reader's own units, day by day."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    month = asked.period(request, periods.month(actor.today))
    month = periods.month(min(month.start, month.last_day))
    found = agenda.entries(actor, month.start, month.last_day)
    return render(request, "engine/agenda.html", {
        "title": _("日程"), "month": asked.label(month), "today": actor.today,
        "days": [(day, list(its)) for day, its in groupby(found, key=lambda one: one.day)],
        "before": f"?period={periods.previous(month).key}", "after": f"?period={periods.month(month.end).key}",
        "subscribed": actor.account is not None and Feed.objects.filter(account=actor.account).exists(),
        "address": request.session.pop("calendar", ""),
        "crumbs": [(_("首页"), reverse("home")), (_("日程"), None)],
    })


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Make an address, which ends the one before; or end it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.account is None:
        raise Http404
    if request.POST.get("do") == "end":
        Feed.objects.filter(account=actor.account).delete()
        messages.success(request, _("已停用日历订阅，原来的地址不能再使用"))
        return redirect("agenda")
    token = secrets.token_urlsafe(24)
    Feed.objects.update_or_create(account=actor.account, defaults={"digest": _digest(token)})
    request.session["calendar"] = request.build_absolute_uri(reverse("calendar", args=[token]))
    return redirect("agenda")


@login_not_required  # a calendar program cannot sign in: the address is the secret
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The agenda for a calendar program; a wrong or ended address is not found, whoever asks."""
    found = Feed.objects.select_related("account").filter(digest=_digest(token), account__is_active=True).first()
    if found is None:
        raise Http404
    actor = actor_of(found.account)
    entries = agenda.entries(actor, actor.today - timedelta(days=BACK), actor.today + timedelta(days=AHEAD))
    data = _calendar(entries, request)
    mark = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponseNotModified(headers={"ETag": mark})
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers={"ETag": mark, "Cache-Control": "private, max-age=900"})


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _calendar(entries: list[Entry], request: HttpRequest) -> bytes:
    """The bytes are the same as long as nothing changes: what the standard wants as a time stamp is the entry's own day."""
    out = Calendar()
    out.add("prodid", "-//Luoshi//Agenda//ZH")
    out.add("version", "2.0")
    out.add("x-wr-calname", _("落实日程"))
    out.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for one in entries:
        out.add_component(_event(one, request))
    out.add_missing_timezones()
    return bytes(out.to_ical())


def _event(one: Entry, request: HttpRequest) -> Event:
    event, zone = Event(), timezone.get_default_timezone()
    event.add("uid", f"{one.uid}@{request.get_host()}")
    event.add("summary", one.title)
    event.add("url", request.build_absolute_uri(one.url))
    event.add("dtstamp", datetime.combine(one.day, datetime.min.time(), tzinfo=zone))
    if one.where:
        event.add("location", one.where)
    if one.starts:
        start: Any = datetime.combine(one.day, one.starts, tzinfo=zone)
        event.add("dtstart", start)
        event.add("dtend", start + LASTS)
    else:
        event.add("dtstart", one.day)
        event.add("dtend", (one.until or one.day) + timedelta(days=1))
    return event
