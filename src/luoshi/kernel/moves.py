"""States and the moves allowed between them, as data that is checked once when it is declared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Moves:
    """A life-cycle: code → label of every state, the allowed (from, to) pairs, where it starts and where it may end.

    Labels are whatever the floor above shows (text or lazily translated text). Raises ValueError, naming the states,
    when a move or the start names an unknown state, a state can not be reached from the start, a state that is no end
    can not be left, or an end can.
    """

    states: Mapping[str, Any]
    allowed: frozenset[tuple[str, str]]
    start: str
    ends: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        named = {self.start, *self.ends, *(state for move in self.allowed for state in move)}
        _refuse("未定义的状态", named - set(self.states))
        _refuse("无法到达的状态", set(self.states) - self.reachable(self.start))
        left = {a for a, _ in self.allowed}
        _refuse("只进不出、又未声明为终点的状态", set(self.states) - left - self.ends)
        _refuse("声明为终点却还能离开的状态", left & self.ends)

    def can(self, a: str, b: str) -> bool:
        """Whether a row may go from state a to state b in one move; staying where it is is no move."""
        return (a, b) in self.allowed

    def targets(self, a: str) -> tuple[str, ...]:
        """The states one move away from a, in the order in which the states are declared."""
        return tuple(state for state in self.states if (a, state) in self.allowed)

    def reachable(self, a: str) -> frozenset[str]:
        """Every state that can follow a by any number of moves, a included."""
        seen, waiting = {a}, [a]
        while waiting:
            here = waiting.pop()
            new = {b for b in self.states if (here, b) in self.allowed} - seen
            seen |= new
            waiting += new
        return frozenset(seen)

    def label(self, a: str) -> Any:
        return self.states[a]


def _refuse(what: str, states: Iterable[str]) -> None:
    if found := sorted(states):
        raise ValueError(f"{what}：{'、'.join(found)}")
