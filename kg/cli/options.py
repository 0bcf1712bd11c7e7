"""The options that several commands share."""

from __future__ import annotations

from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.remote import is_address

if TYPE_CHECKING:
    from collections.abc import Callable


LEAST_MEMORY = 64
"""So many megabytes a process needs before it has asked anything."""


class StorePath(click.Path):
    """Where a store is: a folder, as a path, or an address, as text."""

    name = "folder or address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return an address as it is, and anything else as a path."""
        return value if is_address(value) else super().convert(value, param, ctx)


class NumberRange(click.FloatRange):
    """A number in a range, which "nan" is not: it passes every comparison by failing it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        number = super().convert(value, param, ctx)
        if isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


class Memory(click.IntRange):
    """Megabytes: none, or enough for a process to begin."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number of megabytes."""
        megabytes = super().convert(value, param, ctx)
        if 0 < megabytes < LEAST_MEMORY:
            self.fail(f"{megabytes} is too little; expected at least {LEAST_MEMORY}, or 0.", param, ctx)
        return megabytes


store_option = click.option(
    "--store",
    type=StorePath(file_okay=False, path_type=Path),
    default=Path(".kg"),
    envvar="KG_STORE",
    show_default=True,
    show_envvar=True,
    help="Folder of the store, or sparql+http(s)://host/path of a server.",
)

curation_option = click.option(
    "--curation",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="KG_CURATION",
    show_envvar=True,
    help="File of decisions.  [default: curation.txt in the store]",
)

confidence_option = click.option(
    "--min-confidence",
    type=NumberRange(0, 1),
    metavar="P",
    help="Leave out what is less sure than this, from 0 to 1.",
)

verify_option = click.option(
    "--verify", is_flag=True, help="Have another parser read the RDF that is written, and count."
)


def _offer(formats: tuple[str, ...], told: str) -> Callable[..., Any]:
    """Make the option to print an answer in one of some formats."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default="table",
        show_default=True,
        help=f"How to print the answer; json and xml are SPARQL 1.1 results{told}.",
    )


TABLES, GRAPHS = ("table", "csv", "tsv", "json", "xml"), ("ttl", "nt", "jsonld", "rdf")
"""The formats of `kg.sparql.formats`, which takes long to import."""

format_option = _offer((*TABLES, *GRAPHS), ", the last four for graphs only")
table_option = _offer(TABLES, "")
profile_option = _offer((*TABLES, *GRAPHS), ", the last four the statements")

_TIMEOUT, _MEMORY = 300, 4096


def limit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the limits of what it asks: ``timeout`` and ``memory``, where 0 is none."""
    seconds = click.option(
        "--timeout",
        type=NumberRange(0),
        default=_TIMEOUT,
        show_default=True,
        help="Seconds it may take.",
    )
    megabytes = click.option(
        "--memory", type=Memory(0), default=_MEMORY, show_default=True, help="Megabytes it may take."
    )
    return seconds(megabytes(command))
