"""Which body suits how many members, how large its committee is, how long its term lasts, and what is temporary.

Sources: the regulation on primary organisations in party and state organs (机关基层组织工作条例, 2019), the trial
regulation on party branches (支部工作条例, 2018) and the election regulation (基层组织选举工作条例, 2020).
Messages are codes; `models.PROBLEMS` has the sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from luoshi.kernel.periods import add_months, term_end

COMMITTEE = "committee"
GENERAL = "general"
BRANCH = "branch"
JOINT = "joint"
GROUP = "group"

COMMITTEE_FROM = 100  # members, organ regulation Art. 5; exactly 100 is a committee
GENERAL_FROM = 50  # members, Art. 6
BRANCH_FROM = 3  # full members, Art. 7
BRANCH_AT_MOST = 50  # members, branch regulation ("generally")
JOINT_UNITS = 5  # units in a joint branch, branch regulation ("generally")
BRANCH_COMMITTEE_FROM = 7  # full members, branch regulation

YEARS = {COMMITTEE: 5, GENERAL: 3, BRANCH: 3}  # terms from 2018/2019 on; Arts. 5 to 7
EXTENSION_MONTHS = 12  # election regulation Art. 3 ("generally")
REMIND_MONTHS = 6  # our choice: the first reminder; those of 3 and 1 months repeat it

ProperBody = Literal["committee", "general", "branch", "joint"]


def body_for(*, full: int, probationary: int = 0, wanted: str = "") -> ProperBody:
    """The body that so many members call for (organ regulation Arts. 5 to 7).

    100 and 50 count all members (unverified), 3 counts full members only. `wanted` names a larger body that the higher organisation
    approved because the work needs it.
    """
    members = full + probationary
    if members >= COMMITTEE_FROM:
        return "committee"
    if full < BRANCH_FROM:
        return "joint"
    if wanted == COMMITTEE:
        return "committee"
    if members >= GENERAL_FROM or wanted == GENERAL:
        return "general"
    return "branch"


def joint_fits(*, units: int) -> bool:
    """Whether a joint branch generally may cover so many units (branch regulation)."""
    return 2 <= units <= JOINT_UNITS


@dataclass(frozen=True, slots=True)
class CommitteePlan:
    """The committee of a body: whether it has one and how many sit on it; `most` needs a reason where above `usual`."""

    committee: bool
    least: int
    usual: int
    most: int


def committee_plan(*, body: str, full: int) -> CommitteePlan:
    """How large the committee of a body is (branch regulation; for general branches and committees, handbooks:
    unverified).

    A branch below seven full members has a secretary and, if needed, a deputy. Raises KeyError for other bodies.
    """
    if body == BRANCH:
        if full < BRANCH_COMMITTEE_FROM:
            return CommitteePlan(False, 1, 2, 2)
        return CommitteePlan(True, 3, 5, 7)
    return {GENERAL: CommitteePlan(True, 5, 7, 9), COMMITTEE: CommitteePlan(True, 5, 9, 21)}[body]


def years_of(*, body: str) -> int:
    """The length of a term in years; a group or office has none and answers 0."""
    return YEARS.get(body, 0)


State = Literal["running", "due", "overdue", "extended", "over_limit", "ended"]


def last_extension(*, elected: date, years: int, months: int = EXTENSION_MONTHS) -> date:
    """The last day to which a term may generally be put off: one year after it ended (election regulation Art. 3)."""
    return add_months(elected, 12 * years + months)


def term_state(*, elected: date, years: int, today: date, extended_to: date | None = None,
               ended: date | None = None, months: int = EXTENSION_MONTHS) -> State:
    """How a term stands on a day: due within six months of its last day and on that day, overdue after it.

    "extended" while an approved extension runs, "over_limit" once it has run for more than a year (`months`). Periods are counted
    by the Civil Code (Arts. 201 and 202), by convention: the regulations do not say.
    """
    if ended is not None and ended <= today:
        return "ended"
    end = term_end(elected, years)
    if today <= end:
        return "due" if today >= add_months(end, -REMIND_MONTHS) else "running"
    if extended_to is None:
        return "overdue"
    if today > last_extension(elected=elected, years=years, months=months):
        return "over_limit"
    return "extended" if today <= extended_to else "overdue"


def lapse(*, elected: date, years: int, extended_to: date | None = None, ended: date | None = None) -> date:
    """The first day on which the body is not in its term: after its end or the approved extension, or once replaced."""
    end = term_end(elected, years)
    after = max(end, extended_to or end) + timedelta(days=1)
    return min(after, ended) if ended else after


def term_problems(*, elected: date, years: int, ended: date | None, extended_to: date | None, approval: str,
                  reason: str, today: date | None = None, months: int = EXTENSION_MONTHS,
                  years_fit: bool = True) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a term cannot be kept as it stands."""
    if today is not None and elected > today:
        yield "elected_on", "later_than_today"
    if years < 1:
        yield "years", "no_term"
        return
    if not years_fit:
        yield "years", "years_differ"
    if ended is not None and ended < elected:
        yield "ended_on", "ends_before_start"
    if extended_to is None:
        return
    if not approval.strip():
        yield "approval", "extension_not_approved"
    if extended_to <= term_end(elected, years):
        yield "extended_to", "extension_within_term"
    # "Generally": an authorised person may go beyond it in writing.
    elif extended_to > last_extension(elected=elected, years=years, months=months) and not reason.strip():
        yield "extended_to", "extension_over_a_year" if months == EXTENSION_MONTHS else "extension_over_half_a_year"


TEMPORARY_MONTHS = 6  # a project of six months or more forms a branch of its own (branch regulation Art. 5)
NOT_FOR_TEMPORARY = frozenset({"admission", "discipline", "dues", "delegates", "term_election"})  # Art. 8


def branch_for_task(*, start: date, end: date, transferred: bool) -> Literal["temporary", "ordinary"]:
    """What a task force forms: a temporary branch where it is short and membership stays at home (Art. 8)."""
    long = end >= add_months(start, TEMPORARY_MONTHS)
    return "ordinary" if transferred or long else "temporary"


PLAN_DAYS = 10  # a house parameter: days from entry until the plan of a big operation stands


def plan_due(*, entered_on: date) -> date:
    """The last day on which the plan of an operation is in time."""
    return entered_on + timedelta(days=PLAN_DAYS)


def branch_called_for(*, start: date, end: date, transferred: bool,
                      members: int) -> Literal["temporary", "ordinary", ""]:
    """Which branch an operation calls for (branch regulation Arts. 5 and 8); "" below three members."""
    return branch_for_task(start=start, end=end, transferred=transferred) if members >= BRANCH_FROM else ""


def operation_problems(*, starts_on: date, ends_on: date, entered_on: date, plan: str, planned_on: date | None,
                       report: str, reported: bool, closed_on: date | None, branch_open: bool,
                       today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a big operation cannot be kept as it stands."""
    if ends_on < starts_on:
        yield "ends_on", "operation_backwards"
    if today is not None and entered_on > today:
        yield "entered_on", "later_than_today"
    if planned_on is not None and not plan.strip():
        yield "plan", "plan_without_text"
    if plan.strip() and planned_on is None:
        yield "planned_on", "plan_without_day"
    if planned_on is not None and planned_on < entered_on:
        yield "planned_on", "plan_before_entry"
    if closed_on is None:
        return
    if closed_on < starts_on:
        yield "closed_on", "closed_before_start"
    if reported and not report.strip():
        yield "report", "report_missing"
    if branch_open:
        yield "closed_on", "branch_still_open"


def temporary_may(*, act: str) -> bool:
    """Whether a temporary branch generally does an act itself; it neither admits, disciplines, collects nor elects."""
    return act not in NOT_FOR_TEMPORARY


def groups_expected(*, members: int, workplaces: int = 1, many: int = 20) -> bool:
    """Whether a branch should divide into groups: many members or several workplaces (branch regulation Art. 13).

    The article gives no number for "many"; `many` is a parameter of the house.
    """
    return members >= many or workplaces > 1


def unit_problems(*, body: str, temporary: bool, moved: bool, ended: bool, below: int) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for what is wrong with a unit, or has to go by a page that asks for a day and a paper.

    `below` is how many units stand under it.
    """
    if temporary and body not in (BRANCH, GENERAL, COMMITTEE):
        yield "temporary", "temporary_body"
    if moved:
        yield "parent", "move_by_page"
    if ended and below:
        yield "until", "units_below"


def guidance_problems(*, visited_on: date, follow_up_due: date | None, closed_on: date | None, follow_up: str,
                      today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a guidance visit cannot be recorded."""
    if today is not None and visited_on > today:
        yield "visited_on", "later_than_today"
    if follow_up_due is not None and not follow_up.strip():
        yield "follow_up", "due_without_follow_up"
    if follow_up_due is not None and follow_up_due < visited_on:
        yield "follow_up_due", "due_before_visit"
    if closed_on is not None and closed_on < visited_on:
        yield "closed_on", "closed_before_visit"


HEADINGS = ("study", "education", "innovation", "service")
MOST_ACTIONS = 3

# What the half-year review shows under each heading, by the names of indicators; one that is not there is left out.
COUNTED = {
    "study": ("meetings.lecture", "meetings.theme_day"),
    "education": ("meetings.members", "meetings.life", "meetings.attended"),
    "innovation": ("events.theme", "events.contest"),
    "service": ("events.held", "events.people"),
}


def improvement_problems(*, headings: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (field, code): a sheet has one to three actions under each of its four headings."""
    for heading in HEADINGS:
        count = headings.count(heading)
        if count == 0:
            yield "actions", f"no_{heading}"
        elif count > MOST_ACTIONS:
            yield "actions", f"many_{heading}"


def move_problems(*, on: date, since: date, today: date, inside: bool, same: bool, document: str,
                  systems_differ: bool) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a unit cannot be put under another parent on a day.

    `since` is when it came to stand where it stands; `inside` means that the new parent lies within the unit itself.
    """
    if inside:
        yield "parent", "parent_inside"
    elif same:
        yield "parent", "parent_unchanged"
    elif systems_differ:
        yield "parent", "other_system"
    if not since < on <= today:
        yield "on", "move_day"
    if not document.strip():
        yield "document", "no_document"


def close_problems(*, on: date, since: date, today: date, below: int, document: str) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a unit cannot be closed on a day; units below it go first."""
    if not since < on <= today:
        yield "on", "close_day"
    if below:
        yield "on", "units_below"
    if not document.strip():
        yield "document", "no_document"


def merge_problems(*, on: date, since: date, today: date, sources: int, later_posts: int) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason units cannot be joined into one on a day.

    `since` is the latest day on which one of them came to stand where it stands; `later_posts` counts the posts that
    would end before they began.
    """
    if not sources:
        yield "sources", "no_source"
    if not since < on <= today:
        yield "on", "move_day"
    if later_posts:
        yield "on", "posts_later"


def split_problems(*, on: date, since: date, today: date, codes: list[str], closes: bool, unplaced: int,
                   later_posts: int) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a unit cannot be divided; `unplaced` counts members and units left behind."""
    if len(codes) < (2 if closes else 1):
        yield "name_1", "one_part"
    if len(set(codes)) < len(codes):
        yield "code_1", "code_twice"
    if not since < on <= today:
        yield "on", "move_day"
    if closes and unplaced:
        yield "closes", "not_placed"
    if later_posts:
        yield "on", "posts_later"


def handover_problems(*, leaving: int, taking: int) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason work cannot be handed over; persons are named by their keys."""
    if leaving == taking:
        yield "taking", "same_person"


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a unit's body suits its members, and its committee their number; codes, "" where it fits."""

    body: str
    committee: str

    @property
    def fits(self) -> bool:
        return not (self.body or self.committee)


def fit(*, body: str, temporary: bool, full: int, seats: int, probationary: int = 0) -> Fit:
    """Compare what a unit is with what its members call for; a temporary branch is appointed and not compared.

    `seats` counts the persons on its committee, the secretary among them. A larger body than the number calls for is
    allowed with approval and therefore not reported.
    """
    if temporary or body not in YEARS:
        return Fit("", "")
    order = ("joint", BRANCH, GENERAL, COMMITTEE)
    proper = body_for(full=full, probationary=probationary)
    too_small = order.index(proper) > order.index(body)
    called = "joint" if proper == "joint" else proper if too_small else ""
    plan = committee_plan(body=body, full=full)
    if seats < plan.least:
        return Fit(called, "too_few")
    return Fit(called, "too_many" if seats > plan.most else "")
