"""The column that stores a place in the tree, and the range conditions over it."""

from functools import reduce
from operator import or_
from typing import Any

from django.db import models

from luoshi.kernel import places


class PlaceField(models.CharField):  # type: ignore[type-arg]
    """Text compared byte by byte on both databases, so that a subtree is one index range."""

    COLLATIONS = {"postgresql": "C", "sqlite": "BINARY"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        found = super().db_parameters(connection)
        found["collation"] = self.COLLATIONS[connection.vendor]
        return found


def within(roots: tuple[str, ...], column: str = "place") -> models.Q:
    """Rows at or below any of the given places; no place means no row (default deny)."""
    if not roots:
        return models.Q(pk__in=())
    return reduce(or_, (_range(root, column) for root in roots))


def _range(root: str, column: str) -> models.Q:
    lo, hi = places.span(root)
    return models.Q((f"{column}__gte", lo), (f"{column}__lt", hi))
