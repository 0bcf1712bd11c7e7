"""Nodes and edges -> a place for each node, the same every time."""

from __future__ import annotations

import math
import random
from statistics import mean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import igraph

Point = tuple[float, float]

_SEED = 20250123
_SMALL = 500
"""Up to so many nodes a part is placed by its distances (Kamada-Kawai), beyond by forces, which is faster."""

_EDGE = 150.0
"""How long an edge is on average, in pixels at full size."""

_BOX = (104.0, 58.0)
"""How much room a node takes with its name."""

_MARGIN = (150.0, 84.0)
"""How far separate parts stand apart."""

_ASPECT = 1.4
_SPREADS = 60
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def place(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Place nodes so that related ones are near, names have room and separate parts stand apart.

    Args:
        nodes: their IRIs; each part is placed by itself, then the parts are packed, the largest first.
        edges: pairs of them.

    Returns:
        Each node's place, with the middle of all at the origin.
    """
    import igraph

    number = {node: index for index, node in enumerate(nodes)}
    pairs = sorted({tuple(sorted((number[a], number[b]))) for a, b in edges if a != b})
    graph = igraph.Graph(n=len(nodes), edges=pairs)
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part))
    igraph.set_random_number_generator(random.Random(_SEED))  # noqa: S311 - a layout, not a secret
    try:
        placed = [(part, _spread(_place_part(graph.induced_subgraph(part)))) for part in parts]
    finally:
        igraph.set_random_number_generator(random)
    return _centre({nodes[index]: point for index, point in _pack(placed)})


def _place_part(part: igraph.Graph) -> list[Point]:
    count = part.vcount()
    if count == 1:
        return [(0.0, 0.0)]
    start = [on_spiral(turn) for turn in range(count)]
    if count <= _SMALL:
        layout = part.layout_kamada_kawai(seed=start, maxiter=100 * count)
    else:
        layout = part.layout_fruchterman_reingold(seed=start, niter=600, grid="grid")
    points = [(x, y) for x, y in layout]
    scale = _EDGE / mean(math.dist(points[a], points[b]) for a, b in part.get_edgelist())
    return _widen([(x * scale, y * scale) for x, y in points])


def on_spiral(turn: int) -> Point:
    """Return a seat of a spiral on which all seats have the same room; 0 is its middle."""
    away = math.sqrt(turn)
    return away * math.cos(turn * _GOLDEN_ANGLE), away * math.sin(turn * _GOLDEN_ANGLE)


def _widen(points: list[Point]) -> list[Point]:
    """Turn a drawing to lie rather than stand, and stretch it a little towards a landscape."""
    width, height = _extent(points, 0), _extent(points, 1)
    if height > width:
        points, width, height = [(y, -x) for x, y in points], height, width
    stretch = math.sqrt(min(max(_ASPECT * height / width, 0.6), 1.6)) if width else 1.0
    return [(x * stretch, y / stretch) for x, y in points]


def _spread(points: list[Point]) -> list[Point]:
    """Push names off one another, along the direction in which they overlap least."""
    places = [list(point) for point in points]
    for _ in range(_SPREADS):
        moved = [_part(places[a], places[b]) for a, b in _near(places)]
        if not any(moved):
            break
    return [(x, y) for x, y in places]


def _part(a: list[float], b: list[float]) -> bool:
    """Move two places apart by half of what their boxes overlap; say whether they did."""
    over = [size - abs(a[axis] - b[axis]) for axis, size in enumerate(_BOX)]
    if min(over) <= 1:
        return False
    axis = 0 if over[0] / _BOX[0] < over[1] / _BOX[1] else 1
    step = over[axis] / 2 * (1 if a[axis] >= b[axis] else -1)
    a[axis] += step
    b[axis] -= step
    return True


def _near(places: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """Yield each pair of places whose boxes may overlap, found by a grid of boxes."""
    cells: dict[tuple[int, int], list[int]] = {}
    for index, (x, y) in enumerate(places):
        cells.setdefault((int(x // _BOX[0]), int(y // _BOX[1])), []).append(index)
    for (column, row), members in sorted(cells.items()):
        for place, a in enumerate(members):
            yield from ((a, b) for b in members[place + 1 :])
            for right, down in ((1, -1), (1, 0), (1, 1), (0, 1)):
                yield from ((a, b) for b in cells.get((column + right, row + down), ()))


def _pack(parts: Sequence[tuple[Sequence[int], list[Point]]]) -> Iterator[tuple[int, Point]]:
    """Put the parts on shelves below one another, as wide as makes the whole a landscape."""
    boxes = [(_extent(points, 0) + _MARGIN[0], _extent(points, 1) + _MARGIN[1]) for _, points in parts]
    area = sum(width * height for width, height in boxes)
    limit = max([math.sqrt(area * _ASPECT), *(width for width, _ in boxes)], default=0.0)
    y = 0.0
    for shelf in _fill_shelves(boxes, limit):
        x = (limit - sum(boxes[part][0] for part in shelf)) / 2
        for part in shelf:
            members, points = parts[part]
            left, top = min(p[0] for p in points), min(p[1] for p in points)
            for member, point in zip(members, points, strict=True):
                yield member, (x + point[0] - left, y + point[1] - top)
            x += boxes[part][0]
        y += max(boxes[part][1] for part in shelf)


def _fill_shelves(boxes: Sequence[Point], limit: float) -> list[list[int]]:
    """Share out boxes, in order, to shelves no wider than a limit."""
    shelves: list[list[int]] = []
    room = 0.0
    for part, (width, _) in enumerate(boxes):
        if not shelves or width > room:
            shelves.append([])
            room = limit
        shelves[-1].append(part)
        room -= width
    return shelves


def _extent(points: Sequence[Point], axis: int) -> float:
    return max(p[axis] for p in points) - min(p[axis] for p in points)


def _centre(places: Mapping[str, Point]) -> dict[str, tuple[int, int]]:
    """Move all places so that the middle of them is the origin, and round them."""
    points = list(places.values())
    if not points:
        return {}
    x, y = ((min(p[axis] for p in points) + max(p[axis] for p in points)) / 2 for axis in (0, 1))
    return {node: (round(a - x), round(b - y)) for node, (a, b) in places.items()}
