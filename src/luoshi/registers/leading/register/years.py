"""Years for samples of what a unit has once a year: each sample takes another one, and a day of it."""

from datetime import date
from itertools import count
from typing import Any

SPAN = 60  # samples of one unit within a test


class SampleYears:
    def __init__(self) -> None:
        self.numbers = count()
        self.last = 0

    def next(self, _unit: Any, actor: Any) -> int:
        """A year before the actor's."""
        self.last = int(actor.today.year) - 1 - next(self.numbers) % SPAN
        return self.last

    def day(self, _unit: Any, _actor: Any) -> date:
        """A day of the year that was given last."""
        return date(self.last, 11, 10)
