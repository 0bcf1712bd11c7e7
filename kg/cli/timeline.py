"""``kg timeline``: a name -> what entries say about it, by date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option, table_option
from kg.cli.printing import offering_nearest, print_answer, print_text, terminal_width

if TYPE_CHECKING:
    from kg.remote.opening import Location


@click.command(epilog='\b\nExamples:\n  kg timeline GRPO\n  kg timeline "MATH-500" --format csv\n')
@click.argument("name")
@store_option
@table_option
def command(name: str, store: Location, form: str) -> int:
    """Tell what is said about one thing, by date.

    Introduced, named, scored, compared: oldest first. An unknown name gets the nearest known ones
    and exits with 1.
    """
    import kg
    from kg.chronicle import trace

    with offering_nearest():
        timeline = trace(kg.open(store), name)
    if form == "table":
        print_text(f"{timeline.table(terminal_width())}\n")
    else:
        print_answer(timeline.answer, form)
    return 0 if timeline.rows else 1
