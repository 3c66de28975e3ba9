"""Pages for what went wrong: what happened, is my work safe, what to do next."""

import secrets
import sys
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.log import log_response


def _page(request: HttpRequest, status: int, **more: Any) -> HttpResponse:
    html = render_to_string(f"{status}.html", {"lang": translation.get_language(), **more}, request, using="jinja2")
    return HttpResponse(html, status=status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    detail = str(exception or "")
    return _page(request, 403, detail=detail if isinstance(exception, PermissionDenied) else "")


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection did not fit: mostly a page that was open over a sign-out."""
    return _page(request, 403, stale=True)


def broken(request: HttpRequest) -> HttpResponse:
    """An unexpected error, with a number that is also in the log."""
    number = secrets.token_hex(4).upper()
    response = _page(request, 500, reference=number)
    log_response("%s %s", number, request.path, response=response, request=request, exception=sys.exc_info()[1])
    return response


def unclear(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What cannot be read at all: a forged host, a body that breaks off, more fields than any form has."""
    return _page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)
