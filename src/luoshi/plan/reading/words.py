"""The words that the reading knows: lists kept as data that a clerk can extend."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """The word file `name` (without ending) as written."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, entry: str) -> tuple[str, ...]:
    """One word list, longest first, so that an alternation of them prefers the longer word."""
    return tuple(sorted(dict.fromkeys(str(table(name)[entry]).split()), key=lambda one: (-len(one), one)))


@cache
def any_of(name: str, entry: str) -> str:
    """The word list as a group for a regular expression."""
    return "(?:" + "|".join(map(re.escape, words(name, entry))) + ")"
