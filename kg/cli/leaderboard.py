"""``kg leaderboard``: a benchmark -> its results, ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option, store_option
from kg.cli.printing import print_answer, print_text, terminal_width

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="\b\nExamples:\n"
    '  kg leaderboard "AIME 2024"\n'
    "  kg leaderboard MATH-500 --metric Pass@1 --format csv\n",
)
@click.argument("benchmark")
@store_option
@format_option
@click.option("--metric", help="Rank by this metric only.")
def command(benchmark: str, store: Path, form: str, metric: str | None) -> int:
    """Rank the results on a benchmark.

    Variants of the benchmark are taken along; each metric and setting is ranked by itself. A leaderboard with
    nothing on it exits with 1, as does an unknown name, which gets the nearest known ones.
    """
    import kg
    from kg.errors import UnknownNameError
    from kg.leaderboards import join, rank

    try:
        boards = rank(kg.open(store), benchmark, metric)
    except UnknownNameError as error:
        click.echo(str(error), err=True)
        return 1
    if form == "table":
        print_text("\n".join(f"{board.table(terminal_width())}\n" for board in boards))
    else:
        print_answer(join(boards), form)
    if not boards:
        click.echo("no result is reported there", err=True)
    return 0 if boards else 1
