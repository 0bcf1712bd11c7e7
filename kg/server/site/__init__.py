"""A request for a page -> the page: what people see of the graph in a browser.

`ROUTES` says which page answers which address; it is the one place where a page is made known.
"""

from kg.server.exchange import Route

ROUTES: tuple[Route, ...] = (
    Route(pattern="/", page="entrance.show_home"),
    Route(pattern="/search", page="entrance.search"),
    Route(pattern="/suggest", page="entrance.suggest"),
    Route(pattern="/ask", page="answers.answer_question"),
    Route(pattern="/leaderboards", page="boards.list_benchmarks"),
    Route(pattern="/leaderboards/{key}", page="boards.show_boards"),
    Route(pattern="/graph/{kind}/{key:path}", page="surroundings.show_surroundings"),
    Route(pattern="/query", page="editor.show_editor"),
    Route(pattern="/terms", page="vocabulary.send_terms"),
    Route(pattern="/assets/{name}", page="assets.send_asset"),
    Route(pattern="/{kind}", page="lists.list_kind"),
)
"""Every address of the site but the IRIs of nodes; the first that fits answers."""

THING = "entities.show_thing"
"""The page of a node of ours (``/paper/2501.12948``), as ``module.function``; ``request.iri`` is the node."""

ONTOLOGY = "vocabulary.show_ontology"
"""The page of the vocabulary (``/ontology``), as ``module.function``; without one, it is sent as Turtle."""

MISSING = "faults.show_missing"
"""The page of an address that fits no route."""
