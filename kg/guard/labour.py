"""A job, in the child that does it -> frames to whoever waits for them."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.guard.frames import END, FAULT, ChildError, dump, pack_error, send, send_piece
from kg.guard.limits import Ceiling, Limits, keep_size, took_too_much

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.guard.frames import Piece


def labour(job: Callable[[], Iterable[Piece]], out: int, limits: Limits, ceiling: Ceiling) -> None:
    """Do a job and send what it yields, then its end or its error.

    Args:
        job: yields its reply.
        out: descriptor to write to.
        limits: of its size; time is kept by whoever waits.
        ceiling: over the memory of this process.

    Raises:
        OSError: nobody reads any more.
    """
    try:
        for piece in keep_size(job(), limits):
            send_piece(out, piece)
    except OSError as error:
        if isinstance(error, BrokenPipeError | ConnectionError):
            raise
        send(out, FAULT, pack_error(error))
    except MemoryError:
        ceiling.lift()
        send(out, FAULT, pack_error(took_too_much(limits)))
    except BaseException as error:
        ceiling.lift()
        send(out, FAULT, pack_error(error))
    else:
        send(out, END, dump({"tired": ceiling.near}))


def explain_death(status: int, limits: Limits) -> Exception:
    """Say why a child ended before its job did, by its exit status as `os.waitpid` returns it.

    The query engine aborts when it is refused memory, and overruns its stack on what is nested too deeply.
    """
    ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if ended_by in (signal.SIGABRT, signal.SIGKILL):
        return took_too_much(limits)
    if ended_by in (signal.SIGSEGV, signal.SIGBUS):
        return QueryError("1:1: the query is nested too deeply")
    return ChildError(f"the child process ended with status {status}")


def die_quietly() -> None:
    """Leave nothing behind when the query engine aborts: no words on the terminal or in the log, no core."""
    import faulthandler
    import resource

    faulthandler.disable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
