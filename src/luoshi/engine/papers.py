"""What a register prints: a named function from a row to an official paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .actor import Actor


@dataclass(frozen=True, slots=True)
class Document:
    """One paper of a register; `paper(row, actor)` gives plain values (engine.documents.paper.Paper)."""

    name: str
    label: Any
    paper: Callable[[Any, Actor], Any]
    in_handbook: bool = False  # whether the unit's yearly handbook holds it in full
