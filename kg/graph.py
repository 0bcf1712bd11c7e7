"""A store -> the graph as people use it: query it, ask it, walk it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.remote import is_address
from kg.remote.opening import Location, open_observations, open_store

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.guard import Limits
    from kg.questions import Reply
    from kg.sparql.answers import Answer
    from kg.store import Store


class Graph:
    """The knowledge graph of one store.

    Args:
        store: the store that holds it; ``store.graph`` is the `pyoxigraph.Store` with every fact.
        origin: where the store was opened, if that is known.
    """

    def __init__(self, store: Store, origin: Location | None = None) -> None:
        self.store, self._origin = store, origin

    def query(self, sparql: str, most: int = 0, *, limits: Limits | None = None) -> Answer:
        """Run a SPARQL 1.1 query; the prefixes of the vocabulary are predeclared.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
            most: rows that the answer may have; 0 for any number.
            limits: of time, memory, rows and size; the query then runs in a process of its own, which is
                stopped when it meets one. For queries that others have written.

        Raises:
            LimitError: the answer has more rows, or it met another limit.
            QueryError: the query cannot be parsed; the message names the place.
        """
        from kg.sparql.guarded import run_guarded
        from kg.sparql.queries import run

        if limits is None:
            return run(self.store.graph, sparql, most)
        return run_guarded(self.store, sparql, limits._replace(rows=most or limits.rows))

    def ask(self, question: str) -> Reply:
        """Answer a question in English or Korean, such as "which papers report MATH-500?".

        Raises:
            UnknownNameError: the question is about a name that the graph does not know.
            UsageError: the question is not understood.
        """
        from kg.questions import answer

        return answer(self.store, question)

    def sift(self, min_confidence: float) -> Graph:
        """Return the graph of the surer facts alone, in memory: that of a build which asks for these.

        Args:
            min_confidence: the confidence that is still enough, 0 to 1.
        """
        from kg.image import excerpt

        if not is_address(self._origin):
            return Graph(excerpt(self.store, min_confidence))
        whole = open_observations(str(self._origin))
        try:
            return Graph(excerpt(whole, min_confidence))
        finally:
            whole.close()

    @property
    def network(self) -> networkx.MultiDiGraph[str]:
        """The papers, entities and authors as a networkx graph; edges carry their property as ``key``."""
        from kg.network import make_network

        return make_network(self.store.graph)

    @property
    def rdf(self) -> rdflib.Graph:
        """The same facts through rdflib's API; only those on a server are copied."""
        import rdflib
        from oxrdflib import OxigraphStore
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

        here = open_store(str(self._origin), whole=True) if is_address(self._origin) else self.store
        facts = OxigraphStore(store=here.graph)
        return rdflib.Graph(store=facts, identifier=DATASET_DEFAULT_GRAPH_ID)

    def __len__(self) -> int:
        return self.store.size

    def close(self) -> None:
        """Release the store."""
        self.store.close()


def open(store: Location = ".kg", *, whole: bool = False) -> Graph:  # noqa: A001 - kg.open reads as it should
    """Open a store for reading.

    Args:
        store: its folder or address, as given to ``kg build --store``.
        whole: all of it will be read, so that of one on a server a copy is worth it.

    Raises:
        StoreError: there is none, it has another format, or its server cannot be reached.
    """
    return Graph(open_store(store, whole=whole), store)
