"""Records of an entry <-> the bytes in which the ledger keeps them.

Apart from the ledger, so that who reads names and graph alone need not load what this takes.
"""

from __future__ import annotations

import msgspec

from kg.records import Credit, Entity, Entry, Findings, Observation, Problem


class _Credited(msgspec.Struct):
    """Of an entry only who wrote the paper."""

    authors: tuple[Credit, ...]


class _Named(msgspec.Struct):
    """Of findings only what is named."""

    entities: tuple[Entity, ...]


class Coder:
    """Reads and writes what the ledger keeps as JSON."""

    def __init__(self) -> None:
        self.encode = msgspec.json.encode
        self.read_entry = msgspec.json.Decoder(Entry).decode
        self.read_problems = msgspec.json.Decoder(tuple[Problem, ...]).decode
        self._read_findings = msgspec.json.Decoder(Findings).decode
        self._read_credited = msgspec.json.Decoder(_Credited).decode
        self._read_named = msgspec.json.Decoder(_Named).decode

    def read(self, entry: bytes, findings: bytes) -> Observation:
        """Read an entry and what was found in it."""
        return Observation(entry=self.read_entry(entry), findings=self._read_findings(findings))

    def read_credits(self, entry: bytes) -> tuple[Credit, ...]:
        """Read the authors of an entry alone."""
        return self._read_credited(entry).authors

    def read_entities(self, findings: bytes) -> tuple[Entity, ...]:
        """Read the entities of findings alone."""
        return self._read_named(findings).entities
