"""Annotated entries -> the weights of the judge: ``python -m kg.extraction.training GOLD ENTRIES > FILE``.

GOLD and ENTRIES are JSON arrays: records ``{id, entities: [{type, name, aliases, en, introduced}]}`` and
entries ``{id, title, text, arxiv}``. Entries whose arXiv number is divisible by three are held out: they
are never read here, and only their total scores are ever looked at. The fit is deterministic.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from kg.extraction.entities import find_groups
from kg.extraction.judgement import COLUMNS, INTRODUCED, KINDS, NONE
from kg.extraction.reading import read
from kg.identity import fold
from kg.records import Entry, Source
from kg.text.plaintext import to_line, to_plain

_ROUNDS = 300
_RATE = 0.2
_PENALTY = 7e-4
_RAREST = 4
_HELD_OUT = 3

Example = tuple[frozenset[str], str, bool]


def main() -> None:
    """Read the two files named on the command line and print the table of weights."""
    gold, entries = (json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:3])
    examples = collect(gold, entries)
    sys.stdout.write(render(fit(examples)))


def collect(gold: list[dict[str, Any]], entries: list[dict[str, Any]]) -> list[Example]:
    """Make an example of every group of every entry that is not held out: its cues and what it is."""
    answers = {record["id"]: record["entities"] for record in gold}
    examples = []
    for entry in entries:
        if int(entry["arxiv"].replace(".", "")) % _HELD_OUT == 0:
            continue
        truth = {fold(s): entity for entity in answers[entry["id"]] for s in _spellings(entity)}
        for group in find_groups(read(_make_entry(entry))):
            entity = next((truth[key] for s in group.spellings if (key := fold(s)) in truth), None)
            kind, own = (entity["type"], entity["introduced"]) if entity else (NONE, False)
            examples.append((frozenset(group.cues), kind, bool(own)))
    return examples


def fit(examples: list[Example]) -> dict[str, list[float]]:
    """Fit both log-linear models by gradient descent with momentum and a squared penalty."""
    counts = Counter(cue for cues, _, _ in examples for cue in cues)
    cues = sorted(cue for cue, count in counts.items() if count >= _RAREST)
    columns = {cue: at for at, cue in enumerate(cues)}
    table = np.zeros((len(examples), len(cues)))
    for row, (present, _, _) in enumerate(examples):
        table[row, [columns[cue] for cue in present if cue in columns]] = 1.0
    kinds = np.eye(len(KINDS))[[KINDS.index(kind) for _, kind, _ in examples]]
    owned = np.array([[own] for _, _, own in examples], dtype=float)
    named = kinds[:, :1] == 0
    weights = np.hstack([_descend(table, kinds), _descend(table[named[:, 0]], owned[named[:, 0]])])
    return {cue: [round(float(w), 3) for w in weights[at]] for at, cue in enumerate(cues)}


def render(weights: dict[str, list[float]]) -> str:
    """Write the weights as a table, a cue a row."""
    assert COLUMNS[-1] == INTRODUCED
    rows = ["\t".join([cue, *(f"{value:g}" for value in values)]) for cue, values in weights.items()]
    return "\n".join(["\t".join(("cue", *COLUMNS)), *rows]) + "\n"


def _descend(table: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Full-batch AdaGrad: every cue at its own pace, so that rare ones arrive too."""
    weights = np.zeros((table.shape[1], truth.shape[1]))
    travelled = np.full_like(weights, 1e-8)
    for _ in range(_ROUNDS):
        error = _squash(table @ weights) - truth
        slope = table.T @ error / len(table) + _PENALTY * weights
        travelled += slope * slope
        weights -= _RATE * slope / np.sqrt(travelled)
    return weights


def _squash(scores: np.ndarray) -> np.ndarray:
    if scores.shape[1] == 1:
        return np.asarray(1 / (1 + np.exp(-scores)))
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))


def _spellings(entity: dict[str, Any]) -> list[str]:
    return [name for name in (entity["name"], entity.get("en"), *entity["aliases"]) if name]


def _make_entry(entry: dict[str, Any]) -> Entry:
    source = Source(digest="", line=1, end=1)
    return Entry(title=to_line(entry["title"]), text=to_plain(entry["text"]), source=source)


if __name__ == "__main__":
    main()
