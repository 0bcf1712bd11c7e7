"""A number of papers -> a made-up graph of that size in our vocabulary, and what is asked of it.

Each paper has 8 authors, names 2 models, 3 benchmarks and 3 methods in 12 mentions, reports 2 results and
says once that one model outperforms another: about 146 statements. Names are drawn so that few are in many
papers and many in few, by chance, but always the same.
"""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from kg.rdf.ntriples import decimal, integer, iri, line, string
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import DCTERMS, FABIO, ITSRDF, KG, NIF, PROV, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.rdf.ntriples import Statement

_TYPE = iri(RDF.type)
_CLASSES = {
    "author": KG.Author,
    "model": KG.Model,
    "benchmark": KG.Benchmark,
    "method": KG.Method,
    "metric": KG.Metric,
}
_RELATIONS = {"model": KG.introduces, "benchmark": KG.evaluatesOn, "method": KG.usesMethod}
_DRAWN = {"model": 2, "benchmark": 3, "method": 3}
_MENTIONS = 12

QUERIES = {
    "papers on a benchmark": """SELECT ?paper ?title {
        ?paper kg:evaluatesOn benchmark:7 ; dcterms:title ?title }""",
    "leaderboard of a benchmark": """SELECT ?name ?value ?paper {
        ?result kg:benchmark benchmark:7 ; kg:metric metric:0 ; kg:value ?value ; kg:system ?system .
        ?paper kg:reports ?result . ?system skos:prefLabel ?name } ORDER BY DESC(?value) LIMIT 20""",
    "co-authors of one author": """SELECT ?name (COUNT(*) AS ?papers) {
        ?paper dcterms:creator author:7, ?other . ?other skos:prefLabel ?name
        FILTER(?other != author:7) } GROUP BY ?name ORDER BY DESC(?papers) ?name""",
    "who scores higher than Y": """SELECT DISTINCT ?name {
        ?own kg:system model:7 ; kg:benchmark ?benchmark ; kg:metric ?metric ; kg:value ?less .
        ?other kg:benchmark ?benchmark ; kg:metric ?metric ; kg:value ?more ; kg:system ?system .
        ?system skos:prefLabel ?name FILTER(?more > ?less) }""",
    "methods seen with a benchmark": """SELECT ?name (COUNT(*) AS ?papers) {
        ?paper kg:evaluatesOn benchmark:7 ; kg:usesMethod ?method . ?method skos:prefLabel ?name
        } GROUP BY ?name ORDER BY DESC(?papers) ?name""",
    "count by type": "SELECT ?type (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?type ORDER BY ?type",
    "provenance of one result": """SELECT ?words ?begin ?end ?item {
        <https://w3id.org/paperkg/result/7-0> prov:wasDerivedFrom ?mention . ?mention nif:anchorOf ?words ;
        nif:beginIndex ?begin ; nif:endIndex ?end ; nif:referenceContext ?item }""",
    "labels with a word in them": """SELECT ?s ?name { ?s a kg:Model ; skos:prefLabel ?name
        FILTER(CONTAINS(LCASE(?name), "del 77")) } ORDER BY ?name""",
    "what outperforms Y": """SELECT ?name {
        ?system kg:outperforms model:7 ; skos:prefLabel ?name } ORDER BY ?name""",
}
"""What is asked -> SPARQL; the prefixes of the vocabulary are declared."""

SHORTCUTS = {
    "leaderboard of a benchmark": """SELECT ?name ?value ?paper {
        { SELECT ?result ?value {
            ?result kg:leaderboard "7/0" ; kg:value ?value
          } ORDER BY DESC(?value) LIMIT 20 }
        ?result kg:system ?system . ?paper kg:reports ?result . ?system skos:prefLabel ?name
        } ORDER BY DESC(?value)""",
    "what outperforms Y": QUERIES["what outperforms Y"],
}
"""What our graph has shortcuts for: the scores of one leaderboard; who outperforms whom, as a fact."""

PAIRS = """SELECT ?one ?two (COUNT(*) AS ?papers) {
    ?paper dcterms:creator ?one, ?two FILTER(STR(?one) < STR(?two))
    } GROUP BY ?one ?two ORDER BY DESC(?papers) ?one ?two LIMIT 10"""
"""Top pairs of authors: the one query that takes rdflib minutes, so it is asked of the others only."""


def write_pages(statements: Iterable[Statement]) -> Iterator[bytes]:
    """Write any number of statements as N-Triples, some thousand at a time, as a store takes them."""
    waiting = iter(statements)
    while some := "".join(map(line, islice(waiting, 10_000))):
        yield some.encode()


def make_graph(papers: int) -> Iterator[Statement]:
    """Yield the statements of a graph of that many papers."""
    chance = random.Random(7)
    sizes = {
        "author": 3 * papers, "model": papers, "benchmark": papers // 20, "method": papers // 10, "metric": 5,
    }  # fmt: skip
    for kind, size in sizes.items():
        for number in range(size):
            node = _mint(kind, number)
            yield node, _TYPE, iri(_CLASSES[kind])
            yield node, iri(SKOS.prefLabel), string(f"{kind.capitalize()} {number}")
    for number in range(papers):
        yield from _make_paper(number, sizes, chance)


def _make_paper(number: int, sizes: dict[str, int], chance: random.Random) -> Iterator[Statement]:
    paper, item = _mint("paper", number), _mint("item", number)
    yield paper, _TYPE, iri(KG.Paper)
    yield paper, iri(DCTERMS.title), string(f"A Study of Things, Part {number}")
    yield paper, iri(FABIO.hasArXivId), string(str(number))
    yield item, _TYPE, iri(KG.DigestItem)
    yield item, iri(DCTERMS.isPartOf), _mint("digest", number // 20)
    yield item, iri(KG.discusses), paper
    yield item, iri(NIF.isString), string(f"Part {number} reports what was found. " * 20)
    for author in sorted({_draw("author", sizes, chance) for _ in range(8)}):
        yield paper, iri(DCTERMS.creator), author
    drawn = {kind: [_draw(kind, sizes, chance) for _ in range(n)] for kind, n in _DRAWN.items()}
    for kind, nodes in drawn.items():
        for node in sorted(set(nodes)):
            yield paper, iri(_RELATIONS[kind]), node
    better, worse = drawn["model"]
    if better != worse:
        yield better, iri(KG.outperforms), worse
    named = [node for nodes in drawn.values() for node in nodes]
    for place in range(_MENTIONS):
        yield from _make_mention(f"{number}-{place}", item, named[place % len(named)], place)
    for place in range(2):
        yield from _make_result(f"{number}-{place}", paper, drawn, sizes, chance)


def _make_mention(key: str, item: str, node: str, place: int) -> Iterator[Statement]:
    mention = _mint("mention", key)
    yield mention, _TYPE, iri(KG.Mention)
    yield mention, iri(RDFS.label), string(f"name {place}")
    yield mention, iri(NIF.referenceContext), item
    yield mention, iri(NIF.beginIndex), integer(20 * place)
    yield mention, iri(NIF.endIndex), integer(20 * place + 9)
    yield mention, iri(NIF.anchorOf), string(f"name {place}")
    yield mention, iri(ITSRDF.taIdentRef), node
    yield mention, iri(ITSRDF.taConfidence), decimal_of(80 + place)


def _make_result(
    key: str, paper: str, drawn: dict[str, list[str]], sizes: dict[str, int], chance: random.Random
) -> Iterator[Statement]:
    result, place = _mint("result", key), int(key[-1])
    yield paper, iri(KG.reports), result
    yield result, _TYPE, iri(KG.Result)
    yield result, iri(KG.system), drawn["model"][place]
    benchmark, metric = drawn["benchmark"][place], _draw("metric", sizes, chance)
    yield result, iri(KG.benchmark), benchmark
    yield result, iri(KG.metric), metric
    yield result, iri(KG.leaderboard), string("/".join(map(_local_name, (benchmark, metric))))
    yield result, iri(KG.value), decimal_of(chance.randrange(10_000))
    yield result, iri(KG.unit), string("%")
    yield result, iri(PROV.wasDerivedFrom), _mint("mention", key)
    yield result, iri(PROV.hadPrimarySource), paper


def decimal_of(hundredths: int) -> str:
    """Write a number of hundredths as a decimal."""
    return decimal(Decimal(hundredths) / 100)


def _draw(kind: str, sizes: dict[str, int], chance: random.Random) -> str:
    """Choose a node; the lower its number, the more often."""
    return _mint(kind, int(sizes[kind] * chance.random() ** 3))


def _local_name(node: str) -> str:
    return node.rstrip(">").rpartition("/")[2]


def _mint(kind: str, key: object) -> str:
    return f"<{BASE}{kind}/{key}>"
