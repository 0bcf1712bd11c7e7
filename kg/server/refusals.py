"""What is wrong with a request -> a reply that says so: a status and words, never a path or a traceback."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from kg.errors import LimitError, NotUnderstoodError, QueryError, UnknownNameError, UsageError
from kg.server.exchange import SiteRequest
from kg.server.media import choose
from kg.server.site.faults import show_fault

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


_FORMS = ("text/plain", "application/problem+json", "application/json", "text/html")


def write_refusal(refusal: RefusalError, headers: Mapping[str, str]) -> Response:
    """Write a refusal as plain text; as problem details (RFC 9457) or a page for who asks for that.

    Args:
        refusal: what is wrong.
        headers: of the request.
    """
    title = HTTPStatus(refusal.status).phrase
    form = choose(headers.get("accept", ""), _FORMS) or _FORMS[0]
    if form == "text/html":
        request = SiteRequest(path="/", headers={"accept-language": headers.get("accept-language", "")})
        page = show_fault(request, refusal.status, refusal.words)
        body, media = page.body, page.type
    elif form == "text/plain":
        body, media = f"{title}: {refusal.words}\n".encode("utf8", "replace"), "text/plain; charset=utf-8"
    else:
        problem = {"title": title, "status": refusal.status, "detail": refusal.words}
        body, media = f"{json.dumps(problem)}\n".encode(), "application/problem+json"
    sent = {"Cache-Control": "no-store", "Vary": "Accept", "Content-Type": media, **refusal.headers}
    return Response(body, refusal.status, sent)
