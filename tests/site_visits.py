"""An address of the site -> the reply of its page, found as the server finds it but with no server."""

from __future__ import annotations

import importlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from kg.rdf.prefixes import KINDS
from kg.server.exchange import SiteRequest
from kg.server.nodes import find_node, spell
from kg.server.site import MISSING, ONTOLOGY, ROUTES, THING

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.exchange import SiteReply


class Element(NamedTuple):
    """A start tag and its attributes."""

    tag: str
    attributes: dict[str, str]


def visit(graph: Graph, address: str, **headers: str) -> SiteReply:
    """Ask for a page."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    found = {"path": path, "query": dict(parse_qsl(parts.query)), "headers": headers}
    node = re.fullmatch(rf"/({'|'.join((*KINDS, 'catalog'))})/([^/]+)", parts.path)
    if node:
        iris = spell(node[1], unquote(node[2]))
        iri = find_node(graph.store.graph, iris) or iris[0]
        return _call(THING, graph, SiteRequest(**found, iri=iri))
    if path == "/ontology":
        return _call(ONTOLOGY, graph, SiteRequest(**found))
    for route in ROUTES:
        rest = re.sub(r"\{(\w+):path\}", r"(?P<\1>.*)", route.pattern)
        match = re.fullmatch(
            re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", rest), path
        )  # decoded, as the server does
        if match:
            return _call(route.page, graph, SiteRequest(**found, values=match.groupdict()))
    return _call(MISSING, graph, SiteRequest(**found))


def _call(page: str, graph: Graph, request: SiteRequest) -> SiteReply:
    module, _, function = page.partition(".")
    return getattr(importlib.import_module(f"kg.server.site.{module}"), function)(graph, request)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data) -> None:
        self.texts.append(data)


def read_elements(reply: SiteReply) -> list[Element]:
    """Return every start tag of a page."""
    return _read(reply).elements


def read_text(reply: SiteReply) -> str:
    """Return the text of a page, its blanks made one."""
    return " ".join(" ".join(_read(reply).texts).split())


def _read(reply: SiteReply) -> _Reader:
    reader = _Reader()
    reader.feed(reply.body.decode())
    return reader


def is_ours(address: str) -> bool:
    """Say whether an address is one of the site."""
    return address.startswith("/") and not address.startswith("//")
