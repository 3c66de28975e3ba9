"""The room of a topic group: its papers, its discussion as plain text, and the digest its convener writes."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.engine import write
from luoshi.engine.actor import Actor
from luoshi.engine.pages.detail import get_row
from luoshi.engine.register import register
from luoshi.foundation.grants import Verb
from luoshi.ui.render import render

from ..models import Digest, TopicGroup, TopicPost
from ..models.topic import Quarter

LISTED = 100


def room_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a group has, in the order it came; members write below. Others may look where a grant lets them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    group = get_row(register("topic_group"), actor, pk)
    person = actor.account.person if actor.account else None
    member = person is not None and group.has(person.pk)
    errors: list[tuple[str | None, str]] = []
    if request.method == "POST":
        if not member:
            raise PermissionDenied(_("只有本组成员可以发言，请联系召集人加入"))
        errors = _write(request, actor, group, person)
        if not errors:
            return redirect("topic-room", pk)
    posts = list(register("topic_post").rows(actor).filter(group=group).select_related("author").order_by("-id")[:LISTED])
    papers = register("topic_paper").rows(actor).filter(group=group).select_related("file").order_by("-added_on", "-id")
    return render(request, "study/room.html", {
        "title": group.name, "group": group, "posts": list(reversed(posts)), "papers": list(papers[:LISTED]),
        "digests": list(register("topic_digest").rows(actor).filter(group=group).order_by("-year", "-quarter")[:LISTED]),
        "people": [one.person.name for one in group.members.select_related("person").order_by("person__strokes")],
        "member": member, "convenes": person is not None and person.pk == group.convener_id, "errors": errors,
        "may_paper": register("topic_paper").may(actor, Verb.ADD, group.place), "key": secrets.token_hex(16),
        "sent": request.POST, "year": actor.today.year, "quarter": (actor.today.month + 2) // 3,
        "quarter_choices": [(str(value), label) for value, label in Quarter.choices],
        "crumbs": [(_("首页"), reverse("home")), (register("topic_group").label, reverse("list", args=["topic_group"])),
                   (str(group), None)],
    }, status=422 if errors else 200)


def _write(request: HttpRequest, actor: Actor, group: TopicGroup, person: Any) -> list[tuple[str | None, str]]:
    """A post, or (by the convener) the digest of a quarter, through the door."""
    text, key = request.POST.get("text", "").strip(), request.POST.get("key", "")[:64]
    try:
        if request.POST.get("do") == "digest":
            return _digest(request, actor, group, text, key)
        write.save(actor, register("topic_post"), TopicPost(
            unit=group.unit, group=group, author=person, posted_on=actor.today, text=text), key=key)
        messages.success(request, _("已发言"))
    except write.Repeated as again:
        messages.info(request, str(again))
    except ValidationError as error:
        return [(None, message) for message in error.messages]
    return []


def _digest(request: HttpRequest, actor: Actor, group: TopicGroup, text: str, key: str) -> list[tuple[str | None, str]]:
    year, quarter = request.POST.get("year", ""), request.POST.get("quarter", "")
    if not (year.isdecimal() and len(year) == 4 and quarter in {"1", "2", "3", "4"}):
        return [("f-quarter", _("请选择年度和季度"))]
    write.save(actor, register("topic_digest"), Digest(
        unit=group.unit, group=group, year=int(year), quarter=int(quarter), written_on=actor.today, text=text,
        title=request.POST.get("title", "").strip()[:160] or group.topic), key=key)
    messages.success(request, _("已保存研究综述"))
    return []
