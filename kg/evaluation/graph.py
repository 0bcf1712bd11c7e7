"""The graph of a build -> the records that its users get: what each item says, by preferred names."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from kg.evaluation.gold import Named, Outdone, Record, Reported
from kg.rdf.prefixes import PREFIXES
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pyoxigraph as ox

_ITEMS = """SELECT ?item ?file ?arxiv ?language ?text ?paper {
  ?item dcterms:isPartOf/dcterms:identifier ?file ; dcterms:language ?language ; nif:isString ?text ;
    kg:discusses ?paper . ?paper fabio:hasArXivId ?arxiv }"""
_MENTIONS = """SELECT ?item ?entity ?kind ?anchor (EXISTS { ?paper kg:introduces ?entity } AS ?introduced) {
  ?mention nif:referenceContext ?item ; itsrdf:taIdentRef ?entity ; nif:anchorOf ?anchor .
  ?entity a ?kind . ?item kg:discusses ?paper }"""
_LABELS = """SELECT ?node ?label (LANG(?label) AS ?language) {
  ?node skos:prefLabel ?label FILTER NOT EXISTS { ?node nif:isString ?text } }"""
_RESULTS = """SELECT ?item ?result ?kind ?value ?high ?unit ?system ?benchmark ?metric ?baseline
  ?baselineValue ?anchor {
  ?result a ?kind ; kg:value ?value ; prov:wasDerivedFrom ?mention . FILTER (?kind != kg:Result)
  ?mention nif:referenceContext ?item ; nif:anchorOf ?anchor .
  OPTIONAL { ?result kg:high ?high } OPTIONAL { ?result kg:unit ?unit }
  OPTIONAL { ?result kg:system ?system } OPTIONAL { ?result kg:benchmark ?benchmark }
  OPTIONAL { ?result kg:metric ?metric } OPTIONAL { ?result kg:baseline ?baseline }
  OPTIONAL { ?result kg:baselineValue ?baselineValue } }"""
_COMPARISONS = """SELECT ?item ?better ?worse ?anchor {
  ?comparison kg:better ?better ; kg:worse ?worse ; prov:wasDerivedFrom ?mention .
  ?mention nif:referenceContext ?item ; nif:anchorOf ?anchor }"""
_REPOSITORIES = "SELECT ?item ?url { ?item kg:discusses/schema:codeRepository ?url }"
_KINDS = {PREFIXES["kg"] + kind.name.capitalize(): kind for kind in Kind}

Row = dict[str, str]
T = TypeVar("T")


def records_of(store: ox.Store, ids: Mapping[str, str] | None = None) -> tuple[Record, ...]:
    """Read the records of all items about papers with an arXiv id out of a graph.

    Args:
        store: the graph.
        ids: renames a record: ``file|arXiv id`` -> the id that a gold file uses.

    Returns:
        One record for each item, sorted by id; an entity's names are its preferred label and what its
        mentions in that item print.
    """
    names = _read_names(store)
    entities = _read_entities(store, names)
    results = _gather(store, _RESULTS, lambda row: _result(row, names), key="result")
    beaten = _gather(
        store,
        _COMPARISONS,
        lambda r: Outdone(
            better=_name(r["better"], names), worse=_name(r["worse"], names), evidence=r["anchor"]
        ),
    )
    repositories = _gather(store, _REPOSITORIES, lambda row: row["url"])
    records = []
    for row in _rows(store, _ITEMS):
        key, item = f"{row['file']}|{row['arxiv']}", row["item"]
        records.append(
            Record(
                id=(ids or {}).get(key, key),
                entities=entities.get(item, ()),
                results=results.get(item, ()),
                outperforms=beaten.get(item, ()),
                repositories=repositories.get(item, ()),
                text=row["text"],
                language=row["language"],
            )
        )
    return tuple(sorted(records, key=lambda record: record.id))


def _rows(store: ox.Store, query: str) -> Iterator[Row]:
    import pyoxigraph as ox

    prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    solutions = store.query(prologue + query)
    assert isinstance(solutions, ox.QuerySolutions)
    variables = [variable.value for variable in solutions.variables]
    for solution in solutions:
        bound = {name: solution[name] for name in variables}
        yield {name: term.value for name, term in bound.items() if term is not None}


def _read_names(store: ox.Store) -> dict[str, str]:
    """Read the preferred label of each node: the one without a language where there are several."""
    rows = sorted(_rows(store, _LABELS), key=lambda row: (row["language"], row["label"]), reverse=True)
    return {row["node"]: row["label"] for row in rows}


def _read_entities(store: ox.Store, names: Mapping[str, str]) -> dict[str, tuple[Named, ...]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _rows(store, _MENTIONS):
        if row["kind"] in _KINDS:
            found[row["item"], row["entity"]].append(row)
    entities: dict[str, tuple[Named, ...]] = {}
    for (item, entity), rows in sorted(found.items()):
        named = Named(
            kind=_KINDS[rows[0]["kind"]],
            name=_name(entity, names),
            aliases=tuple(sorted({row["anchor"] for row in rows})),
            introduced=rows[0]["introduced"] == "true",
        )
        entities[item] = (*entities.get(item, ()), named)
    return entities


def _gather(store: ox.Store, query: str, make: Callable[[Row], T], key: str = "") -> dict[str, tuple[T, ...]]:
    """Group what the rows of a query say by item; rows with an equal ``key`` count once for an item."""
    gathered: dict[str, dict[str, T]] = defaultdict(dict)
    for row in _rows(store, query):
        gathered[row["item"]].setdefault(row[key] if key else repr(sorted(row.items())), make(row))
    return {item: tuple(made for _, made in sorted(found.items())) for item, found in gathered.items()}


def _name(node: str, names: Mapping[str, str]) -> str:
    return names.get(node) or node.rsplit("/", 1)[-1]


def _result(row: Row, names: Mapping[str, str]) -> Reported:
    def named(slot: str) -> str | None:
        return _name(row[slot], names) if slot in row else None

    return Reported(
        kind=row["kind"].rsplit("#", 1)[-1].lower(),
        value=Decimal(row["value"]),
        high=Decimal(row["high"]) if "high" in row else None,
        unit=row.get("unit"),
        system=named("system"),
        benchmark=named("benchmark"),
        metric=named("metric"),
        baseline=named("baseline"),
        baseline_value=Decimal(row["baselineValue"]) if "baselineValue" in row else None,
        evidence=row["anchor"],
    )
