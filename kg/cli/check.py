"""``kg check``: what the shapes and house rules find wrong with the graph."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option

if TYPE_CHECKING:
    from kg.remote.opening import Location
    from kg.shapes import Violation

_SHOWN = 50


@click.command(epilog="\b\nExamples:\n  kg check\n  kg check --shacl --store ~/papers/.kg\n")
@store_option
@click.option(
    "--shacl", is_flag=True, help="Let pySHACL judge by the shapes: the same findings, but it takes minutes."
)
def command(store: Location, shacl: bool) -> int:
    """Check the graph against its shapes and house rules.

    The shapes are the SHACL shapes of the ontology. Exits with 0 when the graph conforms, with 1 when not.
    """
    from kg.remote.opening import open_store
    from kg.shapes import check

    found = check(open_store(store, whole=True).graph, shacl=shacl)
    for violation in found[:_SHOWN]:
        _show(violation)
    if len(found) > _SHOWN:
        click.echo(f"… and {len(found) - _SHOWN:,} more", err=True)
    if not found:
        click.echo("the graph conforms", err=True)
        return 0
    for severity, count in Counter(v.severity for v in found).items():
        click.echo(f"{severity}: {count:,}", err=True)
    return 1 if any(v.severity == "Violation" for v in found) else 0


def _show(violation: Violation) -> None:
    from kg.rdf.prefixes import compact

    place = " ".join(compact(iri.lstrip("^")) for iri in (violation.focus, violation.path) if iri)
    value = f" ({violation.value})" if violation.value else ""
    click.echo(f"{violation.severity}: {place}: {violation.message}{value}")
