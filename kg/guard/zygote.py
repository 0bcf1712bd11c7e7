"""A process that holds what jobs need -> children of it, on request, that share it.

Run as ``python -m kg.guard.zygote DESCRIPTOR MODULE:FUNCTION ARGUMENT LIMITS``, by `kg.guard.brood` alone.
The function prepares what is shared. It returns another one, which each child calls to get ready and which
returns a third: a request (values of JSON) -> the pieces of its reply; and some words for the server.

The zygote has one thread and does nothing but fork, kill and mourn, so that a fork copies no lock that
somebody holds. It ends, and its children with it, when the other end of its socket is closed.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import os
import select
import signal
import socket
import struct
import sys
from typing import TYPE_CHECKING, Any

from kg.guard.frames import FAULT, WORDS, dump, load, pack_error, receive, send
from kg.guard.labour import die_quietly, labour
from kg.guard.limits import Ceiling, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.guard.frames import Piece

    Answer = Callable[[dict[str, Any]], Iterable[Piece]]
    Begin = Callable[[], Answer]
    Prepare = Callable[[str], tuple[Begin, dict[str, Any]]]

ORDER = struct.Struct(">cI")
FORK, KILL = b"f", b"k"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main(descriptor: int, prepare: str, argument: str, limits: Limits) -> None:
    """Prepare, then obey orders until there are no more."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)  # it ends with the server, which ends in good order
    control = socket.socket(fileno=descriptor)
    try:
        module, _, function = prepare.partition(":")
        found: Prepare = getattr(importlib.import_module(module), function)
        begin, words = found(argument)
    except BaseException as error:
        send(descriptor, FAULT, pack_error(error))
        return
    gc.collect()
    gc.freeze()
    send(descriptor, WORDS, dump({"ready": words}))
    Zygote(control, begin, limits).obey()


class Zygote:
    """Forks children, each with a number and a socket that the server gives it.

    Args:
        control: orders come from here, deaths are told there.
        begin: called in each child.
        limits: of each child.
    """

    def __init__(self, control: socket.socket, begin: Begin, limits: Limits) -> None:
        self._control, self._begin, self._limits = control, begin, limits
        self._children: dict[int, int] = {}  # process -> number

    def obey(self) -> None:
        """Follow orders until the server is gone, then end all children."""
        woken, waker = os.pipe()
        os.set_blocking(waker, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker)
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(woken, select.POLLIN)
        try:
            while True:
                ready = {descriptor for descriptor, _ in poll.poll()}
                if woken in ready:
                    os.read(woken, 4096)
                    self._mourn()
                if self._control.fileno() in ready and not self._take_order():
                    return
        finally:
            for process in self._children:
                os.kill(process, signal.SIGKILL)

    def _take_order(self) -> bool:
        content, descriptors, _, _ = socket.recv_fds(self._control, ORDER.size, 1)
        if not content:
            return False
        kind, number = ORDER.unpack(content)
        if kind == FORK:
            self._fork(number, descriptors[0])
        else:
            for process in [p for p, n in self._children.items() if n == number]:
                os.kill(process, signal.SIGKILL)  # not reaped yet, so it is no other process
        return True

    def _fork(self, number: int, line: int) -> None:
        process = os.fork()
        if not process:
            try:
                self._control.close()
                live(line, self._begin, self._limits)
            finally:
                os._exit(0)
        os.close(line)
        self._children[process] = number

    def _mourn(self) -> None:
        while self._children:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            number = self._children.pop(process)
            send(self._control.fileno(), WORDS, dump({"gone": number, "status": status}))


def live(line: int, begin: Begin, limits: Limits) -> None:
    """Be a child: take requests one after the other, and answer each, until there are no more."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _die_with_parent()
    die_quietly()
    answer = begin()
    ceiling = Ceiling(limits)
    while (frame := receive(lambda size: os.read(line, size))) is not None:
        request = load(frame[1])
        labour(lambda request=request: answer(request), line, limits, ceiling)  # type: ignore[misc]
        if ceiling.near:
            return


def _die_with_parent() -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], Limits(**load(sys.argv[4].encode())))
