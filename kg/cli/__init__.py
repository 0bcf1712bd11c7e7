"""Arguments -> one public function -> what is printed; one file per command, loaded when it is called."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from kg import __version__
from kg.cli.printing import choose_colour, print_error
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "build": "Read digests and bring the graph up to date.",
    "fetch": "Fetch a day's papers from Hugging Face or arXiv.",
    "ask": "Answer a question in English or Korean.",
    "show": "Show one thing with its evidence.",
    "leaderboard": "Rank the results on a benchmark.",
    "compare": "Put two models or methods side by side.",
    "timeline": "Tell what is said about one thing, by date.",
    "new": "Tell what is new since a date, as Markdown or a feed.",
    "diff": "Show what changed between two dates, or two stores.",
    "stats": "Count what is in the graph.",
    "query": "Run a SPARQL query, or a saved one by name.",
    "serve": "Serve the graph: SPARQL endpoint, linked data, pages.",
    "view": "Write the interactive page, whole or around some names.",
    "export": "Write the graph to files, by their suffix.",
    "check": "Check the graph against its shapes and house rules.",
    "evaluate": "Measure what was found against annotated digests.",
    "curate": "Correct the graph with decisions that last.",
    "drop": "Take digests out of the graph.",
}
"""Command -> its one-line help; the command itself is ``command`` in the module of its name."""


class Commands(click.Group):  # click dictates the arguments
    """The commands by name; a command's module is imported only when it is called or its help is shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"kg.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments begin with; what is none gets the nearest one."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            _name_nearest(ctx, args[0])
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _name_nearest(ctx: click.Context, word: str) -> None:
    """Fail with the command that a word is nearest to, if it is near to any."""
    import difflib

    near = difflib.get_close_matches(word.lower(), COMMANDS, 1)
    if near:
        ctx.fail(f"there is no command {word!r}; nearest known: {near[0]}")


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExamples:\n"
    "  kg build seeds --export exports\n"
    '  kg ask "which papers report MATH-500?"\n'
    "  kg view -o graph.html\n",
)
@click.version_option(__version__, prog_name="kg")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Digests of AI papers in, a knowledge graph out: build it, ask it, look at it."""
    ctx.obj, ctx.color = debug, choose_colour()


def main() -> NoReturn:
    """Run the command line and leave with its exit code.

    0 done; 1 the answer is "no"; 2 wrong use or bad input; 3 something failed inside.
    """
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        rest = "; the graph is as it was, and the next build goes on from here"
        click.echo(f"stopped{rest if 'build' in sys.argv else ''}", err=True)
        sys.exit(130)
    except Exception as error:
        print_error(error, debug="--debug" in sys.argv)
        sys.exit(2 if isinstance(error, KgError) else 3)
