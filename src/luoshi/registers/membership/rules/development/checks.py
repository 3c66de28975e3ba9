"""What forbids a step: order, terms, thresholds; hard ones refuse, soft ones ("generally") yield to a written reason."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from luoshi.kernel.periods import add_months

from . import dates
from .facts import Facts
from .steps import BY_CODE, STEPS

MUST_PASS = ("meeting", "convert")


class Problem(NamedTuple):
    """Why a step cannot stand. `soft` may be set aside with a reason; `needs` is the step or day that is missing."""

    step: str
    code: str
    soft: bool = False
    needs: str = ""


def problems(*, facts: Facts, today: date | None = None) -> Iterator[Problem]:
    """Each reason why the case, as it stands, cannot be kept; waived soft ones are left out."""
    for one in (*_order(facts, today), *_before_listing(facts), *_before_meeting(facts), *_after_meeting(facts)):
        if not (one.soft and one.code in facts.waived):
            yield one


def soft_ones(*, found: list[Problem]) -> list[Problem]:
    """Those that may be set aside with a reason; [] where a hard one stands beside them."""
    return found if all(one.soft for one in found) else []


def _order(facts: Facts, today: date | None) -> Iterator[Problem]:
    """Every step after those it builds on (the flow chart), and none later than today."""
    for step in STEPS:
        day = facts.on.get(step.code)
        if day is None:
            continue
        if today is not None and day > today:
            yield Problem(step.code, "later_than_today")
        for before in step.after:
            if not facts.done(before):
                yield Problem(step.code, "vote_not_passed" if before in MUST_PASS and before in facts.on else
                              "political_not_passed" if before == "political" and before in facts.on else "not_yet",
                              needs=before)
            elif before in facts.on and facts.on[before] > day:
                yield Problem(step.code, "before_its_turn", needs=before)


def _before_listing(facts: Facts) -> Iterator[Problem]:
    on = facts.on
    if facts.born and not dates.eligible(born=facts.born, applied=on["apply"]):
        yield Problem("apply", "under_age")
    if "activist" in on and not facts.born:
        yield Problem("activist", "born_unknown")
    if "contacts" in on and not dates.contacts_valid(full=facts.contacts):
        yield Problem("contacts", "contacts_wrong")
    if "activist" in on:
        first = dates.earliest_object_date(activist=on["activist"])
        for code in ("object", "list"):
            if code in on and on[code] < first:
                yield Problem(code, "under_a_year", needs=first.isoformat())
    if "list" in on and dates.version_on(day=on["list"]) == dates.VERSION_2026:
        ends = [one.ends_on for one in facts.notices if one.clear]
        if not ends:
            yield Problem("list", "no_notice")
        elif on["list"] < min(ends):
            yield Problem("list", "notice_running", needs=min(ends).isoformat())


def _before_meeting(facts: Facts) -> Iterator[Problem]:
    on = facts.on
    if "sponsors" in on and not dates.sponsors_valid(full=facts.sponsors):
        yield Problem("sponsors", "sponsors_wrong")
    if "train" in on:
        days, hours, special = facts.training
        if dates.training_result(days=days, hours=hours, special=special) == "fail":
            yield Problem("train", "training_short")
    if "prereview" in on and dates.leaving_soon(prereview=on["prereview"], leaves=facts.leaves_on):
        yield Problem("prereview", "leaving_soon", soft=True)


def _after_meeting(facts: Facts) -> Iterator[Problem]:
    on = facts.on
    for code, vote in (("meeting", facts.admission), ("convert", facts.conversion)):
        if code not in on:
            continue
        if vote is None:
            yield Problem(code, "no_vote")
            continue
        if vote.present > vote.entitled:
            yield Problem(code, "more_than_entitled")
        elif vote.yes + vote.no + vote.abstain > vote.present + vote.written:
            yield Problem(code, "more_votes_than_present")
        elif vote.written > vote.entitled - vote.present:
            yield Problem(code, "more_written_than_absent")
        elif dates.admission(entitled=vote.entitled, present=vote.present, yes=vote.yes) == "no_quorum":
            yield Problem(code, "no_quorum")
    if "approve" in on and "meeting" in on:
        result = dates.approval_result(meeting=on["meeting"], approved=on["approve"])
        if result == "overdue":
            yield Problem("approve", "approval_overdue", soft=True, needs=_months(on["meeting"], dates.APPROVAL_LIMIT))
        elif result == "extended" and not facts.approval_reason:
            yield Problem("approve", "approval_needs_reason", needs=_months(on["meeting"], dates.APPROVAL_MONTHS))
    yield from _conversion(facts)


def _conversion(facts: Facts) -> Iterator[Problem]:
    on = facts.on
    if facts.extension is not None and not dates.extension_valid(months=facts.extension):
        yield Problem("extend", "extension_wrong")
    if ("extend" in on) != (facts.extension is not None):
        yield Problem("extend", "extension_incomplete")
    if "meeting" not in on:
        return
    if "extend" in on and on["extend"] < (first := dates.probation_end(admitted=on["meeting"])):
        yield Problem("extend", "too_early", needs=first.isoformat())
    end = dates.probation_end(admitted=on["meeting"], extension=facts.extension)
    if "convert" in on and on["convert"] < end:
        yield Problem("convert", "too_early", needs=end.isoformat())
    if "convert" in on and "convert_approve" in on and on["convert_approve"] > add_months(
            on["convert"], dates.APPROVAL_MONTHS):
        yield Problem("convert_approve", "conversion_overdue", soft=True, needs=_months(on["convert"], dates.APPROVAL_MONTHS))


def _months(day: date, n: int) -> str:
    return add_months(day, n).isoformat()


assert all(before in BY_CODE for step in STEPS for before in step.after)  # noqa: S101  data checked where it is read
