"""What kind of work a measure is, weighed from the words in it and, more lightly, in its heading."""

import re
from functools import lru_cache

from . import words

_HEADING_SHARE = 0.25
_ASIDE_SHARE = 0.7


@lru_cache(maxsize=1)
def _weighed() -> tuple[tuple[str, tuple[tuple[re.Pattern[str], float], ...]], ...]:
    return tuple(
        (kind, tuple((re.compile(pattern), float(weight)) for pattern, weight in entries.items()))
        for kind, entries in words.table("kinds").items()
    )


def kind_of(text: str, headings: str = "", aside: str = "") -> str:
    """The kind with the most weight; "organization" where no word is known."""
    return known(text, headings, aside) or "organization"


def known(text: str, headings: str = "", aside: str = "") -> str:
    """The kind with the most weight; empty where no word is known. Words said aside (means, purpose) count half."""
    best, most = "", 0.0
    for kind, entries in _weighed():
        weight = max(_weight(text, entries), _ASIDE_SHARE * _weight(aside, entries)) + _HEADING_SHARE * _weight(headings, entries)
        if weight > most:
            best, most = kind, weight
    return best


def _weight(text: str, entries: tuple[tuple[re.Pattern[str], float], ...]) -> float:
    """The strongest word in full and the others in part, so that many weak hints do not outvote a plain name."""
    hits = sorted((weight for pattern, weight in entries if pattern.search(text)), reverse=True)
    return sum(weight / (1, 3, 6, 9)[min(at, 3)] for at, weight in enumerate(hits)) if text else 0.0
