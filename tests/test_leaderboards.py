"""Leaderboards become plots and a page: escaped, without the network, the same bytes for the same results."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import UsageError
from kg.leaderboards import draw_board, rank, rank_all, render_boards, tabulate
from kg.records import Findings, Kind, Observation
from kg.sparql.answers import show_term
from tests.factories import make_entity, make_entry, make_graph, make_result
from tests.gold_graph import make_gold_graph

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(1)</script>"&'


@cache
def boards():
    return rank_all(make_gold_graph())


def _rename(board, **cells):
    """The board with other texts in some columns of every row."""
    proven = [
        one._replace(
            row=tuple(
                ox.Literal(cells[column]) if column in cells else term
                for column, term in zip(board.columns, one.row, strict=True)
            )
        )
        for one in board.proven
    ]
    return replace(board, proven=tuple(proven))


def test_every_result_on_a_benchmark_stands_on_one_board():
    query = (
        "SELECT DISTINCT ?result { ?result kg:benchmark ?b ; prov:wasDerivedFrom ?e . ?p kg:reports ?result }"
    )
    assert sum(len(board.rows) for board in boards()) <= len(make_gold_graph().query(query).rows)
    assert len({(b.title, b.unit) for b in boards()}) == len(boards())
    assert [b.benchmark.casefold() for b in boards()] == sorted(b.benchmark.casefold() for b in boards())


def test_all_scores_of_one_benchmark_and_metric_name_one_leaderboard():
    query = """SELECT ?board ?benchmark ?metric {
        ?score a kg:Score ; kg:benchmark ?benchmark ; kg:metric|kg:impliedMetric ?metric
        OPTIONAL { ?score kg:leaderboard ?board } }"""
    named = {
        (board and board.value, "/".join(node.value.rpartition("/")[2] for node in nodes))
        for board, *nodes in make_gold_graph().query(query).rows
    }
    assert len(named) > 5
    assert all(board == expected for board, expected in named)


def test_a_gain_stands_on_no_leaderboard():
    gains = "SELECT ?gain { ?gain a kg:Gain ; kg:benchmark ?b ; kg:metric ?m }"
    assert make_gold_graph().query(gains).rows
    assert not make_gold_graph().query("SELECT ?gain { ?gain a kg:Gain ; kg:leaderboard ?board }").rows


def test_a_place_says_who_reports_it():
    board = next(b for b in rank(make_gold_graph(), "OSWorld") if b.kind == "score")
    by = {place.system: place.by for place in board.places}
    assert by == {"UI-TARS": "first party", "Claude": "third party"}


def test_two_values_of_one_system_on_one_board_are_disputed():
    board = next(b for b in rank(make_gold_graph(), "OSWorld") if b.kind == "score")
    whole = replace(board, proven=tuple(p for b in rank(make_gold_graph(), "OSWorld") for p in b.proven))
    assert len({p.value for p in whole.places if p.system == "UI-TARS"}) == 2
    assert all(p.disputed for p in whole.places if p.system == "UI-TARS")
    assert "disputed" in whole.table()


def _report(sentence: str, raw: str, arxiv: str, model: str, metric: str = "accuracy", **fields):
    """An entry that reports one result on HillBench."""
    entry = make_entry(f"On {arxiv}", sentence, digest="2025-01-23.md", arxiv=arxiv, date="2025-01-23")
    entities = [make_entity(entry, model, Kind.MODEL), make_entity(entry, "HillBench", Kind.BENCHMARK)]
    entities += [make_entity(entry, metric, Kind.METRIC)] if metric in sentence else []
    slots = {"system": 0, "benchmark": 1, "metric": 2 if len(entities) > 2 else None, **fields}
    findings = Findings(entities=tuple(entities), results=(make_result(entry, sentence, raw, **slots),))
    return Observation(entry=entry, findings=findings)


def test_a_fraction_ranks_as_the_percentage_it_is_and_a_size_parts_nothing():
    asked = make_graph([
        _report("Alpha reaches 0.94 accuracy on HillBench.", "0.94", "2501.00001", "Alpha"),
        _report("Beta reaches 93% accuracy on HillBench.", "93%", "2501.00002", "Beta"),
        _report("Gamma reaches 12.5% accuracy on HillBench.", "12.5%", "2501.00003", "Gamma", setting="7B"),
        _report("Delta reaches 99% accuracy on HillBench.", "99%", "2501.00004", "Delta", setting="5-shot"),
        _report("Eta gains 0.5 accuracy on HillBench.", "0.5", "2501.00005", "Eta", kind="gain"),
    ])  # fmt: skip
    board, *others = rank(asked, "HillBench")
    told = [(place.value, place.number, place.sized) for place in board.places]
    assert told == [("0.94", 94.0, "Alpha"), ("93%", 93.0, "Beta"), ("12.5%", 12.5, "Gamma (7B)")]
    assert [(b.setting, b.kind) for b in others] == [("5-shot", "score"), ("", "gain")]
    assert others[1].places[0].number == 0.5
    best = asked.ask("best on HillBench")
    at = best.columns.index("value")
    assert [show_term(row[at]) for row in best.rows] == ["99", "0.94", "93", "12.5", "0.5"]


def test_what_is_no_fraction_of_percentages_is_ranked_as_it_stands():
    lower = make_graph([
        _report("Alpha has an FID of 0.43 on HillBench.", "0.43", "2501.00001", "Alpha", metric="FID"),
        _report("Beta has an FID of 6.2% on HillBench.", "6.2%", "2501.00002", "Beta", metric="FID"),
        _report("Gamma has an FID of 9.5 on HillBench.", "9.5", "2501.00003", "Gamma", metric="FID"),
    ])  # fmt: skip
    errors = make_graph([
        _report("Alpha has a WER of 0.0199 on HillBench.", "0.0199", "2501.00001", "Alpha", metric="WER"),
        _report("Beta has a WER of 1.17% on HillBench.", "1.17%", "2501.00002", "Beta", metric="WER"),
    ])  # fmt: skip
    rewards = make_graph([
        _report("Alpha has a reward of 0.8 on HillBench.", "0.8", "2501.00001", "Alpha", metric="reward"),
        _report("Beta has a reward of 1.5 on HillBench.", "1.5", "2501.00002", "Beta", metric="reward"),
        _report("Gamma reaches 50% accuracy on HillBench.", "50%", "2501.00003", "Gamma"),
    ])  # fmt: skip
    for asked, numbers in ((lower, [0.43, 6.2, 9.5]), (errors, [1.17, 1.99]), (rewards, [1.5, 0.8])):
        assert [place.number for place in rank(asked, "HillBench")[0].places] == numbers


def test_results_that_stand_alone_come_last_in_one_table():
    asked = rank(make_gold_graph(), "OSWorld")
    lone = [board for board in asked if len(board.rows) == 1]
    told = tabulate((*lone, *asked, *lone))
    assert told.count("rank  value") == len(asked) - len(lone)
    assert told.count("that no other compares with") == bool(lone)
    one = next(board for board in boards() if len(board.rows) == 1)
    assert tabulate((one,)) == f"{one.table()}\n"
    assert "2 results that no other compares with" in tabulate((one, replace(one, benchmark="Else")))
    assert "Else: " in tabulate((one, replace(one, benchmark="Else")))


def test_the_plot_steps_up_with_the_best():
    board = max(boards(), key=lambda b: (b.kind == "score", len(b.rows)))
    picture = ET.fromstring(draw_board(board))
    assert len(picture.findall(f".//{SVG}circle")) == len([p for p in board.places if p.date])
    assert board.title in "".join(picture.itertext())
    assert draw_board(board) == draw_board(board)


@pytest.mark.parametrize("days", [(1, 1), (1, 2), (1, 27, 28), (1, 2, 3, 4, 5, 15, 26, 27, 28)])
def test_the_dates_of_a_plot_have_room(days):
    board = boards()[0]
    dated = [_rename(board, date=f"2025-01-{day:02}").proven[0] for day in days]
    picture = ET.fromstring(draw_board(replace(board, proven=tuple(dated))))
    written = [text for text in picture.iter(f"{SVG}text") if (text.text or "").startswith("2025-01-")]
    places = [float(text.get("x", "")) for text in written]
    assert all(right - left >= 75 for left, right in pairwise(places))
    assert {text.text for text in written} >= {f"2025-01-{day:02}" for day in (days[0], days[-1])}


def test_a_plot_needs_a_date():
    with pytest.raises(UsageError, match="no result has a date"):
        draw_board(_rename(boards()[0], date=""))


def test_hostile_names_are_text_in_the_plot():
    board = _rename(boards()[0], system=HOSTILE, paper=HOSTILE, date="2025-01-23")
    picture = ET.fromstring(draw_board(replace(board, benchmark=HOSTILE)))
    assert not picture.findall(f".//{SVG}script")


def test_the_page_asks_for_nothing_and_runs_nothing():
    board = _rename(boards()[0], system=HOSTILE, paper=HOSTILE, sentence=HOSTILE, link="javascript:alert(1)")
    page = "".join(render_boards([replace(board, benchmark=HOSTILE)]))
    assert "<script" not in page
    assert "javascript:" not in re.findall(r'href="([^"]*)"', page)
    assert "default-src 'none'" in page
    assert not re.findall(r'(?:src|href)="(?!#|https?://)', page)


def test_the_page_has_every_board():
    page = "".join(render_boards(boards()))
    assert page.count("<h3>") == len(boards())
    assert page.count("<tr><td>") == sum(len(board.rows) for board in boards())
    links = set(re.findall(r'<a href="(https?://[^"]+)"', page))
    assert links == {place.link for board in boards() for place in board.places}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("boards")
    digest = folder / "2025-01-23.md"
    text = "On MATH-500, DeepSeek-R1 reaches 97.3% Pass@1."
    digest.write_text(
        "## Papers for 2025-01-23\n\n| Title | Authors | Summary |\n|---|---|---|\n"
        f"| DeepSeek-R1: Reasoning ([arXiv](https://arxiv.org/abs/2501.12948)) | A B | {text} |\n",
        encoding="utf8",
    )
    result = CliRunner().invoke(cli, ["build", str(digest), "--store", str(folder / "kg")])
    assert result.exit_code == 0, result.output
    return folder / "kg"


def test_the_command_writes_a_page_and_a_plot(store, tmp_path):
    page, plot = tmp_path / "boards.html", tmp_path / "math.svg"
    runner = CliRunner()
    assert not runner.invoke(cli, ["leaderboard", "--all", "-o", str(page), "--store", str(store)]).exit_code
    assert "97.3%" in page.read_text("utf8")
    drawn = runner.invoke(cli, ["leaderboard", "MATH-500", "--plot", str(plot), "--store", str(store)])
    assert "DeepSeek-R1" in drawn.output
    assert plot.read_text("utf8").startswith("<svg")


def test_the_command_writes_a_page_of_one_benchmark_too(store, tmp_path):
    page = tmp_path / "one.html"
    done = CliRunner().invoke(cli, ["leaderboard", "MATH-500", "-o", str(page), "--store", str(store)])
    assert done.exit_code == 0
    assert "MATH-500" in done.output
    assert page.read_text("utf8").count("<section") == 1


def test_the_command_wants_a_benchmark_and_an_svg(store, tmp_path):
    runner = CliRunner()
    none = runner.invoke(cli, ["leaderboard", "--store", str(store)])
    assert isinstance(none.exception, UsageError)
    wrong = runner.invoke(
        cli, ["leaderboard", "MATH-500", "--plot", str(tmp_path / "a.png"), "--store", str(store)]
    )
    assert isinstance(wrong.exception, UsageError)


def test_the_first_board_of_a_table_is_the_one_that_is_drawn():
    first = rank(make_gold_graph(), "MATH-500")[0]
    assert show_term(first.rows[0][first.columns.index("value")]) in draw_board(first)
