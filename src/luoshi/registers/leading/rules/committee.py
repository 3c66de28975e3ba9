"""How many must be there for a committee to decide, and when a decision carries.

Half for committees at work (支部工作条例, Art. 12, carried over to committees above a branch: unverified), two thirds for a plenary
session (unverified); a decision needs more than half of those entitled.
"""

from collections.abc import Iterator
from datetime import date

STANDING = "standing"
PLENARY = "plenary"
ORGAN = "organ"
DISCIPLINE = "discipline"

ARTICLE = "支部工作条例 第十二条"  # for the committee of a branch; carried over, unverified
# (numerator, denominator) of those who should attend; exactly that many is enough.
QUORUM = {STANDING: (1, 2), PLENARY: (2, 3), ORGAN: (1, 2), DISCIPLINE: (1, 2)}
NAMES = {STANDING: "常委会", PLENARY: "全委会", ORGAN: "机关党委会", DISCIPLINE: "纪委会"}

def title(*, kind: str, year: int, number: int) -> str:
    """What a meeting is called in papers, in Chinese whatever the reader's language: it is stored."""
    return f"{year}年第{number}次{NAMES[kind]}"


def quorate(*, kind: str, expected: int, present: int) -> bool:
    """Whether enough came: by integers, present × denominator ≥ expected × numerator. Twin in SQL: `models.committee.QUORATE`."""
    top, bottom = QUORUM[kind]
    return present * bottom >= expected * top


def needed(*, kind: str, expected: int) -> int:
    """The smallest number present that is enough."""
    top, bottom = QUORUM[kind]
    return -(-expected * top // bottom)


def carried(*, kind: str, expected: int, present: int, yes: int) -> bool:
    """Whether a matter is decided: enough came, and more than half of all entitled are in favour."""
    return quorate(kind=kind, expected=expected, present=present) and 2 * yes > expected


def meeting_problems(*, kind: str, held_on: date, expected: int, present: int, absences: int | None = None,
                     voted: bool = False, today: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a meeting cannot be recorded; without a quorum nothing is put to the vote."""
    if today is not None and held_on > today:
        yield "held_on", "later_than_today"
    if present > expected:
        yield "present", "more_than_expected"
    elif absences is not None and absences > expected - present:
        yield "present", "absent_and_present"
    elif voted and not quorate(kind=kind, expected=expected, present=present):
        yield "present", "no_quorum"


def vote_problem(*, present: int, yes: int | None, no: int | None, abstain: int | None) -> str:
    """The code of what is wrong with the votes on an item, or ""; votes are given whole or not at all."""
    given = [one for one in (yes, no, abstain) if one is not None]
    if not given:
        return ""
    if yes is None:
        return "votes_without_yes"
    return "more_votes_than_present" if sum(given) > present else ""
