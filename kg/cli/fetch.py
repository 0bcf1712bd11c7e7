"""``kg fetch``: a source and days -> digest files."""

from __future__ import annotations

from pathlib import Path

import click

from kg.amounts import say
from kg.errors import UsageError


@click.command(
    epilog="\b\nExamples:\n"
    "  kg fetch hf --date 2025-01-23\n"
    "  kg fetch arxiv --since 2025-01-20 --until 2025-01-24 --subject cs.LG -o digests\n"
    "  kg build digests",
)
@click.argument("source", type=click.Choice(("hf", "arxiv")))
@click.option("--date", "day", metavar="DATE", help="The one day to fetch.")
@click.option("--since", metavar="DATE", help="The first day to fetch.")
@click.option("--until", metavar="DATE", help="The last day to fetch; today where --since stands alone.")
@click.option("--subject", default="", help="The arXiv category. [default: cs.CL]")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("digests"),
    show_default=True,
    help="The folder of digests.",
)
@click.option("--url", "address", default="", hidden=True, help="Another server with the same interface.")
def command(  # click dictates the arguments
    source: str,
    day: str | None,
    since: str | None,
    until: str | None,
    subject: str,
    folder: Path,
    address: str,
) -> None:
    """Fetch a day's papers from Hugging Face or arXiv.

    They are written to a folder of digests, a file for each day and arXiv category. This is the only command
    that asks Hugging Face or arXiv. It asks once every three seconds, waits longer when the server is busy,
    leaves alone the days that are there, but for one that was not over (UTC) when it was fetched, and goes on
    where it was interrupted.
    """
    from kg.fetching import fetch, list_days

    days = list_days(*_choose(day, since, until))
    for found in fetch(source, days, folder, subject=subject, address=address):
        papers = say(found.papers, "paper", "papers") if found.papers else "no papers"
        click.echo(f"{found.day}: {'is there' if found.known else papers}", err=True)


def _choose(day: str | None, since: str | None, until: str | None) -> tuple[str, str]:
    """Return the first and the last day that the options ask for."""
    from datetime import UTC, datetime

    if bool(day) == bool(since) or (day and until):
        raise UsageError("expected either --date, or --since with or without --until")
    return (day, day) if day else (since or "", until or datetime.now(UTC).date().isoformat())
