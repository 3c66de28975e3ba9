"""When a transfer of membership is right: what a leave calls for, how long a letter is valid, which step follows which.

Sources: regulation on the education and management of members (党员教育管理工作条例, 2019) Art. 25; how long a letter is
valid and what a short leave calls for are practice (likely). Messages are codes; models have the sentences.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from luoshi.kernel.periods import add_months

OUT, IN, WITHIN = "out", "in", "within"
DRAFTED, ISSUED, ACCEPTED, DONE, REFUSED = "drafted", "issued", "accepted", "done", "refused"

# (from, to) pairs; what a letter from outside misses is that we never draft it.
STEPS = frozenset({
    (DRAFTED, ISSUED), (ISSUED, ACCEPTED), (ISSUED, REFUSED), (ISSUED, DONE), (ACCEPTED, DONE), (REFUSED, DRAFTED),
    (REFUSED, ISSUED)})

TRANSFER_MONTHS = 6  # Art. 25, certain
LETTER_MONTHS = 3  # likely: practice of universities
MOST_DAYS = 90  # likely: three sources agree, two say otherwise
USUAL_DAYS = 30  # likely: common for a place outside the city
RECEIPT_DAYS = 15  # the product's own default: no source names a number of days
SOON_DAYS = 7  # the product's own default: from when on a letter about to expire is shown

Action = Literal["none", "certificate", "transfer", "floating"]


def transfer_action(*, months: int, fixed: bool) -> Action:
    """What a leave of so many whole months calls for; `fixed` is whether one stays at one place (2019 Art. 25).

    Transfer from 6 months on (certain); a certificate letter from 3 months on and nothing below it (likely). Who has no
    fixed place keeps the relation and is a floating member.
    """
    if months >= TRANSFER_MONTHS:
        return "transfer" if fixed else "floating"
    return "certificate" if months >= LETTER_MONTHS else "none"


def leave_action(*, since: date, until: date | None, fixed: bool) -> Action:
    """The same for a leave between two days; one without an expected end is taken as long."""
    if until is None or until >= add_months(since, TRANSFER_MONTHS):
        return transfer_action(months=TRANSFER_MONTHS, fixed=fixed)
    return transfer_action(months=LETTER_MONTHS if until >= add_months(since, LETTER_MONTHS) else 0, fixed=fixed)


def days_problem(*, days: int) -> str:
    """Why a letter cannot be issued for so many days; "" where it can. At most 90 (likely)."""
    if days < 1:
        return "days_under"
    return "days_over" if days > MOST_DAYS else ""


def valid_until(*, issued: date, days: int) -> date:
    """The last day on which a letter may be presented; the day of issue is not counted."""
    return issued + timedelta(days=days)


def letter_valid(*, issued: date, days: int, on: date) -> bool:
    """Whether a letter may be presented on a day. Raises ValueError for one that must not be issued."""
    if problem := days_problem(days=days):
        raise ValueError(problem)
    return issued <= on <= valid_until(issued=issued, days=days)


def receipt_due(*, kind: str, issued: date | None, days: int, accepted: date | None) -> date | None:
    """By when the receipt should be back: 15 days after acceptance, for a letter to outside after its last valid day."""
    if kind == OUT:
        return valid_until(issued=issued, days=days) + timedelta(days=RECEIPT_DAYS) if issued else None
    return accepted + timedelta(days=RECEIPT_DAYS) if accepted else None


def state_of(*, issued: date | None, accepted: date | None, receipt: date | None, refused: date | None) -> str:
    """The state that the dates of a transfer tell."""
    for day, state in ((receipt, DONE), (accepted, ACCEPTED), (refused, REFUSED), (issued, ISSUED)):
        if day is not None:
            return state
    return DRAFTED


def step_allowed(*, kind: str, before: str, after: str) -> bool:
    """Whether a step suits the kind: a letter to outside is not accepted by us, but done when its receipt is back."""
    if after == ACCEPTED:
        return kind != OUT
    if (before, after) == (ISSUED, DONE):
        return kind == OUT
    if (before, after) == (REFUSED, ISSUED):  # what we sent is drafted anew, by the branch that asks for it
        return kind == IN
    return True


def side_problems(*, kind: str, person: bool, newcomer: str, number: str, joined: date | None, outside: str,
                  receiver: bool, same: bool, suits: bool) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for what is missing about the two sides; `suits` is whether the receiver is a standing branch."""
    if kind == IN:
        if not person:
            if not newcomer.strip():
                yield "newcomer", "newcomer_missing"
            if not number.strip():
                yield "newcomer_number", "number_missing"
            if joined is None:
                yield "joined", "joined_missing"
    elif not person:
        yield "person", "person_missing"
    if kind == WITHIN:
        if not receiver:
            yield "receiver", "receiver_missing"
        elif same:
            yield "receiver", "receiver_same"
        elif not suits:
            yield "receiver", "receiver_unfit"
    elif not outside.strip():
        yield "outside", "outside_missing"


def letter_problems(*, kind: str, drafted: date, number: str, issued: date | None, days: int,
                    today: date | None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for what is wrong with the letter."""
    if today is not None and drafted > today:
        yield "drafted_on", "later_than_today"
    if kind == IN or issued is not None or number.strip():
        if not number.strip():
            yield "letter_no", "letter_missing"
        if issued is None:
            yield "issued_on", "issue_day_missing"
    if problem := days_problem(days=days):
        yield "valid_days", problem
    if issued is None:
        return
    if today is not None and issued > today:
        yield "issued_on", "later_than_today"
    if kind != IN and issued < drafted:
        yield "issued_on", "issued_before_drafted"


def course_problems(*, kind: str, issued: date | None, days: int, presented: date | None, accepted: date | None,
                    receipt: date | None, refused: date | None, refusal: str,
                    today: date | None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for what is wrong with acceptance, refusal and receipt."""
    for field, day in (("presented_on", presented), ("accepted_on", accepted), ("receipt_on", receipt),
                       ("refused_on", refused)):
        if day is None:
            continue
        if issued is None:
            yield field, "no_letter"
        elif day < issued:
            yield field, "before_issue"
        elif today is not None and day > today:
            yield field, "later_than_today"
    if accepted is not None and presented is None:
        yield "presented_on", "presented_missing"
    if presented is not None and issued is not None and presented > valid_until(issued=issued, days=days):
        yield "presented_on", "letter_expired"
    if accepted is not None and presented is not None and accepted < presented:
        yield "accepted_on", "accepted_before_presented"
    if receipt is not None and kind != OUT and (accepted is None or receipt < accepted):
        yield "receipt_on", "receipt_before_accepted"
    if refused is not None and not refusal.strip():
        yield "refusal", "refusal_missing"
