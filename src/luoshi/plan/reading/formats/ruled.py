"""Ruled tables of a PDF page: the drawn lines give the grid, and a missing line is a merged cell."""

from collections.abc import Callable
from dataclasses import dataclass

from .tables import Cell, Grid

_THIN = 3.0
_SHORTEST = 6.0
_NEAR = 2.5
MOST_RULES = 5_000
_MOST_CELLS = 20_000
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Ruled:
    """The rulings of one page: x of the columns from the left, y of the rows from the top, and the drawn pieces."""

    columns: list[float]
    rows: list[float]
    upright: list[tuple[float, float, float]]
    level: list[tuple[float, float, float]]

    def holds(self, x: float, y: float) -> bool:
        """True for a point inside the table."""
        return self.columns[0] <= x <= self.columns[-1] and self.rows[-1] <= y <= self.rows[0]

    def wall(self, column: int, row: int) -> bool:
        """True where a line is drawn at the right side of this column, beside the middle of this row."""
        middle = (self.rows[row] + self.rows[row + 1]) / 2
        return _drawn(self.upright, self.columns[column + 1], middle)

    def floor(self, column: int, row: int) -> bool:
        """True where a line is drawn below this row, under the middle of this column."""
        middle = (self.columns[column] + self.columns[column + 1]) / 2
        return _drawn(self.level, self.rows[row + 1], middle)


def find(boxes: list[Box]) -> Ruled | None:
    """The table that the drawn boxes (left, bottom, right, top) make up; None below two rows or two columns."""
    upright: list[tuple[float, float, float]] = []
    level: list[tuple[float, float, float]] = []
    for left, bottom, right, top in boxes:
        wide, tall = right - left, top - bottom
        if wide < _THIN and tall > _SHORTEST:
            upright.append(((left + right) / 2, bottom, top))
        elif tall < _THIN and wide > _SHORTEST:
            level.append(((bottom + top) / 2, left, right))
        elif wide > _SHORTEST and tall > _SHORTEST:
            upright += [(left, bottom, top), (right, bottom, top)]
            level += [(bottom, left, right), (top, left, right)]
    columns = _clustered([x for x, _, _ in upright])
    rows = _clustered([y for y, _, _ in level])[::-1]
    if len(columns) < 3 or len(rows) < 3 or len(columns) * len(rows) > _MOST_CELLS:
        return None
    return Ruled(columns, rows, upright, level)


def grid(ruled: Ruled, words: Callable[[float, float, float, float], str]) -> Grid:
    """Cells with merges filled; `words` gives the text inside (left, bottom, right, top)."""
    height, width = len(ruled.rows) - 1, len(ruled.columns) - 1
    owner = {(row, column): (row, column) for row in range(height) for column in range(width)}
    for row in range(height):
        for column in range(width):
            if column + 1 < width and not ruled.wall(column, row):
                _join(owner, (row, column), (row, column + 1))
            if row + 1 < height and not ruled.floor(column, row):
                _join(owner, (row, column), (row + 1, column))
    spread: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in owner:
        spread.setdefault(_root(owner, place), []).append(place)
    cells: dict[tuple[int, int], Cell] = {}
    for places in spread.values():
        top, bottom = min(r for r, _ in places), max(r for r, _ in places) + 1
        left, right = min(c for _, c in places), max(c for _, c in places) + 1
        held = Cell(words(ruled.columns[left], ruled.rows[bottom], ruled.columns[right], ruled.rows[top]))
        cells.update(dict.fromkeys(places, held))
    return [[cells[row, column] for column in range(width)] for row in range(height)]


def joined(grids: list[Grid]) -> Grid:
    """One grid of those on following pages; a merged cell that a page break cuts goes on below it."""
    whole: Grid = []
    for grid in grids:
        for column in range(len(grid[0]) if whole else 0):
            above, cut = whole[-1][column], grid[0][column]
            reach = next((at for at, row in enumerate(grid) if row[column] is not cut), len(grid))
            merged = reach > 1 or (len(whole) > 1 and whole[-2][column] is above)
            if not cut.text and (merged or column == 0):
                for row in grid[:reach]:
                    row[column] = above
        whole.extend(grid)
    return whole


def _drawn(rules: list[tuple[float, float, float]], at: float, across: float) -> bool:
    return any(abs(place - at) < _NEAR and begin - _NEAR < across < end + _NEAR for place, begin, end in rules)


def _clustered(places: list[float]) -> list[float]:
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > _NEAR:
            out.append(place)
    return out


def _root(owner: dict[tuple[int, int], tuple[int, int]], place: tuple[int, int]) -> tuple[int, int]:
    while owner[place] != place:
        place = owner[place]
    return place


def _join(owner: dict[tuple[int, int], tuple[int, int]], a: tuple[int, int], b: tuple[int, int]) -> None:
    first, second = sorted((_root(owner, a), _root(owner, b)))
    owner[second] = first
