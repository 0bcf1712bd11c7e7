"""What happened in a graph: by thing, by pair, between two dates or two stores, since a day."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from msgspec import structs

import kg
from kg.chronicle import compare, diff_dates, diff_stores, find_new, trace, write_atom, write_markdown
from kg.cli import cli
from kg.errors import UnknownNameError, UsageError
from kg.records import Kind
from tests.factories import make_entity, make_entry, make_graph, make_result, sample_observations
from tests.gold_graph import make_gold_graph
from tests.test_pipeline import digest

BARE = """| Date | Title | Abstract |
|------|-------|----------|
| 4th March 2025 | HillBench: A Benchmark for Rockets | We introduce HillBench. |
"""
ATOM = "{http://www.w3.org/2005/Atom}"
PARTS = ("id", "title", "updated", "link", "summary")
HOSTILE = '<script>alert("1")</script> [x](javascript:y) & `z`'


@cache
def graph():
    return make_gold_graph()


def test_a_timeline_runs_from_the_first_day_to_the_last():
    timeline = trace(graph(), "MATH-500")
    dates = [event.date for event in timeline.events]
    assert dates == sorted(dates)
    assert {"result", "mention"} <= {event.what for event in timeline.events}
    assert any("DeepSeek-R1 97.3%" in event.told for event in timeline.events)
    assert all(event.sentence for event in timeline.events)


def test_a_timeline_tells_comparisons():
    told = [event.told for event in trace(graph(), "PPO").events if event.what == "comparison"]
    assert told == ["REINFORCE++ > PPO"]


def test_nobody_has_a_timeline():
    with pytest.raises(UnknownNameError):
        trace(graph(), "XYZ-9000")


def test_two_systems_stand_side_by_side():
    found = compare(graph(), "UI-TARS", "Claude")
    (side,) = found.sides
    assert (side.benchmark, side.one, side.other) == ("OSWorld", "24.6, 22.7", "22, 14.9")
    assert [(s.better, s.worse) for s in found.statements] == [("UI-TARS", "Claude")]
    assert found.answer.columns[3:5] == ("one", "other")


def test_sides_swap_with_the_names():
    one, other = (
        compare(graph(), "UI-TARS", "Claude").sides[0],
        compare(graph(), "Claude", "UI-TARS").sides[0],
    )
    assert (one.one, one.other) == (other.other, other.one)


def test_the_value_of_a_variant_has_its_name():
    variant = "DeepSeek-R1-Distill-Qwen-32B"
    (side,) = [s for s in compare(graph(), "DeepSeek-R1", variant).sides if "72.6" in s.other]
    assert side.other == "72.6%"
    assert side.one.endswith(f"72.6% ({variant})")


def test_what_has_nothing_in_common_is_not_compared():
    assert not compare(graph(), "FilmAgent", "Kimi k1.5")


def test_a_difference_of_dates_has_what_came_between():
    found = diff_dates(graph(), "2025-01-28", "2025-01-30")
    assert not found.removed
    papers = [s.node.rpartition("/")[2] for s in found.added if s.kind == "paper"]
    assert sorted(papers) == ["2501.17703", "2501.18492"]
    assert all("2025-01-28" < s.first <= "2025-01-30" for s in found.added)


def test_differences_of_neighbouring_spans_add_up():
    whole = diff_dates(graph(), "2025-01-20", "2025-01-30").added
    first, second = (
        diff_dates(graph(), "2025-01-20", "2025-01-23"),
        diff_dates(graph(), "2025-01-23", "2025-01-30"),
    )
    assert sorted(whole) == sorted((*first.added, *second.added))


@pytest.mark.parametrize(("first", "second"), [("soon", "2025-01-30"), ("2025-01-30", "2025-01-20")])
def test_a_difference_needs_dates_in_order(first, second):
    with pytest.raises(UsageError):
        diff_dates(graph(), first, second)


def test_a_difference_of_stores_goes_both_ways():
    observed = sample_observations()
    small, large = make_graph(observed[:1]), make_graph(observed)
    there, back = diff_stores(small, large), diff_stores(large, small)
    assert there.added == back.removed
    assert there.removed == back.added == ()
    assert not diff_stores(large, large)
    assert {s.kind for s in there.added} >= {"paper", "method"}


def test_a_difference_shows_what_is_another_node_by_now(tmp_path):
    """A title without a link is a paper of its own until a digest links that title to an arXiv id."""
    bare, linked = tmp_path / "bare", tmp_path / "linked"
    for folder in (bare, linked):
        folder.mkdir()
        (folder / "2025-03-04.md").write_text(BARE, "utf8")
    digest(linked, "2025-03-05.md", day="2025-03-05")
    difference = diff_stores(kg.build([bare]), kg.build([linked]))
    assert [(s.kind, s.node.rpartition("/")[2]) for s in difference.replaced] == [("paper", "2503.01234")]
    assert not {s.node for s in difference.removed} & {s.node for s in difference.replaced}
    assert "=" in {mark for mark, *_ in [row.split() for row in str(difference).splitlines() if row.strip()]}


def test_new_is_what_was_not_seen_before():
    new = find_new(graph(), "2025-01-24")
    assert (new.since, new.until) == ("2025-01-24", "2025-01-30")
    ids = {paper.node.rpartition("/")[2] for paper in new.papers}
    assert {"2501.18492", "2501.13918"} <= ids
    assert not {"2501.12948", "2412.15118"} & ids
    assert [p.date for p in new.papers] == sorted((p.date for p in new.papers), reverse=True)
    assert {"Video-MMMU", "HLE"} <= {thing.name for thing, _ in new.brought if thing.kind == "benchmark"}
    assert all(thing.sentence for thing, _ in new.brought)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Rockets land badly. We introduce HillBench, on landing.", "We introduce HillBench, on landing."),
        ("HillBench is hard. On HillBench all fail. To see why, we present HillBench.", "To see why, we"),
        ("All fail on HillBench. Rockets fail. HillBench tells why.", "All fail on HillBench."),
        ("로켓은 HillBench에서 실패한다. 이에 HillBench를 제안한다.", "이에 HillBench를 제안한다."),
    ],
)
def test_what_is_new_is_told_in_the_sentence_that_introduces_it(text: str, quoted: str):
    entry = make_entry("HillBench", text, digest="2025-01-23.md", date="2025-01-23", arxiv="2501.00001")
    bench = make_entity(entry, "HillBench", Kind.BENCHMARK, introduced=True)
    first = sample_observations()[0]
    findings = structs.replace(first.findings, entities=(bench,), results=(), comparisons=(), relations=())
    observed = structs.replace(first, entry=entry, findings=findings)
    ((brought, _),) = find_new(make_graph([observed]), "2025-01-23").brought
    assert brought.sentence.startswith(quoted)


def _score(day: str, arxiv: str, value: str):
    """An entry of a day in which a system of its own reaches a value on one benchmark."""
    text = f"On Foo-Bench, Model-{arxiv[-1]} reaches {value}%."
    entry = make_entry(f"Paper {arxiv}", text, digest=f"{day}.md", arxiv=arxiv, date=day)
    system = make_entity(entry, f"Model-{arxiv[-1]}", Kind.MODEL, introduced=True)
    bench = make_entity(entry, "Foo-Bench", Kind.BENCHMARK)
    result = make_result(entry, text, f"{value}%", system=0, benchmark=1)
    first = sample_observations()[0]
    findings = structs.replace(
        first.findings, entities=(system, bench), results=(result,), comparisons=(), relations=()
    )
    return structs.replace(first, entry=entry, findings=findings)


def test_a_record_is_better_than_all_before_it():
    rising = make_graph([_score("2025-01-01", "2501.00001", "50"), _score("2025-01-09", "2501.00002", "60")])
    (record,) = find_new(rising, "2025-01-05").records
    assert (record.place.value, record.before.value) == ("60%", "50%")
    assert "60%" in write_markdown(find_new(rising, "2025-01-05"))
    falling = make_graph([_score("2025-01-01", "2501.00001", "50"), _score("2025-01-09", "2501.00002", "40")])
    assert not find_new(falling, "2025-01-05").records


def test_the_newsletter_links_every_paper_and_quotes_every_thing():
    new = find_new(graph(), "this week")
    text = write_markdown(new)
    assert all(f"]({paper.link})" in text for paper in new.papers)
    assert text.count("\n  > ") == len(new.brought) + len(new.records)
    assert write_markdown(new) == text


def test_the_feed_is_atom():
    new = find_new(graph(), "2025-01-24")
    feed = ET.fromstring(write_atom(new))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(new.papers)
    for entry in entries:
        assert all(
            entry.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated", "link", "summary")
        )
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert feed.findtext(f"{ATOM}updated") == "2025-01-30T00:00:00Z"


def test_hostile_titles_stay_text():
    new = find_new(graph(), "2025-01-30")
    hostile = replace(new, papers=(replace(new.papers[0], title=HOSTILE, link="javascript:alert(1)"),))
    assert ET.fromstring(write_atom(hostile)).find(f"{ATOM}entry/{ATOM}link") is None
    markdown = write_markdown(hostile)
    assert not re.search(r"(?<!\\)\]\(javascript", markdown)
    assert "<script" not in markdown


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chronicle")
    digest = folder / "2025-01-23.md"
    digest.write_text(
        "## Papers for 2025-01-23\n\n| Title | Authors | Summary |\n|---|---|---|\n"
        "| DeepSeek-R1: Reasoning ([arXiv](https://arxiv.org/abs/2501.12948)) | A B | On MATH-500, "
        "DeepSeek-R1 reaches 97.3% Pass@1 and outperforms OpenAI-o1-mini. |\n",
        encoding="utf8",
    )
    result = CliRunner().invoke(cli, ["build", str(digest), "--store", str(folder / "kg")])
    assert result.exit_code == 0, result.output
    return str(folder / "kg")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["timeline", "MATH-500"], "97.3%"),
        (["timeline", "MATH-500", "--format", "csv"], "97.3"),
        (["new", "--since", "2025-01-01"], "DeepSeek-R1"),
        (["new", "--since", "this week", "--format", "atom"], "<feed"),
        (["diff", "2024-12", "2025-01"], "DeepSeek-R1"),
    ],
)
def test_the_commands_answer(store, arguments, said):
    result = CliRunner().invoke(cli, [*arguments, "--store", store], standalone_mode=False)
    assert said in result.output
    assert not result.return_value


@pytest.mark.parametrize(
    "arguments",
    [["timeline", "XYZ-9000"], ["compare", "DeepSeek-R1", "XYZ-9000"], ["diff", "2025-02", "2025-03"],
     ["new", "--since", "2025-02-01"]],
)  # fmt: skip
def test_the_commands_say_no_with_one(store, arguments):
    result = CliRunner().invoke(cli, [*arguments, "--store", store], standalone_mode=False)
    assert result.return_value == 1


def test_two_stores_are_told_apart(store):
    result = CliRunner().invoke(cli, ["diff", store, store], standalone_mode=False)
    assert result.return_value == 1
