"""An address -> its text, asked for politely: seldom, again after a failure, and never twice."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kg import __version__
from kg.errors import FetchError, UsageError
from kg.files import read_text
from kg.writers import write_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPMessage
    from pathlib import Path
    from typing import IO

_AGENT = f"paperkg/{__version__} (digests of AI papers; one request at a time)"
_LARGEST = 32 * 1024 * 1024
_TIMEOUT = 30.0
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 120.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect to the host that was asked, and to no other."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise FetchError(f"{req.full_url}: leads to another place, {newurl}; it was not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(slots=True)
class Client:
    """Asks for addresses one after the other.

    Args:
        cache: a folder where each answer is kept until `forget`, so that an interrupted run goes on.
        pause: seconds between two requests.
        tries: how often a request is made before it is given up; the wait doubles each time.
        sleep: waits; tests put their own here.
    """

    cache: Path
    pause: float = 3.0
    tries: int = 5
    sleep: Callable[[float], None] = time.sleep
    _asked: bool = field(default=False, init=False)

    def get(self, address: str) -> str:
        """Return the text at an address, from the cache where it is there.

        Raises:
            FetchError: it cannot be had; the message says why, and that the next run goes on from here.
            UsageError: the address is neither https nor on this machine.
        """
        kept = self._place(address)
        if kept.is_file():
            return read_text(str(kept))
        _check(address)
        text = self._ask(address)
        self.cache.mkdir(parents=True, exist_ok=True)
        write_text(kept, [text], inside=self.cache)
        return text

    def forget(self, addresses: tuple[str, ...]) -> None:
        """Drop what is kept of these addresses."""
        for address in addresses:
            self._place(address).unlink(missing_ok=True)

    def _place(self, address: str) -> Path:
        return self.cache / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.txt"

    def _ask(self, address: str) -> str:
        for attempt in range(1, self.tries + 1):
            if self._asked:
                self.sleep(self.pause)
            self._asked = True
            try:
                return _open(address)
            except HTTPError as error:
                if error.code not in _AGAIN or attempt == self.tries:
                    raise FetchError(f"{address}: the server says {error.code} {error.reason}") from None
                self.sleep(_wait(error, attempt))
            except (URLError, HTTPException, TimeoutError, ConnectionError) as error:
                if attempt == self.tries:
                    reason = getattr(error, "reason", error)
                    raise FetchError(f"{address}: not reached in {attempt} tries ({reason})") from None
                self.sleep(min(2.0**attempt, _LONGEST_WAIT))
        raise FetchError(f"{address}: not asked, since no try is allowed")


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise UsageError(f"{address}: only https is fetched")


def _open(address: str) -> str:
    """Make one request; the answer must be UTF-8 and of reasonable size."""
    request = Request(address, headers={"User-Agent": _AGENT})  # noqa: S310 - `_check` saw to the scheme
    with build_opener(_SameHost).open(request, timeout=_TIMEOUT) as answer:
        content: bytes = answer.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise FetchError(f"{address}: the answer is larger than 32 MB")
    try:
        return content.decode("utf8")
    except UnicodeDecodeError:
        raise FetchError(f"{address}: the answer is not UTF-8") from None


def _wait(error: HTTPError, attempt: int) -> float:
    """Return how long to wait: what the server asks for, else twice as long each time."""
    asked = (error.headers.get("Retry-After") or "").strip()
    return min(float(asked) if asked.isdigit() else 2.0**attempt, _LONGEST_WAIT)
