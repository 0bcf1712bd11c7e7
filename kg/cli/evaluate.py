"""``kg evaluate``: what a build found, measured against annotated digests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.evaluation import Record
    from kg.remote.opening import Location


@click.command(
    epilog="\b\nExamples:\n  kg evaluate tests/gold\n  kg evaluate tests/gold --language ko --errors 20\n",
)
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--ids",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A JSON object: 'file|arXiv id' of a record, and its id in GOLD.",
)
@click.option("--language", type=click.Choice(["en", "ko"]), help="Only entries of this language.")
@click.option(
    "--bootstrap", type=click.IntRange(0), default=0, metavar="N", help="95 % intervals from N samples."
)
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="Also list up to N mistakes.")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
@store_option
def command(
    gold: tuple[Path, ...],
    ids: Path | None,
    language: str | None,
    bootstrap: int,
    errors: int,
    as_json: bool,
    store: Location,
) -> None:
    """Measure what was found against annotated digests.

    GOLD are JSON files of annotated entries, or folders of them; the store must hold the digests that they
    annotate.
    """
    if as_json and (errors or bootstrap):
        raise UsageError("--json prints the table alone; expected it without --errors and --bootstrap")
    from kg.evaluation import find_mistakes, format_mistakes, format_table, resample, score
    from kg.evaluation.graph import records_of
    from kg.remote.opening import open_store

    names = _load_names(ids) if ids else {}
    wanted, found = _load(gold), records_of(open_store(store, whole=True).graph, names)
    table = score(wanted, found, language)
    if as_json:
        figures = ("precision", "recall", "f1", "gold", "predicted")
        click.echo(
            json.dumps({row: {f: getattr(c, f) for f in figures} for row, c in table.items()}, indent=1)
        )
        return
    intervals = resample(wanted, found, language, bootstrap) if bootstrap else {}
    click.echo(format_table(table, intervals))
    if errors:
        click.echo(format_mistakes(find_mistakes(wanted, found, language), errors))


def _load(paths: tuple[Path, ...]) -> list[Record]:
    from kg.evaluation import load_gold
    from kg.files import read_text

    files = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not files:
        raise UsageError(f"{paths[0]}: the folder holds no annotations; expected files that end in .json")
    return [record for file in files for record in load_gold(read_text(str(file)), str(file))]


def _load_names(path: Path) -> dict[str, str]:
    """Read a JSON object: ``file|arXiv id`` of a record -> the id by which the gold knows it."""
    from kg.errors import InputError
    from kg.files import read_text

    try:
        names = json.loads(read_text(str(path)))
    except json.JSONDecodeError as error:
        raise InputError(str(path), error.lineno, f"not JSON: {error.msg}") from None
    if not isinstance(names, dict):
        raise InputError(
            str(path), None, "is not a JSON object", 'an object such as {"2025-01-23.md|2501.12948": "R1"}'
        )
    return names
