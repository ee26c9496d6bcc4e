"""Ruled tables on a page: the cells that its lines enclose."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

SLACK = 3.0
"""Points by which lines that are drawn as one may miss each other; a line may also be drawn as a thin box."""
SHORTEST = 8.0
"""Points of the shortest line of a table; shorter ones are signs and dots."""
MOST_CELLS = 20_000
"""Cells that the lines of a page may make; what has more of them is a map or a chart."""


class Rule(NamedTuple):
    """A straight line along one axis: `at` on the other, from `start` to `end`, in points."""

    at: float
    start: float
    end: float


class Place(NamedTuple):
    """The upper left corner of a cell, in rows from the top and columns from the left."""

    row: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table: the places of its lines, from left to right and from top to bottom, and which cells are one."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    corners: dict[Place, Place]

    def place(self, x: float, y: float) -> Place | None:
        """The cell that holds a point, None outside of the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, -y, key=lambda line: -line) - 1
        return self.corners.get(Place(row, column))

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return len(self.ys) - 1, len(self.xs) - 1


def grids(points: Iterable[Sequence[tuple[float, float]]]) -> list[Grid]:
    """The tables that drawn lines make, each given by the points that it goes through."""
    across: list[Rule] = []
    down: list[Rule] = []
    for drawn in points:
        for (x, y), (x1, y1) in pairwise(drawn):
            if abs(y - y1) < 1 and abs(x - x1) >= SHORTEST:
                across.append(Rule(y, min(x, x1), max(x, x1)))
            elif abs(x - x1) < 1 and abs(y - y1) >= SHORTEST:
                down.append(Rule(x, min(y, y1), max(y, y1)))
    across, down = _merged(across), _merged(down)
    found = (_grid(*group) for group in _joined(across, down)) if len(across) * len(down) <= MOST_CELLS else ()
    return [grid for grid in found if min(grid.size) > 0 and grid.size[1] > 1]


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines drawn piece by piece, or twice at nearly one place, as one each."""
    merged: list[Rule] = []
    for row in _near(sorted(rules)):
        at = row[0].at
        for rule in sorted(row, key=lambda rule: rule.start):
            if merged and merged[-1].at == at and rule.start <= merged[-1].end + SLACK:
                merged[-1] = merged[-1]._replace(end=max(merged[-1].end, rule.end))
            else:
                merged.append(Rule(at, rule.start, rule.end))
    return merged


def _near(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Sorted lines, those at nearly one place together."""
    rows: list[list[Rule]] = []
    for rule in rules:
        if rows and rule.at - rows[-1][0].at <= SLACK:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    return rows


def _joined(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, directly or by others: those of one table."""
    groups: list[tuple[list[Rule], list[Rule]]] = [([rule], []) for rule in across]
    for rule in down:
        meeting = [group for group in groups if any(_meet(other, rule) for other in group[0])]
        if meeting:
            groups = [group for group in groups if group not in meeting]
            met = [other for group in meeting for other in group[0]]
            groups.append((met, [*(other for group in meeting for other in group[1]), rule]))
    return groups


def _meet(across: Rule, down: Rule) -> bool:
    return across.start - SLACK <= down.at <= across.end + SLACK and down.start - SLACK <= across.at <= down.end + SLACK


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid:
    xs = tuple(sorted({rule.at for rule in down}))
    ys = tuple(sorted({rule.at for rule in across}, reverse=True))
    corners: dict[Place, Place] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            here = Place(row, column)
            beside = corners.get(Place(row, column - 1))
            above = corners.get(Place(row - 1, column))
            if beside and not _is_drawn(down, left, (top + bottom) / 2):
                corners[here] = beside
            elif above and not _is_drawn(across, top, (left + right) / 2):
                corners[here] = above
            else:
                corners[here] = here
    return Grid(xs, ys, corners)


def _is_drawn(rules: Sequence[Rule], at: float, middle: float) -> bool:
    return any(rule.at == at and rule.start <= middle <= rule.end for rule in rules)
