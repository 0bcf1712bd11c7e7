"""``sparql+http://host/path?graph=…`` -> the endpoints of a server, and which of its graphs is ours."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit

from kg.errors import UsageError
from kg.rdf.ntriples import iri
from kg.rdf.prefixes import BASE
from kg.remote import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Mapping

GRAPH = f"{BASE}graph"
"""The named graph that plays the default graph where the address names no other."""

_OPTIONS = {
    "update": "KG_UPDATE_ENDPOINT",
    "data": "KG_GRAPH_STORE_ENDPOINT",
    "graph": "KG_GRAPH",
    "answers": "KG_ANSWERS",
}
"""Parameter of an address -> the environment variable that says the same."""

ANSWERS = ("server", "copy")
"""Who runs queries: the server itself, or this machine over a copy of its graph."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a store on a server is.

    ``name`` is what messages call it; ``query``, ``update`` and ``data`` are the endpoints of the SPARQL
    protocol and of the graph store protocol, the last empty where there is none; ``graph`` is the IRI of the
    graph that holds all facts; ``answers`` is ``server`` or ``copy``, empty to find
    out which. User and password are in no text that is made of an address.
    """

    name: str
    query: str
    update: str
    data: str
    graph: str
    answers: str = ""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def key(self) -> str:
        """What tells this store from all others, short enough for the name of a folder."""
        return hashlib.sha256(f"{self.query}\n{self.graph}".encode()).hexdigest()[:16]

    @property
    def is_here(self) -> bool:
        """Say whether the server runs on this machine."""
        return urlsplit(self.query).hostname in LOOPBACK

    @property
    def is_private(self) -> bool:
        """Say whether nobody on the way can read a password that is sent."""
        return self.is_here or all(url.startswith("https:") for url in (self.query, self.update))


def parse_address(text: str, environment: Mapping[str, str] = os.environ) -> Address:
    """Read an address and what the environment adds to it.

    Raises:
        UsageError: it is none, names a password, or has a parameter that is not known.
    """
    parts = urlsplit(text)
    if "@" in parts.netloc:
        raise UsageError(
            "the address of a store holds a user or password; expected these in KG_USER and KG_PASSWORD, "
            "or in .netrc"
        )
    name = f"{parts.scheme}://{parts.netloc}{parts.path}"
    if parts.scheme.lower() not in SCHEMES or not parts.hostname:
        raise UsageError(f"{name}: is not the address of a store; expected sparql+http://host:port/path")
    options = _read_options(name, parts, environment)
    query = parts._replace(
        scheme=parts.scheme.lower().removeprefix("sparql+"), query="", fragment=""
    ).geturl()
    graph = options.get("graph", GRAPH)
    if iri(graph) != f"<{graph}>" or not urlsplit(graph).scheme:
        raise UsageError(f"{name}: graph={graph} is not an IRI; expected one such as {GRAPH}")
    if options.get("answers", "copy") not in ANSWERS:
        raise UsageError(
            f"{name}: answers={options['answers']} is not known; expected {' or '.join(ANSWERS)}"
        )
    user, password = _find_credentials(parts.hostname, environment)
    return Address(
        name=name,
        query=query,
        update=_endpoint(name, query, options.get("update") or _guess_update(parts.path)),
        data=_endpoint(name, query, options["data"]) if options.get("data") else "",
        graph=graph,
        answers=options.get("answers", ""),
        user=user,
        password=password,
    )


def _read_options(name: str, parts: SplitResult, environment: Mapping[str, str]) -> dict[str, str]:
    given = parse_qsl(parts.query, keep_blank_values=True)
    unknown = [key for key, _ in given if key not in _OPTIONS]
    if unknown:
        raise UsageError(f"{name}: has no parameter {unknown[0]!r}; expected {', '.join(_OPTIONS)}")
    known = {key: environment[variable] for key, variable in _OPTIONS.items() if environment.get(variable)}
    return known | {key: value for key, value in given if value}


def _guess_update(path: str) -> str:
    """Return where updates go by default: beside ``…/query`` to ``…/update``, else where queries go."""
    return f"{path[: -len('query')]}update" if path.endswith("/query") else path


def _endpoint(name: str, query: str, place: str) -> str:
    """Complete the address of an endpoint that may be given as a path."""
    whole = urljoin(query, place)
    if urlsplit(whole).scheme not in ("http", "https") or "@" in urlsplit(whole).netloc:
        raise UsageError(
            f"{name}: an endpoint is not an address of the web; expected a path, or http://host/path"
        )
    return whole


def _find_credentials(host: str, environment: Mapping[str, str]) -> tuple[str, str]:
    """Return user and password from the environment, else from .netrc, else nothing."""
    if environment.get("KG_USER"):
        return environment["KG_USER"], environment.get("KG_PASSWORD", "")
    import netrc

    try:
        known = netrc.netrc(environment.get("NETRC")).authenticators(host)
    except (OSError, netrc.NetrcParseError):
        known = None
    return (known[0], known[2]) if known else ("", "")
