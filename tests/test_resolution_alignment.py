"""Handles meet names: what looks alike, what is paired elsewhere, and what had better stay open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.records import Credit
from kg.resolution import alignment
from kg.resolution.alignment import CUES, align, find_people, read_weights
from kg.resolution.bylines import is_organization, read_byline
from kg.resolution.likeness import MEASURES, cover, measure, spell_handle, split_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.bylines import Byline, Person

NAMES = ("Mira Oakes", "Jun-Ho Barrow", "Élise Vantongeren", "Tobias K. Reed", "Xiaolan Quan")


def listed(*printed: str) -> list[Credit]:
    """``@h`` is a handle, ``Name@h`` a pair, all else a name."""
    parts = [credit.partition("@") for credit in printed]
    return [Credit(name=name or None, handle=handle or None) for name, _, handle in parts]


def byline(*lists: Sequence[str]) -> Byline:
    read = read_byline([(f"d{n}.md", listed(*each)) for n, each in enumerate(lists)])
    assert read
    return read


def people(own: Byline, *others: Byline) -> dict[str, Person]:
    return find_people(own, lambda handle: [other for other in others if handle in other.handles])


def named(own: Byline, *others: Byline) -> dict[str, tuple[str, ...]]:
    return {key[1:]: p.names for key, p in people(own, *others).items() if p.handle and p.names}


@pytest.mark.parametrize(
    "handle, name",
    [
        ("miraoakes", "mira oakes"), ("oakesmira", "mira oakes"), ("m-oakes", "mira oakes"),
        ("moakes42", "mira oakes"), ("MiraO", "mira oakes"), ("m1ra0akes", "mira oakes"),
        ("mira-oakes-nvidia", "mira oakes"), ("junhobarrow", "jun-ho barrow"), ("barrowjh", "jun-ho barrow"),
        ("jhbarrow", "jun-ho barrow"), ("evantong", "élise vantongeren"), ("elisevt", "élise vantongeren"),
        ("tkreed", "tobias k. reed"), ("quanxl", "xiaolan quan"), ("quan_xiaolan", "xiaolan quan"),
    ],
)  # fmt: skip
def test_a_handle_meets_its_name_among_others(handle: str, name: str) -> None:
    found = named(byline(NAMES, [f"@{handle}"]))
    (printed,) = [n for n in NAMES if n.casefold() == name]
    assert found == {handle.casefold(): read_names(printed)}


def read_names(name: str) -> tuple[str, ...]:
    return tuple(byline([name]).names)


@pytest.mark.parametrize("handle", ["nightowl77", "zzz", "7777", "thequickfox", "--", "漢"])
def test_a_handle_that_looks_like_nobody_stays_open(handle: str) -> None:
    assert named(byline(NAMES, [f"@{handle}"])) == {}


def test_one_that_looks_like_two_stays_open() -> None:
    assert named(byline(["Mira Oakes", "Mira Olden"], ["@mirao"])) == {}


def test_the_whole_list_decides_who_is_left() -> None:
    found = named(byline(["Mira Oakes", "Mira Olden"], ["@mirao", "@miraolden"]))
    assert found == {"miraolden": ("miraolden",), "mirao": ("miraoakes",)}


def test_a_name_printed_beside_a_handle_is_somebody_else() -> None:
    found = named(byline(["Mira Oakes", "Mirabel Oak"], ["@miraoak", "Mira Oakes"]))
    assert found == {"miraoak": ("mirabeloak",)}


def test_a_printed_pair_is_right_whatever_it_looks_like() -> None:
    own = byline(["Mira Oakes@nightowl", "Tobias Reed"], ["@nightowl", "@miraoakes"])
    found = people(own)
    assert found["@nightowl"].names == ("miraoakes",)
    assert found["@nightowl"].grounds[0].digest == "d0.md"
    assert found["@miraoakes"].names == ()


def test_a_pair_printed_for_another_paper_is_known() -> None:
    other = byline(["Mira Oakes@nightowl", "Ann Ash"])
    found = people(byline(NAMES, ["@NightOwl"]), other)
    assert found["@nightowl"].names == ("miraoakes",)
    assert found["@nightowl"].grounds[0].digest == "d0.md"


def test_the_only_name_in_all_papers_of_a_handle_is_likelier() -> None:
    alone = byline(["Mira Oakes", "Mila Olsen"], ["@mo"])
    others = [byline([name, "Mila Olsen"], ["@mo"]) for name in ("Ann Ash", "Bea Birch", "Cyd Cole")]
    assert named(alone) == {}
    assert named(alone, *others) == {"mo": ("milaolsen",)}


def test_a_name_missing_from_a_full_list_speaks_against_it() -> None:
    own = byline(["Mira Oakes", "Amir Ash"], ["@mira"])
    elsewhere = [byline(["Amir Ash", "Bea Birch"], ["@mira"]) for _ in range(3)]
    assert named(own) == {"mira": ("miraoakes",)}
    assert named(own, *elsewhere) == {"mira": ("amirash",)}


def test_a_handle_of_one_who_has_another_stays_open() -> None:
    own = byline(["Mira Oakes@mira", "Tobias Reed"], ["@mira", "@miraoakes"])
    assert named(own) == {"mira": ("miraoakes",)}


def test_two_pairs_of_one_name_are_two_people() -> None:
    found = people(byline(["Wei Ash@ash1", "Wei Ash@ash2"], ["Wei Ash"]))
    assert set(found) == {"@ash1", "@ash2"}
    assert not any(person.bare for person in found.values())


def test_a_handle_with_two_spellings_is_one_person() -> None:
    found = people(byline(["M. Oakes@mira"], ["Mira Oakes@mira"], ["Mira Oakes"]))
    assert found["@mira"].names == ("miraoakes", "moakes")
    assert found["@mira"].bare == ("miraoakes",)


def test_organisations_are_nobody() -> None:
    assert read_byline([("d", listed("Rocket Team", "Rocket Lab@rocketlab", "@rocketlab"))]) is None
    assert not is_organization("Mira Labov")
    assert not is_organization("Teamur Ainov")


WORDS = st.text("ab Ó漢-7@.", min_size=1, max_size=6)
CREDITS = st.builds(
    Credit,
    name=st.none() | st.sampled_from(NAMES) | WORDS,
    handle=st.none() | st.sampled_from(["mira", "Q"]) | WORDS,
).filter(lambda credit: bool(credit.name or credit.handle))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@example([[Credit(handle="7"), Credit(name="@7")]])
@given(st.lists(st.lists(CREDITS, max_size=6), max_size=3))
def test_everybody_is_somebody_once_in_whatever_order(lists: list[list[Credit]]) -> None:
    own = read_byline([(f"d{n}", each) for n, each in enumerate(lists)])
    assert read_byline([(f"d{n}", each[::-1]) for n, each in enumerate(lists)][::-1]) == own
    if own is None:
        return
    found = people(own)
    assert {handle for p in found.values() if (handle := p.handle)} == set(own.handles)
    assert {name for p in found.values() for name in p.names} == set(own.names)
    unpaired = set(own.names) - {name for _, name, _ in own.pairs}
    assert all(sum(name in p.names for p in found.values()) == 1 for name in unpaired)
    assert all(person.key == key for key, person in found.items())


@pytest.mark.parametrize("few", [5, 0], ids=["all tried", "matched"])
@settings(deadline=None)
@given(
    scores=st.dictionaries(
        st.sampled_from("abcde"), st.dictionaries(st.sampled_from("vwxyz"), st.floats(-6, 9)), max_size=5
    )
)
def test_no_assignment_is_better(few: int, scores: dict[str, dict[str, float]]) -> None:
    nobody = dict.fromkeys(scores, -0.5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "_FEW", few)
        matched = align(scores, nobody)
    assert len({name for name, _ in matched.values()}) == len(matched)
    assert all(0 <= sure <= 1 for _, sure in matched.values())

    def best(handles: list[str], taken: frozenset[str]) -> float:
        if not handles:
            return 0.0
        first, *rest = handles
        options = [(name, s) for name, s in scores[first].items() if name not in taken]
        return max([nobody[first] + best(rest, taken), *(s + best(rest, taken | {n}) for n, s in options)])

    total = sum(scores[h][matched[h][0]] if h in matched else nobody[h] for h in scores)
    assert total == pytest.approx(best(sorted(scores), frozenset()), abs=0.01 * len(scores) + 1e-9)


def test_the_letters_of_a_handle() -> None:
    assert spell_handle("real_Mira_Oakes-AI") == ("realmiraoakesai", "miraoakes")
    assert split_name("O’Neil, Zoë-Ann") == ("o", "neil", "zoe", "ann")
    assert cover("reedto", ("tobias", "k", "reed")).letters == 6
    assert cover("xyz", ("tobias", "reed")).letters == 0


def test_a_handle_is_measured_by_what_it_shares_with_a_name() -> None:
    def by_name(handle: str, name: str) -> dict[str, float]:
        return dict(zip(MEASURES, measure(handle, name), strict=True))

    assert by_name("coeur", "Jean Cœur")["share"] == by_name("Jørgen", "Jorgen Holm")["share"] == 1
    assert by_name("ab", "Anna Abel")["partial"] == 0  # two letters stand in half of all names
    assert by_name("abe", "Anna Abel")["partial"] == 1
    assert by_name("zhangx", "Zhou Wei")["subsequence"] == 0
    assert by_name("oakes", "Mira Oakes")["subsequence"] > 0


def test_measures_and_weights_are_of_one_length() -> None:
    assert len(measure("mira", "Mira Oakes")) == len(measure("漢", "")) == len(MEASURES)
    assert set(CUES) | {"nobody", "nobody_of_part", "sure"} == set(read_weights())


def test_hostile_lists_take_no_time() -> None:
    own = byline(["ab " * 40_000, "(" * 100_000, *NAMES], ["@" + "cd" * 50_000, "@" + "-" * 100_000])
    assert len(people(own)) == 9
