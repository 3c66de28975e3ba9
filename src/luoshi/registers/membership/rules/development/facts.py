"""What the rules need to know of one case, and what follows from it: its phase, the end of probation, its standing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from luoshi.kernel.periods import add_months

from . import dates


class Review(NamedTuple):
    """A half-yearly review: of an "activist" or in "probation"; held_on is None while it is awaited."""

    kind: str
    due_on: date
    held_on: date | None


class Notice(NamedTuple):
    posted_on: date
    ends_on: date
    closed_on: date | None
    clear: bool  # closed, and the result does not stand in the way


class Vote(NamedTuple):
    """How a vote fell; `written` are written votes in favour of members who could not come (2014)."""

    entitled: int
    present: int
    yes: int
    no: int = 0
    abstain: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """One case: `on` holds the date of each step done, by the step's code; the rest is what single rules ask."""

    on: Mapping[str, date]
    born: date | None = None
    contacts: tuple[bool, ...] = ()  # one entry a person: whether a full member on the day of appointment
    sponsors: tuple[bool, ...] = ()
    political: str = ""  # "pass", "fail", "pending"
    training: tuple[int | None, int | None, bool] = (None, None, False)  # days, hours, special case approved
    leaves_on: date | None = None
    admission: Vote | None = None
    conversion: Vote | None = None
    approval_reason: str = ""
    extension: int | None = None  # months
    by_organisation: bool = False
    reviews: tuple[Review, ...] = ()
    notices: tuple[Notice, ...] = ()
    waived: frozenset[str] = field(default_factory=frozenset)

    def passed(self, which: str) -> bool:
        """Whether the vote of "meeting" or "convert" was held with a quorum and carried."""
        vote = self.admission if which == "meeting" else self.conversion
        return which in self.on and vote is not None and dates.admission(
            entitled=vote.entitled, present=vote.present, yes=vote.yes) == "passed"

    def done(self, code: str) -> bool:
        if code in ("meeting", "convert"):
            return self.passed(code)
        if code == "political":
            return code in self.on and self.political == "pass"
        if code == "notice":
            return any(one.clear for one in self.notices)
        return code in self.on


def phase(*, facts: Facts) -> str:
    """Where a case stands: the last of applied, activist, object, probation, full; or cancelled, ended."""
    for code, state in (("end", "ended"), ("cancel", "cancelled"), ("convert_approve", "full"), ("approve", "probation"),
                        ("list", "object"), ("activist", "activist")):
        if code in facts.on:
            return state
    return "applied"


def settled(*, facts: Facts) -> dict[str, Any]:
    """The columns that follow from the steps: state, end of probation, when it becomes overdue, when decided, standing."""
    met = facts.on.get("meeting") if facts.passed("meeting") else None
    ends = dates.probation_end(admitted=met, extension=facts.extension) if met else None
    decided = facts.on.get("convert") if facts.passed("convert") else None
    left = min((day for code in ("cancel", "end") if (day := facts.on.get(code))), default=None)
    full = None
    if ends and decided and "convert_approve" in facts.on:
        full = dates.standing_from(end=ends, meeting=decided, by_organisation=facts.by_organisation)
    late = add_months(ends, dates.CONVERSION_GRACE) + timedelta(days=1) if ends and "approve" in facts.on else None
    return {"state": phase(facts=facts), "probation_ends_on": ends, "conversion_late_from": late,
            "decided_on": min((d for d in (decided, left) if d), default=None), "full_on": full}
