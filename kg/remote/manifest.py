"""What a server keeps beside the facts: which state they are in, and which parts the archive has.

The archive is a named graph; it names the revision of the facts, the parts with their checksums, and, while a
build is being written, who writes it and how far that has come. Whoever sees such a mark does not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kg.rdf.ntriples import iri, string
from kg.remote.tables import read_rows

if TYPE_CHECKING:
    from kg.remote.address import Address
    from kg.remote.client import Client

_TERMS = "https://w3id.org/paperkg/archive#"
CHECKSUM, PIECE = (iri(_TERMS + name) for name in ("checksum", "piece"))
_REVISION, _FACTS, _WRITER, _PROGRESS = (
    iri(_TERMS + name) for name in ("revision", "facts", "writer", "progress")
)
_MARK = f"{iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type')} {iri(_TERMS + 'Archive')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The state of a store on a server.

    ``revision`` names it, empty where nothing was built; ``facts`` counts them. ``writer`` is the mark of the
    build that is being written, or was stopped on the way; ``progress`` changes while it goes on.
    """

    revision: str = ""
    facts: int = 0
    writer: str = ""
    progress: str = ""


def archive_of(address: Address) -> str:
    """Return the IRI of the graph that is the manifest; those of the parts begin with it."""
    return f"{address.graph}/archive"


def part_of(address: Address, name: str) -> str:
    """Return the IRI of a part's graph."""
    return f"{archive_of(address)}/{quote(name)}"


def read_head(client: Client) -> Head:
    """Read the state of a store."""
    archive = archive_of(client.address)
    rows = read_rows(client, f"SELECT ?p ?o {{ {iri(archive)} ?p ?o }}", archive)
    said = {str(row["p"]): row["o"].value for row in rows}
    return Head(
        revision=said.get(_REVISION, ""),
        facts=int(said.get(_FACTS, "0")),
        writer=said.get(_WRITER, ""),
        progress=said.get(_PROGRESS, ""),
    )


def read_checksums(client: Client, kind: str = "") -> dict[str, str]:
    """Return name -> checksum of all parts of the archive, or of those of one kind."""
    archive = archive_of(client.address)
    start = f"{archive}/{kind}"
    query = f'SELECT ?part ?sum {{ ?part {CHECKSUM} ?sum FILTER(STRSTARTS(STR(?part), "{start}")) }}'
    found = {row["part"].value: row["sum"].value for row in read_rows(client, query, archive)}
    return {unquote(part[len(archive) + 1 :]): checksum for part, checksum in sorted(found.items())}


def write_checksum(address: Address, name: str, checksum: str) -> str:
    """Write the update that says which content a part has; without a checksum, that there is no such part."""
    archive, part = iri(archive_of(address)), iri(part_of(address, name))
    gone = f"DELETE WHERE {{ GRAPH {archive} {{ {part} {CHECKSUM} ?o }} }}"
    if not checksum:
        return gone
    return f"{gone} ; INSERT DATA {{ GRAPH {archive} {{ {part} {CHECKSUM} {string(checksum)} }} }}"


def write_start(address: Address, writer: str, before: Head) -> str:
    """Write the update that marks a store as being written, if it still is as it was."""
    archive = iri(archive_of(address))
    known = [
        f"GRAPH {archive} {{ {archive} {term} {string(value)} }}"
        if value
        else f"FILTER NOT EXISTS {{ GRAPH {archive} {{ {archive} {term} ?{name} }} }}"
        for name, term, value in (("r", _REVISION, before.revision), ("w", _WRITER, before.writer))
    ]
    known.sort(reverse=True)  # patterns first, filters behind them
    old = (
        f"DELETE {{ GRAPH {archive} {{ {archive} {_WRITER} {string(before.writer)} }} }} "
        if before.writer
        else ""
    )
    return (
        f"INSERT DATA {{ GRAPH {archive} {{ {archive} {_MARK} }} }} ;\n"
        f"{old}INSERT {{ GRAPH {archive} {{ {archive} {_WRITER} {string(writer)} }} }} "
        f"WHERE {{ GRAPH {archive} {{ {archive} {_MARK} }} {' '.join(known)} }}"
    )


def write_progress(address: Address, progress: str) -> str:
    """Write the update that says how far the writing has come."""
    return _replace(address, _PROGRESS, progress)


def write_end(address: Address, revision: str, facts: int) -> str:
    """Write the update that names the new state; the mark of the writer goes last."""
    news = [_replace(address, _REVISION, revision), _replace(address, _FACTS, str(facts))]
    return " ;\n".join([*news, _replace(address, _PROGRESS, ""), _replace(address, _WRITER, "")])


def _replace(address: Address, term: str, value: str) -> str:
    archive = iri(archive_of(address))
    gone = f"DELETE WHERE {{ GRAPH {archive} {{ {archive} {term} ?o }} }}"
    come = f" ; INSERT DATA {{ GRAPH {archive} {{ {archive} {term} {string(value)} }} }}"
    return gone + (come if value else "")
