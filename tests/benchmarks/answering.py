"""Every example of every kind of question -> what its answer costs on the store of the corpus."""

from __future__ import annotations

import time
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

import kg
from kg.errors import KgError
from kg.questions.grammar import LANGUAGES, load_questions
from kg.sparql.queries import run
from tests.benchmarks.ratios import Ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.benchmarks.workshop import Workshop

COUNTING = "SELECT (COUNT(*) AS ?statements) WHERE { ?subject ?predicate ?object }"


def ask_every_kind(shop: Workshop) -> Iterator[Ratio]:
    """Compare the dearest question with counting all statements: one far above it reads them all."""
    graph = kg.open(shop.store)
    counting = _spend(partial(run, graph.store.graph, COUNTING))
    wordings = (q.wordings[language] for q in load_questions().values() for language in LANGUAGES)
    examples = [example for wording in wordings for example in wording.examples]
    spent = {example: _spend(partial(_ask, graph, example)) for example in examples}
    dearest = max(spent, key=lambda example: spent[example])
    middle = median(spent.values())
    yield Ratio(
        what=f"the dearest of {len(spent)} questions",
        against="counting all statements",
        measured=spent[dearest] / counting,
        figures=f"{spent[dearest]:.2f} : {counting:.2f} CPU-s, {dearest!r}; median {middle:.3f}",
    )


def _ask(graph: kg.Graph, question: str) -> None:
    try:
        graph.ask(question).write("table")
    except KgError:
        return  # about a name that these digests do not have: looking for it counts as well


def _spend(job: Callable[[], object]) -> float:
    """Return the processor seconds that a job takes in this process."""
    since = time.process_time()
    job()
    return time.process_time() - since
