"""A file of RDF -> how many statements rdflib, which had no part in writing it, reads in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FORMS = {
    ".ttl": "turtle", ".trig": "trig", ".nt": "nt", ".nq": "nt", ".jsonld": "json-ld", ".rdf": "xml",
}  # fmt: skip
"""Suffix -> what rdflib calls the format; N-Quads of one graph without a name are N-Triples."""


def is_verifiable(file: str) -> bool:
    """Say whether a file is RDF by its suffix, and so can be read again.

    >>> is_verifiable("graph.TTL"), is_verifiable("refs.csl.json")
    (True, False)
    """
    return file.lower().endswith(tuple(FORMS))


def count_statements(path: Path, suffix: str) -> int:
    """Read a file with rdflib, in little memory, and count its statements.

    Args:
        path: one of our own exports.
        suffix: one of `FORMS`.

    Raises:
        RuntimeError: rdflib cannot read it.
    """
    import rdflib
    from rdflib.store import Store

    class Counter(Store):  # rdflib's way: a store is told of each statement
        context_aware = graph_aware = True
        count = 0

        def add(self, *_: object, **__: object) -> None:
            self.count += 1

    counter = Counter()
    try:
        rdflib.Dataset(store=counter).parse(path, format=FORMS[suffix])
    except Exception as error:  # its parsers share no base
        raise RuntimeError(f"rdflib cannot read what was to be written: {error}") from error
    return counter.count
