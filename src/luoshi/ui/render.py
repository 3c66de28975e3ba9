"""Renders a page with its frame, or for HTMX just the fragment that changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.cache import patch_vary_headers
from markupsafe import Markup, escape

LEVELS = {messages.SUCCESS: "ok", messages.WARNING: "notice", messages.ERROR: "error"}
KEPT = 1000
# Stand in for what differs from request to request inside a kept frame.
TOKEN, PATH = "@@token@@", "@@path@@"


@dataclass(frozen=True, slots=True)
class Chrome:
    """What stands round every page; the floors above provide it, the ui knows no record.

    `key` names everything the values depend on besides the path's own query; None where the frame must not be kept.
    """

    key: Callable[[HttpRequest], Hashable]
    values: Callable[[HttpRequest], dict[str, Any]]


chrome: list[Chrome] = []
_frames: OrderedDict[Hashable, dict[str, Any]] = OrderedDict()
_drawings: OrderedDict[Hashable, Markup] = OrderedDict()


def render(request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, part: str = "",
           status: int = 200) -> HttpResponse:
    """Render a page. For an HTMX request the same page without its frame, or `part` where the page names one."""
    htmx = getattr(request, "htmx", None)
    inside = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    values: dict[str, Any] = {}
    if not (inside and part):
        values |= _frame(request)
        values["messages"] = [(LEVELS.get(m.level, "info"), str(m.message)) for m in messages.get_messages(request)]
        if inside:
            values["layout"] = "layouts/part.html"
    values |= context or {}
    values["path"] = request.get_full_path()
    html = get_template(part if inside and part else template, using="jinja2").render(values, request)
    response = HttpResponse(html, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def kept(key: Hashable, template: str, values: Callable[[], dict[str, Any]]) -> Markup:
    """A part of a page that is the same for every request with this key; drawn once, then kept.

    `key` must name everything the values depend on, the language too.
    """
    found = _drawings.get(key)
    if found is None:
        html = get_template(template, using="jinja2").template.render(values())
        found = _drawings[key] = Markup(html)  # noqa: S704  autoescaped by the template
        if len(_drawings) > KEPT:
            _drawings.popitem(last=False)
    return found


def _frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's values with header and footer drawn; drawn once for each reader and address, then kept.

    Measured: drawing it anew took more than a third of a list page (docs/decisions/0001-jinja2.md).
    """
    key = tuple(one.key(request) for one in chrome)
    kept = _frames.get(key) if None not in key else None
    if kept is None:
        kept = _drawn(request)
        if None not in key:
            _frames[key] = kept
            if len(_frames) > KEPT:
                _frames.popitem(last=False)
    token, path = get_token(request), str(escape(request.get_full_path()))
    header = Markup(kept["header"].replace(TOKEN, token).replace(PATH, path))  # noqa: S704  both parts are escaped
    return kept | {"header": header}


def _drawn(request: HttpRequest) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in chrome:
        values |= one.values(request)
    hidden = Markup(f'<input type="hidden" name="csrfmiddlewaretoken" value="{TOKEN}">')  # noqa: S704  a constant
    frame = values | {"csrf_input": hidden, "path": PATH}
    parts = {name: get_template(f"parts/{name}.html", using="jinja2").template.render(frame)
             for name in ("header", "footer")}
    return values | {"header": parts["header"], "footer": Markup(parts["footer"])}  # noqa: S704  autoescaped
