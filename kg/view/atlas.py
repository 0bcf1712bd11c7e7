"""All nodes -> a place for each on one map, however many there are."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from kg.view.layout import on_spiral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.network import Edge, Node

_SEED = 20250123
_STEPS = 100
"""After so many steps nothing moves that an eye would see."""

_ROOM = 46.0
"""How far apart two nodes stand on average, in pixels at full size."""

_SEAT = 14.0
"""How far apart the authors of one paper stand."""

Point = tuple[float, float]
Place = tuple[int, int]


def place_all(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[Place]:
    """Place all nodes by forces along their edges; authors, who are most of them, around their first paper.

    Args:
        nodes: of any kind.
        edges: between them.

    Returns:
        The place of each node, on a disc around the origin that is about equally full everywhere.
    """
    number = {node.iri: place for place, node in enumerate(nodes)}
    pairs = [(number[edge.source], number[edge.target]) for edge in edges]
    free = [place for place, node in enumerate(nodes) if node.kind != "author"]
    authors: dict[int, list[int]] = {place: [] for place in free}
    seated = set(free)
    for source, target in pairs:
        if source in authors and target not in seated:
            authors[source].append(target)
            seated.add(target)
    rooms = [1 + len(authors[place]) * (_SEAT / _ROOM) ** 2 * math.pi for place in free]
    places = dict(zip(free, _even_out(_pull(free, pairs), rooms), strict=True))
    for paper in free:
        x, y = places[paper]
        for seat, author in enumerate(authors[paper], start=2):
            right, down = on_spiral(seat)
            places[author] = (x + _SEAT * right, y + _SEAT * down)
    return [_round(places.get(place, (0.0, 0.0))) for place in range(len(nodes))]


def _pull(free: Sequence[int], pairs: Sequence[tuple[int, int]]) -> list[Point]:
    """Place these nodes by forces; what hangs on nothing flies far out."""
    import igraph

    if not free:
        return []
    index = {node: place for place, node in enumerate(free)}
    joined = sorted({(index[a], index[b]) for a, b in pairs if a in index and b in index and a != b})
    graph = igraph.Graph(n=len(free), edges=joined)
    igraph.set_random_number_generator(random.Random(_SEED))  # noqa: S311 - a layout, not a secret
    try:
        layout = graph.layout_fruchterman_reingold(
            seed=[on_spiral(turn) for turn in range(len(free))], niter=_STEPS, grid="grid"
        )
    finally:
        igraph.set_random_number_generator(random)
    return [(x, y) for x, y in layout]


def _even_out(points: Sequence[Point], rooms: Sequence[float]) -> list[Point]:
    """Keep directions and the order from the middle outwards, and give every node the room it needs."""
    if not points:
        return []
    x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    angles = [math.atan2(b - y, a - x) for a, b in points]
    away = [math.dist(point, (x, y)) for point in points]
    evened = list(points)
    taken = 0.0
    for place in sorted(range(len(points)), key=lambda place: (away[place], place)):
        taken += rooms[place]
        radius = _ROOM * math.sqrt(taken / math.pi)
        evened[place] = (radius * math.cos(angles[place]), radius * math.sin(angles[place]))
    return evened


def _round(place: Point) -> Place:
    return round(place[0]), round(place[1])
