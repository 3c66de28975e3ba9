"""Which registers can be signed in to: who is on the list, on which days, and when not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from luoshi.foundation.people import Person

from ..register import Register, register


@dataclass(frozen=True, slots=True)
class Signing:
    """What a register says of its records.

    `people` gives the list, `days` the first and the last day on which one may sign; the address ends the day after.
    `refusal` gives a sentence where a record cannot be signed in to (a cancelled one), else "".
    """

    people: Callable[[Any], QuerySet[Person]]
    days: Callable[[Any], tuple[date, date]]
    refusal: Callable[[Any], str] = lambda _row: ""


_declared: dict[str, Signing] = {}


def sign_in(name: str, signing: Signing) -> None:
    """Let the records of a register be signed in to; said once, beside its declaration."""
    _declared[name] = signing


def signing_of(name: str) -> Signing | None:
    """What a register says about signing in; None where its records know none."""
    return _declared.get(name)


def register_of(row: Any) -> Register:
    """The register that this record is signed in to. Raises KeyError where there is none."""
    for name in _declared:
        if isinstance(row, register(name).model):
            return register(name)
    raise KeyError(type(row).__name__)
