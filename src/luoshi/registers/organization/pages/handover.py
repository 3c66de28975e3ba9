"""Handing over the work of a unit: the list of what is open, both confirmations, and the rights that pass with them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import handover as open_matters
from luoshi.engine import write
from luoshi.engine.actor import Actor, on_behalf
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.sent import number
from luoshi.engine.register import register
from luoshi.foundation.accounts import Account
from luoshi.foundation.grants import EVERY, Verb, granted, pass_on
from luoshi.ui.render import render

from .. import documents
from ..models import Handover, first_day


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is open, which rights pass, and the two confirmations."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = register("handover")
    row: Handover = get_row(one, actor, pk)
    if request.method == "POST":
        return _confirm(request, actor, row)
    ways = [(_("确认移交"), "give")] if not row.given_on and _may(actor, row, row.leaving_id) else []
    ways += [(_("确认接收"), "take")] if not row.taken_on and _may(actor, row, row.taking_id) else []
    account = _account(row)
    return render(request, "organization/handover.html", {
        "title": _("工作交接清单"), "row": row, "blocks": open_matters.gather(actor, row.unit),
        "rights": [] if row.done else documents.rights(row, actor.today), "ways": ways, "account": account,
        "facts": [(_("单位"), row.unit.name), (_("移交人"), row.leaving.name), (_("接收人"), row.taking.name),
                  (_("交接日期"), row.on.isoformat()),
                  (_("移交确认"), row.given_on.isoformat() if row.given_on else _("未确认")),
                  (_("接收确认"), row.taken_on.isoformat() if row.taken_on else _("未确认")),
                  (_("移交说明"), row.note or "—")],
        "papers": [(f"{_('交接清单')} {word}", reverse("document", args=["handover", pk, "pack", ending]), "print", False)
                   for ending, word in (("docx", "Word"), ("pdf", "PDF"))] if one.may(actor, Verb.SEE) else [],
        "crumbs": [(_("首页"), reverse("home")), (one.label, reverse("list", args=["handover"])), (str(row), None)],
    })


def _may(actor: Actor, row: Handover, person: int) -> bool:
    """The person themselves, or a third who manages all of the unit; neither of the two confirms for the other."""
    own = actor.account.person_id if actor.account else None
    if own in (row.leaving_id, row.taking_id):
        return own == person
    return actor.may(Verb.MANAGE, EVERY, row.place)


def _account(row: Handover) -> Account | None:
    return Account.objects.filter(person=row.taking_id, is_active=True).order_by("pk").first()


def _confirm(request: HttpRequest, actor: Actor, row: Handover) -> HttpResponse:
    """Note one confirmation; with the second the rights pass, in the same transaction."""
    do = request.POST.get("do", "")
    if do not in ("give", "take") or not _may(actor, row, row.leaving_id if do == "give" else row.taking_id):
        raise PermissionDenied(_("交接由移交人、接收人本人确认，或由管理该单位的人员代为确认"))
    if row.given_on if do == "give" else row.taken_on:
        messages.info(request, _("已确认过，无需再次确认"))
        return redirect("handover", row.pk)
    row.version = row.version if (seen := number(request, "version")) is None else seen
    if do == "give":
        row.given_on = actor.today
    else:
        row.taken_on = actor.today
    grants = _passing(actor, row) if row.done else []
    to = _account(row)

    def extra() -> None:
        if to:
            pass_on(grants, to=to, day=first_day(row, actor.today))

    named = "、".join(f"{grant.register} {grant.get_verb_display()}" for grant in grants) if to else ""
    try:
        write.save(on_behalf(actor), register("handover"), row, verb=do, extra=extra,
                   reason=_("移交权限：%(named)s") % {"named": named} if named else "")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except write.Conflict as clash:
        messages.error(request, str(clash))
    else:
        messages.success(request, _("已确认：%(row)s") % {"row": row})
    return redirect("handover", row.pk)


def _passing(actor: Actor, row: Handover) -> list[Any]:
    """The grants that pass. One that opens a sensitive register is not passed on: it is given anew by who may give it."""
    found = granted(row.leaving_id, row.unit, actor.today).select_related("unit")
    return [one for one in found if one.register == EVERY or not register(one.register).sensitive]
