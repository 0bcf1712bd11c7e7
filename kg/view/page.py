"""What a page knows -> one HTML file that asks for nothing: no script, style, font or picture."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.facts import Facts
from kg.view.content import describe_selection

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.view.selection import Selection

SCRIPTS = ("model.js", "route.js", "labels.js", "canvas.js", "search.js", "panel.js", "list.js", "page.js")
"""The parts of the page's script in the order in which they need each other; they share one scope."""

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPED = re.compile("[<>&\u2028\u2029]")
_SLOT = re.compile(r"\{\{ (\w+) \}\}")


def render_page(store: ox.Store, selection: Selection) -> str:
    """Assemble the page of a selection.

    A content security policy names the hash of each script and style and forbids everything else, so that
    nothing in a digest can run; all its words travel as JSON and reach the page as text.
    """
    content = describe_selection(Facts(store), selection)
    scripts = [read_vis_network(), *(_read(name) for name in SCRIPTS)]
    style = _read("page.css")
    slots = {
        "policy": _make_policy(scripts, style),
        "style": f"<style>{style}</style>",
        "content": f'<script type="application/json" id="content">{encode(content)}</script>',
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    return _SLOT.sub(lambda match: slots[match[1]], _read("page.html"))


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
    return (files("kg") / "data" / "page" / name).read_text(encoding="utf8")


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
