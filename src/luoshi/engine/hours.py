"""Hours of education of one person, as the registers that record study and classes contribute them; facts, never a ranking."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from luoshi.foundation.people import Person


class Hours(NamedTuple):
    """What a person attended: its last day, what it was, class hours, and whether it was a centralised class."""

    day: date
    what: str
    hours: Decimal
    centralised: bool


Source = Callable[[Person, date, date], Iterable[Hours]]
sources: list[Source] = []


def attended(person: Person, first: date, last: date) -> list[Hours]:
    """Everything of every source from one day to another, the latest first."""
    found = [one for source in sources for one in source(person, first, last)]
    return sorted(found, key=lambda one: (one.day, one.what), reverse=True)
