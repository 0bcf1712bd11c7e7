"""A graph, or some papers of it -> BibTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.citations import cite, list_papers
from kg.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from kg.citations import Citation, Name

SUFFIXES = (".bib",)

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", '"': "{''}",
}  # fmt: skip
_SPECIAL_RE = re.compile("|".join(map(re.escape, _SPECIAL)))
_NOT_KEY = re.compile(r"[^A-Za-z0-9:.-]")
_NOT_URL = re.compile(r"[^A-Za-z0-9:/?#\[\]@!$&'()*+,;=._~-]")


def render(store: ox.Store) -> Iterator[str]:
    """Yield an entry for every paper, sorted."""
    yield from render_papers(store, list_papers(Facts(store)))


def render_papers(store: ox.Store, papers: Iterable[str]) -> Iterator[str]:
    """Yield an entry for each of these papers, in their order."""
    for citation in cite(Facts(store), papers):
        yield _write(citation)


def _write(citation: Citation) -> str:
    """Write one paper as a preprint; its title stays as it is cased."""
    fields = {
        "author": " and ".join(map(_write_name, citation.authors)),
        "title": f"{{{_escape(citation.title)}}}",
        "year": str(citation.year or ""),
        "month": str(citation.month or ""),
        "eprint": citation.arxiv,
        "archiveprefix": "arXiv" if citation.arxiv else "",
        "url": _NOT_URL.sub(lambda m: "".join(f"%{b:02X}" for b in m.group().encode()), citation.link),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_NOT_KEY.sub('-', citation.key)},", *lines, "}\n\n"])


def _write_name(name: Name) -> str:
    """Write a name; braces keep together what must not be parted."""
    if name.literal:
        return f"{{{_escape(name.literal)}}}"
    family, given = _escape(name.family), _escape(name.given)
    return f"{family}, {{{given}}}" if "," in given or " and " in given else f"{family}, {given}"


def _escape(text: str) -> str:
    r"""Write a text so that TeX prints it.

    >>> _escape("R&D at 5% of $x_1$")
    'R\\&D at 5\\% of \\$x\\_1\\$'
    """
    return _SPECIAL_RE.sub(lambda match: _SPECIAL[match.group()], text)
