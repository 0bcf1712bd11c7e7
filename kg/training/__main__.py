"""``python -m kg.training``: learn the weights from annotated digests, and say how good they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.training.cases import Case

_PATH = click.Path(exists=True, path_type=Path)
_SIZES = (50, 100, 200, 400, 600, 800, 1000)


def _cases_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--ids", multiple=True, type=_PATH, help="file|arXiv id -> gold id (JSON).")(
        command
    )
    command = click.option("--digests", multiple=True, required=True, type=_PATH, help="Their digests.")(
        command
    )
    return click.option("--gold", multiple=True, required=True, type=_PATH, help="Annotated entries.")(
        command
    )


def _load(gold: tuple[Path, ...], digests: tuple[Path, ...], ids: tuple[Path, ...]) -> tuple[Case, ...]:
    from kg.training.cases import load_cases

    cases = load_cases(gold, digests, ids)
    click.echo(f"{len(cases)} annotated entries", err=True)
    return cases


@click.group()
def training() -> None:
    """Learn from annotated digests: ``python -m kg.training learn --gold tests/gold --digests seeds``."""


@training.command()
@_cases_options
def learn(**sources: Any) -> None:
    """Print the weights of the judge of names (for kg/data/weights/names.tsv)."""
    from kg.training.names import collect, fit, render

    click.echo(render(fit(collect(_load(**sources)))), nl=False)


@training.command()
@_cases_options
@click.option("--parts", default=5, show_default=True, help="Cross-validation by paper in so many parts.")
@click.option("--language", type=click.Choice(["en", "ko"]))
@click.option("--bootstrap", default=0, help="95 % intervals from so many samples.")
@click.option("--errors", default=0, help="Also list up to so many mistakes.")
def validate(parts: int, language: str | None, bootstrap: int, errors: int, **sources: Any) -> None:
    """Print cross-validated figures: each entry is judged by weights learned from other papers."""
    from kg.evaluation import find_mistakes, format_mistakes, format_table, resample, score
    from kg.training.validation import cross_validate, records_of

    gold, predicted = records_of(list(cross_validate(_load(**sources), parts)))
    intervals = resample(gold, predicted, language, bootstrap) if bootstrap else {}
    click.echo(format_table(score(gold, predicted, language), intervals))
    if errors:
        click.echo(format_mistakes(find_mistakes(gold, predicted, language), errors))


@training.command()
@_cases_options
def curve(**sources: Any) -> None:
    """Print the learning curve: figures on a fifth of the papers by the number of entries learned from."""
    from kg.training.validation import draw_curve

    for size, table in draw_curve(_load(**sources), _SIZES):
        core, own = table["core entities"].f1, table["introduced, of any kind"].f1
        click.echo(f"{size:5d} entries: core {core:.3f}, introduced {own:.3f}")


@training.command()
@_cases_options
@click.option("--parts", default=5, show_default=True, help="Cross-validation by paper in so many parts.")
def reliability(parts: int, **sources: Any) -> None:
    """Print how often names of each confidence are right, judged by weights learned from other papers."""
    from kg.training.reliability import format_reliability, judge_names
    from kg.training.validation import cross_validate

    click.echo(format_reliability(list(judge_names(cross_validate(_load(**sources), parts)))))


if __name__ == "__main__":
    training()
