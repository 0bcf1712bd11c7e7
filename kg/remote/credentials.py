"""A server's challenge -> the same request with user and password, as Basic or Digest asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Generator

    from kg.remote.address import Address


class Credentials(httpx.Auth):
    """User and password of an address, sent only where the server asks for them.

    Args:
        address: whose they are.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request, and again with the password where that is asked for.

        Raises:
            StoreError: the password would be sent so that others can read it.
        """
        if self._chosen is None:
            reply = yield request
            if reply.status_code != 401 or not self._address.user:
                return
            self._chosen = self._choose(reply.headers.get("www-authenticate", ""))
            if self._chosen is None:
                return
        yield from self._chosen.auth_flow(request)

    def _choose(self, challenge: str) -> httpx.Auth | None:
        known = (self._address.user, self._address.password)
        schemes = challenge.lower()
        if "digest " in schemes:
            return httpx.DigestAuth(*known)
        if not schemes.startswith("basic") and ", basic" not in schemes:
            return None
        if not self._address.is_private:
            raise StoreError(
                f"{self._address.name}: the server wants the password in plain text over http; expected "
                "sparql+https, or a server that asks for Digest"
            )
        return httpx.BasicAuth(*known)
