"""A spelling -> what a survey of many digests says of it: in how many papers it stands, how often as a name.

The survey stands in ``data/weights/survey.json`` and is made by ``python -m kg.training survey``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SURVEYED = "survey:"
"""How the cues begin that come from the survey."""

_MOST, _STEPS = 6, 8
_MANY, _FEW = 4, 2


class Seen(NamedTuple):
    """In how many papers a spelling stands, and in what share of these it seems to be a name."""

    papers: int
    share: float


Survey = dict[str, Seen]
"""A folded spelling -> what was seen of it."""


def note_survey(keys: Iterable[str], survey: Mapping[str, Seen] | None = None) -> Iterator[str]:
    """Yield what the survey says of a name, by the spelling of it that is seen in most papers.

    Args:
        keys: the folded spellings of the name.
        survey: instead of the one that the package holds.
    """
    known = load_survey() if survey is None else survey
    found = [known[key] for key in keys if key in known]
    if not found:
        yield f"{SURVEYED}new"
        return
    papers, share = max(found)
    times = min(_MOST, papers.bit_length() - 1)
    named = int((1 - share) * _STEPS)
    yield f"{SURVEYED}papers-{times}"
    yield f"{SURVEYED}unnamed-{named}"
    if times >= _FEW:
        yield f"{SURVEYED}unnamed-{named}-papers-{min(times, _MANY)}"


@cache
def load_survey() -> Survey:
    """Load the survey that the package holds."""
    return msgspec.json.decode((FOLDER / "weights" / "survey.json").read_bytes(), type=Survey)
