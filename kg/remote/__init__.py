"""The address of a SPARQL server -> a store whose graph lies there: read, built and kept from anywhere."""

from __future__ import annotations

SCHEMES = ("sparql+http", "sparql+https")
"""How an address begins."""


def is_address(location: object) -> bool:
    """Say whether a store is on a server; else its location is a folder.

    >>> is_address("sparql+http://localhost:8890/sparql"), is_address(".kg")
    (True, False)
    """
    return isinstance(location, str) and location.partition(":")[0].lower() in SCHEMES
