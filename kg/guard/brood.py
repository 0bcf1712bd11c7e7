"""What jobs need -> a zygote that holds it and its children, as a server sees them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kg
from kg.guard.frames import FAULT, HEADER, LARGEST, ChildError, dump, load, unpack_error
from kg.guard.zygote import FORK, KILL, ORDER

if TYPE_CHECKING:
    from kg.guard.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """What a zygote is started with: ``module:function`` to prepare, its argument, its children's limits."""

    prepare: str
    argument: str
    limits: Limits


@dataclass(slots=True, eq=False)
class Child:
    """One child: its number, its brood, the line to it; ``death`` is its exit status, once it has one."""

    number: int
    brood: Brood
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    death: asyncio.Future[int]

    async def receive(self) -> tuple[bytes, bytes] | None:
        """Read the next frame; None where the child has ended."""
        return await _receive(self.reader)

    def ask(self, request: dict[str, Any]) -> None:
        """Send a request."""
        content = dump(request)
        self.writer.write(HEADER.pack(b"w", len(content)) + content)


class Brood:
    """A zygote and its children; made by `start`."""

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self._process, self._control = process, control
        self._numbers = count()
        self._children: dict[int, Child] = {}
        self._listening: asyncio.Task[None] | None = None
        self.words: dict[str, Any] = {}
        self.lost = False

    @classmethod
    async def start(cls, household: Household) -> Brood:
        """Start a zygote and wait until it is ready; ``words`` are what it says about itself then.

        Raises:
            KgError: it could not prepare.
            ChildError: it ended without a word.
        """
        ours, theirs = socket.socketpair()
        limits = dump(household.limits._asdict()).decode()
        command = [sys.executable, "-P", "-m", "kg.guard.zygote", str(theirs.fileno())]
        command += [household.prepare, household.argument, limits]
        process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(Path(kg.__file__).parent.parent)},
        )
        theirs.close()
        brood = cls(process, ours)
        try:
            await brood._hear_ready()
        except BaseException:
            await brood.close()
            raise
        return brood

    async def _hear_ready(self) -> None:
        # A copy of the socket: one is read by asyncio's stream, the other sends descriptors.
        reader, self._writer = await asyncio.open_connection(sock=self._control.dup())
        frame = await _receive(reader)
        if frame is None:
            raise ChildError("the process that holds the graph ended before it was ready")
        if frame[0] == FAULT:
            raise unpack_error(frame[1])
        self.words = load(frame[1])["ready"]
        self._listening = asyncio.create_task(self._listen(reader))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        """Hear of deaths, until the zygote itself is gone."""
        while (frame := await _receive(reader)) is not None:
            words = load(frame[1])
            child = self._children.pop(words["gone"], None)
            if child is not None:
                _settle(child.death, words["status"])
                child.writer.close()
        self.lost = True
        for child in self._children.values():
            _settle(child.death, 0)

    async def fork(self) -> Child:
        """Have a child made.

        Raises:
            OSError: the zygote is gone.
        """
        ours, theirs = socket.socketpair()
        number = next(self._numbers)
        with theirs:
            socket.send_fds(self._control, [ORDER.pack(FORK, number)], [theirs.fileno()])
        reader, writer = await asyncio.open_connection(sock=ours, limit=2 * LARGEST)
        child = Child(number, self, reader, writer, asyncio.get_running_loop().create_future())
        self._children[number] = child
        return child

    def kill(self, child: Child) -> None:
        """Have a child stopped at once, whatever it does."""
        with contextlib.suppress(OSError):
            self._control.sendall(ORDER.pack(KILL, child.number))
        child.writer.close()

    @property
    def empty(self) -> bool:
        """Whether no child lives."""
        return not self._children

    async def close(self) -> None:
        """End the zygote and all its children, and wait until it is gone."""
        for child in list(self._children.values()):
            child.writer.close()
        if self._listening is not None:
            self._listening.cancel()
            self._writer.close()
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        await asyncio.get_running_loop().run_in_executor(None, self._process.wait)


def _settle(death: asyncio.Future[int], status: int) -> None:
    if not death.done():
        death.set_result(status)


async def _receive(reader: asyncio.StreamReader) -> tuple[bytes, bytes] | None:
    try:
        kind, length = HEADER.unpack(await reader.readexactly(HEADER.size))
        return kind, await reader.readexactly(length)
    except (asyncio.IncompleteReadError, OSError):
        return None
