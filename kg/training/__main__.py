"""``python -m kg.training``: learn the weights from annotated digests, and say how good they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.records import Findings
    from kg.training.cases import Case

_PATH = click.Path(exists=True, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_TABLES = ("names", "results")
_WEIGHTS = Path(__file__).parents[1] / "data" / "weights"
_SIZES = (50, 100, 200, 400, 600, 800, 1000)


def _cases_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--ids", multiple=True, type=_PATH, help="file|arXiv id -> gold id (JSON).")(
        command
    )
    command = click.option("--digests", multiple=True, required=True, type=_PATH, help="Their digests.")(
        command
    )
    command = click.option(
        "--checked", multiple=True, type=_PATH, help="More of them, which count six times for results."
    )(command)
    return click.option("--gold", multiple=True, required=True, type=_PATH, help="Annotated entries.")(
        command
    )


def _load(
    gold: tuple[Path, ...], digests: tuple[Path, ...], ids: tuple[Path, ...], checked: tuple[Path, ...]
) -> tuple[Case, ...]:
    from kg.training.cases import load_cases

    cases = load_cases(gold, digests, ids, checked)
    click.echo(f"{len(cases)} annotated entries", err=True)
    return cases


@click.group()
def training() -> None:
    """Learn from annotated digests: ``python -m kg.training learn --gold tests/gold --digests seeds``."""


@training.command()
@click.argument("tables", nargs=-1, type=click.Choice(_TABLES))
@_cases_options
@click.option(
    "--into", type=_FOLDER, default=_WEIGHTS, show_default=True, help="Where the tables are written."
)
def learn(tables: tuple[str, ...], into: Path, **sources: Any) -> None:
    """Learn the tables of weights, both by default: to judge names, and to decide on results."""
    cases = _load(**sources)
    for table in tables or _TABLES:
        for name, text in _learn(table, cases):
            (into / name).write_text(text, encoding="utf8")
            click.echo(f"wrote {into / name}", err=True)


@training.command()
@_cases_options
@click.option("--over", multiple=True, required=True, type=_PATH, help="The digests to survey.")
@click.option("--into", type=_FOLDER, default=_WEIGHTS, show_default=True, help="Where the table is written.")
def survey(over: tuple[Path, ...], into: Path, **sources: Any) -> None:
    """Survey in how many papers of many digests each spelling stands, and how often as a name.

    To be made before names are learned, which lean on it. The papers of the annotated entries do not count.
    """
    from kg.training.survey import survey as make_survey

    (into / "survey.json").write_text(make_survey(over, _load(**sources)), encoding="utf8")
    click.echo(f"wrote {into / 'survey.json'}", err=True)


def _learn(table: str, cases: tuple[Case, ...]) -> Iterator[tuple[str, str]]:
    """Learn what one table says; yield the name and the text of every file that holds it."""
    from kg.training import lessons, names, results

    if table == "names":
        yield "names.tsv", names.fit(names.collect(cases)).text
        return
    choices = results.Course(lessons.prepare(cases)).learn()
    yield "results.json", results.render(choices)
    yield "doubts.tsv", results.render_doubts(choices)


@training.command()
@_cases_options
@click.option("--parts", default=5, show_default=True, help="Cross-validation by paper in so many parts.")
@click.option("--language", type=click.Choice(["en", "ko"]))
@click.option("--bootstrap", default=0, help="95 % intervals from so many samples.")
@click.option("--errors", default=0, help="Also list up to so many mistakes.")
@click.option("--calibration", is_flag=True, help="Also say how far confidences can be trusted.")
def validate(
    parts: int, language: str | None, bootstrap: int, errors: int, calibration: bool, **sources: Any
) -> None:
    """Print cross-validated figures: each entry is judged by weights learned from other papers."""
    from kg.evaluation import find_mistakes, format_mistakes, format_table, resample, score
    from kg.training.validation import cross_validate, records_of

    found = list(cross_validate(_load(**sources), parts))
    gold, predicted = records_of(found)
    intervals = resample(gold, predicted, language, bootstrap) if bootstrap else {}
    click.echo(format_table(score(gold, predicted, language), intervals))
    if calibration:
        _print_calibration(found)
    if errors:
        click.echo(format_mistakes(find_mistakes(gold, predicted, language), errors))


def _print_calibration(found: list[tuple[Case, Findings]]) -> None:
    from kg.training.calibration import format_curve, judge_comparisons, judge_results
    from kg.training.reliability import measure_calibration, sort_in_bins

    wanted = sum(len(case.gold.results) for case, _ in found)
    outdone = sum(len(case.gold.outperforms) for case, _ in found)
    for what, stated, there in (
        ("results", judge_results(found), wanted),
        ("comparisons", judge_comparisons(found), outdone),
    ):
        click.echo(f"\n{what}: calibration error {measure_calibration(sort_in_bins(stated)):.3f}")
        click.echo(format_curve(stated, there))


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
