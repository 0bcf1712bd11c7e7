"""Trees over cues, what a survey adds to the cues, and what is made of both."""

from __future__ import annotations

import pytest

from kg.extraction.forest import Forest, read_forest
from kg.extraction.judgement import KINDS, OUTPUTS, judge, judge_unnamed, load_forest
from kg.extraction.reading import read
from kg.extraction.surroundings import SURROUNDING, read_surroundings
from kg.extraction.survey import Seen, load_survey, note_survey
from kg.records import Entry, Kind, Source

SOURCE = Source(digest="digest.md", line=1, end=1)
CUES = {"head": 0.9, "list": 0.6, "words-2": 0.5}
TREES = {
    "none": "1",
    "model": "#1 -3 2",
    "benchmark": "#0 -3 #1 4 3",
    "introduced": "#0 -2 1",
}


@pytest.fixture
def forest() -> Forest:
    rows = ["what\tname\tsaid", *(f"cue\t{cue}\t{merit}" for cue, merit in CUES.items())]
    rows += [f"tree\t{output}\t{TREES.get(output, '-9')}" for output in OUTPUTS]
    return read_forest("\n".join(rows) + "\n")


def test_a_tree_asks_for_one_cue_after_the_other(forest: Forest) -> None:
    sums = forest.sum_up([set(), {"head"}, {"head", "list"}, {"list", "unheard of"}])
    assert sums[:, OUTPUTS.index("benchmark")].tolist() == [-3, 4, 3, -3]
    assert sums[:, OUTPUTS.index("model")].tolist() == [-3, -3, 2, 2]


def test_a_tree_of_too_many_leaves_is_refused() -> None:
    said = "#0 1 " * 32 + "2"
    with pytest.raises(ValueError, match="tree 1 has more than 32 leaves"):
        read_forest(f"what\tname\tsaid\ncue\ta\t1\ntree\tx\t#0 1 2\ntree\tx\t{said}\n")


def test_trees_of_one_output_add_up() -> None:
    text = "what\tname\tsaid\ncue\ta\t1\ntree\tx\t#0 1 2\ntree\tx\t#0 0.5 -4\ntree\ty\t7\n"
    assert read_forest(text).sum_up([{"a"}, set()]).tolist() == [[-2, 7], [1.5, 7]]


def test_without_a_telling_cue_nothing_is_named(forest: Forest) -> None:
    assert [verdict.kind for verdict in judge([set(), {"unheard of"}], forest)] == [None, None]


def test_an_entry_without_names_has_no_verdicts(forest: Forest) -> None:
    assert judge([], forest) == []


def test_the_text_outweighs_the_list(forest: Forest) -> None:
    listed, measured = judge([{"list"}, {"list", "head"}], forest)
    assert (listed.kind, listed.cue, listed.introduced) == (Kind.MODEL, "list", False)
    assert (measured.kind, measured.cue, measured.introduced) == (Kind.BENCHMARK, "head", True)
    assert 0.5 < measured.probability < 1


def test_the_words_around_decide_whose_a_doubted_name_is(forest: Forest) -> None:
    weighed = read_forest(forest.text + "weight\tword:we\t3\nweight\tlist\t-0.5\n")
    asked: list[int] = []

    def words(at: int) -> set[str]:
        asked.append(at)
        return {"word:we", "word:unheard"}

    verdicts = judge([{"list"}, set()], weighed, words)
    assert [verdict.introduced for verdict in verdicts] == [True, False]
    assert asked == [0]
    assert not judge([{"list"}], weighed)[0].introduced


def test_what_is_surely_the_papers_own_is_a_name_though_doubted(forest: Forest) -> None:
    text = forest.text.replace("tree\tnone\t1\n", "tree\tnone\t6\n")
    owned = text.replace("#0 -2 1", "#0 -2 5")
    assert judge([{"head"}], read_forest(text.replace("#0 -2 1", "-2")))[0].kind is None
    assert judge([{"head"}], read_forest(owned))[0].kind is Kind.BENCHMARK


def test_words_are_noted_with_their_distance_and_their_neighbours() -> None:
    entry = Entry(title="QuarkNet", text="Here we propose QuarkNet in 2024.", source=SOURCE)
    view = read(entry)
    at = view.plain.rindex("QuarkNet")
    found = read_surroundings(view, [(at, at + len("QuarkNet"))])
    expected = {"< here", "<1 propose", "<2 propose we", "<23 we here", "> in", ">2 0", "<> propose in"}
    assert {f"{SURROUNDING}{cue}" for cue in expected} <= found
    titled = read_surroundings(view, [(0, len("QuarkNet"))])
    assert f"{SURROUNDING}title >1 here" in titled


def test_what_only_colours_a_verdict_is_not_its_reason(forest: Forest) -> None:
    assert judge([{"list", "words-2"}], forest)[0].cue == "list"


def test_no_name_and_all_kinds_are_one_in_all(forest: Forest) -> None:
    (unnamed,) = judge_unnamed([{"list", "head"}], forest)
    assert 0 < unnamed < 0.2
    assert judge([{"list", "head"}], forest)[0].probability + unnamed < 1


def test_the_shipped_trees_tell_of_every_kind() -> None:
    forest = load_forest()
    assert set(forest.outputs) == set(OUTPUTS) == {*KINDS, "introduced"}
    assert list(forest.merits) == sorted(forest.merits)
    assert all(0 <= merit <= 1 for merit in forest.merits.values())


def test_a_survey_tells_how_common_a_name_is() -> None:
    survey = {"rare": Seen(2, 0.9), "common": Seen(40, 0.1)}
    assert list(note_survey(["new"], survey)) == ["survey:new"]
    assert list(note_survey(["rare"], survey)) == ["survey:papers-1", "survey:unnamed-0"]
    told = ["survey:papers-5", "survey:unnamed-7", "survey:unnamed-7-papers-4"]
    assert list(note_survey(["rare", "common"], survey)) == told


def test_the_shipped_survey_is_of_more_than_one_paper_each() -> None:
    survey = load_survey()
    assert len(survey) > 10_000
    assert all(seen.papers > 1 and 0 <= seen.share <= 1 for seen in survey.values())
    assert survey["reinforcementlearning"].share > 0.8 > 0.2 > survey["highfidelity"].share
