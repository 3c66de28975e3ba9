"""Conditions as an index likes them: of several bounds on one column the tightest, and no range that is the whole tree.

A right, a filter and the turn of a page each bring a bound of their own. SQLite begins an index range at the first one
it reads and asks the others row by row, and takes any range for a narrow one: a branch of a million people, or the same
people by name, cost as much as reading all of them.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import Func, QuerySet
from django.db.models.expressions import Col
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.db.models.sql.where import AND, WhereNode

from luoshi.foundation.places import PlaceField
from luoshi.kernel import places

LOWER, UPPER = (GreaterThan, GreaterThanOrEqual), (LessThan, LessThanOrEqual)
STRICT = (GreaterThan, LessThan)


class Unindexed(Func):
    """The value as it is, which SQLite looks up in no index."""

    template, arity = "+%(expressions)s", 1


def fitted(rows: QuerySet[Any], first: str) -> QuerySet[Any]:
    """The same rows by conditions that suit an order; `first` is the field it begins with, with or without a minus.

    Texts are compared here only where the database compares bytes too.
    """
    found = rows.all()
    tighten(found.query.where)
    if connections[found.db].vendor == "sqlite":
        loosen(found.query.where, by_place=first.lstrip("-") == "place")
    return found


def tighten(where: WhereNode) -> None:
    """Leave the tightest of the bounds that every row must meet."""
    gone: set[int] = set()
    tightest: dict[tuple[Any, ...], Any] = {}
    for one in _bounds(where):
        key = (one.lhs.alias, one.lhs.target, isinstance(one, LOWER), type(one.rhs))
        other = tightest.setdefault(key, one)
        if other is not one:
            keep, loose = (one, other) if _tighter(one, other) else (other, one)
            tightest[key] = keep
            gone.add(id(loose))
    if gone:
        _each(where, lambda one: None if id(one) in gone else one)


def loosen(where: WhereNode, *, by_place: bool) -> None:
    """Take away the index from ranges over whole trees, where another one gives the order: a list that is not in the
    order of places, and one that joins several trees. A single tree in the order of places is the range it begins at."""
    if not by_place:
        _each(where, _unindexed)
    for node in _alternatives(where):
        if any(_whole(one) for branch in node.children for one in _bounds_of(branch)):
            _each(node, _unindexed_range)


def _bounds(node: WhereNode) -> list[Any]:
    found: list[Any] = []
    if node.connector != AND or node.negated:
        return found
    for child in node.children:
        found += _bounds_of(child)
    return [one for one in found if isinstance(one.rhs, int | date) or _of_place(one)]


def _bounds_of(child: Any) -> list[Any]:
    if isinstance(child, WhereNode):
        return _bounds(child)
    return [child] if isinstance(child, LOWER + UPPER) and isinstance(child.lhs, Col) else []


def _of_place(one: Any) -> bool:
    return isinstance(one.rhs, str) and isinstance(one.lhs.target, PlaceField)


def _tighter(one: Any, other: Any) -> bool:
    if one.rhs == other.rhs:
        return isinstance(one, STRICT)
    return bool(one.rhs > other.rhs if isinstance(one, LOWER) else one.rhs < other.rhs)


def _whole(one: Any) -> bool:
    """A bound of a whole tree: its highest place, or right behind it."""
    return _of_place(one) and len(one.rhs.rstrip("~")) <= places.STEP


def _unindexed(one: Any) -> Any:
    return _unindexed_range(one) if _bounds_of(one) and _whole(one) else one


def _unindexed_range(one: Any) -> Any:
    # A new condition: the old one is shared with the queryset it came from.
    return type(one)(Unindexed(one.lhs, output_field=one.lhs.target), one.rhs) if _bounds_of(one) else one


def _each(node: WhereNode, made: Callable[[Any], Any]) -> None:
    """Put for every condition below a node what is made of it; None takes it away."""
    new: list[Any] = []
    for child in node.children:
        if isinstance(child, WhereNode):
            _each(child, made)
            new.append(child)
        elif (one := made(child)) is not None:
            new.append(one)
    node.children = new


def _alternatives(node: WhereNode) -> Iterator[WhereNode]:
    """The choices between ranges that every row must meet one of."""
    for child in node.children:
        if isinstance(child, WhereNode) and not child.negated:
            if child.connector == AND:
                yield from _alternatives(child)
            elif all(isinstance(branch, WhereNode) and branch.children and len(_bounds(branch)) == len(branch.children)
                     for branch in child.children):
                yield child
