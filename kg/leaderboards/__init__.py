"""A benchmark, or all of them -> leaderboards, as tables, plots and a page."""

from __future__ import annotations

from kg.leaderboards.page import render_boards
from kg.leaderboards.plot import draw_board
from kg.leaderboards.ranking import Leaderboard, join, rank, rank_all, rank_nodes, tabulate

__all__ = ["Leaderboard", "draw_board", "join", "rank", "rank_all", "rank_nodes", "render_boards", "tabulate"]
