"""From a word to the few rows that can hold it: a coarse answer of the index, which the exact condition then narrows.

The index never loses a row that the condition would find; it may offer some that it would not.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

from luoshi.kernel.names import terms

from . import postgresql, sqlite
from .declared import NAMES, Model, fields

MOST = 5000  # rows; where more fit, an ordered reading of the table meets fifty of them soon
LONGEST = 20  # pairs of characters that are asked for; more of them narrow nothing

Group = tuple[Model, str, bool, bool]  # table, word, ask the names, ask the other texts


def engine(vendor: str) -> Any:
    """The adapter of a database: the same functions in each."""
    return {"sqlite": sqlite, "postgresql": postgresql}[vendor]


def fit(model: Model, names: Sequence[str], word: str) -> Group | None:
    """What to ask the index about a word in these fields of a table; None where it cannot know.

    It cannot for fields that are not indexed, for one letter or digit alone (half the table), and where the two
    databases fold the case of a character in ways of their own.
    """
    if not set(names) <= set(declared().get(model, ())):
        return None
    if not word.isprintable() or (len(word) < 2 and word.isascii()):
        return None
    if any(not c.isascii() and (c.upper() != c or c.lower() != c) for c in word):
        return None
    return model, word, NAMES in names, any(name != NAMES for name in names)


def candidates(groups: Sequence[Group]) -> list[list[int] | None]:
    """Keys of the rows that can hold each word, by one statement for all; None where there are more than MOST."""
    if not groups:
        return []
    adapter = engine(connection.vendor)
    parts, values = [], []
    for at, (model, word, by_name, by_text) in enumerate(groups):
        parts.append(adapter.select(model, declared()[model], at, MOST + 1))
        values.append(adapter.match(_begin(word) if by_name else [], _pairs(word) if by_text else []))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows = cursor.fetchall()
    found: list[list[int]] = [[] for _group in groups]
    for at, key in rows:
        found[at].append(key)
    return [keys if len(keys) <= MOST else None for keys in found]


@lru_cache(maxsize=1)
def declared() -> dict[Model, tuple[str, ...]]:
    return fields()


def _begin(word: str) -> list[tuple[str, bool]]:
    """The parts of a word that begin tokens of a name, as (token, more may follow)."""
    parts = terms(word)
    telling = [part for part in parts if len(part) > 1 or not part.isascii()]
    return [(part, True) for part in telling or parts]


def _pairs(word: str) -> list[tuple[str, bool]]:
    """The pairs of characters that a text holding the word has; a single character begins a pair or stands last."""
    plain = word.upper()
    if len(plain) == 1:
        return [(f".{plain}", True)]
    return [(f".{plain[at:at + 2]}", False) for at in range(min(len(plain) - 1, LONGEST))]
