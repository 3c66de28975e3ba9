"""What happened, and which register listens; reactions run inside the writer's transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .actor import Actor


@dataclass(frozen=True, slots=True)
class Event:
    """Something a register announced about one of its rows."""

    name: str  # "meetings.held"
    actor: Actor
    row: Any
    before: dict[str, Any]  # field values before; empty for a new row
    verb: str = ""  # "undo" where an imported batch is taken back: the row has its former values, or is withdrawn


Reaction = Callable[[Event], None]
_reactions: dict[str, list[Reaction]] = {}


def on(name: str) -> Callable[[Reaction], Reaction]:
    """Declare a reaction to an event by its name; a name that nobody announces stops the server (luoshi.E007)."""

    def enter(reaction: Reaction) -> Reaction:
        _reactions.setdefault(name, []).append(reaction)
        return reaction

    return enter


def announce(event: Event) -> None:
    for reaction in _reactions.get(event.name, ()):
        reaction(event)


def listened() -> dict[str, list[Reaction]]:
    return _reactions
