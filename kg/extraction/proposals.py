"""A frame -> what the rules propose for its numbers: what each says, and what it is tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from kg.extraction.actors import baseline_of, holder_of, improved_by, system_of
from kg.extraction.contrasts import settle
from kg.extraction.cues import pattern
from kg.extraction.links import benchmarks_of, metric_of
from kg.extraction.quantities import measure_of, quantity_of
from kg.extraction.sharing import Proposal, align, share_roles, share_slots

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.extraction.actors import Paper
    from kg.extraction.clauses import Atom, Frame
    from kg.extraction.cues import Cue


def propose(frame: Frame, paper: Paper, fits: Mapping[int, Sequence[Cue]]) -> list[Proposal]:
    """Read the numbers of a frame by rules alone.

    First each number by itself, then what it shares with its neighbours, then who is compared with whom. The
    outcome decides nothing: it is one cue among others for the choices that are learned.

    Args:
        frame: a sentence.
        paper: what is the paper's own.
        fits: start of each number -> the cues that fit it, of which the first decides.
    """
    roles = [(atom, next(iter(fits[atom.start]), None)) for atom in frame.numbers]
    proposals = [
        Proposal(atom, cue.role if cue else "", cue.id if cue else "")
        for atom, cue in roles
        if cue is None or cue.role != "nothing"
    ]
    proposals = share_roles(frame.keeping([p.atom for p in proposals]), proposals)
    frame = frame.keeping([p.atom for p in proposals])
    proposals = [_tie(frame, proposal, paper) for proposal in proposals]
    proposals = align(frame, share_slots(frame, proposals))
    return settle(frame, [_default(frame, proposal, paper) for proposal in proposals], paper)


def _tie(frame: Frame, proposal: Proposal, paper: Paper) -> Proposal:
    """Add what a number's own cell says of it."""
    atom = proposal.atom
    gain = proposal.role == "gain"
    metric = metric_of(frame, atom)
    quantity = quantity_of(frame, atom) if gain else None
    if metric and quantity and quantity[1] < metric[2]:
        metric = None
    phrase = quantity[0] if quantity else measure_of(frame, atom)
    system = _system(frame, proposal, paper)
    return replace(
        proposal,
        benchmarks=benchmarks_of(frame, atom),
        metric=metric[0] if metric else phrase,
        leads=metric is not None and metric[1],
        aside=quantity is not None and metric is None,
        system=system,
        baseline=_baseline(frame, atom, system) if gain else None,
    )


def _baseline(frame: Frame, atom: Atom, system: int | None) -> int | None:
    """Return what a gain is over: what is said to be, else what is said to be improved."""
    said = baseline_of(frame, atom)
    return improved_by(frame, atom, system) if said is None else said


def _system(frame: Frame, proposal: Proposal, paper: Paper) -> int | None:
    holder = None if proposal.role == "gain" else holder_of(frame, proposal.atom)
    if holder is not None or proposal.role in ("other", "from"):
        return holder
    return system_of(frame, proposal.atom, paper)


def _default(frame: Frame, proposal: Proposal, paper: Paper) -> Proposal:
    """Add the benchmark that the text means: the paper's own, or the only one it names."""
    if proposal.benchmarks or proposal.aside or proposal.number.unit == "x":
        return proposal
    if paper.benchmark is not None:
        if pattern("benchmark_own").search(frame.text) or not paper.introduces(proposal.system):
            return replace(proposal, benchmarks=(paper.benchmark,))
    elif paper.only_benchmark is not None and proposal.role in ("score", "to"):
        return replace(proposal, benchmarks=(paper.only_benchmark,))
    return proposal
