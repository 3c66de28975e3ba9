"""One member away: what the leave calls for, the contacts, what is proposed, and what the organisation decided."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luoshi.engine import forms as engine_forms
from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.chrome import EXTRA
from luoshi.engine.pages import detail
from luoshi.engine.pages.sent import line, number
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from ..forms.transfer import ContactForm, DecisionForm
from ..models.away import Away, Decision
from ..models.development import higher_place
from ..models.transfer_words import EDUCATION_24, EDUCATION_25, sentence
from ..rules import away as rules
from .away_board import board_page, proposal, shown


def actions() -> dict[str, str]:
    """What a leave calls for, in words."""
    return {"none": _("外出时间较短，不需办理手续"), "certificate": _("外出 3 个月以上不足 6 个月，一般开具党员证明信即可"),
            "transfer": _("外出 6 个月以上且有固定地点，应转接组织关系"),
            "floating": _("外出 6 个月以上且无固定地点，作为流动党员管理，组织关系保留，持活动证参加组织生活"),
            "abroad": _("出国（境）期间组织关系保留在原支部，请保持联系")}


def get_away(request: HttpRequest, pk: int, verb: Verb = Verb.SEE) -> Away:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    detail.get_row(register("away"), actor, pk, verb)
    return Away.objects.select_related("person", "contact", "unit__parent__parent__parent").get(pk=pk)


def may_decide(row: Away, actor: Actor) -> bool:
    door = register("away")
    return door.may_row(actor, Verb.CHANGE, row) and door.may(actor, Verb.CHANGE, higher_place(row.unit))


def page(request: HttpRequest, pk: int) -> HttpResponse:
    return shown_page(request, get_away(request, pk))


def shown_page(request: HttpRequest, row: Away, *, contact: Any = None, decision: Any = None) -> HttpResponse:
    """The page of one member away; a refused form comes back with what was typed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    door = register("away")
    writes, refused = door.may_row(actor, Verb.CHANGE, row), contact or decision
    start = {"held_on": actor.today}
    called = rules.action_of(where=row.where, since=row.since, until=row.until) if row.returned_on is None else ""
    return render(request, "membership/away_page.html", {
        "title": _("%(name)s · 外出情况") % {"name": row.person.name}, "row": row, "facts": detail.facts(door, row),
        "status": shown(row.status(actor.today)), "proposal": proposal(row, actor), "cited": EDUCATION_24,
        "called": actions().get(called, ""), "called_code": called, "called_cited": EDUCATION_25,
        "overdue": rules.overdue_return(until=row.until, returned=row.returned_on, on=actor.today),
        "transfer_url": _transfer_url(row) if called == "transfer" and register("transfer").may(actor, Verb.ADD) else "",
        "writes": writes, "decides": may_decide(row, actor) and row.struck_on is None,
        "contact": engine_forms.drawn(contact or ContactForm(initial=start)),
        "decision": engine_forms.drawn(decision or DecisionForm(initial={"decided_on": actor.today}, prefix="d")),
        "errors": engine_forms.errors_of(refused) if refused else [],
        "contacts": list(row.contacts.order_by("-held_on", "-pk")), "decisions": list(row.decisions.order_by("decided_on", "pk")),
        "version": request.POST.get("version", row.version), "key": secrets.token_hex(16), "opened": bool(decision),
        "crumbs": [(_("首页"), reverse("home")), (_("外出和出国（境）党员"), reverse("away-board")), (row.person.name, None)],
    }, status=422 if refused else 200)


def _transfer_url(row: Away) -> str:
    return f"{reverse('transfer-new-kind', args=['out'])}?unit={row.unit_id}&person={row.person_id}"


@require_POST
def contact_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a contact, or take one away that was noted by mistake (`drop` = its key)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = get_away(request, pk, Verb.CHANGE)
    known = list(row.contacts.order_by("held_on", "pk"))
    drop = number(request, "drop")
    form = ContactForm(None if drop else request.POST)
    if drop is None and not form.is_valid():
        return shown_page(request, row, contact=form)
    new = [] if drop else [form.instance]
    if new and not row.since <= new[0].held_on <= actor.today:
        form.add_error("held_on", sentence("later_than_today" if new[0].held_on > actor.today else "contact_before_since"))
        return shown_page(request, row, contact=form)
    lines = [one for one in known if one.pk != drop] + new
    row.last_contact_on = max((one.held_on for one in lines), default=None)
    return stored(request, actor, row, {"contacts": lines}, form)


def stored(request: HttpRequest, actor: Actor, row: Away, lines: write.Lines, form: Any) -> HttpResponse:
    """Keep contacts through the door; someone who was faster is told, and a second click is harmless."""
    row.version = seen if (seen := number(request, "version")) is not None else row.version
    try:
        write.save(actor, register("away"), row, lines=lines, key=line(request, "key", 64))
        messages.success(request, _("已保存联系记录"))
    except (write.Repeated, write.Conflict) as error:
        messages.info(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("away-page", row.pk)


@require_POST
def decide_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the organisation decided: which, when, by which document."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = get_away(request, pk, Verb.CHANGE)
    if not may_decide(row, actor):
        register("away").require(actor, Verb.CHANGE, higher_place(row.unit))
    form = DecisionForm(request.POST, prefix="d")
    if form.is_valid():
        made: Decision = form.instance
        for field, code in rules.decision_problems(
                decision=made.decision, decided=made.decided_on, paper=made.paper, today=actor.today, where=row.where,
                since=row.since, last=row.last, settled=row.settled_on, suspended=row.suspended_on, lost=row.suspended_lost,
                struck=row.struck_on):
            form.add_error(field, sentence(code))
    if not form.is_valid():
        return shown_page(request, row, decision=form)
    return _decided(request, actor, row, made, form)


def _decided(request: HttpRequest, actor: Actor, row: Away, made: Decision, form: Any) -> HttpResponse:
    if made.decision == rules.SUSPEND:
        row.suspended_lost = row.reason(made.decided_on) == "lost"
        row.suspended_on = made.decided_on
    elif made.decision == rules.RESTORE:
        row.suspended_on, row.suspended_lost = None, False
        row.last_contact_on = max(row.last, made.decided_on)  # who is restored has been found
    else:
        row.struck_on = made.decided_on
    made.away = row
    row.version = seen if (seen := number(request, "version")) is not None else row.version
    try:
        with transaction.atomic():
            write.save(actor, register("away"), row, key=line(request, "key", 64), reason=f"{made} {made.paper}",
                       extra=lambda: write.add_part(made))
        messages.success(request, _("已登记组织决定"))
    except (write.Repeated, write.Conflict) as error:
        messages.info(request, str(error))
    except ValidationError as error:
        engine_forms.take_errors(form, error)
        return shown_page(request, row, decision=form)
    return redirect("away-page", row.pk)


urlpatterns = [
    path("away/", board_page, name="away-board"),
    path("away/<int:pk>/", page, name="away-page"),
    path("away/<int:pk>/contact/", contact_page, name="away-contact"),
    path("away/<int:pk>/decide/", decide_page, name="away-decide"),
]
EXTRA.append(("organisation", "away-board", gettext_lazy("外出党员"), Verb.SEE, "away"))
