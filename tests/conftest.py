"""What every test may use."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType


LOOPBACK = ("127.", "::1", "localhost", "test")
"""What addresses of this machine, and names that resolve to none, begin with."""


def refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse every connection and look-up but those on this machine; an audit hook sees them all."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        place = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
        host = place[0] if isinstance(place, tuple) else place
        if isinstance(place, (str, bytes)) and event in ("socket.connect", "socket.sendto"):
            return  # a socket that is a file
        if host and not str(host).startswith(LOOPBACK):
            raise PermissionError(f"a test goes online: {event} {place!r}")


sys.addaudithook(refuse_network)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden", action="store_true", help="rewrite the golden files; read the diff afterwards"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--golden"))


LONGEST = 600
"""So many seconds a test may take on the slowest machine, with what it sets up; one that takes more hangs."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that hangs, and again what it then hangs in while it is taken down."""
    if not hasattr(signal, "setitimer"):
        return (yield)

    def give_up(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"{item.nodeid} takes longer than {LONGEST} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, LONGEST, LONGEST / 10)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what would be skipped where everything is installed, but for want of what no clone has."""
    report = yield
    if report.skipped and os.environ.get("KG_NO_SKIPS") and not hasattr(report, "wasxfail"):
        reason = str(call.excinfo.value) if call.excinfo else ""
        if "beside the checkout" not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped where nothing may be: {reason}"
    return report
