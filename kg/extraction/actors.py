"""A number in a frame -> who obtained it, and with whom they are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.clauses import SYSTEMS
from kg.extraction.cues import expand
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.clauses import Atom, Frame
    from kg.records import Entity

_LIST = r"(?:<S>(?:[\x27’]s|-based)?(?: \([^()]{0,40}\))?(?:, and |, | and | or |/| or the |와 |과 ))*"
_COMPARING = (
    r"(?:than|over|against|versus|vs|(?:in )?comparison (?:to|with)|compared (?:to|with)|relative to|matching|above|below"
    r"|behind|approaching|rivall?ing|trailing|unlike|(?:outperform|surpass|exceed|beat|outscor)\w*)"
)
_COMPARED = re.compile(expand(rf"\b{_COMPARING}\s(?:[\w'’+-]+,?\s){{0,6}}?[(]?(?:eg,? |like )?{_LIST}$"))
_COMPARING_BEFORE = re.compile(rf"\b{_COMPARING}\s[^.;]{{0,45}}$")
_IMPROVING = re.compile(
    r"\b(?:improv|boost|enhanc|increas|rais|lift|elevat|reduc|cut|lower|accelerat|fine-tun|adding|appl|equip)\w*\s(?:[\w'’-]+\s){0,6}$"
)
_IMPROVED_KO = re.compile(r"^(?:\s모델)?(?:의|을|를)")
_CHANGES = re.compile(
    r"^(?: models?)?(?:[^.;,]{0,30})? (?:improv|increas|climb|ris|ros|go|went|jump|drop|fell|fall|mov|grow|grew|declin)\w*"
    r"(?: up| down| sharply)? (?:from|to) "
)
_CHANGED_KO = re.compile(
    r"^(?:점|포인트)?(?:으로|로|까지)\s(?:[가-힣]+\s){0,2}(?:나빠|올랐|올라|떨어|높아|낮아|급락|하락|상승|증가했|감소했|향상되|개선되|줄었)"
)
_COMPARED_KO = re.compile(
    r"^(?:\s?\([^()]{0,30}\))?(?:\s[가-힣]+){0,2}\s?(?:보다|에\s비해|대비|[와과]\s비교|[을를]\s(?:[가-힣]+\s){0,2}(?:능가|뛰어넘|초과|상회|앞서))"
)
_OBJECT = re.compile(
    expand(
        r"\b(?:to|with|by|using|of|on|from|like|including|as|via|for|into|in|through|under|when|such as|improv\w+|boost\w*"
        r"|enhanc\w+|(?:fine-?)?tun(?:ed|ing)|train\w*|appl\w+|adopt\w*|evaluat\w+|integrat\w+|leverag\w+|reduc\w+|enabl\w+)"
        rf"\s(?:[\w'’-]+\s){{0,3}}?{_LIST}[(]?$"
    )
)
_OBJECT_KO = re.compile(r"^(?:\s?모델|\s?방법)?(?:에서|에|을|를|으로|로|와|과|의\s(?:데이터|제로샷))")
_VERB = (
    r"(?:achiev|attain|obtain|reach|scor|record|yield|deliver|outperform|surpass|exceed|improv|increas|reduc|boost|rais|cut|"
    r"solv|get|show|demonstrat|perform|enhanc|respond|exhibit|maintain|accelerat|lower|is|was|can|provid|gain|rank|set|hit|lead|"
    r"decreas|sav|requir|remov|bring|enabl|produc|beat|establish|advanc|had|has|drop|lag|converg|retain|offer|operat|run)"
)
_ACTS = re.compile(
    r"^[\x27’]s |^,? (?:which|that|who) |"
    rf"^(?: \([^()]{{0,60}}\))?[),]?(?: (?:model|models|method|framework|variant|agent|system|family|approach|series|itself|run))?"
    rf"(?: (?:with|using|trained (?:on|with)|from) [^,.;]{{1,50}}?)?(?:,[^,]{{0,60}},)?(?: (?:also|even|only|further|consistently|significantly|successfully|still|notably|\w+ly))*"
    rf"(?: {_VERB}\w*)"
)
_ACTING = re.compile(
    r"^\)?,? (?:\w+ly |only |also )?(?:achiev|attain|reach|scor|show|obtain|outperform|perform|record|exceed|surpass|improv)ing\b"
)
_APPOSED = re.compile(
    r"\b(?:model|LLM|MLLM|VLM|LVLM|LMM|agent|system|framework|method|approach|variant|prover)s?,? ?[(]?$"
)
_EMPLOYED = re.compile(
    r"(?:^|[,;:] |\bthat |\b[Hh]owever,? )(?:incorporat|add|us|apply|implement|integrat|deploy|adopt|leverag|introduc|combin|employ"
    r"|equip|train|fine-tun)ing\b[^,;]{0,40}$",
    re.IGNORECASE,
)
_ACTS_KO = re.compile(
    r"^(?:\s?\([^()]{0,60}\))?(?:\s?(?:모델|방법|프레임워크|시스템|알고리즘|기법|도구|방식))?(?:은|는|이|가)(?=[\s,])"
)
_ATTACHED_BEFORE = re.compile(
    expand(
        r"<S>(?:[\x27’]s|의)?(?: (?:model|baseline|scores?|achieves|reaches|with|at|scoring))*(?:은|는|이|가)?\s?[(:]?\s?"
        r"(?:(?:an? )?<M>(?: score| rate)? ?(?:of |: ?|= ?|가 |는 |은 |이 )?)?<h>$"
    )
)
_ATTACHED_AFTER = re.compile(
    expand(r"^[^<N>.;,()]{0,40} for (?:the )?(?:[\w-]+ ){0,4}\(?<S>|^(?: <M>| [a-z]+)?(?:,| \() ?<S>\)")
)
_OTHERS = re.compile(
    r"\b(?:humans?|previously reported|(?:the |even the )?(?:best|strongest|top|leading|top-performing|state-of-the-art|sota|current|"
    r"existing|proprietary|open-source|closed-source|general-purpose|frontier|these|most|all|all the|many) (?:[\w-]+ ){0,3}?(?:LLMs?|MLLMs?|models?|agents?|systems?|VLMs?|LVLMs?|"
    r"LMMs?|provers?|methods?))\b|(?:최신|최고|대부분의|기존|오픈\s?소스|독점|폐쇄형|작은|현재|주요)\s(?:[가-힣A-Za-z]+\s)?(?:LLM|MLLM|LMM|모델)(?:들)?(?=은|는|이|가|조차|도|에서)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What an entry says about itself: its entities, its own system and its own benchmark, as indices."""

    entities: tuple[Entity, ...]
    system: int | None
    benchmark: int | None
    only_benchmark: int | None = None

    def introduces(self, entity: int | None) -> bool:
        """Say whether an entity is the paper's own."""
        return entity is not None and self.entities[entity].introduced


def read_paper(plain: str, entities: Sequence[Entity]) -> Paper:
    """Tell which system and which benchmark an entry presents as the paper's own."""
    head = re.split(r"[:\n]", plain, maxsplit=1)[0]

    def weight(index: int) -> tuple[bool, int, int]:
        mentions = entities[index].mentions
        first = min((m.start for m in mentions), default=len(plain))
        return first < len(head), len(mentions), -first

    def leading(*kinds: Kind) -> int | None:
        own = [i for i, e in enumerate(entities) if e.introduced and e.mentions and e.kind in kinds]
        return max(own, key=weight, default=None)

    system, benchmark = leading(*SYSTEMS), leading(Kind.BENCHMARK)
    if system is None and benchmark is None:
        system = leading(Kind.DATASET)
    benchmarks = [i for i, e in enumerate(entities) if e.kind is Kind.BENCHMARK and e.mentions]
    only = benchmarks[0] if len(benchmarks) == 1 else None
    return Paper(tuple(entities), system, benchmark, only)


def is_compared(frame: Frame, system: Atom) -> bool:
    """Say whether a system is what something else is compared with."""
    before = frame.text[max(0, system.at - 90) : system.at]
    return bool(_COMPARED.search(before) or _COMPARED_KO.match(frame.text[system.at + 1 : system.at + 40]))


def is_object(frame: Frame, system: Atom) -> bool:
    """Say whether a system is an object of its sentence rather than who did something."""
    before = frame.text[max(0, system.at - 70) : system.at]
    after = frame.text[system.at + 1 : system.at + 60]
    if _OBJECT_KO.match(after):
        return True
    return bool(_OBJECT.search(before)) and not (_APPOSED.search(before) or _ACTING.match(after))


def acts(frame: Frame, system: Atom) -> bool:
    """Say whether a system is the subject of what follows it, or what is done with it is."""
    after = frame.text[system.at + 1 : system.at + 120]
    before = frame.text[max(0, system.at - 90) : system.at]
    return bool(_ACTS.match(after) or _ACTS_KO.match(after) or _EMPLOYED.search(before))


def baseline_of(frame: Frame, atom: Atom) -> int | None:
    """Return the named system that a number is compared with: in its cell, else earlier in its clause."""
    low, high = frame.cell(atom)
    start, _ = frame.clause(atom.at)
    for a, b in ((atom.at, high), (low, atom.at), (start, low)):
        compared = [s for s in frame.between(a, b, SYSTEMS) if is_compared(frame, s)]
        if compared:
            return compared[0].entity
    return None


def holder_of(frame: Frame, atom: Atom) -> int | None:
    """Return the system to whose name a number is directly attached: ``GPT-4o (79.8%)``, ``0.4 for LoRA``."""
    low = max(0, atom.at - 60)
    before = _ATTACHED_BEFORE.search(frame.text[low : atom.at])
    if before:
        return frame.names(low + before.start(), atom.at, SYSTEMS)[-1]
    after = _ATTACHED_AFTER.search(frame.text[atom.at + 1 : atom.at + 80])
    if after:
        return frame.names(atom.at, atom.at + 1 + after.end(), SYSTEMS)[-1]
    return None


def system_of(frame: Frame, atom: Atom, paper: Paper) -> int | None:
    """Return who obtained a number: the paper's own or who acts near it, else the paper's own system."""
    low, _ = frame.clause(atom.at)
    cell, _ = frame.cell(atom)
    for start, end in ((cell, atom.at), (low, cell), (0, low)):
        chosen = choose(frame, frame.between(start, end, SYSTEMS), paper)
        if chosen is not None:
            return chosen
        if _names_others(frame.text[start:end]):
            return None
    if paper.system is None:
        acting = [s.entity for s in frame.between(low, atom.at, SYSTEMS) if acts(frame, s)]
        return acting[-1] if acting else None
    return paper.system


def choose(frame: Frame, systems: Sequence[Atom], paper: Paper) -> int | None:
    """Return the paper's own system among some, else the last one that acts."""
    free = [s for s in systems if not is_compared(frame, s)]
    own = [s.entity for s in free if paper.introduces(s.entity)]
    acting = [s.entity for s in free if acts(frame, s) and not is_object(frame, s)]
    acting_own = [s for s in own if s in acting]
    if acting_own:
        return acting_own[-1]
    if own:
        return paper.system if paper.system in own else own[-1]
    return acting[-1] if acting else None


def _names_others(text: str) -> bool:
    """Whether a text is about unnamed systems ("the best LLM") other than as what something is compared with."""
    return any(
        not _COMPARING_BEFORE.search(text[max(0, m.start() - 50) : m.start()]) for m in _OTHERS.finditer(text)
    )


def improved_by(frame: Frame, atom: Atom, system: int | None) -> int | None:
    """Return the system that a change improves: "improves X by N", "raises X from A to B"."""
    low, _ = frame.clause(atom.at)
    for candidate in reversed(frame.between(low, atom.at, SYSTEMS)):
        if candidate.entity != system and _is_improved(frame, candidate):
            return candidate.entity
    return None


def _is_improved(frame: Frame, system: Atom) -> bool:
    before = frame.text[max(0, system.at - 90) : system.at]
    return bool(_IMPROVING.search(before) or _IMPROVED_KO.match(frame.text[system.at + 1 : system.at + 8]))


def changing_in(frame: Frame, atom: Atom) -> int | None:
    """Return the system that itself changes to a number: "X climbs from A to B", "X는 A에서 B로 올랐다"."""
    low, _ = frame.clause(atom.at)
    korean = _CHANGED_KO.match(frame.text[atom.at + 1 : atom.at + 30])
    for candidate in reversed(frame.between(low, atom.at, SYSTEMS)):
        after = frame.text[candidate.at + 1 : atom.at]
        if _CHANGES.match(after) or (korean and _ACTS_KO.match(after)):
            return candidate.entity
    return None
