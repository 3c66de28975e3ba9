"""One exchange: its entries in tree order, and the units that have handed in none."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import home
from luoshi.engine.actor import Actor
from luoshi.engine.audience import Audience
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Unit
from luoshi.ui.render import render

from ..models import Entry, Exchange, ExchangeState, Reading

LISTED = 400
BLOCK = 8
TONES = {Reading.ACCEPTED: "ok", Reading.DECLINED: "none", Reading.WAITING: "soon"}


def without_entry(exchange: Exchange, actor: Actor) -> Any:
    """The branches below the caller that handed in nothing, as far as the reader may see entries; in tree order."""
    covered = ("",) if actor.system else actor.places(Verb.SEE, "exchange_entry", line="party")
    have = Entry.objects.filter(exchange=exchange, withdrawn=False).values("unit")
    return Unit.objects.filter(Audience().suits(), within(covered), within((exchange.unit.place,)),
                               until__isnull=True).exclude(pk__in=have).order_by("place")


def board_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Entries by unit, what was accepted, and whom to remind."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    exchange = get_row(register("exchange"), actor, pk)
    entries = list(register("exchange_entry").rows(actor).filter(exchange=exchange).select_related("unit", "file")
                   .order_by("place", "id")[:LISTED])
    missing = list(without_entry(exchange, actor)[: LISTED + 1])
    return render(request, "study/exchange.html", {
        "title": exchange.name, "exchange": exchange,
        "entries": [(one, TONES[Reading(one.reading)]) for one in entries], "missing": missing[:LISTED],
        "more": len(missing) > LISTED, "units": len({one.unit_id for one in entries}),
        "accepted": sum(one.reading == Reading.ACCEPTED for one in entries),
        "may_add": exchange.state == ExchangeState.OPEN and register("exchange_entry").may(actor, Verb.ADD),
        "crumbs": [(_("首页"), reverse("home")), (register("exchange").label, reverse("list", args=["exchange"])),
                   (str(exchange), reverse("detail", args=["exchange", pk])), (_("成果和未提交单位"), None)],
    })


def block(actor: Actor) -> dict[str, Any] | None:
    """Calls that still take entries, for those who may hand in and have not."""
    if actor.system or not register("exchange_entry").may(actor, Verb.ADD):
        return None
    calls = list(register("exchange").rows(actor).filter(state=ExchangeState.OPEN, deadline__gte=actor.today)
                 .order_by("deadline", "id")[:BLOCK])
    mine = register("exchange_entry").rows(actor, Verb.ADD).filter(exchange__in=calls).values_list("exchange", flat=True)
    done = set(mine)
    rows = [{"what": one.name, "url": reverse("exchange-board", args=[one.pk]), "due": one.deadline,
             "state": "soon" if (one.deadline - actor.today).days <= 10 else "none"} for one in calls if one.pk not in done]
    return {"title": _("待提交的交流成果"), "template": "study/block.html", "rows": rows} if rows else None


home.later.append(block)
