"""When a meeting may be recorded, whether enough came, whether a vote carries, and how often each kind is owed.

Articles are those of the trial regulation on the work of party branches (支部工作条例, 2018) unless another is named.
Messages are codes; `models.PROBLEMS` has the sentences.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.kernel import follow_up
from luoshi.kernel.periods import Every, Period

MEMBERS = "members"
COMMITTEE = "committee"
GROUP = "group"
LECTURE = "lecture"
THEME_DAY = "theme_day"
LIFE = "life"

ORDINARY = "ordinary"
ADMISSION = "admission"

QUORUM_ARTICLE = "支部工作条例 第十二条"
VOTE_ARTICLES = {ORDINARY: "支部工作条例 第十一条", ADMISSION: "发展党员工作细则"}

COMMITTEE_FROM = 7  # full members from which a branch has a committee; below it none meets


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a unit owes a kind of meeting, and how sure the source is."""

    kind: str
    every: Every
    count: int
    article: str
    confidence: str = "certain"


FREQUENCIES = (
    Frequency(MEMBERS, "quarter", 1, "支部工作条例 第十一条"),
    Frequency(COMMITTEE, "month", 1, "支部工作条例 第十二条"),
    Frequency(GROUP, "month", 1, "支部工作条例 第十三条"),
    Frequency(THEME_DAY, "month", 1, "支部工作条例 第十六条"),
    # Art. 16 says "regularly"; once a quarter is the custom, not the text.
    Frequency(LECTURE, "quarter", 1, "支部工作条例 第十六条", "likely"),
    Frequency(LIFE, "year", 1, "支部工作条例 第十七条"),
)


def quorate(*, kind: str, expected: int, present: int) -> bool:
    """Whether the meeting counts as held: a committee needs half of its members (Art. 12), half itself is enough.

    Other kinds need no number to be held; what a vote needs is `vote_quorum`. Twin in SQL: `models.QUORATE`.
    """
    return kind != COMMITTEE or 2 * present >= expected


def vote_quorum(*, matter: str, entitled: int, present: int) -> bool:
    """Whether a members' meeting may vote: half of those entitled (Art. 11), for an admission more than half.

    Source of the admission rule: rules on developing members (发展党员工作细则).
    """
    return 2 * present > entitled if matter == ADMISSION else 2 * present >= entitled


def passed(*, matter: str, entitled: int, present: int, yes: int) -> bool:
    """Whether a matter is carried: a quorum, and more than half of all entitled, not of those present, in favour.

    Twin in SQL: `models.PASSED`.
    """
    return vote_quorum(matter=matter, entitled=entitled, present=present) and 2 * yes > entitled


def problems(*, kind: str, held_on: date | None, expected: int | None, present: int | None, lecturer: bool,
             planned_on: date | None = None, called_off: bool = False, today: date | None = None,
             absences: int | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a meeting cannot be kept: one to come is asked nothing but its day.

    `today` and `absences` (how many absent people are named) are left out where the asker does not know them.
    """
    if held_on is None:
        if planned_on is None:
            yield "held_on", "no_day"
        return
    if today is not None and held_on > today:
        yield "held_on", "later_than_today"
    if called_off:
        yield "called_off", "held_and_called_off"
    if expected is None or present is None:
        yield ("expected" if expected is None else "present"), "no_attendance"
    elif present > expected:
        yield "present", "more_than_expected"
    elif absences is not None and absences > expected - present:
        yield "present", "absent_and_present"
    if kind == LECTURE and not lecturer:
        yield "lecturer", "no_lecturer"


def state(*, planned_on: date | None, held_on: date | None, called_off: bool, today: date) -> str:
    """How a meeting stands: "ok" held, "waived" called off, else by the days left to the one it is planned for."""
    if held_on is not None:
        return "ok"
    return "waived" if called_off else follow_up.state(due_on=planned_on, closed_on=None, today=today)


def vote_problems(*, entitled: int, present: int, yes: int, no: int, abstain: int) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a count of votes cannot be right."""
    if present > entitled:
        yield "present", "more_than_entitled"
    if yes + no + abstain > present:
        yield "yes", "more_votes_than_present"


@dataclass(frozen=True, slots=True)
class Held:
    """What a frequency needs to know of one meeting."""

    kind: str
    held_on: date
    expected: int = 0
    present: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands with one kind of meeting in one period."""

    kind: str
    required: int
    found: int

    @property
    def met(self) -> bool:
        return self.found >= self.required


def owed(*, frequency: Frequency, full_members: int, groups: bool) -> int:
    """How many meetings of a kind a branch owes in one period: no committee below seven, no group meeting without."""
    if frequency.kind == COMMITTEE and full_members < COMMITTEE_FROM:
        return 0
    if frequency.kind == GROUP and not groups:
        return 0
    return frequency.count


def compliance(*, meetings: Iterable[Held], full_members: int, period: Period, groups: bool = False) -> list[Standing]:
    """How a branch stands in one calendar period with each kind owed by periods of that length.

    Quarter, month and year are those of the calendar; a committee meeting without a quorum is not found.
    """
    inside = [m for m in meetings
              if period.contains(m.held_on) and quorate(kind=m.kind, expected=m.expected, present=m.present)]
    return [Standing(f.kind, owed(frequency=f, full_members=full_members, groups=groups),
                     sum(1 for m in inside if m.kind == f.kind))
            for f in FREQUENCIES if f.every == period.kind]


Who = Literal["members", "committee"]


def who_attends(*, kind: str) -> Who:
    """Whom a kind of meeting calls together: the committee its own members, all others the members of the unit."""
    return "committee" if kind == COMMITTEE else "members"
