"""A corpus of digests -> how well handles meet names, how well people are told apart, and what it costs.

Run ``python -m tests.benchmarks.authors [CORPUS] [--tune]``. The corpus has a folder of digests for each of
`SOURCES`; the interface's own records tell which handle is whose. Figures are of odd days; weights come from
even days, and from records of papers that no reported day lists.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from kg.files import read_text
from kg.rdf.iris import paper_key
from kg.readers import read_digest
from kg.records import Digest, Entry
from kg.resolution.alignment import CUES, cue
from kg.resolution.bylines import is_organization, key_name
from kg.resolution.digests import mint_item
from kg.resolution.people import settle_authors
from kg.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.store.bylines import Byline

ENGLISH, KOREAN, RECORDS = SOURCES = ("gabrielchua", "l-yohai-ko", "hf-api-json")
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


@dataclass
class Corpus:
    """The digests by source and day, and the names that records pair with (paper, handle)."""

    digests: dict[str, dict[str, Digest]]
    truth: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def days(self) -> list[str]:
        """The days that have an English and a Korean digest."""
        return sorted(self.digests[ENGLISH].keys() & self.digests[KOREAN].keys())

    def take(self, *sources: str, days: Iterable[str] | None = None) -> list[Digest]:
        """Return the digests of these sources, of some days or of all."""
        wanted = None if days is None else set(days)
        return [
            digest
            for source in sources
            for day, digest in self.digests[source].items()
            if wanted is None or day in wanted
        ]


def read_corpus(folder: Path) -> Corpus:
    """Read all digests of the three sources."""
    corpus = Corpus({source: {} for source in SOURCES})
    for source in SOURCES:
        for path in sorted((folder / source).iterdir()):
            if path.suffix in (".md", ".json"):
                digest = read_digest(read_text(str(path)), f"{source}/{path.name}")
                corpus.digests[source][path.stem] = digest
    for entry in entries(corpus.take(RECORDS)):
        for credit in entry.authors:
            if credit.name and credit.handle:
                corpus.truth[paper_key(entry), credit.handle.casefold()].add(key_name(credit.name))
    return corpus


def entries(digests: Iterable[Digest]) -> Iterator[Entry]:
    """Yield every entry of these digests."""
    for digest in digests:
        yield from digest.entries


def record(ledger: Ledger, digests: Iterable[Digest]) -> None:
    """Put digests into a ledger, without findings."""
    for digest in digests:
        items = {mint_item(entry): (paper_key(entry), "") for entry in digest.entries}
        ledger.put_digest(digest, items, ("", "", ""))


def settle(digests: Iterable[Digest]) -> Ledger:
    """Return a ledger of these digests in which every author is known."""
    ledger = Ledger(None)
    record(ledger, digests)
    settle_authors(ledger, ledger.shelf.papers())
    return ledger


def find_cases(corpus: Corpus, days: Iterable[str]) -> dict[tuple[str, str], set[str]]:
    """Return (paper, handle) -> right names, for handles of English lists that Korean ones can name."""
    listed: dict[str, set[str]] = defaultdict(set)
    for entry in entries(corpus.take(KOREAN, days=corpus.days)):
        listed[paper_key(entry)] |= {key_name(c.name) for c in entry.authors if c.name}
    cases = {}
    for entry in entries(corpus.take(ENGLISH, days=days)):
        for credit in entry.authors:
            case = (paper_key(entry), (credit.handle or "").casefold())
            if names := corpus.truth.get(case, set()) & listed[case[0]]:
                cases[case] = names
    return cases


def score(ledger: Ledger, cases: dict[tuple[str, str], set[str]]) -> list[tuple[float, str, str, str]]:
    """Print how many handles have a name and of how many it is right; return the others, surest first."""
    aligned, wrong = 0, []
    for (paper, handle), names in sorted(cases.items()):
        person = ledger.bylines.people(paper)[f"@{handle}"]
        aligned += bool(person.names)
        if person.names and names.isdisjoint(person.names):
            surest = max(ground.confidence for ground in person.grounds)
            wrong.append((surest, paper, handle, f"{'/'.join(person.names)}, is {'/'.join(names)}"))
    right = 1 - len(wrong) / max(aligned, 1)
    print(f"  {len(cases)} handles, {aligned / len(cases):.1%} aligned, {right:.2%} of them right")
    return sorted(wrong, reverse=True)


def judge_identity(ledger: Ledger, corpus: Corpus) -> None:
    """Print how many pairs of people of one name were put together, against the handles that records know."""
    handles = {(paper, name): handle for (paper, handle), names in corpus.truth.items() for name in names}
    known = defaultdict(list)
    for paper in ledger.shelf.papers():
        for person, node in ledger.bylines.nodes(paper):
            for name in person.names:
                if handle := handles.get((paper, name)):
                    known[name].append((node, handle))
    pairs = [pair for people in known.values() for pair in combinations(people, 2)]
    same = [one[1] == two[1] for one, two in pairs]
    joined = [one[0] == two[0] for one, two in pairs]
    both = sum(a and b for a, b in zip(same, joined, strict=True))
    print(
        f"  {sum(same)} pairs of one handle, {both / max(sum(same), 1):.1%} put together; "
        f"of {sum(joined)} put together {both / max(sum(joined), 1):.2%} are of one handle"
    )


def measure_cost(corpus: Corpus) -> None:
    """Print the time for stores of growing size, and for one more digest in each."""
    digests = corpus.take(*SOURCES)
    Random(1).shuffle(digests)
    for share in (8, 4, 2, 1):
        part = digests[: len(digests) // share]
        ledger = Ledger(None)
        record(ledger, part[:-10])
        papers, started = ledger.shelf.papers(), time.process_time()
        settle_authors(ledger, papers)
        whole = time.process_time() - started
        more = []
        for digest in part[-10:]:
            record(ledger, [digest])
            started = time.process_time()
            settle_authors(ledger, {paper_key(entry) for entry in digest.entries})
            more.append(time.process_time() - started)
        each = 1000 * whole / len(papers)
        print(f"  {len(papers):6d} papers: {whole:5.1f} s, {each:.2f} ms a paper; "
              f"one more digest {1000 * sorted(more)[5]:.0f} ms")  # fmt: skip


def report_organizations(corpus: Corpus) -> None:
    """Print which names in author lists are taken for organisations."""
    names = {c.name for entry in entries(corpus.take(*SOURCES)) for c in entry.authors if c.name}
    print(f"  {len(names)} names: " + "; ".join(sorted(filter(is_organization, names))))


def tune(corpus: Corpus) -> None:
    """Print weights that make the right names of even days likeliest (a softmax over each paper's names)."""
    cases = find_cases(corpus, corpus.days[::2])
    ledger = settle(corpus.take(ENGLISH, KOREAN, days=corpus.days))
    rows = [_collect(ledger, *case, names) for case, names in sorted(cases.items())]
    odd = {paper for paper, _ in find_cases(corpus, corpus.days[1::2])}
    ledger = settle(corpus.take(RECORDS))
    others = sorted(case for case in corpus.truth if case[0] not in odd and case not in cases)
    sample = Random(1).sample(others, 4000)
    rows += [_collect(ledger, *case, corpus.truth[case], alone=True) for case in sample]
    weights = _fit([row for row in rows if row and 1 < len(row[0]) < 60])
    for name, weight in zip(CUES, weights, strict=True):
        print(f"{name} = {weight:.2f}")


def _collect(
    ledger: Ledger, paper: str, handle: str, names: set[str], *, alone: bool = False
) -> tuple[np.ndarray, int] | None:
    """Return the cues of one handle against each name of its paper, and which row is right."""
    book = ledger.bylines
    byline = book.byline(paper)
    if byline is None or handle not in byline.handles:
        return None
    found = [] if alone else [book.byline(other) for other in book.papers_listing(handle) if other != paper]
    others: Sequence[Byline] = [other for other in found if other]
    apart = {name for other, name in byline.apart if other == handle}
    open_ = [name for name in sorted(byline.names) if name not in apart]
    right = next((at for at, name in enumerate(open_) if name in names), None)
    if right is None:
        return None
    printed = byline.handles[handle]
    return np.array([cue(printed, byline.names[name], name, (), others) for name in open_]), right


def _fit(rows: Sequence[tuple[np.ndarray, int]], rounds: int = 400) -> np.ndarray:
    """Climb to the weights of greatest likelihood (Adam, with a little shrinkage)."""
    cues = np.concatenate([row for row, _ in rows])
    sizes = np.array([len(row) for row, _ in rows])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(rows)), sizes)
    right = cues[starts + np.array([at for _, at in rows])].mean(axis=0)
    weights, mean, square = np.zeros(cues.shape[1]), np.zeros(cues.shape[1]), np.zeros(cues.shape[1])
    for turn in range(1, rounds + 1):
        scores = cues @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        share = odds / np.add.reduceat(odds, starts)[owner]
        slope = right - share @ cues / len(rows) - 0.3 * weights / len(rows)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights += 0.1 * mean / (1 - 0.9**turn) / (np.sqrt(square / (1 - 0.99**turn)) + 1e-8)
    return weights


def main(arguments: Sequence[str]) -> None:
    """Print every figure, or the weights."""
    folders = [Path(a) for a in arguments if not a.startswith("--")]
    corpus = read_corpus(folders[0] if folders else CORPUS)
    if "--tune" in arguments:
        tune(corpus)
        return
    halves = {"even": corpus.days[::2], "odd": corpus.days[1::2]}
    ledger = settle(corpus.take(ENGLISH, KOREAN, days=corpus.days))
    wrong = {}
    for half, days in halves.items():
        print(f"{half} days, {len(days)} in English and Korean:")
        wrong[half] = score(ledger, find_cases(corpus, days))
    print("the ten surest mistakes of odd days:")
    for surest, paper, handle, names in wrong["odd"][:10]:
        print(f"  {surest:.2f} {paper} {handle}: {names}")
    print("identity across papers, no records in the store:")
    judge_identity(ledger, corpus)
    judge_identity(settle(corpus.take(ENGLISH, KOREAN)), corpus)
    full = settle(corpus.take(*SOURCES))
    print("odd days, with all records in the store:")
    for surest, paper, handle, names in score(full, find_cases(corpus, halves["odd"]))[:10]:
        print(f"  {surest:.2f} {paper} {handle}: {names}")
    print("odd days, with the records of other papers only:")
    rest = _leave_out(corpus)
    score(settle(rest), find_cases(corpus, halves["odd"]))
    print("taken for organisations:")
    report_organizations(corpus)
    print("cost:")
    measure_cost(corpus)


def _leave_out(corpus: Corpus) -> list[Digest]:
    """Return all digests, but of the records only those about papers that no reported case is about."""
    papers = {paper for paper, _ in find_cases(corpus, corpus.days)}
    kept = [
        Digest(key=d.key, issued=d.issued, layout=d.layout,
               entries=tuple(e for e in d.entries if paper_key(e) not in papers))
        for d in corpus.take(RECORDS)
    ]  # fmt: skip
    return [*corpus.take(ENGLISH, KOREAN), *kept]


if __name__ == "__main__":
    main(sys.argv[1:])
