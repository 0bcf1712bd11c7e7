"""Queries that would never end, or take all there is, if nobody stopped them, with the limits they meet."""

from __future__ import annotations

_NUMBERS = " ".join(map(str, range(2000)))
_PAIRS = "{ ?a ?b ?c . ?d ?e ?f }"
_DOUBLING = " ".join(
    f"BIND(CONCAT(?v{i}, ?v{i}, ?v{i}, ?v{i}) AS ?v{i + 1})" for i in range(20)
)  # 16 characters become 16 * 4^20

ATTACKS: dict[str, tuple[str, set[str]]] = {
    "cross product": ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", {"time"}),
    "cross product in full": (f"SELECT * {_PAIRS}", {"rows"}),
    "regex bomb": (
        "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER REGEX(STR(?c), '((x{1,100}){1,100}){1,100}') }",
        {"time", "memory"},
    ),
    "replacement bomb": (
        "SELECT (MAX(STRLEN(REPLACE(REPLACE(REPLACE(REPLACE(STR(?c), '.', '$0$0$0$0$0$0$0$0'), '.', "
        f"'$0$0$0$0$0$0$0$0'), '.', '$0$0$0$0$0$0$0$0'), '.', '$0$0$0$0$0$0$0$0'))) AS ?n) {_PAIRS}",
        {"time", "memory"},
    ),
    "property path bomb": (
        "SELECT (COUNT(*) AS ?n) { ?a (kg:x|!kg:x)* ?b . ?b (kg:x|!kg:x)* ?c . ?c ^(kg:x|!kg:x)* ?d . "
        "?d (kg:x|!kg:x)* ?e }",
        {"time", "memory"},
    ),
    "values flood": (
        f"SELECT * {{ VALUES ?a {{ {_NUMBERS} }} VALUES ?b {{ {_NUMBERS} }} VALUES ?c {{ {_NUMBERS} }} }}",
        {"rows"},
    ),
    "values flood, counted": (
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {_NUMBERS} }} VALUES ?b {{ {_NUMBERS} }} "
        f"VALUES ?c {{ {_NUMBERS} }} VALUES ?d {{ {_NUMBERS} }} }}",
        {"time"},
    ),
    "construct flood": ("CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }", {"rows"}),
    "endless text": (f"SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?n) {_PAIRS}", {"memory", "time"}),
    "endless order": (f"SELECT * {_PAIRS} ORDER BY ?c ?f", {"memory"}),
    "endless set": (f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?a ?f {_PAIRS} }}", {"memory", "time"}),
    "doubling text": (f"SELECT ?v20 {{ BIND('xxxxxxxxxxxxxxxx' AS ?v0) {_DOUBLING} }}", {"memory"}),
    "large reply": (
        "SELECT (REPLACE(REPLACE(STR(?c), '.', '$0$0$0$0'), '.', '$0$0$0$0') AS ?t) { ?a ?b ?c } LIMIT 4000",
        {"size"},
    ),
}
"""Name -> the query, and the limits of which it meets one: which comes first is up to the machine."""

NESTED = {
    "groups": "SELECT * {" + "{" * 20_000 + "}" * 20_000 + "}",
    "parentheses": "SELECT * { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
    "paths": "SELECT * { ?a " + "(" * 50_000 + "kg:x" + ")" * 50_000 + " ?b }",
    "unions": "SELECT * { " + " UNION ".join(["{ ?a ?b ?c }"] * 20_000) + " }",
}
"""Queries that overrun the stack of whoever parses them."""
