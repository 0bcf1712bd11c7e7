"""``kg ask``: a question in English or Korean -> its reply on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import limit_options, store_option
from kg.cli.printing import print_pieces, terminal_width
from kg.guard import Limits, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph
    from kg.guard import Piece
    from kg.remote.opening import Location

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
@limit_options
def command(
    question: tuple[str, ...], store: Location, form: str, sparql: bool, timeout: float, memory: int
) -> int:
    """Answer a question in English or Korean.

    A name that is not known gets the nearest ones that are; a question that is not understood gets similar
    ones that would be. Both, and a question that has no answer, exit with 1.
    """
    text, width = " ".join(question), terminal_width()
    limits = Limits(seconds=timeout, megabytes=memory)
    return print_pieces(run(lambda: _answer(store, text, "sparql" if sparql else form, width), limits))


def _answer(store: Location, question: str, form: str, width: int | None) -> Iterator[Piece]:
    """Answer a question, in a process that can be stopped."""
    import kg
    from kg.errors import NotUnderstoodError, UnknownNameError
    from kg.questions.notes import explain

    graph = kg.open(store)
    try:
        reply = graph.ask(question)
    except (UnknownNameError, NotUnderstoodError) as error:
        yield {"said": explain(question, error)}
        yield {"code": 1}
        return
    if form == "sparql":
        yield f"{reply.sparql}\n".encode()
        return
    for line in (reply.understood, *reply.notes):
        yield {"said": line}
    cited = form in _CITATIONS
    text = "".join(_cite(graph, reply.papers, form)) if cited else reply.write(form, width)
    yield text.encode("utf8", "replace")
    yield {"code": 0 if reply else 1}


def _cite(graph: Graph, papers: tuple[str, ...], form: str) -> Iterator[str]:
    from kg.writers import bibtex, csl

    writer = bibtex if form == "bib" else csl
    found: Iterator[str] = writer.render_papers(graph.store.graph, papers)
    return found
