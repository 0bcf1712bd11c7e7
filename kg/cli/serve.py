"""``kg serve``: a store -> a SPARQL endpoint, linked data and pages, until it is stopped."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import click

from kg.cli.options import LEAST_MEMORY, NumberRange, store_option

if TYPE_CHECKING:
    from kg.remote.opening import Location

_WATCH = 5.0
"""Seconds between two looks at a server for a new graph."""


@click.command(
    epilog="\b\nExamples:\n"
    "  kg serve\n"
    "  kg serve --port 8080 --workers 4 --host-name graph.example.org\n"
    "  kg serve --cors https://yasgui.example.org --timeout 10\n",
)
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen to.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8360, show_default=True, help="0 takes a free one."
)
@click.option("--host-name", "names", multiple=True, help="A name under which clients may call the server.")
@click.option(
    "--cors", "origins", multiple=True, help="A site whose scripts may read the answers; * for all."
)
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Queries at once.")
@click.option(
    "--timeout",
    type=NumberRange(0, min_open=True),
    default=30,
    show_default=True,
    help="Seconds a query may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(LEAST_MEMORY),
    default=1024,
    show_default=True,
    help="Megabytes a query may take.",
)
@click.option(
    "--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows an answer may have."
)
@click.option(
    "--copy/--no-copy",
    default=None,
    help="Ask a copy of the graph in memory, or the one on disk.  [default: by size]",
)
@click.option("--log-queries", is_flag=True, help="Log the text of queries, too.")
def command(
    store: Location, host: str, port: int, names: tuple[str, ...], origins: tuple[str, ...], workers: int,
    timeout: float, memory: int, rows: int, copy: bool | None, log_queries: bool,
) -> None:  # fmt: skip
    """Serve the graph: SPARQL endpoint, linked data, pages.

    Listens to this machine alone unless told otherwise, reads only, and follows the store: what a build has
    finished is served without a pause. The address is printed when it is ready; a line of JSON for each
    request goes to stderr. Ctrl-C or SIGTERM stops it when the present requests are answered.
    """
    from kg.guard import Limits
    from kg.remote.opening import keep_copy
    from kg.server.running import serve
    from kg.server.settings import LIMITS, Settings

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    logging.getLogger("kg.server").setLevel(logging.INFO)
    limits = Limits(seconds=timeout, megabytes=memory, rows=rows, reply=LIMITS.reply)
    settings = Settings(
        store=keep_copy(store, _WATCH), host=host, port=port, names=names, origins=origins,
        workers=workers, limits=limits, copy=copy, log_queries=log_queries,
    )  # fmt: skip
    serve(settings, _announce)


def _announce(address: str, statements: int) -> None:
    click.echo(f"serving {statements:,} statements at {address} (Ctrl-C stops)")
    sys.stdout.flush()
