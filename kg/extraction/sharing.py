"""The numbers of one frame -> what they share: roles in a list, benchmarks, metrics, "respectively"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from kg.extraction.actors import is_compared
from kg.extraction.clauses import BENCHMARKS, METRICS, SYSTEMS
from kg.extraction.cues import pattern
from kg.extraction.links import measured_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kg.extraction.clauses import Atom, Frame
    from kg.extraction.numbers import Number

_OUTDOING = ("gain.by", "gain.verb-ko")
_FINAL_KO = ("gain.verb-ko", "gain.noun-ko")
_SPREADING = (
    "gain.by",
    "gain.of",
    "gain.signed",
    "other.than",
    "other.named",
    "other.listed",
    "gain.verb-ko",
)
_WEAK = ("score.on-benchmark", "score.metric-after", "score.achieves", "score.achieves-ko", "")


class Proposal(msgspec.Struct, frozen=True):
    """A number with what rules take it for: its role, the rule that gave it, and what it is tied to.

    ``metric`` is an entity or, where no known measure is named, a phrase; ``leads`` says that it stands
    before the number, ``aside`` that it is a quantity such as speed, which no benchmark measures.
    """

    atom: Atom
    role: str
    by: str
    benchmarks: tuple[int, ...] = ()
    metric: int | str | None = None
    leads: bool = False
    aside: bool = False
    system: int | None = None
    baseline: int | None = None
    baseline_value: Decimal | None = None

    @property
    def number(self) -> Number:
        """The number itself."""
        assert self.atom.number is not None
        return self.atom.number


def share_roles(frame: Frame, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Give the numbers of one list one role: "3.3% in A and 7.7% in B", "A에서 3%, B에서 5% 향상"."""
    done = list(proposals)
    for i in range(len(done) - 2, -1, -1):
        here, after = done[i], done[i + 1]
        gap = frame.text[here.atom.at + 1 : after.atom.at]
        weak = here.by in _WEAK or (here.by == "score.metric-before" and after.by in _FINAL_KO)
        if weak and after.role and after.role != "to" and _leads_up(gap, here, after):
            done[i] = replace(here, role=after.role, by=after.by)
    for i, here in enumerate(done):
        before = next((r for r in reversed(done[:i]) if r.role or not r.number.bare), None)
        if before is None:
            continue
        gap = frame.text[before.atom.at + 1 : here.atom.at]
        weak = here.by in _WEAK or (before.role == "other" and here.by == "score.metric-before")
        if weak and before.role in ("gain", "other", "score") and _carries_on(gap, before, here):
            done[i] = replace(here, role=before.role, by=before.by)
    return [proposal for proposal in done if proposal.role]


def _alike(one: Proposal, other: Proposal) -> bool:
    return one.number.unit == other.number.unit and one.number.bare == other.number.bare


def _leads_up(gap: str, here: Proposal, after: Proposal) -> bool:
    """Whether the later of two numbers says what both are: in a bare list, and in a Korean clause."""
    if pattern("listed").match(gap):
        return True
    korean = pattern("listed_ko").match(gap) and not pattern("ends_ko").search(gap)
    return bool(korean and _alike(here, after) and after.role in ("gain", "score"))


def _carries_on(gap: str, before: Proposal, here: Proposal) -> bool:
    """Whether what the earlier of two numbers is goes on to the later one."""
    if before.role == "other" and pattern("listed_metric").match(gap):
        return True
    if not _alike(before, here) or len(gap) > 70:
        return False
    if pattern("listed").match(gap):
        return True
    if before.role == "score" and not here.role:
        return bool(pattern("coordinated").search(gap)) and not pattern("contrasted").search(gap)
    return (
        before.by in _SPREADING
        and bool(pattern("coordinated").search(gap))
        and not pattern("interrupted").search(gap)
    )


def share_slots(frame: Frame, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Let a number without benchmark or metric of its own take those of its neighbours."""
    done: list[Proposal] = []
    for i, proposal in enumerate(proposals):
        placed = _take_benchmarks(frame, proposal, done, proposals[i + 1 :])
        done.append(_take_metric(frame, placed, done, proposals[i + 1 :]))
    return done


def _take_benchmarks(
    frame: Frame, proposal: Proposal, before: Sequence[Proposal], after: Sequence[Proposal]
) -> Proposal:
    if proposal.benchmarks or proposal.aside or proposal.number.unit == "x":
        return proposal
    low, high = frame.clause(proposal.atom.at)
    near = [r.benchmarks for r in reversed(before) if r.benchmarks and r.atom.at >= low]
    near += [r.benchmarks for r in after if r.benchmarks and r.atom.at < high]
    near += [r.benchmarks for r in reversed(before) if r.benchmarks]
    if not near:
        near = [found] if (found := measured_in(frame, 0, proposal.atom.at)) else []
    return replace(proposal, benchmarks=near[0]) if near else proposal


def _take_metric(
    frame: Frame, proposal: Proposal, before: Sequence[Proposal], after: Sequence[Proposal]
) -> Proposal:
    if proposal.metric is not None:
        return proposal
    if before and before[-1].metric is not None and _alike(before[-1], proposal):
        last = before[-1]
        if _inherits(frame.text[last.atom.at + 1 : proposal.atom.at], last, proposal):
            return replace(proposal, metric=last.metric, leads=last.leads, aside=last.aside)
    if after and after[0].metric is not None and _alike(after[0], proposal):
        gap = frame.text[proposal.atom.at + 1 : after[0].atom.at]
        if pattern("listed").match(gap) or proposal.role == "from":
            return replace(proposal, metric=after[0].metric, aside=after[0].aside)
    return proposal


def _inherits(gap: str, last: Proposal, proposal: Proposal) -> bool:
    """Whether a number measures what the number before it measures."""
    if last.aside:
        return last.role == proposal.role and len(gap) <= 45 and bool(pattern("coordinated").search(gap))
    if proposal.role in ("other", "to", "from") or proposal.by in ("gain.signed", "score.system-bracket"):
        return True
    if proposal.by in _OUTDOING and last.role == "score":
        return True
    return bool(pattern("listed").match(gap)) or (last.leads and len(gap) <= 60)


def share_systems(frame: Frame, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Give a list of compared numbers the one system that is named with it: "22.0 and 14.9 for Claude"."""
    done = list(proposals)
    for _ in range(2):
        for i in range(1, len(done)):
            one, other = done[i - 1], done[i]
            gap = frame.text[one.atom.at + 1 : other.atom.at]
            listed = pattern("listed").match(gap) or pattern("listed_metric").match(gap)
            if one.role == other.role == "other" and listed:
                system = one.system if one.system is not None else other.system
                known = other.system if other.system is not None else system
                done[i - 1], done[i] = replace(one, system=system), replace(other, system=known)
    return done


def align(frame: Frame, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Deal out lists of equal length where the text says "respectively" (or 각각)."""
    if not pattern("respectively").search(frame.text):
        return list(proposals)
    done: list[Proposal] = []
    for run in _runs(frame, proposals):
        done += _deal(frame, run) if len(run) > 1 else run
    return done


def _runs(frame: Frame, proposals: Sequence[Proposal]) -> list[list[Proposal]]:
    """The proposals, grouped where one follows the other in a bare list of numbers."""
    runs: list[list[Proposal]] = []
    for proposal in proposals:
        last = runs[-1][-1] if runs else None
        if last is not None and pattern("listed").match(frame.text[last.atom.at + 1 : proposal.atom.at]):
            runs[-1].append(proposal)
        else:
            runs.append([proposal])
    return runs


def _deal(frame: Frame, run: list[Proposal]) -> list[Proposal]:
    """Give the i-th number of a list the i-th name of an equally long list of names of one kind."""
    end = len(frame.text)
    benchmarks = frame.names(0, end, BENCHMARKS)
    metrics = frame.names(0, end, METRICS)
    compared = tuple(dict.fromkeys(s.entity for s in frame.between(0, end, SYSTEMS) if is_compared(frame, s)))
    for i, proposal in enumerate(run):
        if len(benchmarks) == len(run):
            run[i] = replace(run[i], benchmarks=(benchmarks[i],))
        if len(metrics) == len(run):
            run[i] = replace(run[i], metric=metrics[i])
        if len(compared) == len(run) and proposal.role == "gain":
            run[i] = replace(run[i], baseline=compared[i])
    return run
