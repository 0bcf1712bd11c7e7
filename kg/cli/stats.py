"""``kg stats``: a store -> what is in it, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option, table_option
from kg.cli.printing import print_answer, print_text

if TYPE_CHECKING:
    from kg.remote.opening import Location
    from kg.statistics import Statistics


@click.command(epilog="\b\nExamples:\n  kg stats\n  kg stats --format json\n")
@store_option
@table_option
def command(store: Location, form: str) -> int:
    """Count what is in the graph.

    Facts, nodes of each class, the first and last date, and what most papers name.
    """
    import kg
    from kg.statistics import count

    statistics = count(kg.open(store))
    if form == "table":
        print_text(_write(statistics))
    else:
        print_answer(statistics.answer, form)
    return 0


def _write(statistics: Statistics) -> str:
    from kg.sparql.tables import layout

    blocks = [
        f"{statistics.facts:,} facts, {statistics.first} to {statistics.last}",
        layout(("class", "number"), [[name, f"{n:,}"] for name, n in statistics.classes]),
        *(
            layout((f"top {section}", "papers"), [[name, f"{n:,}"] for name, n in names])
            for section, names in statistics.top
        ),
    ]
    return "\n\n".join(blocks) + "\n"
