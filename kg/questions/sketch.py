"""A question that no template reads -> what its names and cue words hint at.

The names in it are found first, then the words that hint at a kind of question. The kind of question wins
whose cues account for most of the text and whose slots the names fill; names left over restrict it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.questions.counting import find_counted
from kg.questions.cues import list_telling, weigh_longest
from kg.questions.denials import find_denied
from kg.questions.filters import peel
from kg.questions.grammar import load_questions
from kg.questions.lexicon import list_unknown
from kg.questions.naming import spell
from kg.questions.reading import Clause, Match, fits
from kg.questions.spotting import spot_names, unknown_words
from kg.questions.topics import read_topic
from kg.questions.words import kind_of_word, language_of, load_words, strip, strip_denials

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.questions.filters import Taken
    from kg.questions.grammar import Question, Wording
    from kg.questions.spotting import Spotted
    from kg.store import Store

_UNUSED = 3  # letters that a name left over as a mere clause costs, or a word that is not read
_HARDLY = 2  # words that may stand around bare names
_CLAUSES = {"author": "works", "org": "works", "task": "about", "method": "use", "dataset": "use",
            "benchmark": "evaluate", "metric": "report", "model": "mention"}  # fmt: skip
"""What a name of each kind says of a paper where no cue says more."""


class _Heard(NamedTuple):
    """A question without its filters: the text, its language, the names in it, those denied, the filters."""

    text: str
    language: str
    names: Sequence[Spotted]
    denied: frozenset[Spotted]
    filters: tuple[Taken, ...]


def sketch(store: Store, text: str) -> list[Match]:
    """Return the readings that the names and cues of a question allow, the best first."""
    language, core = language_of(text), strip(text)
    found = [match for match in _sketch(store, core, language) if match.literal > 0]
    return sorted(
        found, key=lambda m: (_weigh_unread(m) - m.literal, len(m.clauses), m.doubt, m.question.name)
    )


def _weigh_unread(match: Match) -> int:
    """Weigh the words that a reading leaves out."""
    return _UNUSED * len(match.left_out.split())


def _sketch(store: Store, core: str, language: str) -> Iterator[Match]:
    rests = list(peel(core, language))
    for rest, filters in reversed(rests):  # with every filter taken out first
        names = spot_names(store, rest)
        denied = find_denied(rest, names, language)
        if denied is None or unknown_words(rest, names):
            continue
        heard = _Heard(rest, language, names, denied, filters)
        for question in load_questions().values():
            if fits(question, filters, restricted=bool(denied)):
                yield from _weigh(question, heard)


def _weigh(question: Question, heard: _Heard) -> Iterator[Match]:
    text, language, names, denied, filters = heard
    filled = _fill(question, [name for name in names if name not in denied], heard)
    if filled is None:
        return
    slots, first, left = filled
    blank = _blank(text, names)
    hinted = int(question.weight * _hint(question.wordings[language], blank, first))
    cued = names if hinted else ()
    if (
        question.bare
        and not left
        and not denied
        and len(slots) == len(question.slots)
        and len(blank.split()) <= _HARDLY
    ):
        hinted = max(hinted, 1)
    clauses = _restrict(question, [name for name in names if name in denied or name in left], heard)
    if not hinted or clauses is None:
        return
    match = Match(
        question=question,
        language=language,
        counted=find_counted(blank, question.query),
        slots=slots,
        literal=hinted
        + sum(each.literal for each in filters)
        + _weigh_clauses(question, clauses, language, blank),
        filters=filters,
        clauses=clauses,
        doubt=_doubt(question, first),
        left_out=_leave_out((question, *(each.question for each in clauses)), strip_denials(blank), cued),
    )
    yield match
    if topical := read_topic(match, blank):
        yield topical


def _weigh_clauses(question: Question, clauses: Iterable[Clause], language: str, blank: str) -> int:
    """Weigh the names that no slot took: each costs.

    Where papers are asked for, one that comes with a cue of its own counts as the slot's name does, and one
    that is asked for in the same way costs nothing.
    """
    left = [clause.question for clause in clauses if not clause.denied]
    heeded = question.slots and any(kind_of_word(word) == "paper" for word in _find_words(blank))
    if not heeded:
        return -_UNUSED * len(left)
    hints = (weigh_longest(other.wordings[language].cues, blank) for other in left if other is not question)
    return sum(hint or -_UNUSED for hint in hints)


def _fill(
    question: Question, names: Sequence[Spotted], heard: _Heard
) -> tuple[dict[str, str], Spotted | None, list[Spotted]] | None:
    """Put the names into the slots they fit, in the order of the text; None where a slot stays empty."""
    slots: dict[str, str] = {}
    left, first = list(names), None
    for slot, kinds in question.slots.items():
        if kinds == ("kind",):
            found = _find_kind(heard.text, question.barred)
        else:
            fitting = [name for name in left if name.kinds & set(kinds)]
            few = len(names) <= len(question.slots)
            named = next(iter(fitting), None) if few else _choose(fitting, kinds, question, heard)
            found = named.text if named else None
            first = first or named
            left = [name for name in left if name is not named]
        if found:
            slots[slot] = found
        elif slot not in question.optional:
            return None
    return slots, first, left


def _choose(
    names: Sequence[Spotted], kinds: Sequence[str], question: Question, heard: _Heard
) -> Spotted | None:
    """Choose for a slot, of more names than slots, one beside which the question's cue stands.

    Of several, or of none, it is the first of those that the slot is mostly about.
    """
    cues = list_telling(question.wordings[heard.language].cues)
    told = [name for name in names if weigh_longest(cues, _find_gap(name, heard))]
    return min(told or names, key=lambda name: _rank(name, kinds), default=None)


def _rank(name: Spotted, kinds: Sequence[str]) -> int:
    """Say how far a name is from the kind that a slot is mostly about."""
    return next((i for i, kind in enumerate(kinds) if kind in name.kinds), 0)


def _find_kind(text: str, barred: tuple[str, ...]) -> str | None:
    """Find the word for a kind that is not barred; one for papers only where there is no other."""
    words = [word for word in _find_words(text) if (kind := kind_of_word(word)) and kind not in barred]
    return min(words, key=lambda word: kind_of_word(word) == "paper", default=None)


def _find_words(text: str) -> Iterator[str]:
    return (word for part in re.findall(r"[\w-]+", text) for word in spell(part))


def _leave_out(questions: Iterable[Question], text: str, names: Sequence[Spotted]) -> str:
    """Return words and numbers that neither hint at the questions nor belong to everyday language.

    The word for a kind says what is asked where there is a slot that takes it, else only one for papers does.
    Korean words, whose endings are many, are read only where no name with a cue says what is asked.
    """
    said = [each.wordings["en"] for each in questions]
    hints = {word for one in said for cue in (*one.cues, *one.before, *one.after) for word in cue.split()}
    known = hints.union(load_words()["plain"], load_words()["fillers"])
    words = re.findall(r"[a-z][a-z'’-]+|(?<![\w.-])\d[\d.,]*%?[가-힣]{0,4}(?![\w-])", text)
    asked = [set(load_words()["kinds"]).difference(each.barred) for each in questions if each.slots]
    read = set().union({"paper"}, *asked)
    unread = [word for word in words if word not in known and kind_of_word(word) not in read]
    return ", ".join(dict.fromkeys((*unread, *(() if names else list_unknown(text)))))


def _doubt(question: Question, first: Spotted | None) -> int:
    """Say how far the first name of a question is from the kind that this is mostly about."""
    return _rank(first, next(iter(question.slots.values()), ())) if first else 0


def _restrict(question: Question, names: Sequence[Spotted], heard: _Heard) -> tuple[Clause, ...] | None:
    """Make a clause of each name that no slot took; None where the question takes none."""
    if names and ("# filters" not in question.query or "?paper" not in question.query):
        return None
    clauses = []
    for name in names:
        clause = _choose_clause(name, heard)
        if clause is None:
            return None
        clauses.append(Clause(clause, {next(iter(clause.slots)): name.text}, name in heard.denied))
    return tuple(clauses)


def _choose_clause(name: Spotted, heard: _Heard) -> Question | None:
    """Choose what a name says of a paper: what its own words say, else what is usual for its kind."""
    questions = load_questions()
    gap = _find_gap(name, heard)
    said = {
        clause: weigh_longest(list_telling(questions[clause].wordings[heard.language].cues), gap)
        for clause in dict.fromkeys(_CLAUSES.values())
        if name.kinds & set(next(iter(questions[clause].slots.values())))
    }
    usual = next((_CLAUSES[kind] for kind in _CLAUSES if kind in name.kinds), None)
    chosen = max(said, key=lambda clause: (said[clause], clause == usual)) if any(said.values()) else usual
    return questions[chosen] if chosen else None


def _find_gap(name: Spotted, heard: _Heard) -> str:
    """Return the words on that side of a name where its verb stands: before it, in Korean after it."""
    if heard.language == "en":
        last = max((other.end for other in heard.names if other.end <= name.start), default=0)
        return heard.text[last : name.start].casefold()
    first = min((other.start for other in heard.names if other.start >= name.end), default=None)
    return heard.text[name.end : first].casefold()


def _blank(text: str, names: Sequence[Spotted]) -> str:
    """Replace names by blanks of their length, so that cues are looked for around them only."""
    for name in names:
        text = text[: name.start] + " " * (name.end - name.start) + text[name.end :]
    return text.casefold()


def _hint(wording: Wording, text: str, first: Spotted | None) -> int:
    """Return how many letters of a text are cues of a question; a syllable of Hangul counts as three."""
    hinted = weigh_longest(wording.cues, text)
    if first:
        hinted += weigh_longest(wording.before, text[: first.start])
        hinted += weigh_longest(wording.after, text[first.end :], close=True)
    return hinted
