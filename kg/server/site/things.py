"""A node of the graph <-> its address on the site and what a reader calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from kg.facts import kind_of
from kg.identity import slug
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import DCTERMS, RDF
from kg.server.media import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.facts import Facts


_ENDINGS = tuple(f".{ending}" for ending in SUFFIXES)


class Thing(NamedTuple):
    """A node as a link: its IRI, its address here, its name with the name's language, its kind."""

    iri: str
    path: str
    name: str
    language: str
    kind: str


def read_thing(facts: Facts, node: str, language: str = "") -> Thing:
    """Read what a node is called, by preference in the reader's language."""
    return Thing(node, path_of(node), *_name(facts, node, language), kind_of(node))


def read_things(facts: Facts, nodes: Iterable[str], language: str = "") -> tuple[Thing, ...]:
    """Read nodes in their order."""
    return tuple(read_thing(facts, node, language) for node in nodes)


def _name(facts: Facts, node: str, language: str) -> tuple[str, str]:
    name = facts.name(node)
    names = facts.names(node)
    tag = next((tag for text, tag in names if text == name), "")
    if language and tag and tag != language:
        return next(((text, other) for text, other in names if other == language), (name, tag))
    return name, tag


def path_of(node: str) -> str:
    """Return the address of a node of ours, or an empty string.

    A key that ends as the address of a data file does gets the ending of pages, or it would be taken for one.

    >>> path_of("https://w3id.org/paperkg/benchmark/vbench%2B%2B"), path_of(f"{BASE}digest/a.ttl")
    ('/benchmark/vbench%2B%2B', '/digest/a.ttl.html')
    """
    kind = kind_of(node)
    tail = node[len(BASE) + len(kind) + 1 :]
    ending = ".html" if tail.endswith(_ENDINGS) else ""
    return f"/{kind}/{quote(unquote(tail), safe='')}{ending}" if kind and tail else ""


def find_node(facts: Facts, kind: str, tail: str) -> str | None:
    """Find the node at an address, whose tail comes decoded.

    IRIs write some characters of a key as ``%2B``; a client may have sent them so or decoded.
    """
    for spelling in dict.fromkeys((slug(tail), quote(tail, safe=".-_"))):
        node = f"{BASE}{kind}/{spelling}"
        if facts.values(node, RDF.type) or facts.value(node, DCTERMS.isReplacedBy):
            return node
    return None
