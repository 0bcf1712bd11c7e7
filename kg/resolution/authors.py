"""The people of papers -> the authors of the graph: who is the same person in several papers, and why.

A handle is one person wherever it stands. The same name alone proves nothing: a name without a handle is that
of another paper only where the two papers also share two co-authors' names, and never of two handles at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, combinations
from typing import TYPE_CHECKING

from kg.rdf.iris import mint
from kg.rdf.ntriples import Statement, iri, string
from kg.rdf.vocabulary import DCTERMS, FOAF, KG, SCHEMA
from kg.resolution.bylines import find_accounts, is_organization, key_name, key_organization

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.records import Credit
    from kg.store.bylines import Person, Signing

Statements = Iterator[Statement]
Occurrence = tuple[str, str]
"""One person of one paper: the paper's key and the person's key in it."""

_SHARED = 2
"""So many co-authors in common make two people of one name the same person."""

_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}\Z")
"""What the name of an account on Hugging Face looks like."""


def mint_handle(handle: str) -> str:
    """Make the IRI of the person behind a Hugging Face handle."""
    return mint("author", f"@{handle.casefold()}")


def mint_organization(name: str) -> str:
    """Make the IRI of a team or company that stands in an author list."""
    return mint("org", key_organization(name))


def mint_person(paper: str, person: str) -> str:
    """Make the IRI that a person of one paper has as long as nothing ties this person to another paper."""
    return mint("author", person if person.startswith("@") else f"{paper}-{person}")


def unite(
    occurrences: Sequence[Occurrence], company: Mapping[str, frozenset[str]], name: str
) -> dict[Occurrence, tuple[str, str]]:
    """Tell which people of one name are the same.

    People without a handle who share co-authors are one, and the one with a handle if they share co-authors
    with exactly one handle. The node's key is the handle, else the smallest of its people's.

    Args:
        occurrences: everybody of that name, sorted.
        company: paper -> the names of all its people.
        name: the name's key.

    Returns:
        Each person without a handle -> the IRI of the node and the reason, empty where there is none.
    """
    unnamed = [o for o in occurrences if not _is_handle(o)]
    links = _link(occurrences, company, name) if unnamed and len(occurrences) > 1 else {}
    groups = _gather(unnamed, links)
    found = {}
    for group in groups:
        handles = {other[1] for member in group for other in links.get(member, ()) if _is_handle(other)}
        joined = handles.pop() if len(handles) == 1 else None
        node = mint_person(*group[0]) if joined is None else mint_handle(joined[1:])
        inside = set(group)
        for member in group:
            partners = [
                o for o in links.get(member, ()) if (o[1] == joined if _is_handle(o) else o in inside)
            ]
            found[member] = (node, _explain(member, partners, company, name))
    return found


def _is_handle(occurrence: Occurrence) -> bool:
    return occurrence[1].startswith("@")


def _link(
    occurrences: Sequence[Occurrence], company: Mapping[str, frozenset[str]], name: str
) -> dict[Occurrence, list[Occurrence]]:
    """Pair those of different papers that share enough co-authors; found through the co-authors."""
    meeting: dict[str, list[Occurrence]] = {}
    for occurrence in occurrences:
        for other in company.get(occurrence[0], frozenset()) - {name}:
            meeting.setdefault(other, []).append(occurrence)
    shared = Counter(chain.from_iterable(combinations(present, 2) for present in meeting.values()))
    links: dict[Occurrence, list[Occurrence]] = {}
    for one, two in sorted(pair for pair, count in shared.items() if count >= _SHARED):
        if one[0] != two[0] and not (_is_handle(one) and _is_handle(two)):
            links.setdefault(one, []).append(two)
            links.setdefault(two, []).append(one)
    return links


def _gather(
    members: Sequence[Occurrence], links: Mapping[Occurrence, list[Occurrence]]
) -> list[list[Occurrence]]:
    """Group people without a handle that are linked, directly or through others; each group is sorted."""
    groups, seen = [], set()
    for member in members:
        if member in seen:
            continue
        group, ahead = [], [member]
        seen.add(member)
        while ahead:
            group.append(one := ahead.pop())
            following = [o for o in links.get(one, ()) if not _is_handle(o) and o not in seen]
            seen.update(following)
            ahead += following
        groups.append(sorted(group))
    return groups


def _explain(
    member: Occurrence, partners: Sequence[Occurrence], company: Mapping[str, frozenset[str]], name: str
) -> str:
    """Say which paper shares most co-authors, and how many."""
    if not partners:
        return ""
    own = company[member[0]] - {name}
    count, paper = min((-len(own & company[paper]), paper) for paper, _ in partners)
    first, second = sorted((member[0], paper))
    return f"one name with {-count} co-authors in both {first} and {second}"


def identify_credits(
    credits_of_items: Iterable[Sequence[Credit]], people: Iterable[tuple[Person, str]]
) -> dict[str, set[Credit]]:
    """Find the node of every credit of a paper.

    Args:
        credits_of_items: the author lists that digests print of it.
        people: its people with their nodes.

    Returns:
        Node IRI -> the credits that it goes by in this paper, in order of first appearance.
    """
    everyone = [credit for listed in credits_of_items for credit in listed]
    accounts = find_accounts(everyone)
    nodes: dict[str, str] = {}
    for person, node in people:
        for key in (*person.names, *([f"@{person.handle}"] if person.handle else ())):
            nodes.setdefault(key, node)
    authors: dict[str, set[Credit]] = {}
    for credit in everyone:
        authors.setdefault(_identify(credit, accounts, nodes), set()).add(credit)
    return authors


def _identify(credit: Credit, accounts: Mapping[str, str], nodes: Mapping[str, str]) -> str:
    if credit.name and is_organization(credit.name):
        return mint_organization(credit.name)
    handle = (credit.handle or "").casefold()
    if handle in accounts:
        return mint_organization(accounts[handle])
    return nodes[f"@{handle}" if handle else key_name(credit.name or "")]


def describe_author(
    node: str, namings: Iterable[tuple[str, int, int]], signings: Sequence[Signing]
) -> Statements:
    """Say of one author which handle it is, why its names are one person, and which IRIs were given up.

    Args:
        node: its IRI.
        namings: (spelling, best rank, owners) as the ledger counts them.
        signings: the people of papers that it is.
    """
    subject = iri(node)
    named = any(signing.person.names for signing in signings)
    for handle in sorted(spelling for spelling, _, _ in namings if mint_handle(spelling) == node):
        yield subject, iri(FOAF.nick), string(handle)
        if named and _ACCOUNT.match(handle):
            yield subject, iri(SCHEMA.url), iri(f"https://huggingface.co/{handle}")
    for reason in sorted({*_say_pairs(signings), *_say_links(signings)}):
        yield subject, iri(KG.identifiedBy), string(reason)
    for signing in signings:
        for name in signing.person.bare:
            given_up = mint_person(signing.paper, name)
            if given_up != node:
                yield iri(given_up), iri(DCTERMS.isReplacedBy), subject


def _say_pairs(signings: Iterable[Signing]) -> Iterator[str]:
    """Say which names digests pair with the handle, each with the first digest that does."""
    pairs = sorted((g.name, g.digest) for s in signings for g in s.person.grounds if g.digest)
    first: dict[str, str] = {}
    for name, digest in pairs:
        first.setdefault(name, digest)
    for name, digest in first.items():
        yield f"handle paired with the name {name} by {digest}"


def _say_links(signings: Iterable[Signing]) -> Iterator[str]:
    """Say where the handle was aligned with a name, and which papers share co-authors."""
    for signing in signings:
        for ground in signing.person.grounds:
            if ground.digest is None:
                aligned = f"handle aligned with the name {ground.name} in {signing.paper}"
                yield f"{aligned} ({ground.confidence:.2f})"
        if signing.ground:
            yield signing.ground
