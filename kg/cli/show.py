"""``kg show``: a name -> everything that the graph knows of it, with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import GRAPHS, profile_option, store_option
from kg.cli.printing import offering_nearest, print_answer, print_text, terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.profiles import Profile, Quotation
    from kg.remote.opening import Location
    from kg.sparql.answers import Answer, Row

_FIRST = 12
"""How many of each list are told."""


@click.command(epilog="\b\nExamples:\n  kg show DeepSeek-R1\n  kg show GRPO --format ttl\n")
@click.argument("name")
@store_option
@profile_option
@click.option(
    "--first",
    type=click.IntRange(0),
    default=_FIRST,
    show_default=True,
    metavar="N",
    help="So many of each list are told in a table; 0 for all.",
)
def command(name: str, store: Location, form: str, first: int) -> int:
    """Show one thing with its evidence.

    Its names, papers and results, what it beats and what beats it, and the sentences that say so, the newest
    first: each with the span marked, its digest and line, the rule or model that read it and how sure that
    is. csv, tsv, json and xml list all evidence, ttl, nt, jsonld and rdf the statements. An unknown name
    exits with 1.
    """
    import kg
    from kg.profiles import describe

    graph = kg.open(store)
    with offering_nearest():
        profiles = describe(graph, name)
    if form == "table":
        shown = (write_profile(profile, terminal_width(), first) for profile in profiles)
        print_text("\n".join(f"{text}\n" for text in (*_list_namesakes(profiles), *shown)))
    elif form in GRAPHS:
        nodes = " ".join(f"<{profile.node}>" for profile in profiles)
        print_answer(graph.query(f"CONSTRUCT WHERE {{ ?s ?p ?o }} VALUES ?s {{ {nodes} }}"), form)
    else:
        print_answer(_list_evidence(profiles), form)
    return 0


def write_profile(profile: Profile, width: int | None, first: int = 0) -> str:
    """Write a profile for people.

    Args:
        profile: what is known of one thing.
        width: of the terminal, which no line is to exceed; None for no terminal.
        first: how many of each list are told; 0 for all.
    """
    from kg.sparql.tables import clean, wrap

    lines = [f"{profile.name} ({profile.kind})", f"<{profile.node}>"]
    lines += [f"also: {', '.join(_cut(others, first))}"] if (others := profile.names[1:]) else []
    for label, names in (*profile.links, ("results", profile.results)):
        lines += ["", f"{label}:", *(f"  {one}" for one in _cut(names, first))] if names else []
    lines += ["", "evidence:"] if profile.quotations else []
    shown = _choose(profile.quotations, first)
    for quotation in shown:
        at = quotation.evidence
        lines.append(f"  {at.digest}:{at.line}  {quotation.rule}  {quotation.confidence}")
        lines += [f"    {part}" for part in wrap(clean(quotation.marked), width and width - 4)]
    lines += [f"  {more}" for more in _say_more(len(profile.quotations) - len(shown))]
    return "\n".join(part for line in lines for part in wrap(_tidy(line), width))


def _list_namesakes(profiles: Sequence[Profile]) -> Iterator[str]:
    """Say of how many things a name is, and which these are."""
    if len(profiles) > 1:
        told = [f"  {profile.name} ({profile.kind}) <{profile.node}>" for profile in profiles]
        yield "\n".join([f"{len(profiles)} things are called so:", *told])


def _cut(names: Sequence[str], first: int) -> list[str]:
    """Return the first of some names, and how many more there are."""
    shown = list(names[: first or None])
    return [*shown, *_say_more(len(names) - len(shown))]


def _say_more(number: int) -> list[str]:
    return [f"… and {number:,} more (--first 0 tells all)"] if number else []


def _choose(quotations: Sequence[Quotation], first: int) -> list[Quotation]:
    """Choose the quotations to tell: all if they are few, else of each entry the surest, and then longest."""
    if not first or len(quotations) <= first:
        return list(quotations)
    best: dict[tuple[str, int], Quotation] = {}
    for quotation in quotations:
        entry = quotation.evidence.digest, quotation.evidence.line
        best[entry] = max(best.get(entry, quotation), quotation, key=_weigh)
    return list(best.values())[:first]


def _weigh(quotation: Quotation) -> tuple[float, int]:
    return float(quotation.confidence or 0), len(quotation.evidence.sentence)


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
