"""The corpus and a folder to work in -> the texts, stores and exports that several measurements share."""

from __future__ import annotations

import json
import shutil
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.files import DigestFile, find_digests, read_text
from kg.readers import read_digest
from tests.benchmarks.spending import KG, Spent, spend

if TYPE_CHECKING:
    from collections.abc import Sequence


class Workshop:
    """Where the measurements work: ``corpus`` is read, ``folder`` is written to.

    Args:
        corpus: a folder that holds a folder of digests for each source; a list that lies beside them is none.
        folder: what is made stays there, so that the next run need not make it again.
        given: a store of the corpus that stands already.
        every: one in so many digests is what the scaling takes for the corpus.
    """

    def __init__(self, corpus: Path, folder: Path, given: Path | None = None, every: int = 1) -> None:
        self._corpus, self.folder, self._given, self.every = corpus, folder, given, every
        folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def digests(self) -> tuple[DigestFile, ...]:
        """The corpus's digests, each under its source."""
        files = find_digests([str(self._corpus)]).files
        return tuple(file for file in files if "/" in file.key)

    @cached_property
    def corpus(self) -> Path:
        """A folder with the digests alone; once made it stays, as a store knows its files."""
        folder = self.folder / "digests"
        return folder if folder.exists() else self.copy_digests(folder.name)

    @cached_property
    def texts(self) -> Path:
        """A file with the text of every entry, a JSON string a line."""
        path = self.folder / "texts.jsonl"
        if not path.exists():
            part = path.with_suffix(".part")
            with part.open("w", encoding="utf8") as out:
                for digest in self.digests:
                    for entry in read_digest(read_text(digest.path), digest.key).entries:
                        out.write(json.dumps(entry.plain) + "\n")
            part.rename(path)
        return path

    @cached_property
    def words(self) -> int:
        """How many words the texts have, as blanks part them."""
        with self.texts.open(encoding="utf8") as lines:
            return sum(len(json.loads(line).split()) for line in lines)

    @cached_property
    def first(self) -> Spent:
        """What the first build of the whole corpus spent; measured once for one working folder."""
        note = self.folder / "first.json"
        if not note.exists():
            spent = self.build([self.corpus], self.folder / "store")
            note.write_text(json.dumps(spent), "utf8")
        return Spent(*json.loads(note.read_text("utf8")))

    @cached_property
    def store(self) -> Path:
        """The store of the whole corpus: the one given, or that of the first build."""
        if self._given:
            return self._given
        assert self.first
        return self.folder / "store"

    def build(self, paths: Sequence[Path], store: Path, *options: str, anew: bool = True) -> Spent:
        """Build a store as a user would; ``anew`` removes what stands there first."""
        if anew:
            shutil.rmtree(store, ignore_errors=True)
        return spend([*KG, "build", *map(str, paths), "--store", str(store), *options])

    def copy_digests(self, name: str, every: int = 1) -> Path:
        """Copy every n-th digest into a folder of its own."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        for digest in self.digests[::every]:
            place = folder / digest.key
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(digest.path, place)
        return folder

    def copy_store(self, name: str) -> Path:
        """Copy the store of the whole corpus, to be changed."""
        copy = self.folder / name
        shutil.rmtree(copy, ignore_errors=True)
        return Path(shutil.copytree(self.store, copy))
