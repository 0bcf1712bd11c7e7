"""``kg curate``: what a reader knows better -> a line in the curation file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import curation_option, store_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.curation.recording import Addition
    from kg.remote.opening import Location

_KEYS = {1: "a accept, r reject, s skip, q quit", 2: "m merge, a keep apart, s skip, q quit"}


@click.group(
    epilog="\b\nExamples:\n"
    '  kg curate merge "Qwen 2.5" "Qwen-2.5"\n'
    "  kg curate split TPO 2501.12895\n"
    '  kg curate rename GRPO "Group Relative Policy Optimization"\n'
    "  kg curate retype method:bert model\n"
    "  kg curate reject SOTA\n"
    "  kg curate review\n",
)
def command() -> None:
    """Correct the graph with decisions that last.

    Each decision is one line of a plain file, curation.txt in the store's folder or the one that --curation
    names. Every build heeds it; `kg curate apply` does at once. Deleting a line undoes it. A node goes by its
    name, its arXiv id, or its IRI as in model:qwen2.5.
    """


def _takes(name: str, arguments: tuple[str, ...], several: bool = False) -> Callable[..., click.Command]:
    """Make a subcommand that takes these arguments, the last of them one or more times."""

    def wrap(function: Callable[..., object]) -> click.Command:
        decorated = function
        for argument in reversed(arguments):
            count = -1 if several and argument == arguments[-1] else 1
            decorated = click.argument(argument, nargs=count, required=True)(decorated)
        return command.command(name)(curation_option(store_option(decorated)))

    return wrap


@_takes("merge", ("names",), several=True)
def merge(names: tuple[str, ...], store: Location, curation: Path | None) -> None:
    """Say that several nodes are one; the smallest key stays."""
    _decide(store, curation, "merge", names)


@_takes("split", ("name", "papers"), several=True)
def split(name: str, papers: tuple[str, ...], store: Location, curation: Path | None) -> None:
    """Say that a name is a thing of its own in some papers."""
    _decide(store, curation, "split", (name, *papers))


@_takes("rename", ("name", "new"))
def rename(name: str, new: str, store: Location, curation: Path | None) -> None:
    """Say what a node is called."""
    _decide(store, curation, "rename", (name,), new)


@_takes("retype", ("name", "kind"))
def retype(name: str, kind: str, store: Location, curation: Path | None) -> None:
    """Say of what kind a thing is."""
    _decide(store, curation, "retype", (name,), kind)


@_takes("reject", ("name",))
def reject(name: str, store: Location, curation: Path | None) -> None:
    """Take a node, a result, a comparison or a mention out for good."""
    _decide(store, curation, "reject", (name,))


@_takes("accept", ("names",), several=True)
def accept(names: tuple[str, ...], store: Location, curation: Path | None) -> None:
    """Say that a node, a result, a comparison or a mention is right, or that two nodes are two."""
    _decide(store, curation, "accept", names)


@command.command("apply")
@curation_option
@store_option
def apply(store: Location, curation: Path | None) -> None:
    """Bring the graph up to date with the decisions."""
    from kg.pipeline import curate
    from kg.remote.opening import open_store, require_store

    require_store(store)
    opened = open_store(store, writing=True)
    try:
        problems = curate(opened, curation)
        for problem in problems:
            click.echo(str(problem), err=True)
        click.echo(f"the graph has {opened.size:,} facts", err=True)
    finally:
        opened.close()


@command.command("review")
@curation_option
@store_option
def review(store: Location, curation: Path | None) -> None:
    """Walk through what is doubtful, the most useful first, one key each."""
    from kg.curation.recording import add, find_file
    from kg.curation.review import answer, list_doubts
    from kg.remote.opening import open_observations
    from kg.sparql.tables import clean

    opened = open_observations(store)
    click.get_current_context().call_on_close(opened.close)
    path = find_file(opened, curation)
    doubts = list_doubts(opened, path)
    for number, doubt in enumerate(doubts, start=1):
        click.echo(f"\n{number}/{len(doubts)}  {clean(doubt.asks)}\n  {clean(doubt.why)}", err=True)
        key = _ask(_KEYS[len(doubt.nodes)])
        if key == "q":
            break
        decision = answer(doubt, key)
        if decision:
            _write(path, add(path, decision, doubt.asks))
    else:
        click.echo("nothing is left to decide", err=True)


def _ask(keys: str) -> str:
    """Wait for one of the keys."""
    from kg.errors import UsageError

    click.echo(f"  [{keys}] ", nl=False, err=True)
    known = [choice.split()[0] for choice in keys.split(", ")]
    while True:
        try:
            key = click.getchar().lower()
        except OSError:
            raise UsageError("kg curate review needs a terminal to read keys from") from None
        if key in known:
            click.echo(key, err=True)
            return key


def _decide(store: Location, file: Path | None, verb: str, names: tuple[str, ...], word: str = "") -> None:
    """Write one decision about nodes that go by these names."""
    from kg.curation.recording import decide, find_file
    from kg.remote.opening import open_observations

    opened = open_observations(store)
    click.get_current_context().call_on_close(opened.close)
    path = find_file(opened, file)
    addition = decide(opened, path, verb, names, word)
    _write(path, addition)
    for problem in addition.clashes:
        click.echo(str(problem), err=True)
    click.echo("the next build heeds it; at once: kg curate apply", err=True)


def _write(path: Path, addition: Addition) -> None:
    """Write the file with the line that was added, and print the line."""
    from kg.writers import write_text

    write_text(path, [addition.text])
    click.echo(addition.line)
