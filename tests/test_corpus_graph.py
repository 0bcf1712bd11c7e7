"""The graph of two thousand entries of the shared corpus conforms; skipped where that is not at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.files import find_digests
from kg.pipeline import update
from kg.rdf.vocabulary import KG, RDF
from kg.shapes import check
from kg.store import Store

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared") / "corpus"
EVERY = 9
TYPE, ITEM = NamedNode(RDF.type), NamedNode(KG.DigestItem)

pytestmark = pytest.mark.skipif(
    not (CORPUS / "entries.jsonl").is_file(), reason="the corpus is not beside the checkout (set KG_SHARED)"
)


def test_the_graph_of_two_thousand_entries_conforms() -> None:
    """Digests of every source and age: each ninth."""
    found = find_digests([str(CORPUS)])
    store = Store(None, writing=True)
    update(store, found._replace(files=found.files[::EVERY]))
    assert sum(1 for _ in store.graph.quads_for_pattern(None, TYPE, ITEM)) >= 2000
    assert check(store.graph) == ()
