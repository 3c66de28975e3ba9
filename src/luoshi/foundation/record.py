"""Record: what every row of every register has; it belongs to one unit and carries that unit's place."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .kept import Kept
from .places import PlaceField


class Record(Kept):
    # "+" keeps the foundation free of attributes that come from above.
    unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+", verbose_name=_("单位"))
    # The unit's place today, kept on the row so that a list in tree order is one index range.
    place = PlaceField()

    class Meta:
        abstract = True

    def settle(self) -> None:
        self.place = self.unit.place


def records() -> list[type[Record]]:
    """Every stored kind of record; asked when a unit moves and its records' places must follow."""
    found: list[type[Any]] = [Record]
    kinds = []
    while found:
        for kind in found.pop().__subclasses__():
            found.append(kind)
            if not kind._meta.abstract:
                kinds.append(kind)
    return kinds
