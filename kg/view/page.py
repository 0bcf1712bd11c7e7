"""What a page knows -> one HTML file that asks for nothing: no script, style, font or picture."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.supplies import FOLDER
from kg.view.content import describe_selection

if TYPE_CHECKING:
    from kg.view.content import Content
    from kg.view.selection import Selection
    from kg.view.snapshot import Snapshot

SCRIPTS = (
    "blocks.js", "words.js", "elements.js", "model.js", "route.js", "filters.js", "places.js", "scene.js",
    "labels.js", "painter.js", "pointer.js", "canvas.js", "network.js", "stage.js", "namesakes.js",
    "search.js", "sentences.js", "plot.js", "results.js", "panel.js", "overview.js", "list.js", "sieve.js",
    "trail.js", "tables.js", "picture.js", "takeaway.js", "keys.js", "attention.js", "page.js",
)  # fmt: skip
"""The parts of the page's script in the order in which they need each other; they share one scope."""

STYLES = ("colours.css", "page.css")
"""Its style: the colours, which other pages share, and the rest."""

LANGUAGES = ("en", "ko")
"""The languages in which a page can speak; the reader switches between them."""

DRAWN_BY_VIS = 2000
"""Up to so many nodes vis-network draws; beyond, a plain canvas does, which is several times faster."""

_PLAIN = 30_000
"""A block of up to so many characters stays readable; compression pays for larger ones."""

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPED = re.compile("[<>&\u2028\u2029]")
_SLOT = re.compile(r"\{\{ (\w+) \}\}")


def render_page(facts: Snapshot, selection: Selection, language: str = "en", home: str = "") -> str:
    """Assemble the page of a selection.

    Args:
        facts: of the store that the selection was made from.
        selection: what the page holds.
        language: in which the page speaks at first, one of `LANGUAGES`.
        home: the address of the site that it is a page of, if it is.
    """
    return assemble(describe_selection(facts, selection), language, home)


def assemble(content: Content, language: str = "en", home: str = "") -> str:
    """Put a page together of its blocks, scripts and style.

    A content security policy names the hash of each script and style and forbids everything else, so that
    nothing in a digest can run; all its words travel as JSON and reach the page as text.
    """
    scripts = [read_vis_network(), *map(_read, SCRIPTS)]
    style = "\n".join(map(_read, STYLES))
    settings = {"language": language, "drawnByVis": DRAWN_BY_VIS, "words": json.loads(_read("words.json"))}
    blocks = {"settings": settings, "graph": content.graph}
    slots = {
        "language": language,
        "brand": f'<a href="{escape(home)}">paperkg</a>' if home else "paperkg",
        "policy": _make_policy(scripts, style),
        "style": f"<style>{style}</style>",
        "content": "\n".join(make_block(name, value) for name, value in blocks.items()),
        "evidence": make_block("evidence", content.evidence),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    return _SLOT.sub(lambda match: slots[match[1]], _read("page.html"))


def make_block(name: str, value: object) -> str:
    """Write a value as an element that a browser reads but never runs, compressed where that pays."""
    text = encode(value)
    if len(text) <= _PLAIN:
        return f'<script type="application/json" id="{name}">{text}</script>'
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = base64.b64encode(packer.compress(text.encode()) + packer.flush()).decode()
    return f'<script type="application/octet-stream" id="{name}">{packed}</script>'


def encode(value: object) -> str:
    r"""Write a value as JSON that can end no script element.

    >>> encode(["</script>", "R&D"])
    '["\\u003c/script\\u003e","R\\u0026D"]'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda match: _ESCAPES[match.group()], text)


def read_vis_network() -> str:
    """Read the drawing library out of the installed pyvis, less the address of its source map.

    The package is found and not imported: it would load IPython and numpy for nothing.
    """
    package = find_spec("pyvis")
    assert package is not None
    assert package.origin is not None
    script = Path(package.origin).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return script.read_text(encoding="utf8").split("//# sourceMappingURL", 1)[0]


def _read(name: str) -> str:
    return (FOLDER / "page" / name).read_text(encoding="utf8")


def _make_policy(scripts: list[str], style: str) -> str:
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    """Name a script or style as a content security policy does."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
