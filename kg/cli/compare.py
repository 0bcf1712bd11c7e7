"""``kg compare``: two names -> their results side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option, table_option
from kg.cli.printing import offering_nearest, print_answer, print_text, terminal_width

if TYPE_CHECKING:
    from kg.remote.opening import Location


@click.command(
    epilog='\b\nExamples:\n  kg compare UI-TARS Claude\n  kg compare DeepSeek-R1 "Kimi k1.5" --format csv\n'
)
@click.argument("one")
@click.argument("other")
@store_option
@table_option
def command(one: str, other: str, store: Location, form: str) -> int:
    """Put two models or methods side by side.

    Shows their results on what both report, and which of them is said to be better. Nothing to compare exits
    with 1, as does an unknown name, which gets the nearest known ones.
    """
    import kg
    from kg.chronicle import compare

    with offering_nearest():
        found = compare(kg.open(store), one, other)
    if not found:
        click.echo("they have no results in common, and no paper compares them", err=True)
        return 1
    if form == "table":
        print_text(f"{found.table(terminal_width())}\n")
    else:
        print_answer(found.answer, form)
    return 0
