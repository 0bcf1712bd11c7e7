"""A request for a page -> the page: what people see of the graph in a browser.

`ROUTES` says which page answers which address; it is the one place where a page is made known.
"""

from kg.server.exchange import Route

ROUTES: tuple[Route, ...] = ()
"""Every address of the site but the IRIs of nodes; the first that fits answers."""

THING = ""
"""The page of a node of ours (``/paper/2501.12948``), as ``module.function``; ``request.iri`` is the node."""

ONTOLOGY = ""
"""The page of the vocabulary (``/ontology``), as ``module.function``; without one, it is sent as Turtle."""
