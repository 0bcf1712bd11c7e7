"""A server's store, to be changed -> the folder of this machine in which it is built, then the server.

A build runs here as in any folder. Before it, what other machines have built is fetched; after it, what
differs is sent: the statements that went and came, and the parts of the archive with another checksum.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.curation.adoption import FILE
from kg.errors import StoreError
from kg.image import refresh
from kg.image.drawing import LEAST
from kg.rdf.ntriples import iri
from kg.remote.archive import ABOUT, Archive, fetch_digests, hash_bytes, read_about, read_file
from kg.remote.client import Client
from kg.remote.manifest import Head, read_checksums, read_head
from kg.remote.outbox import Order, Outbox
from kg.remote.parts import drop_part, write_part
from kg.remote.reading import count_statements, read_lines
from kg.remote.workspace import Workspace
from kg.store.folder import Store
from kg.store.generations import Generations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.remote.address import Address

WATCH = 10.0
"""So many seconds the mark of another build is watched before it is taken for one that was stopped."""

_STATEMENTS, _BYTES = 1000, 400_000
"""So much goes into one update; the parsers of some servers take no more."""

_SENT = "sent"
"""Under this name the workspace notes the state of the server that the working store is equal to."""


class WorkingStore(Store):
    """A store on a server, opened to be changed.

    Args:
        address: of the store.
        advance: called before each update that is sent, with its number and how many there are.

    Raises:
        StoreError: another build is writing there, the server is not reached, or the graph is none of ours.
    """

    def __init__(self, address: Address, advance: Callable[[int, int], None] = lambda *_: None) -> None:
        self._workspace, self._client = Workspace(address), Client(address)
        self._outbox, self._advance = Outbox(self._workspace, self._client), advance
        super().__init__(self._workspace.store, writing=True)
        try:
            self._head = self._finish(read_head(self._client))
            self._refuse_strangers()
            self._fetch()
        except BaseException:
            self.close()
            raise

    def _finish(self, head: Head) -> Head:
        """Send what a build that was stopped left behind, if the server waits for it still."""
        order = self._outbox.read_order()
        if order and (head.writer == order.writer or (head.revision == order.before and not head.writer)):
            self._outbox.send(order, head, self._advance)
            self._note(order.revision, order.generation)
            return read_head(self._client)
        self._outbox.clear()
        return self._watch(head) if head.writer else head

    def _watch(self, head: Head) -> Head:
        """Wait whether the build that marked the server goes on, or was stopped."""
        end = time.monotonic() + WATCH
        while time.monotonic() < end:
            time.sleep(min(WATCH, 1))
            now = read_head(self._client)
            if now != head:
                raise StoreError(
                    f"{self._client.address.name}: another build is writing there; expected it to end first"
                )
        return head

    def _refuse_strangers(self) -> None:
        if not (self._head.revision or self._head.writer) and count_statements(self._client):
            address = self._client.address
            raise StoreError(
                f"{address.name}: graph {address.graph} holds statements that no build put there; expected "
                "an empty one, named by graph=IRI in the address"
            )

    def _fetch(self) -> None:
        """Bring the working store to what the server has, unless it was last changed from here."""
        if self._sent().get("revision") == self._head.revision or not self._head.revision:
            return
        there = read_checksums(self._client)
        if ABOUT in there:
            about = read_about(self._client)
            self._take_file(about["file"])
            for name in ("curation", LEAST):
                if self.ledger.meta(name) != about[name]:
                    self.ledger.set_meta(name, about[name])
                    self.ledger.touch_all()
        for _ in fetch_digests(self._client, self.ledger, there):
            pass
        self.ledger.commit()

    def _take_file(self, text: str) -> None:
        """Take over the file of decisions, unless it was changed here since it was last sent."""
        mine = read_file(self)
        if text and (not mine or hash_bytes(mine.encode()) == self._sent().get("file")):
            self._workspace.keep_text(f"{self._workspace.store.name}/{FILE}", text)

    def _sent(self) -> dict[str, object]:
        return self._workspace.read_state(_SENT)

    def _note(self, revision: str, generation: int) -> None:
        file = hash_bytes(read_file(self).encode())
        self._workspace.write_state(_SENT, {"revision": revision, "generation": generation, "file": file})

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Undo what was begun within when anything stops it; send what it changed when it is done."""
        with super().changing():
            yield
        self.publish()

    def refresh(self) -> None:
        """Bring the working graph up to date with what was fetched, for readers of it."""
        with super().changing():
            refresh(self)

    def publish(self) -> None:
        """Send to the server what it does not have.

        Raises:
            StoreError: the server cannot be reached, or another build was there first; what was built
                is kept, and the next build sends it.
        """
        archive = Archive(self)
        if archive.revision == self._head.revision and not self._head.writer:
            self._note(archive.revision, self._number())
            return
        order = Order(
            writer=hash_bytes(f"{archive.revision} {time.time_ns()}".encode()),
            before=self._head.revision,
            revision=archive.revision,
            facts=len(self.graph),
            requests=0,
            generation=self._number(),
        )
        try:
            order = self._outbox.fill(self._compare(archive), order)
            self._outbox.send(order, self._head, self._advance)
        finally:
            for name in ("before.nt", "after.nt"):
                self._workspace.remove(name)
        self._note(order.revision, order.generation)
        self._head = Head(revision=order.revision, facts=order.facts)

    def _compare(self, archive: Archive) -> Iterator[str]:
        """Yield the updates that make the server's state that of the working store."""
        there, address = read_checksums(self._client), self._client.address
        for name in sorted(there.keys() - archive.checksums.keys()):
            yield drop_part(address, name)
        for name, checksum in sorted(archive.checksums.items()):
            if there.get(name) != checksum:
                yield from write_part(address, name, archive.make(name), checksum)
        self._workspace.keep_lines("before.nt", self._read_before())
        self._workspace.keep_lines("after.nt", _dump(self.graph))
        for verb, rows in (
            ("DELETE", _less(self._workspace, "before.nt", "after.nt")),
            ("INSERT", _less(self._workspace, "after.nt", "before.nt")),
        ):
            for chunk in _chunk(rows):
                yield f"{verb} DATA {{ GRAPH {iri(address.graph)} {{\n{chunk}}} }}"

    def _read_before(self) -> Iterable[bytes]:
        """Return the statements that the server has: from here where they are known, else from there."""
        sent, generations = self._sent(), Generations(self._workspace.store)
        number = sent.get("generation")
        known = sent.get("revision") == self._head.revision and not self._head.writer
        if known and isinstance(number, int) and generations.has(number):
            return _dump(generations.open(number))
        return read_lines(self._client)

    def close(self) -> None:
        """Close store and connection."""
        super().close()
        self._client.close()


def _dump(graph: ox.Store) -> Iterator[bytes]:
    text = graph.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert text is not None
    for line in text.split(b"\n"):
        if line:
            yield line + b"\n"


def _less(workspace: Workspace, more: str, less: str) -> Iterator[bytes]:
    """Yield the lines of one file that another has not; short hashes of the others are held in memory."""
    known = {_hash(line) for line in workspace.read_lines(less)}
    yield from (line for line in workspace.read_lines(more) if _hash(line) not in known)


def _hash(line: bytes) -> bytes:
    return hashlib.blake2b(line, digest_size=16).digest()


def _chunk(lines: Iterable[bytes]) -> Iterator[str]:
    """Join lines to texts that servers take at once."""
    waiting: list[bytes] = []
    size = 0
    for line in lines:
        if waiting and (len(waiting) == _STATEMENTS or size + len(line) > _BYTES):
            yield b"".join(waiting).decode()
            waiting, size = [], 0
        waiting.append(line)
        size += len(line)
    if waiting:
        yield b"".join(waiting).decode()
