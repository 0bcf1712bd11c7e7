"""``kg leaderboard``: a benchmark -> its results, ranked; or all boards -> a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.amounts import say
from kg.cli.options import store_option, table_option
from kg.cli.printing import offering_nearest, print_answer, print_text, terminal_width
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.leaderboards import Leaderboard
    from kg.remote.opening import Location

_PAGE = "leaderboards.html"


@click.command(
    epilog="\b\nExamples:\n"
    '  kg leaderboard "AIME 2024"\n'
    "  kg leaderboard MATH-500 --metric Pass@1 --format csv\n"
    "  kg leaderboard MATH-500 --plot math.svg\n"
    "  kg leaderboard --all -o boards.html\n",
)
@click.argument("benchmark", required=False)
@store_option
@table_option
@click.option("--metric", help="Rank by this metric only.")
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.svg",
    help="Also draw the first board over time.",
)
@click.option("--all", "everything", is_flag=True, help="Write a page with the boards of all benchmarks.")
@click.option(
    "-o",
    "--output",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"Also write the boards as a page; with --all, instead.  [default with --all: {_PAGE}]",
)
def command(  # click dictates the arguments
    benchmark: str | None,
    store: Location,
    form: str,
    metric: str | None,
    plot: Path | None,
    everything: bool,
    page: Path | None,
) -> int:
    """Rank the results on a benchmark.

    Variants of the benchmark are taken along; each metric and setting is ranked by itself, and what stands
    alone comes last. A leaderboard with nothing on it exits with 1, as does an unknown name, which gets the
    nearest known ones.
    """
    import kg
    from kg.leaderboards import rank, rank_all

    if plot and plot.suffix != ".svg":
        raise UsageError(f"{plot}: a plot is an SVG; expected a name that ends in .svg")
    if everything:
        if benchmark or metric or plot or form != "table":
            raise UsageError("--all writes every board to a page; expected no other option but --page")
        return _write_page(rank_all(kg.open(store)), page or Path(_PAGE))
    if benchmark is None:
        raise UsageError("no benchmark given; expected its name, or --all")
    with offering_nearest():
        boards = rank(kg.open(store), benchmark, metric)
    _print(boards, form)
    if not boards:
        click.echo("no result is reported there", err=True)
        return 1
    if plot:
        _plot(boards[0], plot)
    return _write_page(boards, page) if page else 0


def _print(boards: tuple[Leaderboard, ...], form: str) -> None:
    from kg.leaderboards import join, tabulate

    if form == "table":
        print_text(tabulate(boards, terminal_width()))
    else:
        print_answer(join(boards), form)


def _plot(board: Leaderboard, file: Path) -> None:
    from kg.leaderboards import draw_board
    from kg.writers import write_text

    click.echo(f"written: {write_text(file, [draw_board(board)])}", err=True)


def _write_page(boards: Sequence[Leaderboard], page: Path) -> int:
    from kg.leaderboards import render_boards
    from kg.writers import write_text

    click.echo(
        f"written: {write_text(page, render_boards(boards))}, {say(len(boards), 'board', 'boards')}", err=True
    )
    return 0 if boards else 1
