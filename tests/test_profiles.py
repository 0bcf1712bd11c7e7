"""A thing is shown with its links and the sentences about it; results are ranked; the graph is counted."""

from __future__ import annotations

from functools import cache

import pytest

from kg.errors import UnknownNameError
from kg.leaderboards import join, rank
from kg.profiles import describe
from kg.sparql.answers import show_term
from kg.statistics import count
from tests.factories import make_graph, said_observation
from tests.gold_graph import make_gold_graph


@cache
def graph():
    return make_graph()


def test_a_model_is_shown_with_what_it_beats_and_who_says_so():
    (profile,) = describe(graph(), "deepseek r1")
    links = dict(profile.links)
    assert profile.kind == "model"
    assert links["introduced by"] == ("DeepSeek-R1: Reasoning by Reward",)
    assert any("o1" in name for name in links["outperforms"])
    assert any("79.8%" in result for result in profile.results)
    said = [q for q in profile.quotations if "«DeepSeek-R1»" in q.marked]
    assert said
    assert all(q.rule == "names" and q.confidence == "0.9" for q in said)
    assert any(q.marked.startswith("«") and "79.8%" in q.marked for q in profile.quotations)


def test_both_sides_of_a_comparison_know_it():
    (profile,) = describe(graph(), "OpenAI-o1-mini")
    assert dict(profile.links)["outperformed by"] == ("DeepSeek-R1",)


def test_what_is_said_of_things_themselves_is_shown_on_both_sides():
    said = make_graph([said_observation()])
    shown = {name: dict(describe(said, name)[0].links) for name in ("Rocket-7B", "Hillside Labs", "Climbing")}
    assert shown["Rocket-7B"]["developed by"] == ("Hillside Labs",)
    assert shown["Rocket-7B"]["trained on"] == ("HillSet",)
    assert shown["Rocket-7B"]["weights"] == ("not open",)
    assert shown["Rocket-7B"]["parameters"] == ("7,000,000,000",)
    assert shown["Hillside Labs"]["develops"] == ("Rocket-7B",)
    assert shown["Climbing"]["measured by"] == ("HillBench",)


def test_a_paper_is_shown_with_its_authors():
    (profile,) = describe(graph(), "2501.12948")
    assert {"Ada Example", "DeepSeek-AI"} <= set(dict(profile.links)["authors"])


def test_the_newest_papers_and_evidence_come_first():
    (profile, *_) = describe(gold := make_gold_graph(), "GRPO")
    dates = [quotation.evidence.date for quotation in profile.quotations]
    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) > 1
    ids = {
        str(row[1]): str(row[0])
        for row in gold.query("SELECT ?id ?t { ?p fabio:hasArXivId ?id ; dcterms:title ?t }").rows
    }
    used = [ids[f'"{title}"'] for title in dict(profile.links)["used by"]]
    assert used == sorted(used, reverse=True)
    assert len(used) > 1


def test_an_unknown_name_is_not_shown():
    with pytest.raises(UnknownNameError) as caught:
        describe(graph(), "DeepSik-R1")
    assert "DeepSeek-R1" in caught.value.nearest


def test_the_higher_score_leads_and_gains_stand_apart():
    boards = rank(make_gold_graph(), "MATH-500")
    values = [
        [show_term(row[b.columns.index("value")]) for row in b.rows] for b in boards if b.kind == "score"
    ]
    assert all(v == sorted(v, key=float, reverse=True) for v in values)
    assert {b.kind for b in boards} == {"score", "gain"}
    assert [b.kind for b in boards] == sorted((b.kind for b in boards), reverse=True)
    assert all("97.3" not in str(b) for b in boards if b.kind == "gain")


def test_the_lower_value_leads_where_lower_is_better():
    reply = make_gold_graph().ask("best FID")
    values = [float(show_term(row[1])) for row in reply.rows if show_term(row[4]) == "score"]
    assert len(values) > 2
    assert values == sorted(values)


def test_a_metric_picks_its_leaderboard():
    boards = rank(make_gold_graph(), "MATH-500", "Pass@1")
    assert {b.metric for b in boards} == {"Pass@1"}
    assert show_term(join(boards).rows[0][0]) == "1"
    with pytest.raises(UnknownNameError):
        rank(make_gold_graph(), "MATH-500", "Pass@77x")


def test_the_graph_is_counted():
    statistics = count(graph())
    classes = dict(statistics.classes)
    assert classes["Paper"] == 3
    assert statistics.facts == len(graph())
    assert statistics.first == statistics.last == "2025-01-23"
    assert dict(statistics.top)["methods"] == (("reinforcement learning", 1),)
