"""What tells that a paper presents a name as its own."""

from __future__ import annotations

from kg.extraction.entities import find_groups
from kg.extraction.ownership import OWNERSHIP
from kg.extraction.reading import read
from kg.records import Entry, Source


def cues(title: str, text: str, name: str) -> set[str]:
    entry = Entry(title=title, text=text, source=Source(digest="digest.md", line=1, end=1))
    group = next(group for group in find_groups(read(entry)) if name in group.spellings)
    return {cue.removeprefix(OWNERSHIP) for cue in group.cues if cue.startswith(OWNERSHIP)}


def test_a_name_is_seen_beside_the_name_of_the_title() -> None:
    title, text = "QuarkNet: Fast Attention", "It is fast. We release QuarkNet-7B and beat GPT-4o."
    assert {"title-named", "holds-title-name"} <= cues(title, text, "QuarkNet-7B")
    assert "holds-title-name" not in cues(title, text, "GPT-4o")
    assert "holds-title-name" not in cues(title, text, "QuarkNet")
    assert "title-unnamed" in cues("Fast attention", text, "QuarkNet-7B")


def test_the_first_sentence_tells_whose_a_name_is() -> None:
    text = "It is slow. We propose QuarkNet. It was compared with QuarkWay. QuarkNet wins."
    own, other = cues("Attention", text, "QuarkNet"), cues("Attention", text, "QuarkWay")
    assert {"near:propos", "sentence-2"} <= own
    assert {"near:compar", "sentence-3"} <= other
    assert "near:compar" not in own
    assert "near:propos" not in other


def test_an_introduced_name_that_the_lists_know_is_marked_so() -> None:
    assert "introduced-verb-known" in cues("Attention", "Others introduced GPT-4o in 2024.", "GPT-4o")
    assert "introduced-verb-unknown" in cues("Attention", "We introduce QuarkNet here.", "QuarkNet")


def test_names_that_begin_alike_are_kin() -> None:
    text = "We propose QuarkBench. It was seen in QuarkTune data. GluonNet is older."
    assert "kin-introduced" in cues("Attention", text, "QuarkTune")
    assert "kin" in cues("Attention", text, "QuarkBench")
    assert "kinless" in cues("Attention", text, "GluonNet")


def test_names_in_one_list_share_that_one_is_introduced() -> None:
    text = "We propose QuarkNet and GluonNet. They win."
    assert "beside-introduced-verb" in cues("Attention", text, "GluonNet")


def test_the_stem_before_a_later_mention_counts_too() -> None:
    text = "QuarkNet is fast. Others build on QuarkNet."
    assert {"opens-sentence", "after:build"} <= cues("Attention", text, "QuarkNet")
