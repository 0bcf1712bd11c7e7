"""``kg export``: the graph -> files, each in the format of its suffix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import confidence_option, store_option, verify_option
from kg.cli.printing import tell_verified

if TYPE_CHECKING:
    from kg.remote.opening import Location


@click.command(
    epilog="\b\nExamples:\n  kg export graph.ttl\n  kg export results.csv graph.graphml refs.bib\n"
    "  kg export sure.ttl --min-confidence 0.8\n"
)
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False))
@confidence_option
@verify_option
@store_option
def command(files: tuple[str, ...], min_confidence: float | None, verify: bool, store: Location) -> None:
    """Write the graph to files, by their suffix.

    FILES are paths, or URLs such as s3://bucket/graph.ttl (pip install 'paperkg[remote]' and s3fs).

    The suffixes are .ttl .trig .jsonld .nt .nq .rdf .graphml .csv .bib .csl.json .html. The .csv has the
    results, one row for each sentence that states one; the .graphml papers, entities and authors with their
    relations; .bib and .csl.json cite the papers; the .html is the interactive page. The same graph gives
    the same bytes.
    """
    import kg
    from kg.writers import find_writer

    for file in files:
        find_writer(file)  # an unknown suffix is said before anything is written
    graph = kg.open(store, whole=True)
    if min_confidence is not None:
        graph = graph.sift(min_confidence)
    for file in files:
        click.echo(f"written: {kg.write(graph, file, verify=verify)}", err=True)
        if verify:
            tell_verified([file], len(graph))
