"""Which body so many members call for when an organisation is founded, in each of the three systems.

Sources: organ regulation (2019) Arts. 5 to 7; Trade Union Law (2021) Arts. 11 and 14. Messages are codes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from . import BRANCH, COMMITTEE, GENERAL, body_for

UNION_COMMITTEE_FROM = 25  # members of a union, Trade Union Law Art. 11
ARTICLES = {COMMITTEE: "第五条", GENERAL: "第六条", BRANCH: "第七条", "joint": "第七条"}


@dataclass(frozen=True, slots=True)
class Called:
    """The body that the number calls for, whether the chosen one is smaller or larger ("" where it fits), and where it stands."""

    body: str
    differs: str
    article: str


def called_for(*, system: str, body: str, full: int, probationary: int = 0) -> Called | None:
    """What so many members call for beside the body chosen; None where no regulation of the product says anything.

    `full` counts full members of the party, or members of the union.
    """
    if system == "union":
        return _union(body, full)
    if system != "party" or body not in (COMMITTEE, GENERAL, BRANCH):
        return None
    order = ("joint", BRANCH, GENERAL, COMMITTEE)
    proper = body_for(full=full, probationary=probationary)
    rank = order.index(body) - order.index(proper)
    return Called(proper, "larger" if rank > 0 else "smaller" if rank < 0 else "",
                  f"《中国共产党党和国家机关基层组织工作条例》{ARTICLES[proper]}")


def _union(body: str, members: int) -> Called:
    many = members >= UNION_COMMITTEE_FROM
    proper = COMMITTEE if many else BRANCH
    differs = "smaller" if many and body != COMMITTEE else "larger" if not many and body == COMMITTEE else ""
    return Called(proper, differs, "《中华人民共和国工会法》第十一条")


def founding_problems(*, on: date, since: date, today: date, document: str) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a unit cannot be founded on a day below one that has stood since another."""
    if not since <= on <= today:
        yield "on", "found_day"
    if not document.strip():
        yield "document", "no_document"
