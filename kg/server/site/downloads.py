"""A text and its format -> a reply that browsers save as a file."""

from __future__ import annotations

from kg.server.exchange import SiteReply

TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/sparql-results+json",
    "ttl": "text/turtle; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
}
"""What can be downloaded, by the ending of the file."""


def download(text: str, form: str, name: str) -> SiteReply:
    """Reply with a file; lone surrogates, which are no text, become question marks."""
    saved = ("Content-Disposition", f'attachment; filename="{name}.{form}"')
    return SiteReply(type=TYPES[form], body=text.encode("utf8", "replace"), headers=(saved,))
