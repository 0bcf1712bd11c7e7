"""What readers decide holds at every build, whatever the order of lines, and a deleted line is undone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kg.curation import Curation, Verb, parse_decisions, write_decision
from kg.curation.adoption import FILE
from kg.curation.review import find_doubts
from kg.errors import InputError
from kg.image import refresh
from kg.pipeline import curate, drop
from kg.rdf.iris import digest_of
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import DCTERMS, ITSRDF, KG, PROV, SKOS
from kg.records import Attribute, Credit, Findings, Kind, Observation, Property, Relation
from kg.resolution.titles import find_wrong_links
from kg.shapes import check
from kg.store import Store
from tests.factories import (
    make_entity,
    make_entry,
    make_result,
    record,
    said_observation,
    sample_observations,
)

if TYPE_CHECKING:
    from pathlib import Path


def more_observations() -> list[Observation]:
    """A method of two meanings in two papers, a benchmark said to be a dataset, and an author."""
    made = []
    for number in (1, 2):
        sentence = f"TPO scores 6{number}.5% on HillBank and beats DeepSeek R1."
        entry = make_entry(
            f"Paper {number} on TPO", sentence, arxiv=f"2502.0000{number}", digest=f"2025-02-0{number}.md",
            authors=(Credit(name="Ada Byron"), Credit(handle="grace")),
        )  # fmt: skip
        findings = Findings(
            entities=(
                make_entity(entry, "TPO", Kind.METHOD, introduced=True),
                make_entity(entry, "HillBank", Kind.DATASET),
                make_entity(entry, "DeepSeek R1", Kind.METHOD),
                make_entity(entry, "accuracy", Kind.METRIC),
            ),
            results=(make_result(entry, sentence, f"6{number}.5%", system=0, metric=3, confidence=0.4),),
            relations=((1, Relation.USES_DATASET),),
        )
        made.append(Observation(entry=entry, findings=findings))
    return made


@pytest.fixture
def store() -> Store:
    store = Store(None, writing=True)
    record(store, [*sample_observations(), *more_observations()])
    refresh(store)
    return store


@pytest.fixture
def said() -> Store:
    store = Store(None, writing=True)
    record(store, [said_observation()])
    refresh(store)
    return store


def dump(store: Store) -> list[str]:
    return sorted(map(str, store.graph)) + sorted(map(str, store.ledger.names.all_labels()))


def decide(store: Store, folder: Path, *lines: str) -> list[str]:
    """Put these lines in force, check the graph, and return what is reported."""
    path = folder / FILE
    path.write_text("\n".join(lines) + "\n", "utf8")
    problems = [str(problem) for problem in curate(store, path)]
    assert not [v for v in check(store.graph) if v.severity == "Violation"]
    return problems


def subjects(store: Store, predicate: str, value: str) -> list[str]:
    return [node.removeprefix(BASE) for node in sorted(store.subjects(predicate, BASE + value))]


def objects(store: Store, node: str, predicate: str) -> set[str]:
    return {each.removeprefix(BASE) for each in store.objects(BASE + node, predicate)}


def names(store: Store, node: str) -> list[str]:
    query = f"SELECT ?name {{ <{BASE}{node}> <{SKOS.prefLabel}> ?name }}"
    return sorted(name for (name,) in store.select(query))


def exists(store: Store, node: str) -> bool:
    return bool(store.block([BASE + node]))


def test_merged_nodes_are_the_smallest(store: Store, tmp_path: Path) -> None:
    beaten = {"model/deepseekr1"}
    assert not decide(store, tmp_path, "merge model:kimik1.5 model:deepseekr1 model:openaio1mini # one")
    (result,) = subjects(store, KG.benchmark, "benchmark/math500")[1:]
    assert objects(store, result, KG.system) == beaten
    assert objects(store, "model/kimik1.5", DCTERMS.isReplacedBy) == beaten
    assert objects(store, "paper/2501.12599", KG.introduces) == beaten


def test_merged_authors_and_papers_are_one(store: Store, tmp_path: Path) -> None:
    one, other = sorted(node for node in objects(store, "paper/2502.00001", DCTERMS.creator))
    lines = [
        f"merge {one.replace('/', ':')} {other.replace('/', ':')}",
        "merge paper:2502.00002 paper:2502.00001",
    ]
    assert not decide(store, tmp_path, *lines)
    (author,) = objects(store, "paper/2502.00001", DCTERMS.creator) - {one, other} or {min(one, other)}
    assert author == min(one, other)
    assert objects(store, "paper/2502.00002", DCTERMS.isReplacedBy) == {"paper/2502.00001"}
    assert len(subjects(store, KG.discusses, "paper/2502.00001")) == 2


def test_a_paper_that_changed_its_title_is_merged_again(store: Store, tmp_path: Path) -> None:
    other = f"paper/a-wholly-other-heading-{digest_of('a wholly other heading', 8)}"
    renamed = make_entry("A Wholly Other Heading", "", arxiv="2501.12948", digest="2025-02-09.md")
    record(store, [Observation(entry=renamed, findings=Findings())])
    refresh(store)
    assert subjects(store, KG.discusses, other)
    assert len(list(find_wrong_links(store.ledger))) == 1
    assert not decide(store, tmp_path, f"merge {other.replace('/', ':')} paper:2501.12948")
    assert objects(store, other, DCTERMS.isReplacedBy) == {"paper/2501.12948"}
    assert len(subjects(store, KG.discusses, "paper/2501.12948")) == 3
    assert not list(find_wrong_links(store.ledger))


def test_a_split_name_is_a_thing_of_its_own_in_the_named_papers(store: Store, tmp_path: Path) -> None:
    assert not decide(store, tmp_path, "split method:tpo paper:2502.00002")
    assert objects(store, "paper/2502.00001", KG.introduces) == {"method/tpo"}
    assert objects(store, "paper/2502.00002", KG.introduces) == {"method/tpo-2502.00002"}
    assert names(store, "method/tpo-2502.00002") == ["TPO"]


def test_a_renamed_node_is_called_so_and_found_so(store: Store, tmp_path: Path) -> None:
    author = min(objects(store, "paper/2502.00001", DCTERMS.creator)).replace("/", ":")
    assert not decide(store, tmp_path, 'rename method:tpo "Two Part Order"', f'rename {author} "Ada King"')
    assert names(store, "method/tpo") == ["Two Part Order"]
    assert names(store, author.replace(":", "/")) == ["Ada King"]
    assert [label.node for label in store.ledger.names.labels(["twopartorder"])] == [f"{BASE}method/tpo"]


def test_a_retyped_node_is_of_the_other_kind_and_meets_its_namesake(store: Store, tmp_path: Path) -> None:
    assert exists(store, "method/deepseekr1")
    assert not decide(store, tmp_path, "retype method:deepseekr1 model", "retype dataset:hillbank benchmark")
    assert objects(store, "method/deepseekr1", DCTERMS.isReplacedBy) == {"model/deepseekr1"}
    assert "paper/2502.00001" in subjects(store, KG.mentions, "model/deepseekr1")
    assert subjects(store, KG.evaluatesOn, "benchmark/hillbank") == ["paper/2502.00001", "paper/2502.00002"]
    assert not subjects(store, KG.usesDataset, "benchmark/hillbank")


def test_what_cannot_stand_in_a_slot_as_its_new_kind_leaves_it(store: Store, tmp_path: Path) -> None:
    assert not decide(store, tmp_path, "retype benchmark:math500 dataset")
    assert not subjects(store, KG.benchmark, "benchmark/math500")
    assert not subjects(store, KG.benchmark, "dataset/math500")


def test_a_rejected_thing_takes_with_it_all_that_is_said_of_it(store: Store, tmp_path: Path) -> None:
    assert not decide(store, tmp_path, "reject benchmark:math500")
    assert not exists(store, "benchmark/math500")
    assert not subjects(store, ITSRDF.taIdentRef, "benchmark/math500")
    assert not store.ledger.names.labels(["math500"])
    drop(store, ["2025-02-01.md"])
    assert not exists(store, "benchmark/math500")


def test_a_rejected_claim_or_person_is_gone(store: Store, tmp_path: Path) -> None:
    (result,) = objects(store, "paper/2502.00001", KG.reports)
    author = min(objects(store, "paper/2502.00001", DCTERMS.creator))
    mention = subjects(store, ITSRDF.taIdentRef, "benchmark/aime2024")[0]
    lines = [f"reject {node.replace('/', ':', 1)}" for node in (result, author, mention)]
    assert not decide(store, tmp_path, *lines)
    assert not any(exists(store, node) for node in (result, author, mention))
    assert exists(store, "benchmark/aime2024")
    assert objects(store, "paper/2502.00001", DCTERMS.creator)


def test_a_decision_changes_nothing_that_it_does_not_concern(store: Store, tmp_path: Path) -> None:
    loose = make_entry("Loose Ends", "Boat scores 1.5 somewhere.", arxiv="2502.00009", digest="2025-02-08.md")
    findings = Findings(
        entities=(make_entity(loose, "Boat", Kind.MODEL),),
        results=(make_result(loose, "Boat scores 1.5", "1.5", system=0),),
    )
    record(store, [Observation(entry=loose, findings=findings)])
    refresh(store)
    before = dump(store)
    decide(store, tmp_path, "reject model:nosuch", "merge task:none task:nobody")
    assert dump(store) == before


def test_a_quantity_goes_with_the_only_result_about_it(store: Store, tmp_path: Path) -> None:
    (result,) = objects(store, "paper/2502.00001", KG.reports)
    (other,) = objects(store, "paper/2502.00002", KG.reports)
    assert exists(store, "metric/accuracy")
    assert not decide(store, tmp_path, *(f"reject {r.replace('/', ':', 1)}" for r in (result, other)))
    assert not exists(store, "metric/accuracy")


def test_what_is_accepted_is_certain_and_not_asked_about(store: Store, tmp_path: Path) -> None:
    (result,) = objects(store, "paper/2502.00001", KG.reports)
    (evidence,) = objects(store, result, PROV.wasDerivedFrom)
    lines = [
        f"accept {result.replace('/', ':', 1)}",
        "accept method:tpo",
        "accept model:deepseekr1 method:deepseekr1",
    ]
    asked = {doubt.nodes for doubt in find_doubts(store, Curation())}
    twins = (f"{BASE}model/deepseekr1", f"{BASE}method/deepseekr1")
    assert twins in asked
    assert not decide(store, tmp_path, *lines)
    rows = store.select(f"SELECT ?c {{ <{BASE}{result}> <{ITSRDF.taConfidence}> ?c }}")
    assert [float(c) for (c,) in rows] == [1.0]
    assert exists(store, evidence)
    decided = Curation(parse_decisions("\n".join(lines), FILE))
    assert {doubt.nodes for doubt in find_doubts(store, decided)}.isdisjoint({twins, (f"{BASE}{result}",)})


LINES = [
    "merge model:kimik1.5 model:deepseekr1",
    "split method:tpo paper:2502.00002",
    'rename method:tpo "Two Part Order"',
    "retype method:deepseekr1 model",
    "retype dataset:hillbank benchmark",
    "reject metric:pass%401",
    "accept benchmark:aime2024",
    "merge paper:2501.12599 paper:2501.12948",
]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_lines_and_of_steps_leaves_no_trace(store: Store, tmp_path: Path, seed: int) -> None:
    decide(store, tmp_path, *LINES)
    expected = dump(store)
    chance = random.Random(seed)
    stepwise = Store(None, writing=True)
    observations = [*sample_observations(), *more_observations()]
    digests = sorted({o.entry.source.digest for o in observations})
    taken: list[str] = []
    for line, key in zip(
        chance.sample(LINES, len(LINES)), [*chance.sample(digests, len(digests)), *[""] * 8], strict=False
    ):
        record(stepwise, [o for o in observations if o.entry.source.digest == key])
        taken.append(line)
        decide(stepwise, tmp_path, *taken)
    assert dump(stepwise) == expected


@pytest.mark.parametrize("line", LINES)
def test_a_deleted_line_is_undone(store: Store, tmp_path: Path, line: str) -> None:
    before = dump(store)
    assert not decide(store, tmp_path, line)
    assert dump(store) != before
    decide(store, tmp_path, "# nothing")
    assert dump(store) == before


def test_digests_that_come_later_heed_what_was_decided(tmp_path: Path) -> None:
    at_once, later = Store(None, writing=True), Store(None, writing=True)
    ships = [
        make_entry(f"Ship {n}", "", arxiv=f"2503.{n:05d}", digest=f"2025-03-{n:02d}.md") for n in range(1, 29)
    ]
    ballast = [Observation(entry=ship, findings=Findings()) for ship in ships]
    first, second = sample_observations(), more_observations()
    for store, batches in ((at_once, [ballast + first + second]), (later, [ballast + first, second])):
        for batch in batches:
            record(store, batch)
            decide(store, tmp_path, *LINES)
    assert dump(at_once) == dump(later)
    drop(later, ["2025-02-01.md", "2025-02-02.md"])
    without = Store(None, writing=True)
    record(without, ballast + first)
    decide(without, tmp_path, *LINES)
    assert dump(without) == dump(later)


def test_a_later_line_wins_and_is_reported(store: Store, tmp_path: Path) -> None:
    lines = [
        "",
        'rename method:tpo "One"',
        'rename method:tpo "Two"  # better',
        "reject method:tpo",
        "accept method:tpo",
    ]
    problems = decide(store, tmp_path, *lines)
    assert [problem.partition(": ")[0] for problem in problems] == [f"{FILE}:3", f"{FILE}:5"]
    assert "contradicts line 2 about method:tpo" in problems[0]
    assert names(store, "method/tpo") == ["Two"]


def test_a_decision_about_what_is_gone_is_reported(store: Store, tmp_path: Path) -> None:
    lines = [
        "merge model:kimik1.5 model:nosuch",
        "split method:tpo paper:2501.12948",
        "reject result:2502.00001-000000000000",
        "reject mention:none-0-3",
    ]
    problems = decide(store, tmp_path, *lines)
    assert [problem.partition(": ")[0] for problem in problems] == [f"{FILE}:{n}" for n in (1, 2, 3, 4)]
    assert "merge no longer applies: there is no model:nosuch" in problems[0]
    assert "split no longer applies: there is no paper:2501.12948" in problems[1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("marry model:a model:b", "'marry' is not a verb; expected one of merge"),
        ("retype model:a robot", "'robot' is not a kind; expected one of model"),
        ("merge model:a", "merge takes other arguments; expected merge NODE NODE…"),
        ("merge model:a author:b", "never one"),
        ("merge model:a{b model:c", "'model:a{b' is not a node"),
        ("merge Qwen model:b", "'Qwen' is not a node; expected one such as model:qwen2.5"),
        ('rename model:a "Kimi', "a quotation mark has no partner"),
        ("rename model:a", "rename takes other arguments"),
        ("reject paper:2501.00001", "reject is not for paper:2501.00001"),
        ("split model:a model:b", "expected split NODE PAPER…"),
    ],
)
def test_a_line_that_is_no_decision_is_refused_with_its_place(line: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        parse_decisions(f"# a note\n\n{line}\n", "my.txt")
    assert str(error.value).startswith("my.txt:3: ")
    assert said in str(error.value)


def test_a_decision_reads_back_as_it_was_written() -> None:
    for line in [*LINES, 'rename model:a "say \\"#1\\" – 하나"']:
        (decision,) = parse_decisions(line, "x")
        assert write_decision(decision, "a\nnote\u2028# \x1bmore") == f"{line}  # a note # more"
        assert parse_decisions(write_decision(decision, "n"), "x") == (decision,)
    assert parse_decisions("rename model:a C#", "x")[0].word == "C#"
    assert [verb.value for verb in Verb] == ["merge", "split", "rename", "retype", "reject", "accept"]


def test_all_of_a_paper_whose_id_has_a_slash_can_be_decided_on(tmp_path: Path) -> None:
    sentence = "QuarkNet scores 61.5% on HillBank."
    entry = make_entry("On Quarks", sentence, arxiv="hep-th/0101001", authors=(Credit(name="Ada Byron"),))
    entities = (make_entity(entry, "QuarkNet", Kind.MODEL), make_entity(entry, "HillBank", Kind.BENCHMARK))
    results = (make_result(entry, sentence, "61.5%", system=0, benchmark=1),)
    store = Store(None, writing=True)
    record(store, [Observation(entry=entry, findings=Findings(entities=entities, results=results))])
    refresh(store)
    of_paper = {q.subject.value.removeprefix(BASE) for q in store.graph if "hep-th" in q.subject.value}
    assert not [node for node in of_paper if "hep-th/" in node]
    (result,) = [node for node in of_paper if node.startswith("result/")]
    (author,) = [node for node in of_paper if node.startswith("author/")]
    lines = f"reject {result}".replace("/", ":"), f'rename {author} "Ada B."'.replace("/", ":")
    assert not decide(store, tmp_path, *lines)
    assert not exists(store, result)
    assert names(store, author) == ["Ada B."]


def test_a_hostile_line_is_refused_quickly() -> None:
    for line in ("\\" * 100_000, '"' + "\\" * 100_000, '"' * 100_000, "merge " + "model:a " * 20_000 + '"'):
        with pytest.raises(InputError):
            parse_decisions(line, "x")


ADA, ADA_OF_HF = Credit(name="Ada Byron"), Credit(name="Ada Byron", handle="ada")
OTHERS = (Credit(name="Bo Li"), Credit(name="Cy Twombly"))


def signed(number: int, day: int, *authors: Credit) -> Observation:
    """A paper with these authors, in the digest of a day."""
    title, digest = f"Paper {number} on Hills", f"2025-02-{day:02d}.md"
    entry = make_entry(title, "TPO again.", arxiv=f"2502.0000{number}", digest=digest, authors=authors)
    return Observation(entry=entry, findings=Findings())


FOUND_AGAIN = pytest.mark.parametrize(
    ("first", "later"),
    [
        (signed(5, 5, ADA), [signed(5, 6, ADA_OF_HF), signed(3, 3, ADA_OF_HF)]),
        (signed(5, 5, ADA_OF_HF), [signed(3, 3, ADA_OF_HF)]),
        (signed(5, 5, ADA, *OTHERS), [signed(3, 3, ADA, *OTHERS)]),
        (signed(5, 5, ADA, *OTHERS), [signed(7, 7, ADA, *OTHERS)]),
    ],
    ids=["by a handle that is learned", "by the same handle", "in an earlier paper", "in a later paper"],
)
BALLAST = pytest.mark.parametrize("ballast", [0, 20], ids=["made anew", "changed"])


def build_stepwise_and_at_once(
    folder: Path, line: str, first: list[Observation], later: list[Observation]
) -> tuple[Store, Store]:
    """Decide a line about Ada, whose node is written ADA, before others are read; and after all are read."""
    stepwise, at_once = Store(None, writing=True), Store(None, writing=True)
    record(stepwise, first)
    refresh(stepwise)
    (ada,) = (node for node in objects(stepwise, "paper/2502.00005", DCTERMS.creator) if "ada" in node)
    line = line.replace("ADA", ada.replace("/", ":", 1))
    assert not decide(stepwise, folder, line)
    for step in later:
        record(stepwise, [step])
        refresh(stepwise)
    record(at_once, [*first, *later])
    for store in (stepwise, at_once):
        assert not decide(store, folder, line)
    return stepwise, at_once


@FOUND_AGAIN
@BALLAST
def test_a_rejected_person_stays_out_when_found_again(
    tmp_path: Path, first: Observation, later: list[Observation], ballast: int
) -> None:
    ships = [signed(8, day) for day in range(8, 8 + ballast)]
    stepwise, at_once = build_stepwise_and_at_once(tmp_path, "reject ADA", [*ships, first], later)
    assert not [row for row in dump(stepwise) if "Ada Byron" in row or '"ada"' in row]
    assert dump(at_once) == dump(stepwise)
    assert exists(stepwise, "paper/2502.00005")


@FOUND_AGAIN
@BALLAST
def test_a_renamed_person_keeps_the_name_when_found_again(
    tmp_path: Path, first: Observation, later: list[Observation], ballast: int
) -> None:
    ships = [signed(8, day) for day in range(8, 8 + ballast)]
    stepwise, at_once = build_stepwise_and_at_once(
        tmp_path, 'rename ADA "Countess Lovelace"', [*ships, first], later
    )
    (ada,) = {node for node in objects(stepwise, "paper/2502.00005", DCTERMS.creator) if "ada" in node}
    assert names(stepwise, ada) == ["Countess Lovelace"]
    assert dump(at_once) == dump(stepwise)


@FOUND_AGAIN
@BALLAST
def test_merged_people_stay_one_when_one_is_found_again(
    tmp_path: Path, first: Observation, later: list[Observation], ballast: int
) -> None:
    ships = [signed(8, day) for day in range(8, 8 + ballast)]
    other = signed(4, 4, Credit(name="Countess Lovelace"))
    stepwise, at_once = build_stepwise_and_at_once(
        tmp_path, "merge ADA author:2502.00004-countesslovelace", [*ships, first, other], later
    )
    (person,) = objects(stepwise, "paper/2502.00004", DCTERMS.creator)
    for observation in (first, *later):
        assert person in objects(stepwise, f"paper/{observation.entry.arxiv}", DCTERMS.creator)
    assert dump(at_once) == dump(stepwise)


def test_what_is_said_of_things_heeds_what_they_are_decided_to_be(said: Store, tmp_path: Path) -> None:
    before, maker = dump(said), f"{BASE}org/hillsidelabs"
    assert said.subjects(KG.developedBy, maker) == [f"{BASE}model/rocket7b"]
    assert not decide(said, tmp_path, "reject org:hillsidelabs", "retype task:climbing method")
    assert said.subjects(KG.developedBy, maker) == []
    assert said.objects(f"{BASE}benchmark/hillbench", KG.forTask) == []
    assert not decide(said, tmp_path, "merge org:hillsidelabs org:hillside")
    assert said.objects(f"{BASE}model/rocket7b", KG.developedBy) == [f"{BASE}org/hillside"]
    assert not decide(said, tmp_path, "retype model:rocket7b method")
    assert said.select(f"SELECT ?s WHERE {{ ?s <{KG.openWeights}>|<{KG.developedBy}> ?value }}") == []
    assert not decide(said, tmp_path)
    mention = next(m for m in said.objects(f"{BASE}model/rocket7b", PROV.wasDerivedFrom) if "openW" in m)
    assert not decide(said, tmp_path, f"reject {mention.removeprefix(BASE).replace('/', ':', 1)}")
    assert said.select(f"SELECT ?s WHERE {{ ?s <{KG.openWeights}> ?value }}") == []
    assert said.subjects(KG.developedBy, maker)
    assert not decide(said, tmp_path)
    assert dump(said) == before


@pytest.mark.parametrize(
    "line", ["retype model:openaio1 method", "retype org:openai method", "reject org:openai"]
)
def test_who_made_what_is_no_model_is_not_left_over(tmp_path: Path, line: str) -> None:
    store = Store(None, writing=True)
    entry = make_entry("Hills", "OpenAI o1 is new.", arxiv="2503.01234")
    made = Attribute(
        of=0,
        property=Property.DEVELOPED_BY,
        start=6,
        end=15,
        confidence=0.9,
        by="developer.name",
        name="OpenAI",
    )
    findings = Findings(entities=(make_entity(entry, "OpenAI o1", Kind.MODEL),), attributes=(made,))
    record(store, [Observation(entry=entry, findings=findings)])
    refresh(store)
    assert exists(store, "org/openai")
    decide(store, tmp_path, line)
    assert not exists(store, "org/openai")
    assert not exists(store, "method/openai")
