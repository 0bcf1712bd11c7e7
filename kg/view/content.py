"""A selection -> what the page knows: its graph and its evidence, each a block of JSON values.

Both are columns: a list for each property, with one place for each node, edge, result or entry. They refer to
one another by number. Columns are a third the size of records, and a browser reads them three times as fast.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.evidence import SAID, date_of_entry, find_said
from kg.network import KINDS
from kg.rdf.prefixes import PREFIXES, compact, expand
from kg.rdf.vocabulary import DCTERMS, FABIO, ITSRDF, KG, NIF, PROV, SCHEMA, SOA
from kg.view.atlas import place_all
from kg.view.layout import place
from kg.view.quotes import Quote, find_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.network import Edge, Node
    from kg.view.selection import Selection
    from kg.view.snapshot import Snapshot

_CURIES = ("dcterms", "fair4ml", "itsrdf", "kg", "nif", "prov", "skos")
_SLOTS = {"system": KG.system, "benchmark": KG.benchmark, "metric": KG.metric, "implied": KG.impliedMetric}
_TEXTS = {"value": KG.value, "high": KG.high, "unit": KG.unit, "setting": KG.setting}

Columns = dict[str, list[Any]]


class Content(NamedTuple):
    """What the page draws, lists and searches at once; and the sentences, which it opens when asked."""

    graph: dict[str, Any]
    evidence: dict[str, Any]


def describe_selection(facts: Snapshot, selection: Selection) -> Content:
    """Gather all that the page's script reads."""
    number = {node.iri: number for number, node in enumerate(selection.nodes)}
    entries, texts = _describe_entries(facts, selection.nodes)
    edges = _order_edges(facts, selection.edges, number)
    quoted = list(_quote_edges(facts, edges, entries))
    papers = [node.iri for node in selection.nodes if node.kind == "paper"]
    results = [(paper, result) for paper in papers for result in facts.values(paper, KG.reports)]
    stated = [find_quotes(facts, facts.values(r, PROV.wasDerivedFrom), entries) for _, r in results]
    graph = {
        "total": selection.total,
        "around": [number[node] for node in selection.around],
        "kinds": KINDS,
        "prefixes": {prefix: PREFIXES[prefix] for prefix in sorted({*KINDS, *_CURIES})},
        "nodes": _describe_nodes(facts, selection),
        "papers": _describe_papers(facts, papers),
        "overview": _describe_overview(selection, number),
        "edges": _describe_edges(edges, number, quoted),
        "results": _describe_results(facts, results, number),
        "entries": _describe_places(facts, entries, number),
    }
    evidence = {"texts": texts, "edges": _write_quotes(quoted), "results": _write_quotes(stated)}
    return Content(graph, evidence)


def _describe_nodes(facts: Snapshot, selection: Selection) -> dict[str, Any]:
    nodes = selection.nodes
    places = place_all(nodes, selection.edges)
    names = [facts.names(node.iri) for node in nodes]
    tags = [
        next((tag for name, tag in known if name == node.label), "")
        for node, known in zip(nodes, names, strict=True)
    ]
    others = [
        [[name, tag] for name, tag in known if name != node.label]
        for node, known in zip(nodes, names, strict=True)
    ]
    rising = {KG.higherIsBetter: 1, KG.lowerIsBetter: -1}
    directions = {
        n: rising.get(facts.value(node.iri, KG.direction) or "", 0)
        for n, node in enumerate(nodes)
        if node.kind == "metric"
    }
    return {
        "id": [compact(node.iri) for node in nodes],
        "kind": [KINDS.index(node.kind) for node in nodes],
        "name": [node.label for node in nodes],
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
        "language": {n: tag for n, tag in enumerate(tags) if tag},
        "also": {n: also for n, also in enumerate(others) if also},
        "direction": {n: direction for n, direction in directions.items() if direction},
    }


def _describe_papers(facts: Snapshot, papers: list[str]) -> Columns:
    """Describe the papers; they are the first nodes, in this order."""
    return {
        "arxiv": [facts.value(paper, FABIO.hasArXivId) or "" for paper in papers],
        "links": [_list_links(facts, paper) for paper in papers],
        "tags": [facts.values(paper, KG.tag) for paper in papers],
    }


def _list_links(facts: Snapshot, paper: str) -> list[list[str]]:
    """Return the links that say more than the arXiv id does."""
    arxiv = facts.value(paper, FABIO.hasArXivId)
    links = dict.fromkeys(facts.values(paper, SCHEMA.url), "link")
    links |= dict.fromkeys(facts.values(paper, SCHEMA.codeRepository), "code")
    links.pop(f"https://arxiv.org/abs/{arxiv}", None)
    return [[kind, url] for url, kind in links.items() if is_web_link(url)]


def _describe_overview(selection: Selection, number: dict[str, int]) -> Columns:
    """Describe where the nodes stand that are drawn at first."""
    drawn = [node.iri for node in selection.nodes if node.iri in selection.drawn]
    pairs = [(edge.source, edge.target) for edge in selection.edges]
    places = place(drawn, [pair for pair in pairs if selection.drawn.issuperset(pair)])
    return {
        "node": [number[iri] for iri in drawn],
        "x": [places[iri][0] for iri in drawn],
        "y": [places[iri][1] for iri in drawn],
    }


def _order_edges(facts: Snapshot, edges: Iterable[Edge], number: dict[str, int]) -> list[Edge]:
    """Put edges in the order of what they relate, but the authors of a paper in that of their names in it."""
    places: dict[tuple[str, str], int] = {}
    for paper in number:
        for authorship in facts.values(paper, SOA.hasAuthorship):
            author, place = facts.value(authorship, SOA.hasAuthor), facts.value(authorship, SOA.position)
            if author and place:
                places[paper, author] = int(place)
    unplaced = len(number)
    creator = compact(DCTERMS.creator)

    def rank(edge: Edge) -> tuple[int, str, int, int]:
        placed = places.get((edge.source, edge.target), unplaced) if edge.relation == creator else 0
        return number[edge.source], edge.relation, placed, number[edge.target]

    return sorted(edges, key=rank)


def _describe_edges(
    edges: Iterable[Edge], number: dict[str, int], quoted: list[list[Quote]]
) -> dict[str, Any]:
    edges = list(edges)
    relations = sorted({edge.relation for edge in edges})
    return {
        "relations": relations,
        "source": [number[edge.source] for edge in edges],
        "target": [number[edge.target] for edge in edges],
        "relation": [relations.index(edge.relation) for edge in edges],
        "sure": [max((quote.sure for quote in quotes), default=100) for quotes in quoted],
    }


def _quote_edges(facts: Snapshot, edges: Iterable[Edge], entries: dict[str, int]) -> Iterator[list[Quote]]:
    """Find the sentences of each edge; the edges come by their sources, so each paper is read once."""
    for source, of_source in groupby(edges, key=lambda edge: edge.source):
        mentions = _index_mentions(facts, source)
        for edge in of_source:
            if edge.relation == "kg:outperforms":
                yield find_quotes(facts, _find_comparisons(facts, edge), entries)
            elif rules := SAID.get(expand(edge.relation)):
                yield find_quotes(facts, find_said(facts, edge.source, rules, edge.target), entries)
            else:
                yield find_quotes(facts, mentions.get(edge.target, ()), entries)


def _index_mentions(facts: Snapshot, paper: str) -> dict[str, list[str]]:
    """Return entity -> its mentions in the entries about a paper."""
    index: dict[str, list[str]] = defaultdict(list)
    for item in facts.subjects(KG.discusses, paper):
        for mention in facts.subjects(NIF.referenceContext, item):
            for entity in facts.values(mention, ITSRDF.taIdentRef):
                index[entity].append(mention)
    return index


def _find_comparisons(facts: Snapshot, edge: Edge) -> list[str]:
    """Return the mentions that say that one system is better than another."""
    said = [c for c in facts.subjects(KG.better, edge.source) if edge.target in facts.values(c, KG.worse)]
    return [mention for c in said for mention in facts.values(c, PROV.wasDerivedFrom)]


def _describe_results(facts: Snapshot, results: list[tuple[str, str]], number: dict[str, int]) -> Columns:
    columns: Columns = defaultdict(list)
    gains = facts.members(KG.Gain)
    for paper, result in results:
        columns["paper"].append(number[paper])
        columns["gain"].append(int(result in gains))
        for slot, term in _SLOTS.items():
            columns[slot].append(number.get(facts.value(result, term) or "", -1))
        for slot, term in _TEXTS.items():
            columns[slot].append(facts.value(result, term) or "")
        baseline = facts.value(result, KG.baseline)
        against = [facts.name(baseline) if baseline else "", facts.value(result, KG.baselineValue) or ""]
        columns["against"].append(" ".join(filter(None, against)))
        columns["sure"].append(round(100 * float(facts.value(result, ITSRDF.taConfidence) or 1)))
    return columns


def _describe_entries(facts: Snapshot, nodes: Iterable[Node]) -> tuple[dict[str, int], list[str]]:
    """Number the digest entries about some papers, by date, digest and line; and return their texts."""
    items = {
        item for node in nodes if node.kind == "paper" for item in facts.subjects(KG.discusses, node.iri)
    }
    ordered = sorted(items, key=lambda item: (date_of_entry(facts, item), *_place_of(facts, item), item))
    texts = [facts.value(item, NIF.isString) or "" for item in ordered]
    return {item: number for number, item in enumerate(ordered)}, texts


def _describe_places(facts: Snapshot, entries: dict[str, int], number: dict[str, int]) -> dict[str, Any]:
    places = [_place_of(facts, item) for item in entries]
    digests = sorted({digest for digest, _ in places})
    rank = {digest: place for place, digest in enumerate(digests)}
    return {
        "digests": digests,
        "digest": [rank[digest] for digest, _ in places],
        "line": [line for _, line in places],
        "date": [date_of_entry(facts, item) for item in entries],
        "language": [facts.value(item, DCTERMS.language) or "" for item in entries],
        "paper": [number[facts.values(item, KG.discusses)[0]] for item in entries],
        "votes": [int(facts.value(item, KG.upvotes) or 0) for item in entries],
    }


def _place_of(facts: Snapshot, item: str) -> tuple[str, int]:
    digest = facts.value(item, DCTERMS.isPartOf) or ""
    return facts.name(digest), int(facts.value(item, KG.line) or 0)


def _write_quotes(quoted: Iterable[list[Quote]]) -> list[list[list[int]]]:
    return [[[q.entry, q.first, q.last, *q.spans] for q in quotes] for quotes in quoted]


def is_web_link(url: str) -> bool:
    """Say whether a page may link to a URL: only http and https, never a script or a file."""
    return url.startswith(("https://", "http://"))
