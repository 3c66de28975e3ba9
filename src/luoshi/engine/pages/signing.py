"""The office's side of signing in: the QR code, how many came, who did not yet, and signing for those without a phone."""

from typing import Any

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from ..models import Sheet
from ..register import Register
from ..signing import address, sheets
from ..signing.declared import signing_of
from .detail import get_row
from .listing import found_register

LISTED = 100  # people on the page; the others are found by the search box
SHOWN = ("away", "here", "all")


def signing_page(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Open, print, renew and end the sign-in of a record; sign for others, or take a wrong one back."""
    one, row = _row(request, name, pk)
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            _do(request, row)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(f"{reverse('signing', args=[name, pk])}{_query(request)}")
    sheet = sheets.sheet_of(row)
    show = request.GET.get("show", "")
    show, words = show if show in SHOWN else "away", request.GET.get("q", "")[:60]
    found = _found(sheets.people(row, sheet), words)
    listed, here = sheets.count(row, sheet)
    rows = [] if sheet is None else list(
        found.filter(**{"away": {"here": False}, "here": {"here": True}}.get(show, {}))
        .select_related("unit").order_by("strokes", "id")[:LISTED + 1])
    why = sheets.refusal(row, actor.today)
    return render(request, "engine/signing.html", {
        "title": _("签到：%(row)s") % {"row": row}, "row": row, "register": one, "listed": listed, "here": here,
        "state": "none" if sheet is None else "closed" if sheet.closed or why else "open", "why": why,
        "rows": rows[:LISTED], "more": len(rows) > LISTED, "show": show, "q": words, "most": LISTED,
        "first": sheets.declared(row).days(row)[0], "today": actor.today, **_address(request, sheet, 5),
        "tabs": [(label, f"?show={key}", key == show, number) for key, label, number in (
            ("away", _("未签到"), listed - here), ("here", _("已签到"), here), ("all", _("全部名单"), listed))],
        "crumbs": _crumbs(one, row, _("签到")),
    })


def signing_print(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """The code on a sheet of its own, for the door or the screen."""
    _one, row = _row(request, name, pk)
    sheet = sheets.sheet_of(row)
    if sheet is None or sheet.closed or sheets.refusal(row, request.actor.today):  # type: ignore[attr-defined]
        return redirect("signing", name, pk)
    return render(request, "engine/signing_print.html", {
        "title": _("签到：%(row)s") % {"row": row}, "row": row, "days": sheets.declared(row).days(row),
        "back": reverse("signing", args=[name, pk]), **_address(request, sheet, 11)})


def _row(request: HttpRequest, name: str, pk: int) -> tuple[Register, Any]:
    """The record, for who may change it; 404 where its register knows no signing in."""
    one = found_register(name)
    if signing_of(name) is None:
        raise Http404
    actor = request.actor  # type: ignore[attr-defined]
    one.require(actor, Verb.SEE)
    return one, get_row(one, actor, pk, Verb.CHANGE)


def _address(request: HttpRequest, sheet: Sheet | None, scale: int) -> dict[str, Any]:
    """The address people open, and the same as a drawing."""
    if sheet is None:
        return {"address": "", "code": ""}
    url = request.build_absolute_uri(reverse("sign", args=[address.token(sheet.pk, sheet.issue)]))
    drawn = segno.make(url, error="m", micro=False).svg_inline(scale=scale, svgclass="qr", title=_("签到二维码"))
    return {"address": url, "code": Markup(drawn)}  # noqa: S704  made of our own address


def _do(request: HttpRequest, row: Any) -> None:
    """One of the page's buttons. Raises ValidationError."""
    actor, what = request.actor, request.POST.get("do", "")  # type: ignore[attr-defined]
    match what:
        case "open":
            sheets.open_sheet(actor, row)
            messages.success(request, _("签到已开放"))
        case "renew":
            sheets.renew(actor, row)
            messages.success(request, _("已换新二维码，原来的二维码不能再使用"))
        case "close":
            sheets.close(actor, row)
            messages.success(request, _("签到已结束，已签到的人员保留"))
        case "sign" | "unsign":
            n = _mark(request, row, what)
            if not n:
                raise ValidationError(_("请勾选人员"))
            said = _("已为 %(n)d 人签到") if what == "sign" else _("已取消 %(n)d 人的签到")
            messages.success(request, said % {"n": n})


def _mark(request: HttpRequest, row: Any, what: str) -> int:
    """Sign for those ticked, or take it back; keys that are not on the list are left out. How many were ticked."""
    actor, sheet = request.actor, sheets.sheet_of(row)  # type: ignore[attr-defined]
    keys = [int(key) for key in request.POST.getlist("person")[:LISTED] if key.isascii() and key.isdecimal() and len(key) < 19]
    if sheet is None or not keys:
        return 0
    found = list(sheets.people(row, sheet).filter(pk__in=keys).values_list("pk", flat=True))
    if what == "sign":
        sheets.sign(sheet, row, found, today=actor.today, actor=actor)
    else:
        sheets.unsign(actor, row, found)
    return len(found)


def _found(people: Any, words: str) -> Any:
    for word in words.split()[:5]:
        people = people.filter(Q(search__icontains=word.lower()) | Q(number=word))
    return people


def _query(request: HttpRequest) -> str:
    show = request.POST.get("show", "")
    return f"?show={show}" if show in SHOWN else ""


def _crumbs(one: Register, row: Any, here: str) -> list[tuple[str, str | None]]:
    return [(_("首页"), reverse("home")), (one.label, reverse("list", args=[one.name])),
            (str(row), reverse("detail", args=[one.name, row.pk])), (here, None)]
