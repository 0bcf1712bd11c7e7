"""A node -> the results that it takes part in, a page of them in the order asked for, with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.facts import Facts, kind_of
from kg.rdf.ntriples import iri
from kg.rdf.vocabulary import ITSRDF, KG, PROV, RDF
from kg.server.site.paging import Paging, page_through
from kg.server.site.passages import Passage, quote_mentions
from kg.server.site.things import Thing, path_of, read_thing
from kg.sparql.answers import show_term
from kg.sparql.queries import run
from kg.sparql.tables import join_value

if TYPE_CHECKING:
    from kg.graph import Graph

SLOTS = ("system", "benchmark", "metric", "paper")
COLUMNS = ("value", "system", "benchmark", "metric", "setting", "paper", "date")
"""What a table of results can be sorted by."""

_SIZE = 20
_QUOTED = 2
_TAKES_PART = {
    "paper": "{node} kg:reports ?result",
    "model": "?result kg:system {node}",
    "method": "?result kg:system {node}",
    "benchmark": "?result kg:benchmark/kg:variantOf* {node}",
    "metric": "?result kg:metric|kg:impliedMetric {node}",
}
_COUNT = "SELECT (COUNT(DISTINCT ?result) AS ?n) WHERE {{ {pattern} }}"
_QUERY = """SELECT DISTINCT ?result ?paper ?key WHERE {{
  {pattern} . ?paper kg:reports ?result .
  {key}
}} ORDER BY ASC(!BOUND(?key)) {order}(?key) ?paper ?result LIMIT {size} OFFSET {first}"""
_KEYS = {
    "value": "?result kg:value ?key",
    "setting": "OPTIONAL { ?result kg:setting ?key }",
    "system": "OPTIONAL { ?result kg:system/skos:prefLabel ?name BIND(LCASE(STR(?name)) AS ?key) }",
    "benchmark": "OPTIONAL { ?result kg:benchmark/skos:prefLabel ?name BIND(LCASE(STR(?name)) AS ?key) }",
    "metric": "OPTIONAL { ?result (kg:metric|kg:impliedMetric)/skos:prefLabel ?name"
    " BIND(LCASE(STR(?name)) AS ?key) }",
    "paper": "?paper dcterms:title ?name BIND(LCASE(STR(?name)) AS ?key)",
    "date": "OPTIONAL { SELECT ?paper (MIN(STR(?issued)) AS ?key) WHERE"
    " { ?item kg:discusses ?paper ; dcterms:issued ?issued } GROUP BY ?paper }",
}


class ResultRow(NamedTuple):
    """One result as a row: what stands in its cells, what is implied or contested, and its evidence."""

    path: str
    gain: bool
    value: str
    against: str
    setting: str
    system: Thing | None
    benchmark: Thing | None
    metric: Thing | None
    implied: bool
    paper: Thing
    date: str
    own: bool
    contested: bool
    sure: int
    passages: tuple[Passage, ...]


class Results(NamedTuple):
    """A page of results, its place in all of them, and by what they are sorted; ``slots`` have any value."""

    rows: tuple[ResultRow, ...]
    paging: Paging
    sort: str
    falling: bool
    slots: frozenset[str]


def list_results(graph: Graph, node: str, sort: str, *, falling: bool, page: str, language: str) -> Results:
    """List a page of the results of a node; there are none for a kind that takes no part in any."""
    pattern = _TAKES_PART.get(kind_of(node), "")
    if not pattern:
        return Results((), page_through(0, _SIZE), sort, falling, frozenset())
    store = graph.store.graph
    pattern = pattern.format(node=iri(node))
    paging = page_through(int(show_term(run(store, _COUNT.format(pattern=pattern)).rows[0][0])), _SIZE, page)
    order = "DESC" if falling else "ASC"
    query = _QUERY.format(pattern=pattern, key=_KEYS[sort], order=order, size=paging.size, first=paging.first)
    facts = Facts(store)
    pairs = [(result, paper) for result, paper, _ in run(store, query).rows]
    rows = tuple(
        read_result(facts, result.value, paper.value, language)
        for result, paper in dict.fromkeys(pairs)
        if isinstance(result, ox.NamedNode) and isinstance(paper, ox.NamedNode)
    )
    slots = frozenset(
        s for s in ("system", "benchmark", "metric", "setting") if any(getattr(r, s) for r in rows)
    )
    return Results(rows, paging, sort, falling, slots)


def read_result(facts: Facts, result: str, paper: str, language: str) -> ResultRow:
    """Read one result of a paper, with the sentences that state it."""

    def text(predicate: str) -> str:
        return facts.value(result, predicate) or ""

    def thing(predicate: str) -> Thing | None:
        node = facts.value(result, predicate)
        return read_thing(facts, node, language) if node else None

    baseline = thing(KG.baseline)
    passages = quote_mentions(facts, facts.values(result, PROV.wasDerivedFrom), _QUOTED)
    return ResultRow(
        path=path_of(result),
        gain=KG.Gain in facts.values(result, RDF.type),
        value=join_value(text(KG.value), text(KG.high), text(KG.unit)),
        against=" ".join(filter(None, (baseline.name if baseline else "", text(KG.baselineValue)))),
        setting=text(KG.setting),
        system=thing(KG.system),
        benchmark=thing(KG.benchmark),
        metric=thing(KG.metric) or thing(KG.impliedMetric),
        implied=not text(KG.metric),
        paper=read_thing(facts, paper),
        date=min((passage.date for passage in passages if passage.date), default=""),
        own=text(KG.reportedBy) == KG.firstParty,
        contested=bool(facts.values(result, KG.conflictsWith)),
        sure=round(100 * float(text(ITSRDF.taConfidence) or 1)),
        passages=passages,
    )
