"""Requests -> their replies, each from one of a few children that stand ready.

A reply is collected as a whole before it is passed on: so its status is known when it begins, a child is free
again when its work is done however slowly a client reads, and what is too large or too slow is an error in
words and never half an answer.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from kg.errors import LimitError
from kg.guard.brood import Brood
from kg.guard.frames import BODY, END, FAULT, ChildError, load, unpack_error
from kg.guard.labour import explain_death
from kg.guard.limits import took_too_long
from kg.guard.replies import Reply, Room

if TYPE_CHECKING:
    from kg.guard.brood import Child, Household


class Pool:
    """As many children as there are workers, all of one brood; `renew` changes the brood under way.

    Args:
        workers: how many.
        room: for large replies that wait to be read.
    """

    def __init__(self, workers: int, room: Room | None = None) -> None:
        self._workers, self.room = workers, room or Room()
        self._idle: asyncio.LifoQueue[Child] = asyncio.LifoQueue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._old: set[Brood] = set()
        self._brood: Brood | None = None
        self._household: Household | None = None
        self.waiting = self.busy = self.killed = 0

    @property
    def words(self) -> dict[str, Any]:
        """What the present zygote said when it was ready."""
        return self._brood.words if self._brood else {}

    @property
    def lost(self) -> bool:
        """Whether the zygote is gone, and with it the hope of new children."""
        return self._brood is None or self._brood.lost

    async def renew(self, household: Household) -> None:
        """Start a new brood, then let the old one finish what it does and go.

        Raises:
            KgError: the new one cannot be started; the old one goes on.
        """
        brood = await Brood.start(household)
        children = [await brood.fork() for _ in range(self._workers)]
        old, self._brood, self._household = self._brood, brood, household
        while not self._idle.empty():
            self._idle.get_nowait().writer.close()
        for child in children:
            self._idle.put_nowait(child)
        if old is not None:
            self._old.add(old)
            self._spawn(self._retire(old))

    async def _retire(self, brood: Brood) -> None:
        while not (brood.empty or brood.lost):
            await asyncio.sleep(0.05)
        await brood.close()
        self._old.discard(brood)

    async def ask(self, request: dict[str, Any], patience: float = 0) -> Reply:
        """Have a request answered.

        Args:
            request: values of JSON, as the children's function takes them.
            patience: how many seconds to wait for a free child; 0 for the time that a job may take.

        Raises:
            TimeoutError: no child became free.
            LimitError: the job took too long or too much, or there is no room for its reply now.
            KgError: any other error that it raised.
            ChildError: it failed inside.
        """
        assert self._household is not None
        limits = self._household.limits
        self.waiting += 1
        try:
            async with asyncio.timeout(patience or limits.seconds or None):
                child = await self._take()
        finally:
            self.waiting -= 1
        self.busy += 1
        fit = False
        try:
            async with asyncio.timeout(limits.seconds or None):
                outcome, fit = await self._collect(child, request)
        except TimeoutError:
            raise took_too_long(limits) from None
        finally:
            self.busy -= 1
            self._give_back(child, fit)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def _take(self) -> Child:
        while (child := await self._idle.get()).death.done():
            self._spawn(self._refill())
        return child

    async def _collect(self, child: Child, request: dict[str, Any]) -> tuple[Reply | Exception, bool]:
        """Collect a reply, or the error that the job ended with, and say whether its child can go on.

        What is raised here came before the last frame was read: who asks that child next would get the rest.
        """
        reply = Reply(self.room)
        try:
            return await self._fill(reply, child, request)
        except BaseException:
            reply.close()  # now, as the error holds on to it
            raise

    async def _fill(
        self, reply: Reply, child: Child, request: dict[str, Any]
    ) -> tuple[Reply | Exception, bool]:
        child.ask(request)
        while True:
            frame = await child.receive()
            if frame is None:
                limits = self._household.limits if self._household else None
                assert limits is not None
                raise explain_death(await child.death, limits)
            kind, content = frame
            if kind == BODY:
                reply.add(content)
            elif kind == END:
                reply.body.flush()  # a full disk is heard of here, not when half of the body is sent
                return reply, not load(content)["tired"]
            elif kind == FAULT:
                error = unpack_error(content)
                return error, not isinstance(error, LimitError | ChildError)
            else:
                reply.words.update(load(content))

    def _give_back(self, child: Child, fit: bool) -> None:
        if child.brood is self._brood and fit and not child.death.done():
            self._idle.put_nowait(child)
            return
        if fit:
            child.writer.close()
        else:
            self.killed += 1
            child.brood.kill(child)
        if child.brood is self._brood:
            self._spawn(self._refill())

    async def _refill(self) -> None:
        if self._brood is not None:
            with contextlib.suppress(OSError):
                self._idle.put_nowait(await self._brood.fork())

    def _spawn(self, coroutine: Any) -> None:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End all children."""
        for task in list(self._tasks):
            task.cancel()
        for brood in [*self._old, *([self._brood] if self._brood else [])]:
            await brood.close()
