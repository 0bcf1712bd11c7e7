"""``kg build``: digests -> store, and exports if asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import confidence_option, curation_option, store_option, verify_option
from kg.cli.printing import make_harmless, say

if TYPE_CHECKING:
    from kg.intake import Report
    from kg.store import Store

_EXPORTS = ("graph.ttl", "graph.jsonld", "graph.html")
_SHOWN = 10
"""So many problems are printed; the rest stand in report.json."""


@click.command(
    epilog="\b\nExamples:\n"
    "  kg build seeds --export exports\n"
    "  kg build ~/digests --sync\n"
    "  curl -s https://example.org/today.md | kg build - --name today.md\n"
)
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--export", "folder", type=click.Path(file_okay=False, path_type=Path), help="Also write the graph there."
)
@click.option(
    "--layout", "layouts", multiple=True, type=click.Path(path_type=Path), help="A layout of your own (TOML)."
)
@click.option("--name", default="stdin.md", show_default=True, help="Name of a digest read from -.")
@click.option("--sync", is_flag=True, help="Drop digests that are gone from the folders given.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes read and extract; worth it from some hundred digests on.",
)
@click.option("--strict", is_flag=True, help="Exit with 2 if anything could not be read.")
@confidence_option
@verify_option
@curation_option
@store_option
def command(
    paths: tuple[str, ...],
    folder: Path | None,
    layouts: tuple[Path, ...],
    name: str,
    sync: bool,
    jobs: int,
    strict: bool,
    min_confidence: float | None,
    verify: bool,
    curation: Path | None,
    store: Path,
) -> int:
    """Read digests and bring the graph up to date.

    PATHS are files, folders, glob patterns, or - for standard input. Only what is new or changed is read.
    A store keeps the --min-confidence that it was last given; 0 brings everything back.
    With --export, graph.ttl, graph.jsonld, graph.html and report.json are written as well.
    """
    from kg.files import find_digests, read_text
    from kg.pipeline import update
    from kg.readers.layouts import parse_layout
    from kg.store import Store
    from kg.workforce import ALONE, Processes

    found = find_digests(paths, name)
    declared = [parse_layout(read_text(str(path)), str(path)) for path in layouts]
    if folder:
        _make_folder(folder)
    workforce = Processes(jobs) if jobs > 1 else ALONE
    opened = Store(store, writing=True)
    try:
        with click.progressbar(
            length=len(found.files), label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            report = update(
                opened,
                found,
                layouts=declared,
                curation=curation,
                min_confidence=min_confidence,
                sync=sync,
                workforce=workforce,
                advance=lambda _: bar.update(1),
            )
        _tell(opened, report)
        if folder:
            _export(opened, report, folder, verify)
    finally:
        workforce.dismiss()
        opened.close()
    return 2 if strict and report.problems else 0


def _tell(store: Store, report: Report) -> None:
    """Print what was done, and what could not be."""
    counts = store.ledger.counts()
    kinds = ("added", "changed", "upgraded", "unchanged", "dropped")
    done = [f"{len(keys)} {kind}" for kind in kinds if (keys := getattr(report, kind))]
    click.echo(f"digests: {', '.join(done)}; entries extracted: {report.extracted}", err=True)
    if report.upgraded:
        click.echo("this version reads or extracts differently: those digests were done again", err=True)
    entries, papers, facts = counts["entries"], counts["papers"], store.size
    read = f"{say(entries, 'entry', 'entries')} about {say(papers, 'paper', 'papers')}"
    click.echo(f"the graph: {read}, {facts:,} facts", err=True)
    if report.problems:
        click.secho(f"{say(len(report.problems), 'problem', 'problems')}:", fg="yellow", err=True)
        for problem in report.problems[:_SHOWN]:
            click.echo(f"  {make_harmless(str(problem))}", err=True)
        if len(report.problems) > _SHOWN:
            click.echo(f"  … and {len(report.problems) - _SHOWN} more in report.json (--export)", err=True)


def _make_folder(folder: Path) -> None:
    from kg.errors import UsageError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: the folder cannot be made ({error.strerror})") from error


def _export(store: Store, report: Report, folder: Path, verify: bool) -> None:
    from kg.graph import Graph
    from kg.reports import render_report
    from kg.writers import write, write_text

    graph = Graph(store)
    for name in _EXPORTS:
        write(graph, folder / name, verify=verify)
    write_text(folder / "report.json", [render_report(store, report.problems)])
    click.echo(f"written: {', '.join(str(folder / name) for name in (*_EXPORTS, 'report.json'))}", err=True)
