"""When a packet is accepted, when a call was made in time, and how a term abroad may run. The periods are the house's own."""

from collections.abc import Iterator
from datetime import date, timedelta

VALID = timedelta(days=92)  # a packet for a month is taken in for about a quarter: posts answer late, not never
SOON = timedelta(days=7)  # a call is shown so long before its day


def refusal(*, known: bool, intact: bool, revoked: bool, until: date, active: bool, genuine: bool, today: date) -> str:
    """Why a packet as a whole is not accepted, as a code; "" where it is. The first reason counts."""
    reasons = (("unknown", not known), ("altered", not intact), ("revoked", revoked), ("expired", today > until),
               ("no_account", not active), ("not_ours", not genuine))
    return next((code for code, holds in reasons if holds), "")


def packet_problems(*, month: date, until: date, home: bool, account: bool) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a packet cannot be issued: it is for somebody of the unit, who has an account."""
    if until < month:
        yield "until", "ends_before_month"
    if not account:
        yield "person", "no_account"
    elif not home:
        yield "person", "other_unit"


def rotation_problems(*, since: date, until: date | None, handed: date | None, same: bool) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a term abroad cannot be recorded."""
    if until is not None and until < since:
        yield "until", "ends_before_start"
    if handed is not None and handed < since:
        yield "handed_on", "handed_before_start"
    if same:
        yield "successor", "follows_oneself"


def contact_problems(*, done: date | None, today: date | None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a contact cannot be recorded."""
    if done is not None and today is not None and done > today:
        yield "done_on", "later_than_today"


def contact_state(*, planned: date, done: date | None, today: date) -> str:
    """The lamp of a planned contact: "ok", "late", "soon" (within seven days) or "none"."""
    if done is not None:
        return "ok"
    if today > planned:
        return "late"
    return "soon" if planned - today <= SOON else "none"
