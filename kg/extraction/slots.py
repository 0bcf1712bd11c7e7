"""A figure that is a result -> what may fill each of its slots, and the cues of each option."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from kg.extraction.actors import names_others
from kg.extraction.choices import choose
from kg.extraction.figures import gap_between, up_to, word_after, word_before
from kg.extraction.phrases import frills, note_phrases, trim
from kg.extraction.places import PEERS, SLOTS, describe_place
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.choices import Choices
    from kg.extraction.clauses import Atom
    from kg.extraction.figures import Figure, Option, Sheet

_FAR, _MANY = 30, 40  # sentences back that still matter; options that are still few


def fill_slots(sheet: Sheet, figure: Figure, choices: Choices) -> None:
    """Choose metric, benchmark, system and baseline of a figure, in this order; each may lean on the last."""
    note_phrases(sheet, figure)
    for slot in SLOTS:
        options = options_of(sheet, figure, slot)
        at, figure.sure[slot] = choose([describe(sheet, figure, slot, o) for o in options], choices[slot])
        figure.slots[slot] = options[at]


def options_of(sheet: Sheet, figure: Figure, slot: str) -> list[Option]:
    """Return what may fill a slot: nothing, an entity of the fitting kind, a phrase that names a measure."""
    named = sheet.named(*PEERS[slot])
    if len(named) > _MANY:
        here = {atom.entity for atom in figure.frame.atoms}
        named = [i for i in named if i in here or sheet.entities[i].introduced][:_MANY]
    options: list[Option] = [None, *named]
    if slot == "metric":
        options += sorted(figure.phrases)
    return options


def describe(sheet: Sheet, figure: Figure, slot: str, option: Option) -> list[str]:
    """Return the cues of an option."""
    cues = [*_proposed(figure, slot, option), *_carried(sheet, figure, slot, option)]
    if option is None:
        cues += _empty(sheet, figure, slot)
    elif isinstance(option, str):
        cues += _phrase(sheet, figure, slot, option)
    else:
        cues += _entity(sheet, figure, slot, option)
        cues += _position(sheet, figure, slot, option)
    return cues


def _proposed(figure: Figure, slot: str, option: Option) -> Iterator[str]:
    """Whether the rules propose it."""
    proposal = figure.proposal
    if proposal is None:
        return
    only = proposal.benchmarks[0] if len(proposal.benchmarks) == 1 else None
    if option == (only if slot == "benchmark" else getattr(proposal, slot)):
        kind = "gain" if proposal.role == "gain" else "score"
        name = "proposed" if option is not None else "proposed-none"
        yield name
        yield f"{name}:{kind}"
        yield f"{name}:{proposal.by.split('.')[0]}"


def _carried(sheet: Sheet, figure: Figure, slot: str, option: Option) -> Iterator[str]:
    """Whether it was chosen for the result before, in the sentence or an earlier one."""
    row = [f for f in sheet.figures[figure.sentence][: figure.at] if slot in f.slots]
    if row:
        last = row[-1]
        same = "same" if last.slots[slot] == option else "other"
        gap = gap_between(last, figure)
        yield f"carried:{same}"
        yield f"carried:{same}:{gap}"
        yield f"carried:{same}:{last.role}:{figure.role}"
        if option is None:
            yield f"carried:{same}:{gap}:none"
        if same == "other" and any(f.slots[slot] == option for f in row):
            yield "carried:earlier"
        return
    above = sheet.figures[max(0, figure.sentence - _FAR) : figure.sentence]
    chosen = [f.slots[slot] for earlier in above for f in earlier if slot in f.slots]
    if chosen:
        yield f"carried-down:{'same' if chosen[-1] == option else 'other'}"


def _empty(sheet: Sheet, figure: Figure, slot: str) -> Iterator[str]:
    """What speaks for leaving a slot empty."""
    frame, kind, ties, peers = figure.frame, figure.kind, figure.ties, PEERS[slot]
    yield from ("none", f"none:{kind}", f"none:{kind}:{figure.role}", f"none:unit:{figure.number.unit}")
    yield f"none:cell:{up_to(len(frame.names(*sheet.bounds_of(figure)[0], peers)))}"
    yield f"none:sentence:{up_to(len(frame.names(0, len(frame.text), peers)))}"
    yield f"none:entry:{up_to(len(sheet.named(*peers)))}"
    if ties.quantity:
        yield f"none:quantity:{kind}"
    if ties.measure:
        yield f"none:measure:{kind}"
    if slot == "benchmark" and len(ties.benchmarks) > 1:
        yield "none:several"
    if slot == "benchmark" and isinstance(figure.slots.get("metric"), str):
        yield f"none:phrase:{kind}"
    if slot == "system" and names_others(frame.text):
        others = names_others(frame.text[sheet.bounds_of(figure)[1][0] : figure.atom.at])
        yield f"none:others:{'clause' if others else 'sentence'}"
    yield f"none:before:{word_before(frame.text, figure.atom.at)}"
    yield f"none:after:{word_after(frame.text, figure.atom.at)}"
    yield from (f"none:fits:{cue.id}" for cue in figure.fits[:1])
    yield f"none:own-system:{sheet.paper.system is not None}"
    yield f"none:own-benchmark:{sheet.paper.benchmark is not None}"


def _phrase(sheet: Sheet, figure: Figure, slot: str, phrase: str) -> Iterator[str]:
    """What speaks for a phrase as the measure."""
    kind, cues = figure.kind, figure.phrases[phrase]
    yield from ("phrase", f"phrase:{kind}", *cues)
    yield from _words_of(figure, phrase)
    yield from (f"{cue}:{kind}" for cue in cues if not cue.startswith(("last:", "words:")))
    if "trimmed" in cues:
        for atom in figure.frame.atoms:
            name = sheet.plain[atom.start : atom.end]
            if atom.kind is Kind.METRIC and phrase in (trim(name), trim(name, 0), trim(name, tail=0)):
                yield from describe_place(sheet, figure, slot, atom)
                yield from frills(name)
                break


def _words_of(figure: Figure, name: str) -> Iterator[str]:
    """The words of a metric's name, and whether they suit the number."""
    *others, last = name.lower().split()
    yield f"named:{last}"
    yield f"named:{last}:{figure.number.unit}"
    yield f"named:{last}:{figure.kind}"
    yield from (f"named-with:{word}" for word in others)


def _entity(sheet: Sheet, figure: Figure, slot: str, index: int) -> Iterator[str]:
    """What the entity itself says: its kind, how sure that is, whether it is the paper's own, or the only."""
    entity, paper, kind = sheet.entities[index], sheet.paper, figure.kind
    yield from (
        f"kind:{entity.kind}",
        f"kind:{entity.kind}:{kind}",
        f"times:{up_to(len(entity.mentions), 4)}",
    )
    yield f"sure:{int(max(m.confidence for m in entity.mentions) * 5)}"
    if entity.introduced:
        yield from ("own", f"own:{entity.kind}", f"own:{kind}:{figure.role}")
    if index == paper.system:
        yield from ("own-system", f"own-system:{kind}:{figure.role}")
    if index == paper.benchmark:
        yield "own-benchmark"
    if sheet.named(*PEERS[slot]) == [index]:
        yield from ("only", f"only:{kind}")
    if any(m.start < sheet.frames[0].end for m in entity.mentions):
        yield "in-title"
    if slot == "metric":
        yield from frills(entity.name)
        yield from _words_of(figure, entity.name)


def _position(sheet: Sheet, figure: Figure, slot: str, index: int) -> Iterator[str]:
    """Where the entity stands: in the sentence, on either side of the number, or in another one."""
    nearest: dict[bool, Atom] = {}
    for atom in figure.frame.atoms:
        if atom.entity == index:
            side = atom.at > figure.atom.at
            if side not in nearest or abs(atom.at - figure.atom.at) < abs(nearest[side].at - figure.atom.at):
                nearest[side] = atom
    if not nearest:
        yield from _elsewhere(sheet, figure, slot, index)
        return
    yield f"sentence:{''.join('right' if side else 'left' for side in sorted(nearest))}"
    for atom in nearest.values():
        yield from describe_place(sheet, figure, slot, atom)


def _elsewhere(sheet: Sheet, figure: Figure, slot: str, index: int) -> Iterator[str]:
    """How far off another sentence is that names it, and whether anything of the kind stands nearer."""
    sentences = sheet.sentences.get(index, [])
    naming = bisect_left(sentences, figure.sentence)
    yield f"elsewhere:{up_to(figure.sentence - sentences[naming - 1] - 1) if naming else 'below'}"
    yield f"elsewhere:{figure.kind}:{figure.role}"
    here = figure.frame.between(0, len(figure.frame.text), PEERS[slot])
    yield f"elsewhere:{'others' if here else 'none'}-here"
    latest = _latest(sheet, figure, slot)
    if index in latest:
        yield "latest"
        yield "latest:last" if latest[-1] == index else "latest:earlier"
        yield "latest:alone" if len(set(latest)) == 1 else "latest:among"


def _latest(sheet: Sheet, figure: Figure, slot: str) -> list[int | None]:
    """The names of a slot's kind in the nearest sentence before that has any."""
    above = (f.atoms for f in reversed(sheet.frames[max(0, figure.sentence - _FAR) : figure.sentence]))
    return next(
        (names for atoms in above if (names := [a.entity for a in atoms if a.kind in PEERS[slot]])), []
    )
