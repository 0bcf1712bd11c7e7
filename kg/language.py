"""A text -> its tokens and sentences, each with its offsets; the only module that knows spaCy.

English and Korean share one tokenizer: names stay whole (``DeepSeek-R1``), Korean particles and
glosses come off (``MATH-500에서`` is ``MATH-500`` and ``에서``), and so do tails such as ``-based``.
"""

from __future__ import annotations

import importlib
import re
import sys
from functools import cache, lru_cache
from itertools import takewhile
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokenizer import Tokenizer

_INFIXES = (
    r"\.\.+|…",
    r"[()\[\]{};|“”\"]",
    r"(?<=[A-Za-z]),(?=[A-Za-z])",
    r"(?<=[A-Za-z0-9])[:<>=/](?=[A-Za-z])",
    r"(?<=[A-Za-z0-9%@+)\]])(?=[가-힣])",  # a Korean particle after a name or a number
    r"(?<=[가-힣])(?=[A-Z])",
    r"(?<=[0-9])%",
    r"(?<=[A-Z0-9])-(?=[a-z]{2,12}(?:ed|ing)(?![A-Za-z]))",  # SVD-structured
    r"[–—]+|--+",
)
_SUFFIXES = (r"(?<=[0-9][A-Z])\.",)  # "Llama 3.1 8B." ends a sentence
_REMEMBERED = 100_000  # so many words are cut once, then forgotten: memory depends on this, not on the corpus
_LENGTHS = ["LENGTH", "SPACY"]  # of each token, and whether a blank follows it
_TEXTS = 256  # so many texts are cut into sentences once: several stages ask for the same one
_NEAR = 500  # characters before a span in which the beginning of its sentence is looked for first
_LONGEST_WORD = 400  # beyond it, "words" are noise on which the tokenizer is quadratic

_STOP = re.compile(  # the first class is what is searched for, so that most letters are passed over
    r"[.!?。\n \t]"
    r"(?:(?<=[.!?。])[\"'”’)\]]*(?=\s)|(?<=\n)|(?<=\S[ \t])[ \t]{0,3}(?=[-•*][ \t]{1,4}[\"“A-Z가-힣]))"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:v\.?s|e\.g|i\.e|cf|al|etc|Figs?|Eqs?|Sec|Tab|No|Dr|Mr|Ms|Prof|approx|resp|ver|[A-Z])\.$"
)
_LOWER = re.compile(r"[ \t]{1,4}(?!(?:[ivx]{1,4}|[a-h])\))[a-z]")  # "v)" opens the next point


class Token(NamedTuple):
    """One token: ``text`` stands at ``[start:end]`` of the text it was cut from."""

    start: int
    end: int
    text: str


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens, in order, without blanks.

    >>> [t.text for t in tokens("DeepSeek-R1은 MATH-500에서 97.3%를 달성")]
    ['DeepSeek-R1', '은', 'MATH-500', '에서', '97.3', '%', '를', '달성']
    """
    found = []
    for start, part in _manageable(text):
        at = start
        for length, blank in _fresh_tokenizer()(part).to_array(_LENGTHS).tolist():
            end = at + length
            word = text[at:end]
            if not word.isspace():
                found.append(Token(at, end, word))
            at = end + blank
    return tuple(found)


@lru_cache(_TEXTS)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Cut a text into sentence spans, in order, without surrounding blanks.

    A line feed and an inline bullet (`` - Like this``) end a sentence; ``vs.``, ``et al.``, ``Fig.`` and
    decimals do not.

    >>> text = "It beats A vs. B by 3.5 points. 이를 통해 개선한다. - Next"
    >>> [text[a:b] for a, b in sentences(text)]
    ['It beats A vs. B by 3.5 points.', '이를 통해 개선한다.', '- Next']
    """
    return tuple(_each_sentence(text))


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentences that hold a span begin and end, having looked at little more than these.

    >>> text = "It is new. It scores 3.5 on MATH. It is small."
    >>> text[slice(*sentence_at(text, 21, 24))]
    'It scores 3.5 on MATH.'
    """
    spans = takewhile(lambda span: span[0] < end, _each_sentence(text, _begin_near(text, start)))
    touched = [span for span in spans if span[1] > start]
    return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)


def _begin_near(text: str, at: int) -> int:
    """Return the last place near another one before it where a sentence begins, else that of the text."""
    stops = _STOP.finditer(text, max(0, at - _NEAR), at)
    return max((stop.end() for stop in stops if not _goes_on(text, stop)), default=0)


def _each_sentence(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the sentences from a place on where one begins."""
    for stop in _STOP.finditer(text, start):
        if _goes_on(text, stop):
            continue
        yield from _trim(text, start, stop.end())
        start = stop.end()
    yield from _trim(text, start, len(text))


def lower(text: str) -> str:
    """Put a text in lower case with every character at its old offset (``İ`` would become two).

    >>> lower("GPT-4o은 İ")
    'gpt-4o은 İ'
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    if not stop.group().startswith("."):
        return False
    before = text[max(0, stop.start() - 12) : stop.start() + 1]
    return bool(_ABBREVIATION.search(before) or _LOWER.match(text, stop.end()))


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _manageable(text: str) -> list[tuple[int, str]]:
    """The text in one piece, or in pieces where a run without blanks is unreasonably long."""
    longest = re.compile(rf"\S{{{_LONGEST_WORD}}}")
    pieces, start = [], 0
    for run in longest.finditer(text):
        pieces.append((start, text[start : run.end()]))
        start = run.end()
    return [*pieces, (start, text[start:])]


def _fresh_tokenizer() -> Tokenizer:
    """The tokenizer, a new one where that at hand knows too many words: it forgets none by itself."""
    if len(_tokenizer().vocab) > _REMEMBERED:
        _tokenizer.cache_clear()
    return _tokenizer()


@cache
def _tokenizer() -> Tokenizer:
    _load_spacy()
    from spacy.lang.en import English
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
    from spacy.vocab import Vocab

    from kg.boundaries import TAILS

    known = English.Defaults
    infixes = (*_INFIXES, rf"-(?=(?:{TAILS.replace(' ', '|')})(?![A-Za-z]))")
    # Units stay on: "GSM8K" and "7B" are names, whatever "8K" means elsewhere.
    suffixes = (*(s for s in known.suffixes or () if "km" not in str(s)), *_SUFFIXES)
    cutter = Tokenizer(
        Vocab(),
        rules=_keep_whole(known.tokenizer_exceptions or {}),
        prefix_search=compile_prefix_regex(known.prefixes or ()).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        url_match=known.url_match,
    )
    cutter.max_cache_size = _REMEMBERED
    return cutter


def _keep_whole(rules: Mapping[str, Sequence[object]]) -> dict[str, Sequence[object]]:
    """Return the rules that keep a word in one piece: ``Dr.``, ``C++``, ``:)``.

    Those that cut one are three in four, and cut "don't" and the like, in which no name stands. A rule for
    blanks would keep the tokenizer from remembering the rest of the text.
    """
    return {word: cut for word, cut in rules.items() if len(cut) == 1 and not word.isspace()}


def _load_spacy() -> None:
    """Import spaCy, but not the command line that it brings along: a third of the time, and never called."""
    if "spacy" in sys.modules:
        return
    line = ModuleType("spacy.cli.info")
    line.__dict__["info"] = _print_info
    sys.modules[line.__name__] = line
    try:
        importlib.import_module("spacy")
    finally:
        del sys.modules[line.__name__]


def _print_info(*arguments: object, **options: object) -> object:
    """Stand in for `spacy.info`, for whoever calls it in this process: the real one, loaded then."""
    return importlib.import_module("spacy.cli.info").info(*arguments, **options)
