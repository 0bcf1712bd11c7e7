"""Records of an entry <-> the bytes in which the ledger keeps them.

Apart from the ledger, so that who reads names and graph alone need not load what this takes.
"""

from __future__ import annotations

import msgspec

from kg.records import Entry, Findings, Observation, Problem


class Coder:
    """Reads and writes what the ledger keeps as JSON."""

    def __init__(self) -> None:
        self.encode = msgspec.json.encode
        self.read_entry = msgspec.json.Decoder(Entry).decode
        self.read_problems = msgspec.json.Decoder(tuple[Problem, ...]).decode
        self._read_findings = msgspec.json.Decoder(Findings).decode

    def read(self, entry: bytes, findings: bytes) -> Observation:
        """Read an entry and what was found in it."""
        return Observation(entry=self.read_entry(entry), findings=self._read_findings(findings))
