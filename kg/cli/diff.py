"""``kg diff``: two dates, or two stores -> what came and what went."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option, table_option
from kg.cli.printing import print_answer, print_text, terminal_width

if TYPE_CHECKING:
    from kg.remote.opening import Location


@click.command(
    epilog="\b\nExamples:\n"
    "  kg diff 2025-01-10 2025-01-23\n"
    "  kg diff 2024-12 2025-01\n"
    "  kg diff old.kg new.kg",
)
@click.argument("first")
@click.argument("second")
@store_option
@table_option
def command(first: str, second: str, store: Location, form: str) -> int:
    """Show what changed between two dates, or two stores.

    What came after the first date until the second, or what the second store has and the first has not.
    Papers, things, results and comparisons are told, each when it was first seen. No difference exits with
    1.
    """
    import kg
    from kg.chronicle import diff_dates, diff_stores

    if _is_store(first) or _is_store(second):
        found = diff_stores(kg.open(first), kg.open(second))
    else:
        found = diff_dates(kg.open(store), first, second)
    if form == "table":
        print_text(f"{found.table(terminal_width())}\n" if found else "")
    else:
        print_answer(found.answer, form)
    click.echo(f"{len(found.added):,} added, {len(found.removed):,} removed", err=True)
    return 0 if found else 1


def _is_store(text: str) -> bool:
    from kg.remote import is_address

    return is_address(text) or Path(text).is_dir()
