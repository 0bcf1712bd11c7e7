"""What a job yields <-> frames of bytes between two processes.

A frame is its kind (one byte), the length of its content (four bytes) and the content: JSON, or plain bytes
of a body. Nothing that is read can name code to run.
"""

from __future__ import annotations

import json
import os
import struct
from typing import TYPE_CHECKING, Any

import kg.errors
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable

Piece = bytes | dict[str, Any]
"""What a job yields: a part of a body, or values that JSON can hold."""

HEADER = struct.Struct(">cI")
BODY, WORDS, END, FAULT = b"b", b"w", b"e", b"f"
LARGEST = 1 << 16


class ChildError(RuntimeError):
    """A job failed inside; the text says how, for those who keep the program."""


def send(descriptor: int, kind: bytes, content: bytes) -> None:
    """Write a frame, a long body as several; waits while the reader is busy."""
    for start in range(0, max(len(content), 1), LARGEST):
        part = content[start : start + LARGEST] if kind == BODY else content
        rest = memoryview(HEADER.pack(kind, len(part)) + part)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if kind != BODY:
            return


def send_piece(descriptor: int, piece: Piece) -> None:
    """Write what a job yields."""
    if isinstance(piece, bytes):
        send(descriptor, BODY, piece)
    else:
        send(descriptor, WORDS, dump(piece))


def receive(read: Callable[[int], bytes]) -> tuple[bytes, bytes] | None:
    """Read a frame by a function that reads at most so many bytes; None where it ended early."""
    head = _read_all(read, HEADER.size)
    if head is None:
        return None
    kind, length = HEADER.unpack(head)
    content = _read_all(read, length)
    return None if content is None else (kind, content)


def _read_all(read: Callable[[int], bytes], size: int) -> bytes | None:
    parts = []
    while size:
        part = read(size)
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def dump(values: dict[str, Any]) -> bytes:
    """Write values as JSON."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf8", "surrogatepass")


def load(content: bytes) -> dict[str, Any]:
    """Read values that `dump` wrote."""
    values: dict[str, Any] = json.loads(content.decode("utf8", "surrogatepass"))
    return values


def pack_error(error: BaseException) -> bytes:
    """Write an error: one of ours with its fields, any other by its name and text."""
    ours = isinstance(error, KgError)
    fields = {name: value for name, value in vars(error).items() if not name.startswith("_")} if ours else {}
    return dump({"name": type(error).__name__, "text": str(error), "ours": ours, "fields": fields})


def unpack_error(content: bytes) -> Exception:
    """Read an error that `pack_error` wrote; one that is not ours becomes a `ChildError`."""
    values = load(content)
    kind = getattr(kg.errors, values["name"], None) if values["ours"] else None
    if not (isinstance(kind, type) and issubclass(kind, KgError)):
        return ChildError(f"{values['name']}: {values['text']}")
    error = kind.__new__(kind)
    error.args = (values["text"],)
    for name, value in values["fields"].items():
        setattr(error, name, tuple(value) if isinstance(value, list) else value)
    return error
