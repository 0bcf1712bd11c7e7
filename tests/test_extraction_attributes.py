"""What an entry says of things themselves: its rules both ways, and what the graph makes of many entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.extraction.attributes import find_attributes
from kg.extraction.clauses import frames
from kg.extraction.cues import cues
from kg.records import Property
from tests.marked import read_marked
from tests.test_pipeline import digest

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph

SAYS = {
    "open": (Property.OPEN_WEIGHTS, True),
    "closed": (Property.OPEN_WEIGHTS, False),
    "developer": (Property.DEVELOPED_BY, True),
    "trained": (Property.TRAINED_ON, True),
    "task": (Property.FOR_TASK, True),
}
"""Table of the rule file -> what its cues say."""

CUES = [(table, cue) for table in SAYS for cue in cues("attributes", table)]


def read(*sentences: str) -> set[tuple[str, str, str | bool]]:
    """Everything that marked sentences say: thing, property, value."""
    text = read_marked(*sentences)
    names = [entity.name for entity in text.entities]
    return {
        (names[a.of], a.property.value, a.name or (a.holds if a.to is None else names[a.to]))
        for a in find_attributes(frames(text.plain, text.entities), text.entities)
    }


def says(table: str, example: str) -> bool:
    """Whether a sentence says of the thing meant what the cues of a table are about."""
    text = read_marked(example)
    place = text.meant()
    assert place is not None, example
    found = find_attributes(frames(text.plain, text.entities), text.entities)
    wanted = SAYS[table]
    return any(a.of == place[1].entity and (a.property, a.holds) == wanted for a in found)


@pytest.mark.parametrize(("table", "cue"), CUES, ids=lambda part: getattr(part, "id", part))
def test_a_cue_finds_its_examples_and_no_counter_example(table, cue):
    assert cue.finds
    assert cue.ignores
    assert [example for example in cue.finds if not says(table, example)] == []
    assert [example for example in cue.ignores if says(table, example)] == []


def test_of_models_set_against_each_other_each_is_what_it_is_called():
    found = read(
        "It beats open-source models like [Qwen2|model] and closed-source models like [GPT-4o|model]."
    )
    assert found == {("Qwen2", "openWeights", True), ("GPT-4o", "openWeights", False)}


def test_a_benchmark_is_for_every_task_of_a_list_and_a_task_has_every_benchmark_of_one():
    assert read("[HillBench|benchmark] is a benchmark for [climbing|task] and [descending|task].") == {
        ("HillBench", "forTask", "climbing"),
        ("HillBench", "forTask", "descending"),
    }
    assert read(
        "On the [climbing|task] benchmarks [HillBench|benchmark] and [PeakBench|benchmark] it wins."
    ) == {
        ("HillBench", "forTask", "climbing"),
        ("PeakBench", "forTask", "climbing"),
    }


def test_the_name_of_a_model_may_begin_with_that_of_its_maker():
    assert read("We ask [OpenAI o1|model].") == {("OpenAI o1", "developedBy", "OpenAI")}
    assert read("We ask [hill o1|model].") == set()


def test_nothing_is_said_where_nothing_is_named():
    assert (
        read("The [o1|model] solves [HillBench|benchmark].", "An open-source model for a benchmark.") == set()
    )


def values(graph: Graph, predicate: str, subject: str) -> set[str]:
    rows = graph.query(f"SELECT ?value WHERE {{ {subject} {predicate} ?value }}").rows
    return {str(row[0]) for row in rows}


def test_weights_are_open_or_not_as_most_entries_have_it(tmp_path: Path) -> None:
    said = [
        "open-source models such as LLaVA",
        "open-weight models like LLaVA",
        "proprietary models like LLaVA",
    ]
    for number, words in enumerate(said):
        text = f"HillBench is new. It outperforms {words} on HillBench."
        digest(tmp_path, f"{number}.md", title=f"Hill {number}", arxiv=f"2503.0123{number}", text=text)
    assert "true" in "".join(values(kg.build([tmp_path]), "kg:openWeights", "model:llava"))
    (tmp_path / "1.md").unlink()
    assert values(kg.build([tmp_path]), "kg:openWeights", "model:llava") == set()


def test_who_made_a_model_is_in_the_graph_as_long_as_a_digest_says_so(tmp_path: Path) -> None:
    digest(tmp_path, "a.md", text="We test OpenAI's GPT-4o on MATH-500 and GPT-4o reaches 61.5% accuracy.")
    digest(tmp_path, "b.md", title="Another Hill", arxiv="2503.01235", text="GPT-4o reaches 60% on MATH-500.")
    graph = kg.build([tmp_path / "a.md", tmp_path / "b.md"])
    assert "org/openai" in "".join(values(graph, "kg:developedBy", "model:gpt4o"))
    assert values(graph, "skos:prefLabel", "org:openai") != set()
    kg.pipeline.drop(graph.store, ["a.md"])
    assert values(graph, "kg:developedBy", "model:gpt4o") == set()
    assert values(graph, "a", "org:openai") == set()
