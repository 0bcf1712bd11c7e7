"""``kg drop``: digests out of the store, with all that only they support."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option

if TYPE_CHECKING:
    from kg.remote.opening import Location


@click.command(
    epilog="\b\nExamples:\n  kg drop 2025-01-23.md\n  kg drop ko/2025-01-23.md ko/2025-01-24.md\n",
)
@click.argument("digests", nargs=-1, required=True)
@store_option
def command(digests: tuple[str, ...], store: Location) -> None:
    """Take digests out of the graph.

    All that only they support goes; what other digests say stays. A digest goes by its path below the folder
    that was given to the build; `kg query digests` lists them. A build that finds the file again adds it.
    """
    from kg.errors import UnknownNameError, UsageError
    from kg.pipeline import drop
    from kg.remote.opening import open_store, require_store

    require_store(store)
    opened = open_store(store, writing=True)
    try:
        drop(opened, digests)
    except UnknownNameError as error:
        near = f"; nearest known: {', '.join(error.nearest)}" if error.nearest else ""
        raise UsageError(f"there is no digest {error.name!r}{near}; `kg query digests` lists all") from None
    else:
        click.echo(f"dropped {len(digests)}; the graph has {opened.size:,} facts", err=True)
    finally:
        opened.close()
