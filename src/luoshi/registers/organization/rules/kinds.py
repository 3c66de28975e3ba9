"""What is done differently for each of the five kinds of organisation, as data: how often and how it is visited, which papers.

The numbers are parameters of the house; no regulation sets them (unverified).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleSet:
    """`visits` a year to each branch; `ways` in the order of choice; `papers` are "register.document"."""

    visits: int
    ways: tuple[str, ...]
    papers: tuple[str, ...]


COMMON = ("meeting.minutes", "unit_change.decision", "handover.pack", "person.card", "transfer.letter")

RULE_SETS = {
    "organ": RuleSet(1, ("visit", "meeting"), (*COMMON, "operation.plan")),
    "special": RuleSet(1, ("visit", "call"), COMMON),
    "direct": RuleSet(1, ("visit", "meeting"), (*COMMON, "audit.report")),
    "society": RuleSet(1, ("visit", "office"), COMMON),
    "overseas": RuleSet(2, ("call", "office"), (*COMMON, "away.certificate")),
}


def workload(*, members: int, staff: int) -> str:
    """Members for each of the staff of one unit, to one decimal, halves up; "" where there is nobody to share."""
    if not staff:
        return ""
    tenths = (20 * members + staff) // (2 * staff)
    return f"{tenths // 10}.{tenths % 10}"
