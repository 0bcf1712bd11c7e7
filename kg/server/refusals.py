"""What is wrong with a request -> a reply that says so: a status and words, never a path or a traceback."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from kg.errors import LimitError, NotUnderstoodError, QueryError, UnknownNameError, UsageError
from kg.server.media import choose

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (LimitError, 503),
    (UnknownNameError, 404),
    (QueryError, 400),
    (NotUnderstoodError, 400),
    (UsageError, 400),
)
_INSIDE = "something failed inside; the log says what"


class RefusalError(Exception):
    """A request that is not answered.

    Args:
        status: of HTTP.
        words: what is wrong, and what was expected.
        headers: that belong to the status, such as ``Allow``.
    """

    def __init__(self, status: int, words: str, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.words, self.headers = status, words, dict(headers or {})
        super().__init__(words)


def refuse(error: Exception) -> RefusalError:
    """Turn what went wrong in a child into a refusal."""
    if isinstance(error, RefusalError):
        return error
    if isinstance(error, TimeoutError):
        return RefusalError(503, "all workers are busy; try again in a while", {"Retry-After": "2"})
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return RefusalError(status, str(error))
    return RefusalError(500, _INSIDE)


def write_refusal(refusal: RefusalError, accept: str) -> Response:
    """Write a refusal as plain text, or as problem details (RFC 9457) for who reads JSON."""
    title = HTTPStatus(refusal.status).phrase
    if choose(accept, ["text/plain", "application/problem+json", "application/json"]) in (None, "text/plain"):
        text, media = f"{title}: {refusal.words}\n", "text/plain; charset=utf-8"
    else:
        problem = {"title": title, "status": refusal.status, "detail": refusal.words}
        text, media = json.dumps(problem, ensure_ascii=False) + "\n", "application/problem+json"
    headers = {"Cache-Control": "no-store", "Content-Type": media, **refusal.headers}
    return Response(text, refusal.status, headers)
