"""The benchmark suite: its table, its made-up graph and its copies are what they say; nothing is timed."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from kg.rdf.ntriples import line
from kg.readers import read_digest
from kg.sparql.queries import run
from kg.store import Store
from tests.benchmarks.__main__ import MEASUREMENTS
from tests.benchmarks.ratios import Ratio
from tests.benchmarks.scaling import draw, rename_entry
from tests.benchmarks.scholarly import PAIRS, QUERIES, make_graph, write_pages
from tests.benchmarks.spending import spend, spend_around, spend_in_turns
from tests.benchmarks.workshop import Workshop
from tests.factories import make_entry

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("measured", "more", "verdict"),
    [(1, False, "aim"), (2, False, "ok"), (4, False, "MISSED"), (4, True, "aim"), (0.5, True, "MISSED")],
)
def test_a_ratio_says_which_bar_it_passes(measured: float, more: bool, verdict: str) -> None:
    must, aim = (1, 3) if more else (3, 1)
    ratio = Ratio(what="a", against="b", measured=measured, must=must, aim=aim, more=more)
    assert ratio.verdict == verdict


def test_every_measurement_says_what_it_does() -> None:
    assert all(measure.__doc__ for measure in MEASUREMENTS.values())


def test_a_made_up_graph_answers_every_query() -> None:
    statements = set(make_graph(200))
    assert 130 < len(statements) / 200 < 165
    store = Store(None, writing=True)
    store.replace(write_pages(statements))
    assert all(len(run(store.graph, query)) for query in (*QUERIES.values(), PAIRS))


def test_the_made_up_graph_is_always_the_same() -> None:
    one, other = ("".join(map(line, make_graph(30))) for _ in range(2))
    assert one == other


def test_a_copy_of_an_entry_has_other_names_and_is_read_back() -> None:
    entry = make_entry("RocketNet 2", "RocketNet reaches 80% on MATH-500.", arxiv="2501.00001")
    texts = [json.dumps([rename_entry(entry, copy)]) for copy in range(3)]
    (first,), (second,), (third,) = (read_digest(text, "a.json").entries for text in texts)
    assert (first.title, first.arxiv) == ("RocketNet 2", "2501.00001")
    assert len({first.arxiv, second.arxiv, third.arxiv}) == 3
    assert second.text == "RocketNetQb reaches 80% on MATH-500Qb."


def test_a_list_beside_the_digests_is_not_measured(tmp_path: Path) -> None:
    (corpus := tmp_path / "corpus" / "daily").mkdir(parents=True)
    for place in (corpus / "2025-01-01.json", corpus.parent / "entries.json"):
        place.write_text('[{"paper": {"id": "2501.00001", "title": "RocketNet", "summary": "It flies."}}]')
    shop = Workshop(corpus.parent, tmp_path / "work")
    assert [path.name for path in shop.corpus.rglob("*.json")] == ["2025-01-01.json"]
    assert shop.words == 3


def test_a_plot_has_a_point_for_each_size() -> None:
    assert draw([(100, 1.0), (200, 2.0), (400, 4.1)]).count("<circle") == 3


def test_spending_counts_processor_time_and_memory(tmp_path: Path) -> None:
    spent = spend([sys.executable, "-c", "print(sum(range(10**6)))"])
    assert spent.cpu > 0 < spent.peak
    assert spent.output == "499999500000\n"
    one, other = spend_in_turns(*([sys.executable, "-c", f"print({n})"] for n in (1, 2)), turn=0.05)
    assert (one.output, other.output) == ("1\n", "2\n")
    assert one.cpu > 0 < other.cpu
    command = [sys.executable, "-c", "import time; time.sleep(0.3); print(3)"]
    around, found = spend_around(command, lambda: 2.0, every=0.05)
    assert (around.output, set(found)) == ("3\n", {2.0})
    failing = [sys.executable, "-c", "raise SystemExit(3)"]
    with pytest.raises(SystemExit, match="failed with 3"):
        spend_in_turns(failing, [sys.executable, "-c", "import time; time.sleep(60)"], turn=0.05)
    with pytest.raises(SystemExit, match="failed with 3"):
        spend(failing)
