"""``kg view``: the graph, or what is around some names -> the interactive page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option
from kg.cli.printing import offering_nearest
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.remote.opening import Location

_SUFFIXES = (".html", ".htm")


@click.command(
    epilog="\b\nExamples:\n"
    "  kg view -o graph.html\n"
    "  kg view DeepSeek-R1 -o r1.html\n"
    "  kg view GRPO MATH-500 --depth 2 -o around.html\n"
    "  kg view --lang ko -o graph.html\n"
)
@click.argument("focus", nargs=-1)
@click.option(
    "-o",
    "--output",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The HTML file.",
)
@click.option(
    "--depth", type=click.IntRange(1, 3), default=1, show_default=True, help="How many steps around a focus."
)
@click.option(
    "--lang",
    type=click.Choice(("en", "ko")),
    default="en",
    show_default=True,
    help="The language it speaks at first; the page has a switch.",
)
@store_option
def command(focus: tuple[str, ...], file: Path, depth: int, lang: str, store: Location) -> int:
    """Write the interactive page, whole or around some names.

    The page is one file and asks the network for nothing. Everything it draws it also lists and searches;
    every fact has its sentence. An unknown name gets the nearest known ones and exits with 1.
    """
    import kg
    from kg.network import KINDS
    from kg.questions.naming import name_nodes
    from kg.view import Snapshot, render_page, select_around, select_overview
    from kg.writers import write_text

    if file.suffix not in _SUFFIXES:
        raise UsageError(f"{file}: the page is HTML; expected a name that ends in .html")
    graph = kg.open(store, whole=True)
    with offering_nearest():
        nodes = sorted({node for name in focus for node in name_nodes(graph.store, name, KINDS)})
    facts = Snapshot(graph.store.graph)
    selection = select_around(facts, nodes, depth) if nodes else select_overview(facts)
    write_text(file, [render_page(facts, selection, lang)])
    click.echo(f"written: {file}, {len(selection.nodes):,} of {selection.total:,} nodes", err=True)
    return 0
