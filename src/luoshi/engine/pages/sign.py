"""The page behind the QR code, made for a phone: one tap for who has an account, a name and a number for who has none."""

import unicodedata
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.ui.render import render

from ..models import Sheet
from ..register import register
from ..signing import address, door, sheets
from ..signing.declared import signing_of
from .sent import line


@login_not_required  # most who come have no account: the address, the name and the number are what they show
def sign_page(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in to a record. An address that was not signed here is not found; a genuine one that is over says so (410)."""
    sheet, row, today = *_opened(token), request.actor.today  # type: ignore[attr-defined]
    if row is None or sheet.closed or sheets.over(row, today) or sheets.declared(row).refusal(row):
        return render(request, "engine/sign_over.html", {"title": _("此签到已结束")}, status=410)
    context: dict[str, Any] = {"title": _("签到"), "row": row, "first": sheets.declared(row).days(row)[0], "errors": [],
                               "early": today < sheets.declared(row).days(row)[0], "me": _me(request), "done": "",
                               "sign_in": f"{reverse('sign-in')}?next={request.path}"}
    if context["early"]:
        return render(request, "engine/sign.html", context)
    if context["me"]:
        context |= _one_tap(request, sheet, row, context["me"])
    elif request.method == "POST":
        context |= _by_name(request, sheet, row)
    return render(request, "engine/sign.html", context, status=422 if context["errors"] else 200)


def _opened(token: str) -> tuple[Any, Any]:
    """The sheet and its record; no record where it was withdrawn, or where this address is no longer the one in use."""
    meant = address.read(token)
    sheet = Sheet.objects.filter(pk=meant[0]).first() if meant else None
    if meant is None or sheet is None or signing_of(sheet.register) is None:
        raise Http404
    if sheet.issue != meant[1]:
        return sheet, None
    return sheet, register(sheet.register).base().select_related("unit").filter(pk=sheet.row).first()


def _me(request: HttpRequest) -> Any:
    """The person behind the account that is signed in."""
    account = request.actor.account  # type: ignore[attr-defined]
    return account.person if account else None


def _one_tap(request: HttpRequest, sheet: Any, row: Any, me: Any) -> dict[str, Any]:
    here = sheets.people(row, sheet).filter(pk=me.pk).values_list("here", flat=True).first()
    if here is None:
        return {"stranger": True}
    if request.method == "POST" and not here:
        sheets.sign(sheet, row, [me.pk], today=request.actor.today, actor=request.actor)  # type: ignore[attr-defined]
        here = True
    return {"done": me.name if here else ""}


def _by_name(request: HttpRequest, sheet: Any, row: Any) -> dict[str, Any]:
    name, number = _typed(request, "name", 60), _typed(request, "number", 32)
    typed = {"name": name, "number": number}
    if not name or not number:
        missing = ("f-name", _("请填写姓名")) if not name else ("f-number", _("请填写手机号后四位或工号"))
        return typed | {"errors": [missing]}
    where = request.META.get("REMOTE_ADDR", "")
    if door.locked(sheet, name, where):
        return typed | {"errors": [(None, _("多次填写不符，请 15 分钟后再试，或请现场工作人员代为签到"))]}
    found = door.find(sheet, row, name, number)
    if found is None:
        door.note_wrong(sheet, name, where)
        return typed | {"errors": [("f-name", _("姓名与号码不符，或不在本次名单中。请核对后再试，或请现场工作人员代为签到"))]}
    if not found.here:
        sheets.sign(sheet, row, [found.person], today=request.actor.today)  # type: ignore[attr-defined]
    return {"done": name}


def _typed(request: HttpRequest, field: str, most: int) -> str:
    """As it would stand in a file: full-width digits made plain, no blanks round or inside a Chinese name."""
    text = " ".join(unicodedata.normalize("NFKC", line(request, field, most)).split())
    return text if text.isascii() else text.replace(" ", "")
