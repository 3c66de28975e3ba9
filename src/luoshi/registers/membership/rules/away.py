"""Where a member who is away stands: in contact, to be searched for, and what the organisation may have to decide.

Source: regulation on the education and management of members (党员教育管理工作条例, 2019) Art. 24. Every result is a
proposal: the product reminds, the organisation decides and its decision is recorded as a fact.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from luoshi.kernel.periods import add_months

FIXED, NOT_FIXED, PRIVATE, STUDY = "fixed", "not_fixed", "private", "study"
ABROAD = (PRIVATE, STUDY)
SUSPEND, RESTORE, STRIKE_OFF = "suspend", "restore", "strike_off"

SEARCH_MONTHS = 3  # the product's own default: from when on it reminds to search
LOST_MONTHS = 6  # Art. 24, certain
STRIKE_MONTHS = 24  # Art. 24, certain
STUDY_MONTHS = 60  # Art. 24, certain: more than five years

Status = Literal["normal", "search", "propose_suspension", "suspended", "propose_strike_off", "struck", "returned"]


def lost_from(*, last: date) -> date:
    """The first day on which a member has been out of contact for six months (Art. 24)."""
    return add_months(last, LOST_MONTHS)


def contact_status(*, last: date, on: date, suspended: date | None = None) -> Status:
    """How contact stands on a day, by the day of the last contact or of the suspension (Art. 24)."""
    if suspended is not None and suspended <= on:
        return "propose_strike_off" if on >= add_months(suspended, STRIKE_MONTHS) else "suspended"
    if on >= lost_from(last=last):
        return "propose_suspension"
    return "search" if on >= add_months(last, SEARCH_MONTHS) else "normal"


def abroad_reason(*, where: str, since: date, settled: date | None, on: date) -> str:
    """Why a suspension is generally called for though there is contact: "settled", "studied" or "" (Art. 24)."""
    if where == PRIVATE and settled is not None and settled <= on:
        return "settled"
    if where == STUDY and on > add_months(since, STUDY_MONTHS):
        return "studied"
    return ""


def suspension_reason(*, where: str, since: date, last: date, settled: date | None, on: date) -> str:
    """What a suspension on a day would rest on: "lost", "settled", "studied", or "" for nothing."""
    if on >= lost_from(last=last):
        return "lost"
    return abroad_reason(where=where, since=since, settled=settled, on=on)


def status(*, where: str, since: date, last: date, on: date, settled: date | None = None, suspended: date | None = None,
           lost: bool = True, struck: date | None = None, returned: date | None = None) -> Status:
    """Where a member stands in all. `lost` is whether the suspension rests on lost contact: only then strike-off follows."""
    if struck is not None:
        return "struck"
    if returned is not None and returned <= on:
        return "returned"
    if suspended is not None:
        return contact_status(last=last, on=on, suspended=suspended) if lost else "suspended"
    if abroad_reason(where=where, since=since, settled=settled, on=on):
        return "propose_suspension"
    return contact_status(last=last, on=on)


def action_of(*, where: str, since: date, until: date | None) -> str:
    """What the leave itself calls for: as rules.transfer for a leave at home; abroad the relation is kept ("abroad")."""
    from . import transfer

    return "abroad" if where in ABROAD else transfer.leave_action(since=since, until=until, fixed=where == FIXED)


def problems(*, where: str, since: date, until: date | None, last: date, settled: date | None, returned: date | None,
             today: date | None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a leave cannot be kept as it stands."""
    for field, day in (("since", since), ("last_contact_on", last), ("settled_on", settled), ("returned_on", returned)):
        if today is not None and day is not None and day > today:
            yield field, "later_than_today"
    if until is not None and until <= since:
        yield "until", "until_before_since"
    if returned is not None and returned < since:
        yield "returned_on", "returned_before_since"
    if settled is not None and where != PRIVATE:
        yield "settled_on", "settled_elsewhere"
    elif settled is not None and settled < since:
        yield "settled_on", "settled_before_since"


def decision_problems(*, decision: str, decided: date, paper: str, today: date, where: str, since: date, last: date,
                      settled: date | None, suspended: date | None, lost: bool,
                      struck: date | None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a decision cannot be recorded (Art. 24)."""
    if decided > today:
        yield "decided_on", "later_than_today"
    if not paper.strip():
        yield "paper", "paper_missing"
    if struck is not None:
        yield "decision", "already_struck"
    elif decision == SUSPEND:
        if suspended is not None:
            yield "decision", "already_suspended"
        elif not suspension_reason(where=where, since=since, last=last, settled=settled, on=decided):
            yield "decided_on", "no_ground"
    elif suspended is None:
        yield "decision", "not_suspended"
    elif decided < suspended:
        yield "decided_on", "before_suspension"
    elif decision == STRIKE_OFF and not lost:
        yield "decision", "not_lost"
    elif decision == STRIKE_OFF and decided < add_months(suspended, STRIKE_MONTHS):
        yield "decided_on", "strike_too_early"


def overdue_return(*, until: date | None, returned: date | None, on: date) -> bool:
    """Whether the expected day of return has passed."""
    return until is not None and returned is None and on - until >= timedelta(days=1)
