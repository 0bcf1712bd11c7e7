"""What a name means follows from all papers that use it, and from nothing else: no order, no steps."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg.facts import Facts
from kg.image import refresh
from kg.rdf.iris import paper_key
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import DCTERMS, ITSRDF, KG
from kg.records import Digest, Entity, Entry, Findings, Kind, Mention, Observation, Source
from kg.resolution.digests import mint_item
from kg.store import Store
from tests.factories import make_entity, make_entry, make_graph, make_result

if TYPE_CHECKING:
    from collections.abc import Iterable

METHOD, MODEL, BENCHMARK = Kind.METHOD, Kind.MODEL, Kind.BENCHMARK


class Named(NamedTuple):
    """A thing as an entry names it: kind, name, other spellings; the entry's title where it is new there."""

    kind: Kind
    spelling: str
    aliases: tuple[str, ...] = ()
    title: str = ""


def name(kind: Kind, spelling: str, *others: str) -> Named:
    return Named(kind, spelling, others)


def head(spelling: str, words: str, kind: Kind = METHOD) -> Named:
    return Named(kind, spelling, (), f"{spelling}: {words}")


TESTING = name(METHOD, "TPO", "Test-time Preference Optimization")
TEMPORAL = name(METHOD, "TPO", "Temporal Preference Optimization")
BARE = name(METHOD, "TPO")
SPARSE, DECODING = head("Prism", "Sparse attention"), head("PRISM", "How to decode")


def record(store: Store, digest: str, papers: dict[str, Iterable[Named]]) -> None:
    """Put a digest into the ledger; each of its papers has one entry, whose text is the names in it."""
    entries, items = [], {}
    for ordinal, (arxiv, names) in enumerate(papers.items()):
        title = next((named.title for named in names if named.title), "Title")
        entities, text = [], ""
        for kind, spelling, aliases, heads in names:
            start = len(title) + 1 + len(text)
            mention = Mention(start=start, end=start + len(spelling), confidence=0.9, by="test.rule")
            entities.append(
                Entity(kind=kind, name=spelling, aliases=aliases, mentions=(mention,), introduced=bool(heads))
            )
            text += f"{spelling} ({', '.join(aliases)}) " if aliases else f"{spelling}. "
        source = Source(digest=digest, line=ordinal + 1, end=ordinal + 1)
        entry = Entry(title=title, text=text, source=source, ordinal=ordinal, arxiv=arxiv)
        cache = f"{digest}-{ordinal}-{title}-{text}"
        store.ledger.archive.put(cache, Findings(entities=tuple(entities)))
        entries.append(entry)
        items[mint_item(entry)] = (paper_key(entry), cache)
    made = Digest(key=digest, issued="2025-01-23", layout="test", entries=tuple(entries))
    store.ledger.put_digest(made, items, ("f", digest, "v"))
    store.ledger.commit()


def build(*digests: dict[str, Iterable[Named]], steps: bool = False) -> Store:
    """Build a graph of digests, at once or one by one."""
    store = Store(None, writing=True)
    for number, papers in enumerate(digests):
        record(store, f"d{number}.md", papers)
        if steps:
            refresh(store)
    refresh(store)
    return store


def nodes(store: Store, arxiv: str) -> list[str]:
    """The things that a paper's entries name, without the namespace."""
    query = f"SELECT DISTINCT ?thing {{ ?item <{KG.discusses}> <{BASE}paper/{arxiv}> . ?m <{ITSRDF.taIdentRef}> ?thing ; <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#referenceContext> ?item }}"  # noqa: E501
    return sorted(thing.removeprefix(BASE) for (thing,) in store.select(query))


def links(store: Store, predicate: str) -> set[tuple[str, str]]:
    rows = store.select(f"SELECT ?one ?other {{ ?one <{predicate}> ?other }}")
    return {(one.removeprefix(BASE), other.removeprefix(BASE)) for one, other in rows}


def test_one_acronym_of_two_things_stays_two_nodes() -> None:
    store = build({"2501.00001": [TESTING], "2501.00002": [TEMPORAL]})
    assert nodes(store, "2501.00001") == ["method/testtimepreferenceoptimization"]
    assert nodes(store, "2501.00002") == ["method/temporalpreferenceoptimization"]


def test_an_acronym_of_one_thing_is_its_key_and_its_expansion_alone_the_same_node() -> None:
    alone = name(METHOD, "Temporal Preference Optimisation")
    store = build({"2501.00001": [TEMPORAL], "2501.00002": [alone], "2501.00003": [BARE]})
    assert [nodes(store, f"2501.0000{n}") for n in (1, 2, 3)] == [["method/tpo"]] * 3
    assert links(store, DCTERMS.isReplacedBy) == {("method/temporalpreferenceoptimization", "method/tpo")}


def test_other_entries_about_a_paper_mean_what_the_defining_one_says() -> None:
    korean, english = {"2501.00001": [BARE]}, {"2501.00001": [TESTING], "2501.00002": [TEMPORAL]}
    store = build(korean, english)
    assert nodes(store, "2501.00001") == ["method/testtimepreferenceoptimization"]


def test_another_kind_in_another_entry_takes_the_same_meaning() -> None:
    alone = {"2501.00003": [name(MODEL, "Test-time Preference Optimization")]}
    store = build(
        {"2501.00001": [name(MODEL, "TPO")]}, {"2501.00001": [TESTING], "2501.00002": [TEMPORAL]}, alone
    )
    assert nodes(store, "2501.00003") == ["model/tpo"]
    assert nodes(store, "2501.00001") == ["method/testtimepreferenceoptimization", "model/tpo"]


def test_a_name_beside_it_tells_what_an_acronym_is_the_initials_of() -> None:
    spelled = name(METHOD, "Test-Time Preference Optimization")
    store = build({"2501.00001": [BARE]}, {"2501.00001": [spelled]}, {"2501.00002": [TEMPORAL]})
    assert nodes(store, "2501.00001") == ["method/testtimepreferenceoptimization"]
    listed = build({"2501.00001": [name(METHOD, "RLVR"), name(METHOD, "Reused Layers, Varied Rates")]})
    assert len(nodes(listed, "2501.00001")) == 2


def test_small_words_may_count_among_the_initials_or_not() -> None:
    for acronym in ("LVG", "LGT"):
        spelled = name(METHOD, "Learning via Graph Tours" if acronym == "LGT" else "Learning via Grids")
        store = build({"2501.00001": [name(METHOD, acronym), spelled]})
        assert len(nodes(store, "2501.00001")) == 1


def test_a_bare_acronym_of_two_things_is_neither() -> None:
    store = build({"2501.00001": [TESTING], "2501.00002": [TEMPORAL], "2501.00003": [BARE]})
    assert nodes(store, "2501.00003") == ["method/tpo"]
    assert links(store, DCTERMS.isReplacedBy) == set()


def test_a_bare_acronym_goes_with_the_names_around_it() -> None:
    video = [name(BENCHMARK, f"{each}Vid") for each in ("Long", "Short", "Wide", "Deep")]
    text = [name(BENCHMARK, f"{each}Text") for each in ("Long", "Short", "Wide", "Deep")]
    store = build(
        {"2501.00001": [TESTING, *text], "2501.00002": [TEMPORAL, *video], "2501.00003": [BARE, *video[1:]]},
        {"2501.00004": [BARE, *text[1:3]]},
    )
    assert "method/temporalpreferenceoptimization" in nodes(store, "2501.00003")
    assert "method/tpo" in nodes(store, "2501.00004"), "two names are too few to tell"


def test_a_definition_beats_the_lists_in_its_own_paper_only() -> None:
    odd = name(METHOD, "RL", "Representation Learning")
    store = build(
        {"2501.00001": [odd], "2501.00002": [name(METHOD, "RL")], "2501.00003": [name(METHOD, "강화 학습")]}
    )
    assert nodes(store, "2501.00001") == ["method/representationlearning"]
    assert nodes(store, "2501.00002") == nodes(store, "2501.00003") == ["method/reinforcementlearning"]


def test_an_acronym_that_the_field_leaves_open_is_none_of_its_readings() -> None:
    store = build(
        {
            "2501.00001": [name(METHOD, "RFT")],
            "2501.00002": [name(METHOD, "RFT", "Reinforcement Fine-Tuning")],
        }
    )
    assert nodes(store, "2501.00001") == ["method/rft"]
    assert nodes(store, "2501.00002") == ["method/reinforcementfinetuning"]


def test_a_second_meaning_parts_what_was_one() -> None:
    store = build(
        {"2501.00001": [TESTING]},
        *({f"2502.{n:05d}": [name(METHOD, "Filler")]} for n in range(9)),
        steps=True,
    )
    assert nodes(store, "2501.00001") == ["method/tpo"]
    record(store, "later.md", {"2501.00002": [TEMPORAL]})
    refresh(store)
    assert nodes(store, "2501.00001") == ["method/testtimepreferenceoptimization"]
    assert links(store, DCTERMS.isReplacedBy) == {
        ("method/tpo", "method/testtimepreferenceoptimization"),
        ("method/tpo", "method/temporalpreferenceoptimization"),
    }
    store.ledger.drop_digest("later.md")
    refresh(store)
    assert nodes(store, "2501.00001") == ["method/tpo"]
    assert links(store, DCTERMS.isReplacedBy) == set()


def test_two_papers_that_give_something_new_one_name_in_their_titles_name_two_things() -> None:
    store = build({"2501.00001": [SPARSE], "2501.00002": [DECODING], "2501.00003": [name(METHOD, "Prism")]})
    assert [nodes(store, f"2501.0000{n}") for n in (1, 2, 3)] == [
        ["method/prismsparseattention"],
        ["method/prismhowtodecode"],
        ["method/prism"],
    ]
    names = {name for name, _ in Facts(store.graph).names(f"{BASE}method/prismhowtodecode")}
    assert names == {"PRISM", "PRISM: How to decode"}


def test_a_title_tells_apart_only_what_another_title_names_too() -> None:
    spelled = name(METHOD, "Prism", "Parted Reading in Slow Motion")
    alone = build({"2501.00001": [SPARSE], "2501.00002": [spelled], "2501.00003": [name(METHOD, "Prism")]})
    assert [nodes(alone, f"2501.0000{n}") for n in (1, 2, 3)] == [["method/prism"]] * 3
    other_kind = build({"2501.00001": [SPARSE], "2501.00002": [head("Prism", "A test", BENCHMARK)]})
    assert nodes(other_kind, "2501.00001") == ["method/prism"]
    listed = build({"2501.00001": [head("LoRA", "Low ranks")], "2501.00002": [head("LoRA", "High ranks")]})
    assert nodes(listed, "2501.00001") == nodes(listed, "2501.00002")
    one_paper_twice = build({"2501.00001": [SPARSE], "2501.00002": [SPARSE]})
    assert nodes(one_paper_twice, "2501.00002") == ["method/prism"]


def test_a_title_and_a_paper_that_spells_its_own_thing_out_name_two_things() -> None:
    new = Named(METHOD, "PRISM", ("Parted Reading in Slow Motion",), "Reading slowly")
    papers = {"2501.00001": [SPARSE], "2501.00002": [new], "2501.00003": [name(METHOD, "Prism")]}
    for steps in (False, True):
        store = build(*({arxiv: names} for arxiv, names in papers.items()), steps=steps)
        assert nodes(store, "2501.00001") == ["method/prismsparseattention"]
        assert nodes(store, "2501.00002") == ["method/partedreadinginslowmotion"]
        assert nodes(store, "2501.00003") == ["method/prism"]


def test_what_a_paper_spells_out_itself_is_not_told_by_its_title() -> None:
    defined = name(METHOD, "PRISM", "Parted Reading in Slow Motion")
    store = build({"2501.00001": [SPARSE], "2501.00002": [DECODING, defined]})
    assert nodes(store, "2501.00001") == ["method/prismsparseattention"]
    assert nodes(store, "2501.00002") == ["method/partedreadinginslowmotion"]


def test_a_variant_hangs_under_the_nearest_family_that_is_there() -> None:
    store = build(
        {"2501.00001": [name(MODEL, "Qwen2.5-Math-7B-Instruct"), name(BENCHMARK, "AIME24")]},
        *({f"2502.{n:05d}": [name(METHOD, "Filler")]} for n in range(9)),
        steps=True,
    )
    assert links(store, KG.variantOf) == set()
    record(store, "family.md", {"2501.00002": [name(MODEL, "Qwen2.5"), name(BENCHMARK, "AIME")]})
    refresh(store)
    assert links(store, KG.variantOf) == {
        ("model/qwen2.5math7binstruct", "model/qwen2.5"),
        ("benchmark/aime2024", "benchmark/aime"),
    }
    record(store, "nearer.md", {"2501.00003": [name(MODEL, "Qwen2.5 Math")]})
    refresh(store)
    assert ("model/qwen2.5math7binstruct", "model/qwen2.5math") in links(store, KG.variantOf)
    assert ("model/qwen2.5math7binstruct", "model/qwen2.5") not in links(store, KG.variantOf)
    store.ledger.drop_digest("nearer.md")
    refresh(store)
    assert ("model/qwen2.5math7binstruct", "model/qwen2.5") in links(store, KG.variantOf)


THINGS: list[Named] = [
    TESTING, TEMPORAL, BARE, name(MODEL, "TPO"), name(METHOD, "Test-time Preference Optimization"),
    name(METHOD, "Temporal Preference Optimization"), name(METHOD, "TTPO"),
    name(METHOD, "TTPO", "Test-time Preference Optimization"),
    name(METHOD, "SGD"), name(METHOD, "SGD", "Schema Guided Dialogue"),
    name(METHOD, "SGD", "stochastic gradient descent"),
    name(METHOD, "RFT"), name(METHOD, "RFT", "Rejected Feature Transfer"), name(METHOD, "강화 학습"),
    name(METHOD, "RL"),
    name(MODEL, "Qwen2.5"), name(MODEL, "Qwen2.5-Math"), name(MODEL, "Qwen2.5-Math-7B"), name(MODEL, "Qwen"),
    name(BENCHMARK, "AIME"), name(BENCHMARK, "AIME24"), name(BENCHMARK, "LongVid"),
    name(BENCHMARK, "WideVid"), name(BENCHMARK, "ShortVid"), name(BENCHMARK, "DeepVid"), name(METHOD, "DV"),
    name(METHOD, "DV", "Deep Vid"),
    name(METHOD, "DeepVid"),
    SPARSE, DECODING, head("Prism", "A third thing"), name(METHOD, "Prism"),
    head("PRISM", "How to measure", BENCHMARK), name(METHOD, "PRISM", "Parted Reading in Slow Motion"),
]  # fmt: skip


def scatter(seed: int) -> list[dict[str, Iterable[Named]]]:
    """Digests at random: few papers, so that several digests speak of one, and names that collide."""
    chance = random.Random(seed)
    return [
        {f"2501.{n:05d}": chance.sample(THINGS, chance.randint(1, 6)) for n in chance.sample(range(9), 2)}
        for _ in range(14)
    ]


def dump(store: Store) -> list[str]:
    return sorted(map(str, store.graph))


@pytest.mark.parametrize("seed", range(6))
def test_any_order_and_any_steps_give_the_same_graph(seed: int) -> None:
    digests = scatter(seed)
    whole = dump(build(*digests))
    store, chance = Store(None, writing=True), random.Random(seed)
    for number in chance.sample(range(len(digests)), len(digests)):
        record(store, f"d{number}.md", digests[number])
        if chance.random() < 0.8:
            refresh(store)
    refresh(store)
    assert dump(store) == whole


@pytest.mark.parametrize("seed", range(6))
def test_changing_and_dropping_leave_no_trace(seed: int) -> None:
    digests, others = scatter(seed), scatter(seed + 100)
    store, chance = build(*digests), random.Random(seed)
    whole, labels = dump(store), sorted(map(str, store.ledger.names.all_labels()))
    for number in chance.sample(range(len(digests)), 5):
        record(store, f"d{number}.md", others[number])
        refresh(store)
        record(store, "extra.md", others[0])
        refresh(store)
        record(store, f"d{number}.md", digests[number])
        store.ledger.drop_digest("extra.md")
        refresh(store)
    assert dump(store) == whole
    assert sorted(map(str, store.ledger.names.all_labels())) == labels


def test_a_question_about_a_family_finds_the_results_of_its_variants() -> None:
    sentence = "Rocket scores 61.5% on AIME'24."
    scored = make_entry("Rocket", sentence, arxiv="2501.00001")
    rocket, aime = make_entity(scored, "Rocket", MODEL), make_entity(scored, "AIME'24", BENCHMARK)
    result = make_result(scored, sentence, "61.5%", system=0, benchmark=1)
    family = make_entry("Turtle", "Turtle looks at AIME.", arxiv="2501.00002", ordinal=1)
    graph = make_graph(
        [
            Observation(entry=scored, findings=Findings(entities=(rocket, aime), results=(result,))),
            Observation(entry=family, findings=Findings(entities=(make_entity(family, "AIME", BENCHMARK),))),
        ]
    )
    assert "61.5" in str(graph.ask("best on AIME").rows)


@pytest.mark.parametrize("aliases", [(), ("CD",)])
def test_which_way_a_metric_is_better_is_read_off_any_of_its_names(aliases: tuple[str, ...]) -> None:
    store = Store(None, writing=True)
    record(store, "a.md", {"2501.00001": [name(Kind.METRIC, "Chamfer Distance", *aliases)]})
    refresh(store)
    assert store.subjects(KG.direction, KG.lowerIsBetter) == [f"{BASE}metric/chamferdistance"]
