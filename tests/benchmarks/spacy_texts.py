"""Texts, a JSON string a line -> nothing but time: spaCy merely tagging, or merely tokenising them.

Run ``python -m tests.benchmarks.spacy_texts {tag,tokenise} TEXTS`` in a process of its own: the tokenizer
remembers the words it has seen, and is to be measured cold. Printed are the processor seconds of loading and
of reading.

The tagger is the pipeline that spaCy proposes for efficiency (see ``efficiency.cfg``), with the kinds that we
tell apart as labels. Its weights are as initialised: they decide what it finds, not how long it looks.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.training import Example
from spacy.util import load_config

from kg.records import Kind

if TYPE_CHECKING:
    from spacy.language import Language

CONFIG = Path(__file__).with_name("efficiency.cfg")
BATCH = 256
"""Texts in a batch: 64 to 1,024 differ by less than the noise."""


def load_tagger() -> Language:
    """Assemble the pipeline and initialise it."""
    language = spacy.util.load_model_from_config(load_config(CONFIG), auto_fill=True)
    text = "a b"
    examples = [
        Example.from_dict(language.make_doc(text), {"entities": [(0, 1, kind.value), (2, 3, kind.value)]})
        for kind in Kind
    ]
    language.initialize(lambda: examples)
    return language


def main(task: str, path: str) -> None:
    """Read the texts with one of the two, and print seconds of loading and seconds of reading."""
    language = load_tagger() if task == "tag" else spacy.blank("en")
    with Path(path).open(encoding="utf8") as lines:
        texts = [json.loads(line) for line in lines]
    loaded = time.process_time()
    if task == "tag":
        for _ in language.pipe(texts, batch_size=BATCH):
            pass
    else:
        for text in texts:
            language.make_doc(text)
    print(loaded, time.process_time() - loaded)


if __name__ == "__main__":
    main(*sys.argv[1:])
