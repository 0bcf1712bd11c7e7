"""A selection -> what the page knows: nodes, edges, results and the sentences behind them, as JSON values."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.evidence import read_evidence, read_results
from kg.rdf.prefixes import compact
from kg.rdf.vocabulary import DCTERMS, FABIO, ITSRDF, KG, NIF, PROV, SCHEMA
from kg.view.layout import place, place_beside
from kg.view.selection import count_degrees, date_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.evidence import Evidence, Reported
    from kg.facts import Facts
    from kg.network import Edge, Node
    from kg.view.selection import Selection

_SHORT = 30
"""So many characters of a name stand on the canvas; the panel has it whole."""

Quote = list[Any]
"""A sentence by its number, and the [start, end) of each span in it."""


def describe_selection(facts: Facts, selection: Selection) -> dict[str, Any]:
    """Gather all that the page's script reads.

    Nodes, sentences and digest entries are referred to by their number in ``nodes``, ``sentences`` and
    ``entries``; a quote is ``[sentence, [[start, end], ...]]``.
    """
    content = _Content(facts, selection)
    edges = [content.describe_edge(edge) for edge in selection.edges]
    results = content.describe_results()
    nodes = content.describe_nodes()
    return {
        "total": selection.total,
        "around": [content.number[node] for node in selection.around],
        "nodes": nodes,
        "edges": edges,
        "results": results,
        "sentences": list(content.sentences),
        "entries": list(content.entries),
    }


class _Content:
    """Numbers nodes, sentences and entries while it describes what refers to them."""

    def __init__(self, facts: Facts, selection: Selection) -> None:
        self._facts, self._selection = facts, selection
        self.number = {node.iri: number for number, node in enumerate(selection.nodes)}
        self.sentences: dict[tuple[int, str], int] = {}
        self.entries: dict[tuple[str, int, str, str], int] = {}
        self._mentions: dict[str, dict[str, list[str]]] = {}

    def describe_edge(self, edge: Edge) -> list[Any]:
        """Return source, target, relation, and the quotes that say so."""
        quotes = self._quote(self._find_mentions(edge))
        return [self.number[edge.source], self.number[edge.target], edge.relation, quotes]

    def describe_results(self) -> list[dict[str, Any]]:
        """Return every result of the papers selected."""
        papers = [node.iri for node in self._selection.nodes if node.kind == "paper"]
        return [self._describe_result(r) for paper in papers for r in read_results(self._facts, paper)]

    def describe_nodes(self) -> list[dict[str, Any]]:
        """Return every node with its place on the canvas."""
        places = _place_nodes(self._selection)
        degrees = count_degrees(e for e in self._selection.edges if e.relation != "dcterms:creator")
        return [
            {
                **self._describe_node(node),
                "at": places[node.iri],
                "size": degrees.get(node.iri, 0) // (2 if node.kind == "paper" else 1),
                "drawn": node.iri in self._selection.drawn,
            }
            for node in self._selection.nodes
        ]

    def _describe_node(self, node: Node) -> dict[str, Any]:
        names = self._facts.names(node.iri)
        language = next((language for name, language in names if name == node.label), "")
        described: dict[str, Any] = {
            "id": compact(node.iri),
            "kind": node.kind,
            "name": node.label,
            "short": shorten(node.label, is_title=node.kind == "paper"),
            "language": language,
            "also": [[name, tag] for name, tag in names if name != node.label],
        }
        if node.kind == "paper":
            described |= {
                "date": date_of(self._facts, node.iri),
                "links": self._list_links(node.iri),
                "entries": self._list_entries(node.iri),
            }
        return described

    def _list_links(self, paper: str) -> list[list[str]]:
        arxiv = self._facts.value(paper, FABIO.hasArXivId)
        links = [["arXiv", f"https://arxiv.org/abs/{arxiv}"]] if arxiv else []
        links += [["link", url] for url in self._facts.values(paper, SCHEMA.url)]
        links += [["code", url] for url in self._facts.values(paper, SCHEMA.codeRepository)]
        first = {url: [text, url] for text, url in reversed(links) if is_web_link(url)}
        return [first[url] for _, url in links if first.get(url) == [_, url]]

    def _list_entries(self, paper: str) -> list[int]:
        """Return the digest entries about a paper, by number."""
        found = []
        for item in self._facts.subjects(KG.discusses, paper):
            digest = self._facts.value(item, DCTERMS.isPartOf) or ""
            date = self._facts.value(item, DCTERMS.issued) or self._facts.value(digest, DCTERMS.issued)
            line = int(self._facts.value(item, KG.line) or 0)
            language = self._facts.value(item, DCTERMS.language) or ""
            found.append((self._facts.name(digest), line, date or "", language))
        return [self.entries.setdefault(entry, len(self.entries)) for entry in sorted(found)]

    def _describe_result(self, result: Reported) -> dict[str, Any]:
        node = self._facts.value
        slots = {
            "system": KG.system,
            "benchmark": KG.benchmark,
            "metric": KG.metric,
            "implied": KG.impliedMetric,
        }
        numbers = {slot: self.number.get(node(result.iri, slots[slot]) or "", -1) for slot in slots}
        texts = {
            "kind": result.kind,
            "value": _show_value(result),
            "unit": result.unit,
            "setting": result.setting,
            "against": " ".join(filter(None, (result.baseline, result.baseline_value))),
            "confidence": result.confidence,
        }
        quotes = self._quote_all(result.evidence)
        return {"paper": self.number[result.paper], **numbers, **texts, "quotes": quotes}

    def _find_mentions(self, edge: Edge) -> list[str]:
        """Return the mentions that say what an edge says."""
        if edge.relation == "kg:outperforms":
            said = self._facts.subjects(KG.better, edge.source)
            said = [c for c in said if edge.target in self._facts.values(c, KG.worse)]
            return [mention for c in said for mention in self._facts.values(c, PROV.wasDerivedFrom)]
        if edge.source not in self._mentions:
            self._mentions[edge.source] = self._index_mentions(edge.source)
        return self._mentions[edge.source].get(edge.target, [])

    def _index_mentions(self, paper: str) -> dict[str, list[str]]:
        """Return entity -> its mentions in the entries about a paper."""
        index: dict[str, list[str]] = defaultdict(list)
        for item in self._facts.subjects(KG.discusses, paper):
            for mention in self._facts.subjects(NIF.referenceContext, item):
                for entity in self._facts.values(mention, ITSRDF.taIdentRef):
                    index[entity].append(mention)
        return index

    def _quote(self, mentions: Iterable[str]) -> list[Quote]:
        return self._quote_all(read_evidence(self._facts, mention) for mention in mentions)

    def _quote_all(self, evidence: Iterable[Evidence]) -> list[Quote]:
        """Return each sentence once with all its spans, by date, digest and line."""
        spans: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for said in sorted(evidence, key=lambda e: (e.date, e.digest, e.line, e.start)):
            entry = (said.digest, said.line, said.date, said.language)
            number = self.entries.setdefault(entry, len(self.entries))
            sentence = self.sentences.setdefault((number, said.sentence), len(self.sentences))
            spans[sentence].add((said.start, said.end))
        return [[sentence, sorted(places)] for sentence, places in spans.items()]


def shorten(name: str, *, is_title: bool = False) -> str:
    """Shorten a name to what a canvas has room for; a title to the name before its colon.

    >>> shorten("TPO: Test-Time Preference Optimization", is_title=True)
    'TPO'
    >>> shorten("An Empirical Study of Everything There Is")
    'An Empirical Study of…'
    """
    head = (name.split(":", 1)[0].strip() if is_title else "") or name
    if len(head) <= _SHORT:
        return head
    cut = name[:_SHORT].rsplit(" ", 1)[0].rstrip(" ,:;-")
    return f"{cut}…"


def is_web_link(url: str) -> bool:
    """Say whether a page may link to a URL: only http and https, never a script or a file."""
    return url.startswith(("https://", "http://"))


def _show_value(result: Reported) -> str:
    sign = "+" if result.kind == "gain" and not result.value.startswith("-") else ""
    return f"{sign}{result.value}" + (f"–{result.high}" if result.high else "")


def _place_nodes(selection: Selection) -> dict[str, tuple[int, int]]:
    """Place what is drawn by the layout, and the rest beside their drawn neighbours."""
    drawn = [node.iri for node in selection.nodes if node.iri in selection.drawn]
    pairs = [(edge.source, edge.target) for edge in selection.edges]
    places = place(drawn, [pair for pair in pairs if selection.drawn.issuperset(pair)])
    beside: dict[str, set[str]] = defaultdict(set)
    for source, target in pairs:
        if source in places:
            beside[target].add(source)
        if target in places:
            beside[source].add(target)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for node in sorted(
        selection.nodes, key=lambda node: node.kind == "author"
    ):  # authors, rarely shown, sit last
        if node.iri not in places:
            groups[tuple(sorted(beside[node.iri]))].append(node.iri)
    taken = list(places.values())
    for anchors, members in groups.items():
        seats = place_beside([places[anchor] for anchor in anchors], taken, len(members))
        places |= {iri: (round(x), round(y)) for iri, (x, y) in zip(members, seats, strict=True)}
    return places
