"""A request for a page -> its language, the addresses it links to, and the reply with a template filled."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from kg.facts import Facts
from kg.server.exchange import SiteReply
from kg.server.site.templates import render
from kg.server.site.words import LANGUAGES, Words

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.exchange import SiteRequest


class Reader:
    """Who asks for a page, and how: the language, the addresses in it, and the reply.

    The language is the one asked for by ``lang``, which all links of the page then ask for as well; else the
    first of ours in the reader's ``Accept-Language``.

    Args:
        request: as it came.
    """

    def __init__(self, request: SiteRequest) -> None:
        self.request = request
        self.query = {_make_sound(name): _make_sound(value) for name, value in request.query.items()}
        self.words = Words(self.chosen or _accept(request.headers.get("accept-language", "")))

    @property
    def chosen(self) -> str:
        """The language that the address asks for, or an empty string."""
        asked = self.ask("lang")
        return asked if asked in LANGUAGES else ""

    @property
    def language(self) -> str:
        """The language in which the page speaks."""
        return self.words.language

    def ask(self, name: str) -> str:
        """Return a parameter of the address without blanks around it, or an empty string."""
        return self.query.get(name, "").strip()

    def link(self, path: str, /, **parameters: object) -> str:
        """Write an address on this site; empty parameters are left out, the language asked for stays."""
        given = {name: value for name, value in parameters.items() if value not in (None, "")}
        if self.chosen:
            given.setdefault("lang", self.chosen)
        path, mark, anchor = path.partition("#")
        return f"{path}?{urlencode(given)}{mark}{anchor}" if given else f"{path}{mark}{anchor}"

    def here(self, **changes: object) -> str:
        """Write the address of this page with some parameters changed; two slashes would begin a host."""
        path = "/" + _make_sound(self.request.path).lstrip("/")
        return self.link(quote(path), **{**self.query, **changes})

    def page(self, template: str, code: int = 200, /, **values: Any) -> SiteReply:
        """Reply with a page."""
        body = render(
            template,
            self.words,
            link=self.link,
            here=self.here,
            chosen=self.chosen,
            asked=self.ask("q"),
            **values,
        )
        return SiteReply(status=code, body=body.encode("utf8", "replace"))

    def redirect(self, path: str, /, **parameters: object) -> SiteReply:
        """Reply that the answer stands at another address of this site."""
        return SiteReply(status=303, headers=(("Location", self.link(path, **parameters)),))


class Visit(Reader):
    """A reader's request for a page of a graph.

    Args:
        graph: that the page shows.
        request: as it came.
    """

    def __init__(self, graph: Graph, request: SiteRequest) -> None:
        super().__init__(request)
        self.graph = graph

    @cached_property
    def facts(self) -> Facts:
        """What the graph says, by subject and object."""
        return Facts(self.graph.store.graph)


def _make_sound(text: str) -> str:
    """Put a question mark for every lone surrogate, which is no text and cannot be written."""
    return text.encode("utf8", "replace").decode()


def _accept(header: str) -> str:
    """Choose the language that a reader prefers.

    >>> _accept("de, ko-KR;q=0.8, en;q=0.5"), _accept("")
    ('ko', 'en')
    """
    wanted = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, quality = part.partition(";")
        wanted.append((-_read_quality(quality), place, tag.strip().lower().partition("-")[0]))
    return next((tag for weight, _, tag in sorted(wanted) if tag in LANGUAGES and weight), LANGUAGES[0])


def _read_quality(text: str) -> float:
    number = text.strip().removeprefix("q=")
    try:
        return float(number) if number else 1.0
    except ValueError:
        return 0.0
