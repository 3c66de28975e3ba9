"""Merging and splitting units: when it can be done, and what should be thought of first."""

from collections.abc import Iterator, Sequence
from datetime import date

from . import BRANCH, BRANCH_FROM


def merge_problems(*, on: date, today: date, since: Sequence[date], systems: int, bodies: int, others: int,
                   newest: date | None, document: str) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason units cannot be made one on a day.

    `since` says when each came to stand where it stands, `newest` when the latest of their posts began; `systems` and
    `bodies` count the different ones among them, `others` how many units come to the first.
    """
    if not others:
        yield "other1", "nothing_to_merge"
    if systems > 1:
        yield "other1", "other_system"
    elif bodies > 1:
        yield "other1", "other_body"
    yield from _day(on=on, today=today, since=max(since), newest=newest)
    if not document.strip():
        yield "document", "no_document"


def split_problems(*, on: date, today: date, since: date, newest: date | None, names: Sequence[str], sizes: Sequence[int],
                   left: int, closes: bool, document: str) -> Iterator[tuple[str, str]]:
    """Yield (field, code) for each reason a unit cannot be divided on a day.

    `sizes` are the members of each new unit, `left` those who stay; a unit that closes leaves nobody behind.
    """
    if not names:
        yield "name1", "no_new_unit"
    if len(set(names)) < len(names):
        yield "name1", "same_names"
    if any(not size for size in sizes):
        yield "name1", "empty_unit"
    if closes and left:
        yield "closes", "somebody_left"
    if not closes and names and not left:
        yield "closes", "nobody_left"
    yield from _day(on=on, today=today, since=since, newest=newest)
    if not document.strip():
        yield "document", "no_document"


def _day(*, on: date, today: date, since: date, newest: date | None) -> Iterator[tuple[str, str]]:
    if not since < on <= today:
        yield "on", "change_day"
    elif newest is not None and newest >= on:
        yield "on", "posts_after"


def small(*, body: str, full: int) -> bool:
    """Whether a branch would have fewer full members than a branch needs (organ regulation Art. 7)."""
    return body == BRANCH and full < BRANCH_FROM
