"""What the first page shows to whom: the reader's units, the numbers of a leader, blocks of other floors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from luoshi.foundation.grants import Verb
from luoshi.foundation.places import within
from luoshi.foundation.units import Body, Unit
from luoshi.kernel import periods, places
from luoshi.kernel.periods import Period
from luoshi.kernel.shares import Share

from .actor import Actor
from .duties import Duty, duties
from .indicators import Indicator, added, indicators, rollups
from .register import register

# Floors above add what they show on the first page; a block is {"title", "rows", "template"}, None shows nothing.
blocks: list[Callable[[Actor], dict[str, Any] | None]] = []
# The same for what may come a moment later: fetched once the page stands, so that twenty registers do not slow it.
later: list[Callable[[Actor], dict[str, Any] | None]] = []

NUMBERS = 6


def seats(actor: Actor) -> list[Unit]:
    """The units of the reader's grants, none below another, the own one first, then in tree order; the roots for the product itself."""
    if actor.system:
        return list(Unit.objects.filter(parent__isnull=True, withdrawn=False).order_by("place"))
    held = {right.place for right in actor.rights}
    tops = {one for one in held if not any(one != other and places.below(one, other) for other in held)}
    found = Unit.objects.filter(place__in=tops, withdrawn=False).order_by("place")
    own = actor.account.home_id if actor.account else None
    return sorted(found, key=lambda one: one.pk != own)


def role(actor: Actor, its: list[Unit]) -> str:
    """"branch" where every grant is on a branch or group, "leader" where higher grants only look, else "office"."""
    if not its:
        return "none"
    if all(one.body in (Body.BRANCH, Body.GROUP) for one in its):
        return "branch"
    looks = all(right.verb == Verb.SEE for right in actor.rights) and not actor.system
    return "leader" if looks else "office"


def reachable(actor: Actor) -> Any:
    """The condition on units that the reader may look at through any grant."""
    return within(("",) if actor.system else tuple(sorted({right.place for right in actor.rights})))


def visible_duties(actor: Actor, place: str) -> list[Duty]:
    """The duties whose records the reader may see at a place and below."""
    return [one for one in duties().values() if register(one.register).may(actor, Verb.SEE, place)]


def visible_indicators(actor: Actor, place: str) -> list[Indicator]:
    """The indicators whose records the reader may see at a place and below."""
    return [one for one in indicators().values() if one.source.may(actor, Verb.SEE, place)]


def numbers(actor: Actor, place: str) -> list[tuple[Indicator, Share, Share, Period]]:
    """Up to six headline numbers of this year so far, each beside the same days of last year."""
    chosen = sorted(visible_indicators(actor, place), key=lambda one: not one.headline)[:NUMBERS]
    now = Period(periods.year(actor.today).start, actor.today + timedelta(days=1))
    before = periods.last_year(now)
    found = rollups([(one, place, now) for one in chosen] + [(one, place, before) for one in chosen],
                    today=actor.today)
    pairs = zip(chosen, found[: len(chosen)], found[len(chosen):], strict=True)
    return [(one, added(one, these), added(one, those), now) for one, these, those in pairs]
