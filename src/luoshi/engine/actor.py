"""Who asks, what they may do where, and what day it is; loaded once a request."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation.grants import EVERY, Verb, rows_of
from luoshi.kernel import places

if TYPE_CHECKING:
    from luoshi.foundation.accounts import Account


def today() -> date:
    """The day at the clock's place; the one function that reads it, so that tests and demos can fix it."""
    return getattr(settings, "LUOSHI_TODAY", None) or timezone.localdate()


def now() -> datetime:
    """The moment by the clock, with its zone; for pages that show what clocks elsewhere say."""
    return timezone.now()


@dataclass(frozen=True, slots=True)
class Right:
    """One grant in force: a verb of the ladder on a place and all below, for one register or every one."""

    register: str
    verb: Verb
    place: str
    line: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Everything the two doors need to know of the one who asks. Default deny: no right, no row."""

    id: int | None
    name: str
    today: date
    rights: tuple[Right, ...] = ()
    system: bool = False  # the product itself: demo data, reactions and jobs that act for nobody
    account: "Account | None" = field(default=None, compare=False)

    def places(self, verb: Verb, register: str, *, sensitive: bool = False, line: str | None = None
               ) -> tuple[str, ...]:
        """The places whose rows of a register this actor may <verb>; the shortest that cover all.

        A sensitive register is reached only by a grant that names it; its rows are those of exactly these places.
        `line` leaves out the grants for another line of work; "" takes only those for every line, None takes all.
        """
        if self.system:
            return ("",)
        found = {r.place for r in self.rights
                 if r.verb >= verb and (r.register == register or (r.register == EVERY and not sensitive))
                 and (line is None or r.line in ("", line))}
        if sensitive:
            return tuple(sorted(found))
        return tuple(p for p in sorted(found) if not any(places.below(p, other) for other in found if other != p))

    def may(self, verb: Verb, register: str, place: str | None = None, *, sensitive: bool = False,
            line: str | None = None) -> bool:
        """May they at all (place None), or at this place?"""
        covered = self.places(verb, register, sensitive=sensitive, line=line)
        if place is None or self.system:
            return bool(covered)
        if sensitive:
            return place in covered
        return any(places.below(place, root) for root in covered)

    def require(self, verb: Verb, register: str, place: str | None = None, *, sensitive: bool = False,
                line: str | None = None) -> None:
        """Raise PermissionDenied with a sentence where `may` says no."""
        if not self.may(verb, register, place, sensitive=sensitive, line=line):
            raise PermissionDenied(_("您没有此项权限（%(verb)s）。如工作需要，请联系本单位的系统管理人员")
                                   % {"verb": verb.label})


def system_actor(day: date | None = None) -> Actor:
    """The product itself, for demo data, jobs without a person, and reactions."""
    return Actor(id=None, name="系统", today=day or today(), system=True)


def on_behalf(actor: Actor) -> Actor:
    """The same person for what follows from a decision they were entitled to: no right is asked again, the trail names
    them."""
    return replace(actor, system=True)


def actor_of(account: Any, day: date | None = None) -> Actor:
    """The actor for an account, with the grants in force that day: at most one query."""
    day = day or today()
    rights = tuple(Right(register, Verb(verb), place, line, unit)
                   for register, verb, place, line, unit, since, until in rows_of(account)
                   if since <= day and (until is None or day < until))
    return Actor(id=account.pk, name=account.label, today=day, rights=rights, account=account)


def nobody() -> Actor:
    return Actor(id=None, name="", today=today())


class _Lazy:
    """The actor is loaded at first use, so that static pages and sign-in cost no query."""

    def __get__(self, request: Any, owner: type) -> Actor:
        user = request.user
        request.__dict__["actor"] = found = actor_of(user) if user.is_authenticated else nobody()
        return found


IDLE = 30 * 60  # seconds without a request after which one is signed out
WHOLE = 8 * 3600  # seconds after which one signs in again, however busy
NOTED = 60  # a request is noted at most so often, so that reading costs no writing


def attach_actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    HttpRequest.actor = _Lazy()  # type: ignore[attr-defined]

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            keep_or_end(request, timezone.now().timestamp())
        response = get_response(request)
        to_sign_in = response.status_code == 302 and response.headers["Location"].startswith(str(settings.LOGIN_URL))
        if to_sign_in and request.headers.get("HX-Request"):  # a part of a page must not become the sign-in page
            headers = {"HX-Redirect": f"{settings.LOGIN_URL}?{urlencode({'next': _shown_page(request)})}"}
            return HttpResponse(status=204, headers=headers)
        return response

    return answer


def _shown_page(request: HttpRequest) -> str:
    """The address the reader sees, where it is ours; the part's own otherwise."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{shown.path}?{shown.query}".rstrip("?") if shown.netloc == request.get_host() else "/"


def keep_or_end(request: HttpRequest, now: float) -> None:
    """End a session that was idle or open too long; the server decides, the cookie's own age is no promise."""
    session = request.session
    if "_auth_user_id" not in session:
        return
    since, seen = session.get("since", now), session.get("seen", now)
    if now - seen > getattr(settings, "SESSION_IDLE", IDLE) or now - since > getattr(settings, "SESSION_WHOLE", WHOLE):
        logout(request)
        messages.info(request, _("为安全起见已退出登录，请重新登录后继续"))
    elif "since" not in session or now - seen >= NOTED:
        session["since"], session["seen"] = since, now
