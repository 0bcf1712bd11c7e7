"""A figure -> the phrases around it that may say what it measures, each with its cues."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from kg.extraction.cues import expand
from kg.extraction.figures import gap_between
from kg.identity import fold
from kg.names import known_names
from kg.patterns import read_rules
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extraction.clauses import Atom
    from kg.extraction.figures import Figure, Sheet

_WORD = re.compile(r"[A-Za-zα-ωΑ-Ω0-9가-힣@][\w@.+/'’-]*[\w@+]|[\w@]|[^\w\s]")
_HANGUL = re.compile(r"[가-힣]")
_REACH, _LONGEST = 90, 5
_OTHERS = (Kind.MODEL, Kind.METHOD, Kind.BENCHMARK, Kind.DATASET)


class _Words(msgspec.Struct, frozen=True):
    """What ends a phrase, and what metrics are named with beside their plain names."""

    links: frozenset[str]
    stops: frozenset[str]
    verb: re.Pattern[str]
    gain: re.Pattern[str]
    particle: re.Pattern[str]
    ending: re.Pattern[str]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    heads: frozenset[str]
    heads_ko: tuple[str, ...]


@cache
def _words() -> _Words:
    rules, quantities = read_rules("phrases"), read_rules("quantities")
    heads = [head.lower() for name in ("nouns", "measures") for head in quantities[name]]
    heads_ko = [head for name in ("nouns_ko", "measures_ko") for head in quantities[name]]
    return _Words(
        links=frozenset(rules["links"]),
        stops=frozenset(rules["stops"]),
        verb=re.compile(rf"(?:{'|'.join(rules['verbs'])})(?:e|es|ed|s|ing|t|ts|ting)?"),
        gain=re.compile(expand(r"<gain>s?|<gain_ko>\w*")),
        particle=re.compile(rf"(?:{'|'.join(rules['particles_ko'])})$"),
        ending=re.compile(rf"(?:{'|'.join(rules['endings_ko'])})$"),
        leading=re.compile(rf"(?:an? |the )?({'|'.join(rules['leading'])})\s+(?=\S)", re.IGNORECASE),
        trailing=re.compile(rf"(?<=\S)\s*({'|'.join(rules['trailing'])})$", re.IGNORECASE),
        heads=frozenset(heads),
        heads_ko=tuple(heads_ko),
    )


class _Run(msgspec.Struct, frozen=True):
    """Words that stand together as one phrase, and the words between it and the number or the run before."""

    starts: tuple[int, ...]
    end: int
    link: str
    particle: bool


def note_phrases(sheet: Sheet, figure: Figure) -> None:
    """Collect the phrases that may name what a figure measures, unless they name a metric of the entry."""
    found: dict[str, list[str]] = {}
    for phrase, cues in (*_own(sheet, figure), *_neighbours(sheet, figure), *_trimmed(sheet, figure)):
        found.setdefault(phrase, []).extend(cues)
    known = {fold(s) for i in sheet.named(Kind.METRIC) for s in _spellings(sheet, i)}
    figure.phrases = {
        phrase: [*dict.fromkeys(cues), *_describe(phrase)]
        for phrase, cues in found.items()
        if fold(phrase) and fold(phrase) not in known
    }


def _spellings(sheet: Sheet, entity: int) -> tuple[str, ...]:
    return (sheet.entities[entity].name, *sheet.entities[entity].aliases)


def _own(sheet: Sheet, figure: Figure) -> Iterator[tuple[str, list[str]]]:
    """The phrases that rules find for a figure, and the noun phrases on both sides of it."""
    if figure.ties.measure:
        yield figure.ties.measure, ["measure"]
    if figure.ties.quantity:
        phrase, distance = figure.ties.quantity
        yield phrase, ["quantity", f"quantity-off:{min(distance // 12, 4)}"]
    for phrase, cues in _around(sheet, figure).items():
        yield phrase, ["beside", *cues]


def _neighbours(sheet: Sheet, figure: Figure) -> Iterator[tuple[str, list[str]]]:
    """The phrases of the numbers beside it, and those already chosen in its sentence."""
    row = sheet.figures[figure.sentence]
    if figure.at:
        yield from _neighbour(sheet, figure, row[figure.at - 1], "left")
    if figure.at + 1 < len(row):
        yield from _neighbour(sheet, figure, row[figure.at + 1], "right")
    for near in row[: figure.at]:
        chosen = near.slots.get("metric")
        if isinstance(chosen, str):
            yield chosen, ["chosen-before"]


def _neighbour(sheet: Sheet, figure: Figure, near: Figure, side: str) -> Iterator[tuple[str, list[str]]]:
    gap = gap_between(figure, near)
    if near.ties.measure:
        yield near.ties.measure, [f"{side}-measure", f"{side}-measure:{gap}"]
    if near.ties.quantity:
        yield near.ties.quantity[0], [f"{side}-quantity", f"{side}-quantity:{gap}"]
    if gap.startswith("listed") or {figure.role, near.role} & {"from", "other"}:
        for phrase in _around(sheet, near):
            yield phrase, [f"{side}-beside:{gap}"]


def _trimmed(sheet: Sheet, figure: Figure) -> Iterator[tuple[str, list[str]]]:
    """Names of metrics without the words that a plain name goes without: "average success rate"."""
    for atom in figure.frame.atoms:
        if atom.kind is Kind.METRIC:
            name = sheet.plain[atom.start : atom.end]
            for plainer in {trim(name, lead, tail) for lead in (0, 1) for tail in (0, 1)} - {name}:
                yield plainer, ["trimmed"]


def trim(name: str, lead: int = 1, tail: int = 1) -> str:
    """Return a metric's name without a word such as "average" before and "score" behind."""
    name = _words().leading.sub("", name, count=1) if lead else name
    return _words().trailing.sub("", name, count=1) if tail else name


def frills(name: str) -> Iterator[str]:
    """Yield as cues the words that ``trim`` would take from a metric's name."""
    if lead := _words().leading.match(name):
        yield f"lead:{lead[1].lower()}"
    if tail := _words().trailing.search(name):
        yield f"tail:{tail[1].lower()}"


def _describe(phrase: str) -> Iterator[str]:
    """What the words of a phrase say of it."""
    last = phrase.lower().split()[-1]
    yield "head" if _is_head(last) else "no-head"
    yield f"last:{last}"
    yield f"words:{min(len(phrase.split()), 4)}"
    if known_names().lookup(phrase, Kind.METRIC):
        yield "known"


def _around(sheet: Sheet, figure: Figure) -> dict[str, list[str]]:
    """The noun phrases on both sides of a number, up to its neighbours, with where they stand."""
    row, frame = sheet.figures[figure.sentence], figure.frame
    low = row[figure.at - 1].atom.end if figure.at else frame.start
    high = row[figure.at + 1].atom.start if figure.at + 1 < len(row) else frame.end
    low, high = max(low, figure.atom.start - _REACH), min(high, figure.atom.end + _REACH)
    found: dict[str, list[str]] = {}
    left = _runs(sheet.plain, low, figure.atom.start)[::-1][:3]
    right = _runs(sheet.plain, figure.atom.end, high, ahead=True)[:2]
    for side, runs in (("left", left), ("right", right)):
        for nth, run in enumerate(runs):
            for start in run.starts:
                inside = [a for a in frame.atoms if a.start < run.end and start < a.end]
                masks = _mask(inside, start, run.end)
                if masks is not None:
                    place = f"{side}{nth}"
                    ending = "particle" if run.particle else "bare"
                    cues = [place, f"{place}:{run.link}", f"{place}:{ending}", *masks]
                    found.setdefault(sheet.plain[start : run.end], cues)
    return found


def _mask(inside: Sequence[Atom], start: int, end: int) -> list[str] | None:
    """What a phrase holds of the entry's names: None if it is one, or holds one that no measure would."""
    if any(atom.kind in _OTHERS or (atom.start, atom.end) == (start, end) for atom in inside):
        return None
    metrics = [atom for atom in inside if atom.kind is Kind.METRIC]
    if not metrics:
        return ["holds-other"] if inside else []
    last = metrics[-1]
    where = "longer" if last.start > start else "shorter" if last.start < start else "same"
    return [f"holds-metric:{'end' if last.end == end else 'inside'}:{where}"]


def _runs(text: str, low: int, high: int, ahead: bool = False) -> list[_Run]:
    """The runs of words between two places; ``ahead``: the link of a run stands before, not behind it."""
    runs: list[_Run] = []
    links: list[str] = []
    starts: list[int] = []
    end = 0
    for match in _WORD.finditer(text, low, high):
        word = match[0].lower()
        link = _link(word)
        if starts and (link or text[end : match.start()] not in (" ", "-", "")):
            runs.append(_run(text, starts, end, " ".join(links[-3:])))
            starts, links = [], []
        if link:
            links.append(link)
            continue
        starts.append(match.start())
        end = match.end()
        if _particle(word) or (_HANGUL.search(word) and _words().ending.search(word)):
            runs.append(_run(text, starts, end, " ".join(links[-3:])))
            starts, links = [], []
    if starts:
        runs.append(_run(text, starts, end, " ".join(links[-3:])))
        links = []
    if ahead or not runs:
        return runs
    behind = [*(run.link for run in runs[1:]), " ".join(links[:3])]
    return [_Run(r.starts, r.end, link, r.particle) for r, link in zip(runs, behind, strict=True)]


def _link(word: str) -> str:
    """What a word is between phrases, or nothing if it may be part of one."""
    known = _words()
    if word in known.links:
        return word
    if known.gain.fullmatch(word):
        return "gain"
    ends = word in known.stops or known.verb.fullmatch(word) or not re.search(r"[^\W\d_]", word)
    return "-" if ends else ""


def _particle(word: str) -> re.Match[str] | None:
    """The Korean particle at the end of a word, unless the word is a measure that only seems to have one."""
    if not _HANGUL.search(word) or _is_head(word.lower()):
        return None
    return _words().particle.search(word)


def _is_head(word: str) -> bool:
    """Whether a word is what names of quantities and measures end in; Korean words may be joined to it."""
    return word in _words().heads or word.endswith(_words().heads_ko)


def _run(text: str, starts: Sequence[int], end: int, link: str) -> _Run:
    """A run of words, its last one without a particle."""
    last = text[starts[-1] : end]
    particle = _particle(last)
    if particle and particle.start() > 0:
        return _Run(tuple(starts[-_LONGEST:]), starts[-1] + particle.start(), link, True)
    return _Run(tuple(starts[-_LONGEST:]), end, link, False)
