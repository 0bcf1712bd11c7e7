"""``kg build``: digests -> store, and exports if asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.amounts import say
from kg.cli.options import confidence_option, curation_option, store_option, verify_option
from kg.cli.printing import make_harmless, tell_verified
from kg.cli.staffing import hire, workforce_options

if TYPE_CHECKING:
    from kg.intake import Report
    from kg.remote.opening import Location
    from kg.store import Store

_EXPORTS = ("graph.ttl", "graph.jsonld", "graph.html")
_SHOWN = 10
"""So many problems are printed; the rest stand in report.json."""


@click.command(
    epilog="\b\nExamples:\n"
    "  kg build seeds --export exports\n"
    "  kg build ~/digests --sync\n"
    "  kg build s3://bucket/digests --export s3://bucket/exports --workers 4\n"
    "  curl -s https://example.org/today.md | kg build - --name today.md\n"
)
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--export",
    "folder",
    type=click.Path(file_okay=False),
    help="Also write the graph there, a folder or URL.",
)
@click.option(
    "--layout", "layouts", multiple=True, type=click.Path(path_type=Path), help="A layout of your own (TOML)."
)
@click.option("--name", default="stdin.md", show_default=True, help="Name of a digest read from -.")
@click.option("--sync", is_flag=True, help="Drop digests that are gone from the folders given.")
@click.option("--strict", is_flag=True, help="Exit with 2 if anything could not be read.")
@workforce_options
@confidence_option
@verify_option
@curation_option
@store_option
def command(
    paths: tuple[str, ...],
    folder: str | None,
    layouts: tuple[Path, ...],
    name: str,
    sync: bool,
    jobs: int | None,
    workers: int | None,
    scheduler: str | None,
    strict: bool,
    min_confidence: float | None,
    verify: bool,
    curation: Path | None,
    store: Location,
) -> int:
    """Read digests and bring the graph up to date.

    PATHS are files, folders, glob patterns, - for standard input, or URLs of file systems that fsspec knows
    (s3://bucket/digests; pip install 'paperkg[remote]'). Only what is new or changed is read.
    A digest is refused whose name the store has from another folder, where it still is; the build goes on
    without it and then exits with 2.
    A store keeps the --min-confidence that it was last given; 0 brings everything back.
    With --export, graph.ttl, graph.jsonld, graph.html and report.json are written as well.
    With --workers or --scheduler, Dask has other processes or machines read, extract and describe
    (pip install 'paperkg[dask]', the same version everywhere); the graph is the same, whoever does the work.
    """
    from kg.files import find_digests, read_text
    from kg.pipeline import update
    from kg.readers.layouts import parse_layout
    from kg.remote.opening import open_store

    workforce = hire(jobs, workers, scheduler)
    found = find_digests(paths, name)
    declared = [parse_layout(read_text(str(path)), str(path)) for path in layouts]
    if folder:
        from kg.writers import make_folder  # here: they take a moment to load

        make_folder(folder)
    opened = open_store(store, writing=True)
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
    return 2 if report.refused or (strict and report.problems) else 0


def _tell(store: Store, report: Report) -> None:
    """Print what was done, and what could not be."""
    counts = store.ledger.counts()
    kinds = ("added", "changed", "upgraded", "unchanged", "dropped", "refused")
    done = [f"{len(keys)} {kind}" for kind in kinds if (keys := getattr(report, kind))]
    click.echo(f"digests: {', '.join(done) or 'none read'}; entries extracted: {report.extracted}", err=True)
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


def _export(store: Store, report: Report, folder: str, verify: bool) -> None:
    from kg.graph import Graph
    from kg.places import join
    from kg.reports import render_report
    from kg.writers import write, write_text

    graph = Graph(store)
    files = [join(folder, name) for name in (*_EXPORTS, "report.json")]
    for file in files[:-1]:
        write(graph, file, verify=verify, inside=folder)
    write_text(files[-1], [render_report(store, report.problems)], inside=folder)
    click.echo(f"written: {', '.join(files)}", err=True)
    if verify:
        tell_verified(files, len(graph))
