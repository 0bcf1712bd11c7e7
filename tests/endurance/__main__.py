"""``python -m tests.endurance fuzz --inputs 1000000``, ``python -m tests.endurance crash --times 200``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click


@click.group()
def main() -> None:
    """Attack for as long as you like; exits with 1 where anything broke."""


@main.command()
@click.option("--inputs", default=1_000_000, show_default=True, help="How many texts, all targets together.")
@click.option("--seed", default=1, show_default=True)
@click.option("--only", help="One target alone.")
@click.option("--keep", default=".fuzz", show_default=True, type=click.Path(path_type=Path))
@click.option("--guided", is_flag=True, help="Let coverage choose the texts; needs: pip install atheris.")
def fuzz(inputs: int, seed: int, only: str | None, keep: Path, guided: bool) -> None:
    """Feed hostile texts to every reader, the extractor, questions, queries, curation and all writers."""
    from tests.endurance.fuzzing import fuzz as run

    sys.exit(bool(run(inputs, seed, only, keep, guided=guided)))


@main.command()
@click.option("--times", default=200, show_default=True, help="How often, all operations together.")
@click.option("--seed", default=1, show_default=True)
def crash(times: int, seed: int) -> None:
    """Kill builds, drops, curation and exports at random moments; then look, and run them again."""
    from tests.endurance.crashing import crash as run

    with tempfile.TemporaryDirectory(prefix="kg-crash-") as place:
        sys.exit(bool(run(times, seed, Path(place))))


if __name__ == "__main__":
    main()
