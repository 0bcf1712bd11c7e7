"""``kg ask``: a question in English or Korean -> its reply on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option, store_option
from kg.cli.printing import print_text, terminal_width

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog="\b\nExamples:\n"
    '  kg ask "which papers report MATH-500?"\n'
    '  kg ask "best on AIME 2024" --format csv\n'
    '  kg ask "GRPO를 쓰는 논문은?" --sparql\n',
)
@click.argument("question", nargs=-1, required=True)
@store_option
@format_option
@click.option("--sparql", is_flag=True, help="Print the query that answers it, and do nothing else.")
def command(question: tuple[str, ...], store: Path, form: str, sparql: bool) -> int:
    """Answer a question in English or Korean.

    An unknown name gets the nearest known ones, a question that is not understood the nearest ones that are.
    Both, and a question that has no answer, exit with 1.
    """
    import kg
    from kg.errors import NotUnderstoodError, UnknownNameError

    try:
        reply = kg.open(store).ask(" ".join(question))
    except (UnknownNameError, NotUnderstoodError) as error:
        click.echo(str(error), err=True)
        return 1
    if sparql:
        print_text(f"{reply.sparql}\n")
        return 0
    for line in (reply.understood, *reply.notes):
        click.echo(line, err=True)
    print_text(reply.write(form, terminal_width()))
    return 0 if reply else 1
