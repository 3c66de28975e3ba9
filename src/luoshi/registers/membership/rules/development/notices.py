"""What a public notice must keep to, with what was received while it ran."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from . import dates


class Received(NamedTuple):
    """Something received during a notice; `outcome` is "" until it is settled, "founded" where it stands in the way."""

    on: date
    handled: date | None = None
    outcome: str = ""


def notice_problems(*, posted: date, ends: date, days: int, closed: date | None, consented: date | None, result: str,
                    received: Sequence[Received], today: date | None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a public notice cannot be kept (Art. 13 of 2026; 5 to 7 days by local rules)."""
    if days < dates.NOTICE_DAYS:
        yield "days", "notice_too_short"
    if today is not None and posted > today:
        yield "posted_on", "later_than_today"
    if consented is None or consented > posted:
        yield "posted_on", "notice_before_consent"
    for one in received:
        if one.on < posted or (today is not None and one.on > today):
            yield "", "objection_outside"
        if (one.handled is None) != (not one.outcome):
            yield "", "objection_half"
        elif one.handled is not None and (one.handled < one.on or (today is not None and one.handled > today)):
            yield "", "objection_handled_wrong"
    if closed is None:
        return
    if today is not None and closed > today:
        yield "closed_on", "later_than_today"
    if closed < ends:
        yield "closed_on", "notice_closed_early"
    if not result:
        yield "result", "notice_without_result"
    if any(one.handled is None for one in received):
        yield "closed_on", "objections_open"
    if result == "clear" and received:
        yield "result", "result_says_nothing_came"
    if result == "settled" and not received:
        yield "result", "result_says_something_came"
    if result in ("clear", "settled") and any(one.outcome == "founded" for one in received):
        yield "result", "result_passes_over"
