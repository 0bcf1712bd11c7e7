"""``kg drop``: digests out of the store, with all that only they support."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Take digests out of the graph.")
@click.argument("digests", nargs=-1, required=True)
@store_option
def command(digests: tuple[str, ...], store: Path) -> None:
    r"""Take digests out of the graph, with all that only they support. Other digests' facts stay.

    A digest goes by its key, as `kg stats` lists it.

    \b
    kg drop 2025-01-23.md
    kg drop ko/2025-01-23.md ko/2025-01-24.md
    """
    from kg.pipeline import drop
    from kg.store import Store

    opened = Store(store, writing=True)
    try:
        drop(opened, digests)
        click.echo(f"dropped {len(digests)}; the graph has {len(opened.graph):,} facts", err=True)
    finally:
        opened.close()
