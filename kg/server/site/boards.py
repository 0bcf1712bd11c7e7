"""A benchmark -> its leaderboards as a page: scores, gains, values that contradict each other, progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from kg.leaderboards import draw_board, rank_nodes
from kg.server.site.faults import show_missing
from kg.server.site.paging import page_through, read_number
from kg.server.site.passages import Passage, quote_mentions
from kg.server.site.standing import read_standing
from kg.server.site.things import find_node, path_of, read_thing
from kg.server.site.visit import Visit

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.leaderboards import Leaderboard
    from kg.leaderboards.ranking import Place
    from kg.server.exchange import SiteReply, SiteRequest

_SIZE = 100
_ROWS = 50
_PLOTTED = 3
"""Results of fewer days make no plot worth a look."""

_FULL = 8
"""So many boards are shown in full on one page; the others are a click away."""


class Row(NamedTuple):
    """A place on a board with the addresses of its system and paper, and its evidence."""

    place: Place
    system: str
    paper: str
    passages: tuple[Passage, ...]


class Board(NamedTuple):
    """One board as it is shown: its number among the benchmark's boards, its first rows, its plot."""

    number: int
    board: Leaderboard
    rows: tuple[Row, ...]
    plot: str


class Conflict(NamedTuple):
    """One system of which several values are reported on one board."""

    board: Leaderboard
    system: str
    path: str
    rows: tuple[Row, ...]


def list_benchmarks(graph: Graph, request: SiteRequest) -> SiteReply:
    """List the benchmarks on which anything is reported, the most reported first, a page at a time."""
    visit = Visit(graph, request)
    ranked = read_standing(graph).benchmarks
    paging = page_through(len(ranked), _SIZE, visit.ask("page"))
    shown = [
        (read_thing(visit.facts, node, visit.language), n) for node, n in ranked[paging.first : paging.last]
    ]
    return visit.page("leaderboards.html", shown=shown, paging=paging)


def show_boards(graph: Graph, request: SiteRequest) -> SiteReply:
    """Show what is ranked on one benchmark, or one board of it whole."""
    visit = Visit(graph, request)
    key = request.values.get("key", "")
    node = find_node(visit.facts, "benchmark", key) or find_node(visit.facts, "dataset", key)
    if node is None:
        return show_missing(graph, request)
    boards = rank_nodes(graph, (node,))
    wanted = read_number(visit.ask("board"))
    chosen = [wanted] if 0 < wanted <= len(boards) else [*range(1, min(len(boards), _FULL) + 1)]
    most = None if len(chosen) == 1 else _ROWS
    shown = [_make_board(visit, number, boards[number - 1], most) for number in chosen]
    return visit.page(
        "leaderboard.html",
        thing=read_thing(visit.facts, node, visit.language),
        boards=list(enumerate(boards, start=1)),
        lone=[(number, board) for number, board in enumerate(boards, start=1) if len(board.rows) == 1],
        shown=shown,
        whole=wanted,
        conflicts=[conflict for one in shown for conflict in _find_conflicts(visit, one.board)],
    )


def _make_board(visit: Visit, number: int, board: Leaderboard, most: int | None) -> Board:
    rows = tuple(_make_row(visit, place) for place in board.places[:most])
    days = {place.date for place in board.places if place.date}
    plot = Markup(draw_board(board)) if len(days) >= _PLOTTED else ""  # noqa: S704 - it escapes all it draws
    return Board(number, board, rows, plot)


def _make_row(visit: Visit, place: Place) -> Row:
    nodes = dict(place.nodes)
    return Row(
        place,
        path_of(nodes.get("system", "")),
        path_of(nodes.get("paper", "")),
        quote_mentions(visit.facts, [place.mention]),
    )


def _find_conflicts(visit: Visit, board: Leaderboard) -> list[Conflict]:
    """Find the systems with several values on a board, their values side by side in its order."""
    disputed: dict[str, list[Place]] = {}
    for place in board.places:
        if place.disputed:
            disputed.setdefault(place.system, []).append(place)
    conflicts = []
    for system, places in disputed.items():
        rows = tuple(_make_row(visit, place) for place in places[:_ROWS])
        conflicts.append(Conflict(board, system, rows[0].system, rows))
    return conflicts
