"""The numbers of one frame -> scores that know what they are compared with: A vs. B, from A to B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from kg.extraction.actors import changing_in, improved_by
from kg.extraction.clauses import SYSTEMS
from kg.extraction.sharing import share_systems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.actors import Paper
    from kg.extraction.clauses import Frame
    from kg.extraction.sharing import Proposal


def settle(frame: Frame, proposals: Sequence[Proposal], paper: Paper) -> list[Proposal]:
    """Turn the numbers of compared things into baselines of the number they are compared with.

    A compared number becomes a score in its own right only if its system is named.
    """
    done: list[Proposal] = []
    waiting: Proposal | None = None
    for proposal in share_systems(frame, proposals):
        if proposal.role == "from" and waiting is None:
            waiting = proposal
        elif proposal.role == "to" and done and done[-1].role == "to" and waiting is None:
            done.append(proposal)
        elif proposal.role in ("to", "from") and waiting is not None:
            start, end = (waiting, proposal) if waiting.role == "from" else (proposal, waiting)
            done += _change(frame, start, end, paper)
            waiting = None
        elif proposal.role == "to":
            waiting = proposal
        elif proposal.role == "other":
            done = _answer(done, proposal)
        else:
            done.append(proposal)
    return done


def _change(frame: Frame, start: Proposal, end: Proposal, paper: Paper) -> list[Proposal]:
    """The two ends of a change: the new score, and the old one if it is a named system's own."""
    base = start.system if start.system is not None else changing_in(frame, end.atom)
    system = end.system
    if base is None:
        base = improved_by(frame, end.atom, system)
    elif base == system and not paper.introduces(base) and paper.system is not None:
        own = [s for s in frame.names(0, len(frame.text), SYSTEMS) if paper.introduces(s)]
        system = own[0] if own else paper.system
    base = None if base == system else base
    end = replace(end, system=system, baseline=base, baseline_value=start.number.value)
    return [end, *_named(replace(start, system=base), end)]


def _answer(done: list[Proposal], other: Proposal) -> list[Proposal]:
    """Give a compared number to the score it answers: the first free one, of the same metric if told."""
    heads = [
        i
        for i, r in enumerate(done)
        if r.role == "score"
        and not r.by.startswith("other")
        and r.system != other.system
        and r.number.unit == other.number.unit
    ]
    same = [i for i in heads if other.metric is None or done[i].metric == other.metric]
    free = [i for i in same if done[i].baseline_value is None]
    at = next(iter(free[:1] or same[-1:] or heads[-1:]), None)
    if at is None:
        return [*done, replace(other, role="score")] if other.system is not None else done
    if done[at].baseline_value is None:
        done[at] = replace(done[at], baseline=other.system, baseline_value=other.number.value)
    return [*done, *_named(other, done[at])]


def _named(other: Proposal, head: Proposal) -> list[Proposal]:
    """The score of a compared system in its own right, if it is named."""
    if other.system is None or other.system == head.system:
        return []
    return [
        replace(
            other,
            role="score",
            benchmarks=other.benchmarks or head.benchmarks,
            metric=other.metric if other.metric is not None else head.metric,
            baseline=None,
        )
    ]
