"""Who may be called to something: a register says it of its own records, under a name that another register asks for.

So a list flows from the register where it arises to the one where it is used, and nobody types it again.
"""

from collections.abc import Callable
from datetime import date

from .actor import Actor

Source = Callable[[Actor], dict[int, date]]  # key of a person → since when
_sources: dict[str, list[Source]] = {}


def offers(name: str) -> Callable[[Source], Source]:
    """Declare a source of candidates: those whom the reader may see."""

    def enter(source: Source) -> Source:
        _sources.setdefault(name, []).append(source)
        return source

    return enter


def called(name: str, actor: Actor) -> dict[int, date]:
    """{key of a person: since when} of every source under a name; empty where nobody offers any."""
    found: dict[int, date] = {}
    for source in _sources.get(name, ()):
        for person, since in source(actor).items():
            found[person] = max(since, found.get(person, since))
    return found
