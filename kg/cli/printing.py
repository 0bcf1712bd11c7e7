"""An answer -> stdout, an error -> stderr: made for a terminal, or byte for byte where it goes elsewhere."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kg.errors import KgError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.guard import Piece
    from kg.sparql.answers import Answer


def print_answer(answer: Answer, form: str) -> None:
    """Print an answer in one of the formats."""
    from kg.sparql.formats import write_answer

    print_text(write_answer(answer, form, terminal_width()))


def print_pieces(pieces: Iterable[Piece]) -> int:
    """Print what a guarded job yields: text on stdout, what is ``said`` on stderr; return its ``code``."""
    code = 0
    for piece in pieces:
        if isinstance(piece, bytes):
            print_bytes(piece)
        elif "said" in piece:
            click.echo(piece["said"], err=True)
        else:
            code = piece["code"]
    return code


def print_text(text: str) -> None:
    """Print a text as it is, its line ends included; a reader such as ``head`` may leave before the end."""
    print_bytes(text.encode("utf8", "replace"))


def tell_verified(files: Iterable[object], facts: int) -> None:
    """Say of files that were to be verified how much another parser read of them, or that it could not."""
    from kg.amounts import say
    from kg.verification import is_verifiable

    for file in files:
        if is_verifiable(str(file)):
            click.echo(f"verified: {file}, of which rdflib reads all {say(facts, 'fact', 'facts')}", err=True)
        else:
            click.echo(f"not verified, as it is no RDF: {file}", err=True)


def print_bytes(text: bytes) -> None:
    """Print a text in UTF-8 as it is."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python tries again when it ends


def print_error(error: Exception, *, debug: bool) -> None:
    """Print what went wrong; with ``debug``, where it came from as well."""
    if debug:
        import traceback

        traceback.print_exception(error)
        return
    inside = "" if isinstance(error, KgError) else f" ({type(error).__name__}; `kg --debug …` shows where)"
    click.secho("error: ", fg="red", nl=False, err=True, color=choose_colour())
    click.echo(f"{make_harmless(str(error))}{inside}", err=True)


@contextmanager
def offering_nearest() -> Iterator[None]:
    """Take a name that is not known for a "no": offer the nearest known ones, and exit with 1."""
    try:
        yield
    except UnknownNameError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(1) from None


def make_harmless(text: str) -> str:
    """Take out of each line what could steer a terminal: names of files come from strangers as well."""
    from kg.sparql.tables import clean

    return "\n".join(map(clean, text.split("\n")))


def choose_colour() -> bool | None:
    """Choose whether to colour: never where ``NO_COLOR`` is set, else None, on a terminal only."""
    return False if os.environ.get("NO_COLOR") else None


def terminal_width() -> int | None:
    """Return how many columns the terminal has, or None when stdout is none."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns
