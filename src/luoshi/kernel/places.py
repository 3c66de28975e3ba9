"""A place in a tree as text: below and beside are comparisons of text, never a walk."""

from collections.abc import Iterable

STEP = 4  # characters in one segment

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LAST = len(_DIGITS) ** STEP - 1
_AFTER = "~"  # sorts after every digit of a segment when compared byte by byte


def child(parent: str, n: int) -> str:
    """The place of the n-th child (n from 1 to 1,679,615) below a place; "" is the root of the forest.

    Raises ValueError when n is outside that range or the parent is not a place.
    """
    _check(parent)
    if not 1 <= n <= _LAST:
        raise ValueError(f"下级序号应在 1 到 {_LAST} 之间，收到的是 {n}")
    segment = ""
    for _ in range(STEP):
        n, digit = divmod(n, len(_DIGITS))
        segment = _DIGITS[digit] + segment
    return parent + segment


def parent(place: str) -> str:
    """The place right above; "" for a top place. Raises ValueError for the root, which has none."""
    if not place:
        raise ValueError("最高一级没有上级")
    return place[:-STEP]


def depth(place: str) -> int:
    """How many steps below the root: "" is 0, "0001" is 1."""
    return len(place) // STEP


def top(place: str, depth: int = 1) -> str:
    """The ancestor at a depth, or the place itself when it is not that deep."""
    return place[: depth * STEP]


def span(place: str) -> tuple[str, str]:
    """(lo, hi) so that lo <= p < hi, compared byte by byte, holds for the place and all below it, and for no other."""
    return place, place + _AFTER


def below(place: str, root: str) -> bool:
    """Whether a place is the root given or lies below it; every place lies below ""."""
    return place.startswith(root)


def number(place: str) -> int:
    """Which child of its parent a place is; the inverse of `child`. Raises ValueError for what is no place."""
    if not place:
        raise ValueError("最高一级没有序号")
    _check(place)
    return int(place[-STEP:], len(_DIGITS))


def next_sibling_number(places: Iterable[str]) -> int:
    """One more than the highest number in use among siblings (1 when there is none), so that no place is used twice."""
    return max((number(place) for place in places), default=0) + 1


def ancestors(place: str) -> list[str]:
    """The places above, highest first; neither the root "" nor the place itself."""
    return [place[:end] for end in range(STEP, len(place), STEP)]


def _check(place: str) -> None:
    if len(place) % STEP or any(character not in _DIGITS for character in place):
        raise ValueError(f"不是有效的层级编码：{place!r}")
