"""What stands round every page: the seven entries, the name of the reader, the switches."""

from collections.abc import Hashable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.foundation.grants import Verb

from .register import registers

# The order never changes; an entry without anything for the reader is hidden.
ENTRIES = {
    "home": gettext_lazy("首页"),
    "plan": gettext_lazy("计划"),
    "organisation": gettext_lazy("组织"),
    "activities": gettext_lazy("活动"),
    "money": gettext_lazy("经费"),
    "integrity": gettext_lazy("监督"),
    "publish": gettext_lazy("公开"),
}

# Pages that are not a register's list: (entry, route name, label, verb, register whose right is asked).
EXTRA: list[tuple[str, str, Any, Verb, str]] = []


def key(request: HttpRequest) -> Hashable:
    """Everything the frame depends on: who, with which rights, in which language and size, at which address."""
    if request.path == reverse("search"):
        return None  # the header shows the words that were looked for
    actor = request.actor  # type: ignore[attr-defined]
    return (actor.id, actor.name, actor.rights, translation.get_language(), request.COOKIES.get("large"), request.path)


def values(request: HttpRequest) -> dict[str, Any]:
    """The frame's values for `layouts/page.html`."""
    actor = request.actor  # type: ignore[attr-defined]
    code = translation.get_language() or settings.LANGUAGE_CODE
    found: dict[str, Any] = {
        "lang": code,
        "languages": [(c, label, c == code) for c, label in settings.LANGUAGES],
        "prefs_url": reverse("prefs"),
        "large": request.COOKIES.get("large") == "1",
        "site": _("机关党建"),
        "logo_url": reverse("home"),
    }
    if actor.id is None:
        return found
    nav = _nav(request.path, actor)
    return found | {
        "nav": nav,
        "search_url": reverse("search"),
        "search_query": request.GET.get("q", "") if request.path == reverse("search") else "",
        "user_name": actor.name,
        "user_note": actor.account.role if actor.account else "",
        "user_menu": [(_("收件箱"), reverse("inbox"), "inbox"), (_("我的信息"), reverse("me"), "user"),
                      (_("日程"), reverse("agenda"), "calendar"),
                      (_("我的权限"), reverse("rights"), "shield"), (_("修改密码"), reverse("password"), "lock")],
        "logout_url": reverse("sign-out"),
        "feedback_url": f"{reverse(settings.FEEDBACK_ROUTE)}?{urlencode({'page': request.path})}",
        "privacy_url": reverse("about"),
        "bottom": [(label, url, name, active) for (label, url, active, _c), name
                   in zip(nav, ("home", "table", "users", "calendar", "money", "shield", "public"), strict=True) if url][:4],
    }


def _nav(path: str, actor: Any) -> list[tuple[str, str | None, bool, list[tuple[str, str, bool]]]]:
    below: dict[str, list[tuple[str, str, bool]]] = {}
    for entry, route, label, verb, name in EXTRA:
        if actor.may(verb, name):
            address = reverse(route)
            below.setdefault(entry, []).append((str(label), address, path.startswith(address)))
    for one in registers():
        if one.entry and one.may(actor, Verb.SEE):
            address = reverse("list", args=[one.name])
            below.setdefault(one.entry, []).append((one.label, address, path.startswith(address)))
    nav: list[tuple[str, str | None, bool, list[tuple[str, str, bool]]]] = [
        (str(ENTRIES["home"]), reverse("home"), path == reverse("home"), [])]
    here = max((address for its in below.values() for _label, address, on in its if on), key=len, default="")
    for entry, label in list(ENTRIES.items())[1:]:
        # The longest address that fits is the one stood at: /plan/guiding/ lies below /plan/ too.
        children = [(label, address, address == here) for label, address, _on in below.get(entry, [])]
        active = any(on for _l, _a, on in children)
        nav.append((str(label), children[0][1] if children else None, active, children))
    return nav
