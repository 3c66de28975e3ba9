"""A packet back: the text or the file, the preview of every record, and the one click that takes them in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.packets.wire import MOST_TEXT
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from .. import forms

STATES = {"new": "soon", "taken": "ok", "refused": "late"}


def return_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page, reached from a packet."""
    get_row(register("packet"), request.actor, pk, Verb.CHANGE)  # type: ignore[attr-defined]
    return redirect("packet-upload")


def upload_page(request: HttpRequest) -> HttpResponse:
    """Asks for the packet, shows what it holds, takes it in. Refused: 422, and what was pasted is still there."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    register("packet").require(actor, Verb.CHANGE)
    if request.method != "POST":
        return _asked(request, "", "")
    text = _text(request)
    try:
        found = forms.opened(text, actor)
    except forms.Refused as why:
        return _asked(request, text, str(why))
    if request.POST.get("do") == "take":
        outcomes = forms.take(found, actor)
        _told(request, outcomes)
        return redirect("packet-items", found.packet.pk)
    outcomes = forms.preview(found)
    new = sum(one.state == "new" for one in outcomes)
    return render(request, "overseas/preview.html", {
        "title": _("预览回传包"), "packet": found.packet, "text": _signed(found), "new": new,
        "refused": sum(one.state == "refused" for one in outcomes), "rows": _rows(found, outcomes),
        "for_": found.issued.name, "crumbs": _crumbs(_("预览")),
    })


def _signed(found: forms.Opened) -> str:
    return f"{found.envelope.signed}.{found.envelope.mac}"


def _text(request: HttpRequest) -> str:
    sent: Any = request.FILES.get("file")
    if sent is not None:
        return str(sent.read(MOST_TEXT + 1).decode("utf-8", "replace"))
    return request.POST.get("text", "")[: MOST_TEXT + 1]


def _rows(found: forms.Opened, outcomes: list[Any]) -> list[dict[str, Any]]:
    """Each record as the preview shows it."""
    words = {"new": _("新登记"), "taken": _("已受理过"), "refused": _("不能受理")}
    changed = forms.differs(found, outcomes)
    rows = []
    for one in outcomes:
        reasons = list(one.reasons)
        if one.sent.key in changed:
            reasons.append(_("内容与已受理的不同，以已受理的为准；需要更改的，请在系统中修改原记录"))
        rows.append({"what": f"{one.label} {one.summary}", "lamp": STATES[one.state], "word": words[one.state],
                     "reasons": reasons, "url": reverse("detail", args=[one.sent.register, one.row]) if one.row else ""})
    return rows


def _told(request: HttpRequest, outcomes: list[Any]) -> None:
    counted = {state: sum(one.state == state for one in outcomes) for state in STATES}
    text = _("受理 %(new)d 条，此前已受理 %(taken)d 条，未受理 %(refused)d 条") % counted
    (messages.warning if counted["refused"] else messages.success)(request, text)


def _asked(request: HttpRequest, text: str, why: str) -> HttpResponse:
    return render(request, "overseas/upload.html", {
        "title": _("上传回传包"), "errors": [("f-text", why)] if why else [], "crumbs": _crumbs(_("上传回传包")),
        "fields": [
            {"name": "file", "label": _("回传包文件"), "type": "file", "accept": ".txt"},
            {"name": "text", "label": _("或粘贴邮件中的文字"), "type": "textarea", "value": "" if len(text) > MOST_TEXT else text,
             "help": _("以 LUOSHI1 开头的整段文字，前后有其他文字也可以")}],
    }, status=422 if why else 200)


def _crumbs(last: str) -> list[tuple[str, str | None]]:
    return [(_("首页"), reverse("home")), (register("packet").label, reverse("list", args=["packet"])), (last, None)]
