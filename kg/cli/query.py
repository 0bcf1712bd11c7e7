"""``kg query``: SPARQL, or a saved query by name -> its answer on stdout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option, limit_options, store_option
from kg.cli.printing import print_pieces, terminal_width
from kg.errors import InputError, UsageError
from kg.guard import Limits, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.guard import Piece
    from kg.remote.opening import Location


@click.command(
    epilog="\b\nExamples:\n"
    '  kg query "SELECT ?paper { ?paper kg:evaluatesOn benchmark:math500 }"\n'
    "  kg query leaderboard --format csv\n"
    "  kg query question.rq --format json\n"
    "  kg query --list",
)
@click.argument("query", metavar="QUERY|FILE.rq|NAME|-", required=False)
@store_option
@format_option
@limit_options
@click.option("--rows", type=click.IntRange(0), default=0, help="Rows the answer may have.  [default: any]")
@click.option("--list", "listing", is_flag=True, help="List the saved queries and leave.")
def command(
    query: str | None, store: Location, form: str, timeout: float, memory: int, rows: int, listing: bool
) -> int:
    """Run a SPARQL query, or a saved one by name.

    QUERY is SPARQL 1.1 (SELECT, ASK, CONSTRUCT or DESCRIBE), a file that ends in .rq, the name of a saved
    query, or - for standard input. The prefixes of the vocabulary are declared. An ASK that is false, and
    nothing else, exits with 1. A query that takes more than it may is stopped.
    """
    if listing:
        return _list()
    if query is None:
        raise UsageError("no query given; expected SPARQL, a file FILE.rq, the name of a saved query, or -")
    text, width = _read(query), terminal_width()
    limits = Limits(seconds=timeout, megabytes=memory, rows=rows)
    return print_pieces(run(lambda: _answer(store, text, form, width, rows), limits))


def _answer(store: Location, text: str, form: str, width: int | None, rows: int) -> Iterator[Piece]:
    """Run a query, in a process that can be stopped; its store is opened there, as are its threads."""
    import kg
    from kg.sparql.formats import write_answer

    answer = kg.open(store).query(text, rows)
    yield write_answer(answer, form, width).encode("utf8", "replace")
    yield {"code": 1 if answer.kind == "ask" and not answer else 0}


def _list() -> int:
    from kg.sparql.queries import saved_queries

    saved = saved_queries()
    widest = max(map(len, saved))
    for name, text in saved.items():
        click.echo(f"{name:{widest}}  {text.partition(chr(10))[0].lstrip('# ')}")
    return 0


def _read(query: str) -> str:
    """Return the text of a query given as text, file, name or ``-``."""
    if query == "-":
        return _decode(sys.stdin.buffer.read(), "-")
    if query.endswith(".rq"):
        path = Path(query)
        try:
            return _decode(path.read_bytes(), query)
        except OSError as error:
            raise InputError(query, None, f"cannot be read ({error.strerror})") from error
    if query.replace("-", "").replace("_", "").isalnum():
        return _look_up(query)
    return query


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(name, line, "is not UTF-8", "a query in UTF-8") from error


def _look_up(name: str) -> str:
    from kg.sparql.queries import saved_queries

    saved = saved_queries()
    if name not in saved:
        raise UsageError(f"there is no saved query {name!r}; expected one of {', '.join(saved)}")
    return saved[name]
