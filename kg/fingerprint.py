"""The code and data of a stage -> a hash that changes when its work would.

What a store keeps carries these hashes, so that after an upgrade exactly what changed is done again.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent

_STAGES = {
    "reading": "readers text records.py data/layouts",
    "extraction": (
        "extraction text language.py patterns.py mirror.py names.py boundaries.py identity.py records.py "
        "data/names data/rules data/weights"
    ),
    "resolution": (
        "resolution curation image rdf text census.py identity.py names.py variants.py boundaries.py "
        "records.py data/names data/people data/queries data/variants.toml __init__.py"
    ),
}
"""Stage -> the files and folders of the package that its work depends on."""


@cache
def fingerprint(stage: str) -> str:
    """Hash all that ``reading``, ``extraction`` or ``resolution`` depends on; 16 hexadecimal digits."""
    hashed = hashlib.sha256()
    for name in _STAGES[stage].split():
        path = _PACKAGE / name
        files = sorted(p for p in path.rglob("*") if _counts(p)) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                hashed.update(file.relative_to(_PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return hashed.hexdigest()[:16]


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts
