"""``kg ask``: a question in English or Korean -> its reply on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option
from kg.cli.printing import print_text, terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.graph import Graph


_CITATIONS = ("bib", "csl")


@click.command(
    epilog="\b\nExamples:\n"
    '  kg ask "which papers report MATH-500?"\n'
    '  kg ask "best on AIME 2024" --format csv\n'
    '  kg ask "which papers use GRPO?" --format bib > refs.bib\n'
    '  kg ask "GRPO를 쓰는 논문은?" --sparql\n',
)
@click.argument("question", nargs=-1, required=True)
@store_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "tsv", "json", "xml", *_CITATIONS)),
    default="table",
    show_default=True,
    help="How to print the answer; bib and csl cite its papers.",
)
@click.option("--sparql", is_flag=True, help="Print the query that answers it, and do nothing else.")
def command(question: tuple[str, ...], store: Path, form: str, sparql: bool) -> int:
    """Answer a question in English or Korean.

    An unknown name gets the nearest known ones, a question that is not understood the nearest ones that are.
    Both, and a question that has no answer, exit with 1.
    """
    import kg
    from kg.errors import NotUnderstoodError, UnknownNameError

    graph = kg.open(store)
    try:
        reply = graph.ask(" ".join(question))
    except (UnknownNameError, NotUnderstoodError) as error:
        click.echo(str(error), err=True)
        return 1
    if sparql:
        print_text(f"{reply.sparql}\n")
        return 0
    for line in (reply.understood, *reply.notes):
        click.echo(line, err=True)
    if form in _CITATIONS:
        print_text("".join(_cite(graph, reply.papers, form)))
    else:
        print_text(reply.write(form, terminal_width()))
    return 0 if reply else 1


def _cite(graph: Graph, papers: tuple[str, ...], form: str) -> Iterator[str]:
    from kg.writers import bibtex, csl

    writer = bibtex if form == "bib" else csl
    found: Iterator[str] = writer.render_papers(graph.store.graph, papers)
    return found
