"""``python -m tests.endurance crash``, ``... fuzz``, ``... mutate``, ``... load``, each with ``--help``."""

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


@main.command()
@click.argument("groups", nargs=-1, metavar="[GROUP]…")
@click.option(
    "--size", default=40, show_default=True, help="How many small faults for each group of modules."
)
@click.option("--seed", default=1, show_default=True)
@click.option("--jobs", default=2, show_default=True, help="How many are tried at once.")
def mutate(groups: tuple[str, ...], size: int, seed: int, jobs: int) -> None:
    """Put small faults into a copy of the code; print how many its tests see, and those they do not."""
    from tests.endurance.mutating import GROUPS
    from tests.endurance.mutating import mutate as run

    if unknown := set(groups) - GROUPS.keys():
        raise click.BadParameter(f"no group {', '.join(sorted(unknown))}; known: {', '.join(GROUPS)}")
    with tempfile.TemporaryDirectory(prefix="kg-mutate-") as place:
        run(list(groups), size, seed, jobs, Path(place))


@main.command()
@click.option("--minutes", default=2.0, show_default=True, help="How long each server is asked.")
@click.option(
    "--rival", type=click.Path(exists=True, path_type=Path), help="A Python that has rdflib-endpoint."
)
def load(minutes: float, rival: Path | None) -> None:
    """Ask kg serve as 200 clients at once, 50 more being slow or hostile; then rdflib-endpoint likewise.

    For the rival: python -m venv rival && rival/bin/pip install rdflib-endpoint oxrdflib uvicorn
    """
    from tests.endurance.loading import load as run

    with tempfile.TemporaryDirectory(prefix="kg-load-") as place:
        run(Path(__file__).resolve().parents[2] / "seeds", minutes * 60, rival, Path(place))


if __name__ == "__main__":
    main()
