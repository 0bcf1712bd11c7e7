"""All observations of one paper -> its statements: the paper, its results, comparisons and authorships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.rdf.iris import mint_of_paper, mint_paper
from kg.rdf.ntriples import Statement, integer, iri, string
from kg.rdf.vocabulary import DCTERMS, FABIO, KG, RDF, SCHEMA, SKOS, SOA
from kg.records import Kind
from kg.resolution.claims import describe_comparisons, describe_results

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.records import Credit, Observation
    from kg.resolution.things import Item

Statements = Iterator[Statement]

_INTRODUCED = {Kind.MODEL, Kind.METHOD, Kind.BENCHMARK, Kind.DATASET}


def describe_paper(
    key: str, items: Sequence[Item], authors: Mapping[str, set[Credit]], replaced: Iterable[str] = ()
) -> Statements:
    """Say everything that the digests together say about one paper.

    Args:
        key: the paper's key (see `kg.rdf.iris.paper_key`).
        items: every entry about it, at least one.
        authors: node of an author -> the credits that it goes by in this paper.
        replaced: the keys that some of these entries gave it, and that it took the place of.
    """
    subject = iri(mint_paper(key))
    seen = [item.observation for item in items]
    yield subject, iri(RDF.type), iri(KG.Paper)
    yield from _describe_bibliography(key, subject, seen)
    for gone in replaced:
        yield iri(mint_paper(gone)), iri(DCTERMS.isReplacedBy), subject
    yield from _describe_authors(key, subject, seen, authors)
    yield from _describe_relations(subject, items)
    yield from describe_results(key, items, introduced(items))
    yield from describe_comparisons(key, items)


def title_of(observations: Sequence[Observation]) -> str:
    """Choose a paper's title: the one most digests print, the first by letter among equals."""
    titles = Counter(" ".join(o.entry.title.split()) for o in observations)
    return min(titles, key=lambda title: (-titles[title], title))


def _describe_bibliography(key: str, subject: str, observations: Sequence[Observation]) -> Statements:
    title = title_of(observations)
    yield subject, iri(SKOS.prefLabel), string(title)
    yield subject, iri(DCTERMS.title), string(title)
    for other in sorted({" ".join(o.entry.title.split()) for o in observations} - {title}):
        yield subject, iri(SKOS.altLabel), string(other)
    entries = [o.entry for o in observations]
    if any(e.arxiv == key for e in entries):
        yield subject, iri(FABIO.hasArXivId), string(key)
    for url in {e.url for e in entries if e.url and e.arxiv in (None, key)}:
        yield subject, iri(SCHEMA.url), iri(url)
    twin = f"https://huggingface.co/papers/{key}"
    if any(e.arxiv == key and twin in e.links for e in entries):
        yield subject, iri(SKOS.exactMatch), iri(twin)
    for repository in {
        url for o in observations for url in (*o.entry.repositories, *o.findings.repositories)
    }:
        yield subject, iri(SCHEMA.codeRepository), iri(repository)
    for tag in {tag for e in entries for tag in e.tags}:
        yield subject, iri(KG.tag), string(tag)


def _describe_authors(
    key: str, subject: str, observations: Sequence[Observation], authors: Mapping[str, set[Credit]]
) -> Statements:
    for author in authors:
        yield subject, iri(DCTERMS.creator), iri(author)
    ordered = next((o for o in observations if o.entry.ordered), None)
    if ordered is None:
        return
    node_of = {credit: node for node, named in authors.items() for credit in named}
    for position, credit in enumerate(ordered.entry.authors, start=1):
        if credit not in node_of:
            continue  # a reader decided that this is nobody
        authorship = iri(mint_of_paper("authorship", key, str(position)))
        yield subject, iri(SOA.hasAuthorship), authorship
        yield authorship, iri(RDF.type), iri(SOA.Authorship)
        yield authorship, iri(SKOS.prefLabel), string(credit.name or credit.handle or "")
        yield authorship, iri(SOA.hasAuthor), iri(node_of[credit])
        yield authorship, iri(SOA.position), integer(position)


def introduced(items: Sequence[Item]) -> set[str]:
    """Return the nodes that the paper presents as its own."""
    return {
        node
        for item in items
        for node, entity in zip(item.nodes, item.observation.findings.entities, strict=True)
        if entity.introduced and entity.kind in _INTRODUCED
    }


def _describe_relations(subject: str, items: Sequence[Item]) -> Statements:
    relations = set()
    for _, _, observation, nodes in items:
        findings = observation.findings
        relations |= {
            (iri(KG.mentions), n) for n, e in zip(nodes, findings.entities, strict=True) if e.mentions
        }
        relations |= {
            (iri(getattr(KG, relation.value)), nodes[index]) for index, relation in findings.relations
        }
    relations |= {(iri(KG.introduces), node) for node in introduced(items)}
    for predicate, node in sorted(relations):
        yield subject, predicate, iri(node)
