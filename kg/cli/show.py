"""``kg show``: a name -> everything that the graph knows of it, with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import GRAPHS, profile_option, store_option
from kg.cli.printing import offering_nearest, print_answer, print_text, terminal_width

if TYPE_CHECKING:
    from kg.profiles import Profile
    from kg.remote.opening import Location
    from kg.sparql.answers import Answer, Row


@click.command(epilog="\b\nExamples:\n  kg show DeepSeek-R1\n  kg show GRPO --format ttl\n")
@click.argument("name")
@store_option
@profile_option
def command(name: str, store: Location, form: str) -> int:
    """Show one thing with its evidence.

    Its names, papers and results, what it beats and what beats it, and the sentences that say so: each with
    the span marked, its digest and line, the rule or model that read it and how sure that is. csv, tsv,
    json and xml list the evidence, ttl, nt, jsonld and rdf the statements. An unknown name exits with 1.
    """
    import kg
    from kg.profiles import describe

    graph = kg.open(store)
    with offering_nearest():
        profiles = describe(graph, name)
    if form == "table":
        print_text("\n".join(f"{write_profile(profile, terminal_width())}\n" for profile in profiles))
    elif form in GRAPHS:
        nodes = " ".join(f"<{profile.node}>" for profile in profiles)
        print_answer(graph.query(f"CONSTRUCT WHERE {{ ?s ?p ?o }} VALUES ?s {{ {nodes} }}"), form)
    else:
        print_answer(_list_evidence(profiles), form)
    return 0


def write_profile(profile: Profile, width: int | None) -> str:
    """Write a profile for people, each line no wider than the terminal."""
    from kg.sparql.tables import clean, wrap

    name, *others = profile.names or (profile.node,)
    lines = [f"{name} ({profile.kind})", f"<{profile.node}>"]
    lines += [f"also: {', '.join(others)}"] if others else []
    for label, names in (*profile.links, ("results", profile.results)):
        lines += ["", f"{label}:", *(f"  {one}" for one in names)] if names else []
    lines += ["", "evidence:"] if profile.quotations else []
    for quotation in profile.quotations:
        at = quotation.evidence
        lines.append(f"  {at.digest}:{at.line}  {quotation.rule}  {quotation.confidence}")
        lines += [f"    {part}" for part in wrap(clean(quotation.marked), width and width - 4)]
    return "\n".join(part for line in lines for part in wrap(_tidy(line), width))


def _tidy(line: str) -> str:
    """Clean a line without losing its indentation."""
    from kg.sparql.tables import clean

    bare = line.lstrip(" ")
    return " " * (len(line) - len(bare)) + clean(bare)


def _list_evidence(profiles: tuple[Profile, ...]) -> Answer:
    import pyoxigraph as ox

    from kg.sparql.answers import Answer

    columns = ("node", "digest", "line", "date", "confidence", "rule", "sentence", "start", "end")
    rows: list[Row] = []
    for profile in profiles:
        for quotation in profile.quotations:
            at = quotation.evidence
            said = (at.digest, at.line, at.date, quotation.confidence, quotation.rule)
            literals = [ox.Literal(value) for value in (*said, at.sentence, at.start, at.end)]
            rows.append((ox.NamedNode(profile.node), *literals))
    return Answer(kind="select", columns=columns, rows=tuple(rows))
