"""A packet out: the file, and what became of the records that came back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine.actor import Actor
from luoshi.engine.packets.page import Oversized
from luoshi.engine.pages.detail import get_row
from luoshi.engine.pages.papers import download
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.foundation.sealed import Unopened
from luoshi.ui.render import render

from ..documents import Unissued, packet_file
from ..models import Packet, PacketState


def download_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, made of what stands today; the same packet may be fetched again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    packet: Packet = get_row(register("packet"), actor, pk, Verb.CHANGE)
    why = ""
    if packet.state == PacketState.REVOKED:
        why = _("这个离线包已作废，请签发新的离线包")
    else:
        try:
            file = packet_file(packet, actor)
        except Unissued:
            why = _("签发对象的账号已停用，请为现任人员签发新的离线包")
        except Oversized:
            why = _("离线包超过 200 KB，请减少随包材料后再下载")
        except Unopened as error:
            why = str(error)
    if why:
        messages.error(request, why)
        return redirect("detail", "packet", pk)
    return download(file, f"离线包-{packet.unit.name}-{packet.month:%Y-%m}-{packet.number}.html", "text/html; charset=utf-8")


def items_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Each record that came back, with what became of it and why."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    packet: Packet = get_row(register("packet"), actor, pk)
    return render(request, "overseas/items.html", {
        "title": _("受理情况"), "packet": packet, "items": list(packet.items.order_by("-pk")[:200]),
        "crumbs": [(_("首页"), reverse("home")), (register("packet").label, reverse("list", args=["packet"])),
                   (str(packet), reverse("detail", args=["packet", pk])), (_("受理情况"), None)],
    })
