"""Headers every answer carries, and the language the reader chose."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

Next = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    ]
)


LONGEST_ADDRESS = 8192  # bytes of a query


def headers(get_response: Next) -> Next:
    """Refuse at the gate what no page of ours sends, and put the protecting headers on every answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        status = refused(request)
        response = turned_away(request, status) if status else get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def refused(request: HttpRequest) -> int:
    """413 for a body over the limit, before a byte of it is read; 400 for an address that no link of ours can be."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isascii() and length.isdecimal() and (len(length) > 12 or
                                                    int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
        return 413
    query = request.META.get("QUERY_STRING", "")
    # No database keeps a NUL, and a search for kilobytes is no search.
    return 400 if "\x00" in request.path or "%00" in query or "\x00" in query or len(query) > LONGEST_ADDRESS else 0


def turned_away(request: HttpRequest, status: int) -> HttpResponse:
    code = chosen_language(request)
    with translation.override(code):
        html = render_to_string(f"{status}.html", {"lang": code}, using="jinja2")
    response = HttpResponse(html, status=status)
    response.headers["Content-Language"] = code
    return response


def chosen_language(request: HttpRequest) -> str:
    """Chinese unless the reader switched."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def language(get_response: Next) -> Next:
    """The choice is a cookie, so that it costs no query and no header guessing."""

    def answer(request: HttpRequest) -> HttpResponse:
        code = chosen_language(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
            response.headers.setdefault("Content-Language", code)
            return response

    return answer
