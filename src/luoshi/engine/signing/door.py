"""Who stands at the door without an account: found by name and a number, without telling anybody who is on the list."""

from hashlib import sha256
from typing import Any, NamedTuple

from django.core.cache import cache
from django.utils.crypto import constant_time_compare

from luoshi.foundation.sealed import Unopened, clear
from luoshi.kernel import names

from ..models import Sheet
from . import sheets

TRIES = 5  # wrong entries for one name at one sheet
ADDRESS_TRIES = 200  # wrong entries from one address at one sheet: a whole hall may share it
LOCKED_SECONDS = 15 * 60


class Found(NamedTuple):
    """Somebody of the list, and whether they had signed before."""

    person: int
    here: bool


def find(sheet: Sheet, row: Any, name: str, number: str) -> Found | None:
    """The one of the list with this name whose phone ends in these four digits, or who has this staff number.

    None for a stranger, a wrong number, and where two would fit: the answer is the same, so that it tells nothing.
    """
    listed = sheets.people(row, sheet).filter(strokes=names.stroke_key(name)[:200], name=name)
    fit = [Found(pk, here) for pk, here, own, phone in listed.values_list("pk", "here", "number", "phone")[:50]
           if _fits(number, own, phone)]
    return fit[0] if len(fit) == 1 else None


def _fits(number: str, own: str, phone: Any) -> bool:
    try:
        digits = "".join(c for c in clear(phone or "") if c.isdecimal())
    except Unopened:
        digits = ""
    by_phone = len(digits) >= 7 and len(number) == 4 and constant_time_compare(digits[-4:], number)
    return by_phone or constant_time_compare(own.casefold(), number.casefold())


def locked(sheet: Sheet, name: str, address: str) -> bool:
    """Whether this name at this sheet, or this address, was entered wrongly too often within a quarter of an hour."""
    found = cache.get_many(_keys(sheet, name, address))
    by_name, by_address = _keys(sheet, name, address)
    return bool(found.get(by_name, 0) >= TRIES or found.get(by_address, 0) >= ADDRESS_TRIES)


def note_wrong(sheet: Sheet, name: str, address: str) -> None:
    """Count a wrong entry, whether such a name is on the list or not."""
    for key in _keys(sheet, name, address):
        if not cache.add(key, 1, LOCKED_SECONDS):
            cache.incr(key)


def _keys(sheet: Sheet, name: str, address: str) -> list[str]:
    return [f"sign-in:{sheet.pk}:{kind}:{sha256(text.encode()).hexdigest()}"
            for kind, text in (("name", name), ("address", address))]
