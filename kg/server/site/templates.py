"""The name of a template and its values -> HTML in which every value is text."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.network import KINDS
from kg.view.content import is_web_link

if TYPE_CHECKING:
    from kg.server.site.words import Words

_STEERING = {"Cc", "Cf", "Cs"}
_HARMLESS = "\n\t\u200c\u200d"

SHAPES = {
    "paper": "M3 3h10v10H3z",
    "model": "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z",
    "method": "M8 1.5L14.5 8L8 14.5L1.5 8z",
    "benchmark": "M8 2L14.5 13.5h-13z",
    "dataset": "M8 14L1.5 2.5h13z",
    "metric": "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
    "task": "M8 1l2 4.8 5.2.4-4 3.4 1.3 5L8 11.9l-4.5 2.7 1.3-5-4-3.4 5.2-.4z",
    "org": "M3 3h10v10H3z",
    "author": "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z",
}
"""The outline of each kind of node, as the graph page draws it."""


def render(name: str, words: Words, /, **values: object) -> str:
    """Fill a template; it can say words and count things in the reader's language."""
    template = _environment().get_template(name)
    return template.render(say=words.say, count=words.count, language=words.language, **values)


def strip_steering(value: object) -> object:
    r"""Take out of a text what could steer how it is shown: control characters and changes of direction.

    >>> strip_steering("a\u202eb\x07c\n")
    'abc\n'
    """
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return "".join(c for c in value if unicodedata.category(c) not in _STEERING or c in _HARMLESS)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg", "data/site/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=strip_steering,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"shapes": SHAPES, "kinds": KINDS}
    environment.tests["web_link"] = is_web_link
    return environment
