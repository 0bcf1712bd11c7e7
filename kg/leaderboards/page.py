"""Leaderboards -> one HTML page that asks for nothing: no script, font or picture from anywhere."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from kg.amounts import say
from kg.leaderboards.plot import draw_board
from kg.sparql.notebook import mark_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.leaderboards.ranking import Leaderboard, Place

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 2rem auto; max-width: 64rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; }
nav ul { columns: 16rem; padding-left: 1.2rem; }
h1, h2, h3, p, li { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.3rem 0.6rem; border-bottom: 1px solid #8884; text-align: left; vertical-align: top; }
td:nth-child(5) { min-width: 16rem; }
td:nth-child(1), td:nth-child(2) { text-align: right; font-variant-numeric: tabular-nums; }
blockquote { margin: 0.2rem 0 0; color: #767676; font-size: 0.875rem; }
h3 { margin-top: 2rem; }
figure { margin: 1rem 0; }
svg { max-width: 45rem; height: auto; }
"""
_HEADS = ("rank", "value", "system", "reported by", "paper", "date")


def render_boards(boards: Sequence[Leaderboard]) -> Iterator[str]:
    """Yield the page: a list of the benchmarks, then every board with its results and the sentences behind.

    A board with results of several days has their plot. All text is escaped; only web links become links.
    """
    names = sorted({board.benchmark for board in boards}, key=lambda name: (name.casefold(), name))
    marks = {name: f"b{number}" for number, name in enumerate(names, start=1)}
    yield _HEAD.format(policy=_make_policy(), style=_STYLE)
    told = f"{say(len(boards), 'board', 'boards')} of {say(len(names), 'benchmark', 'benchmarks')}"
    yield f"<p>{told}.</p>\n<nav><ul>\n"
    yield from (f'<li><a href="#{marks[name]}">{mark_up(name)}</a></li>\n' for name in names)
    yield "</ul></nav>\n"
    for name in names:
        yield f'<section id="{marks[name]}">\n<h2>{mark_up(name)}</h2>\n'
        yield from (_render_board(board) for board in boards if board.benchmark == name)
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Leaderboards</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>Leaderboards</h1>
"""


def _make_policy() -> str:
    """Allow this style and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _render_board(board: Leaderboard) -> str:
    days = {place.date for place in board.places if place.date}
    heads = "".join(f"<th>{head}</th>" for head in _HEADS)
    rows = "\n".join(map(_render_place, board.places))
    plot = f"<figure>{draw_board(board)}</figure>\n" if len(days) > 1 else ""
    title = mark_up(board.title)
    return (
        f'<h3>{title}</h3>\n{plot}<div class="wide" role="region" aria-label="{title}" tabindex="0">\n'
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
    )


def _render_place(place: Place) -> str:
    cells = (str(place.rank), mark_up(place.value), mark_up(place.sized), mark_up(place.reporter))
    paper = f"{_link(place)}<blockquote>{mark_up(place.sentence)}</blockquote>"
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in (*cells, paper, mark_up(place.date))) + "</tr>"


def _link(place: Place) -> str:
    if not place.link.startswith(("https://", "http://")):
        return mark_up(place.paper)
    return f'<a href="{mark_up(place.link)}" rel="noopener noreferrer">{mark_up(place.paper)}</a>'
