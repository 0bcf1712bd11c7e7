"""``kg new``: a date -> what is new since, for a newsletter or a feed reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option
from kg.cli.printing import print_text

if TYPE_CHECKING:
    from kg.remote.opening import Location


@click.command(
    epilog="\b\nExamples:\n"
    "  kg new --since 2025-01-20\n"
    '  kg new --since "this week" --format atom > feed.xml\n',
)
@click.option("--since", required=True, metavar="DATE", help='A day, a month, or "this week" and the like.')
@click.option("--format", "form", type=click.Choice(("md", "atom")), default="md", show_default=True)
@store_option
def command(since: str, form: str, store: Location) -> int:
    """Tell what is new since a date, as Markdown or a feed.

    Records broken, things introduced, papers, that day included; everything has the sentence that says it.
    Periods count from the newest entry of the store, not from today. Nothing new exits with 1.
    """
    import kg
    from kg.chronicle import find_new, write_atom, write_markdown

    new = find_new(kg.open(store), since)
    print_text(write_atom(new) if form == "atom" else write_markdown(new))
    return 0 if new else 1
