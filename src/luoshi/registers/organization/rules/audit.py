"""When the review of a union's money is in order: its period, its day, and findings that are closed.

Source: Trade Union Law (2021) Art. 45: a union sets up an audit committee that reviews its money and reports to the members.
How often is not in the law; once a year is the custom (unverified).
"""

from collections.abc import Iterator, Sequence
from datetime import date

ARTICLE = "工会法 第四十五条"


def audit_problems(*, since: date, until: date, reviewed_on: date, today: date | None,
                   closed: Sequence[tuple[date | None, date | None]] = ()) -> Iterator[tuple[str, str]]:
    """Yield (field, code); `since` and `until` are the period reviewed, `closed` is (due, closed on) of each finding."""
    if until < since:
        yield "until", "audit_backwards"
    if reviewed_on < until:
        yield "reviewed_on", "audit_before_end"
    if today is not None and reviewed_on > today:
        yield "reviewed_on", "later_than_today"
    for due, on in closed:
        if (due and due < reviewed_on) or (on and on < reviewed_on):
            yield "findings", "finding_before_review"
            return
        if on and today is not None and on > today:
            yield "findings", "later_than_today"
            return
