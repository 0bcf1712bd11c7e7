"""The name of a style, script or picture of the site -> its bytes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.server.exchange import SiteReply
from kg.server.site.faults import show_missing
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.exchange import SiteRequest

ASSETS = {
    "colours.css": ("page", "text/css; charset=utf-8"),
    "site.css": ("site", "text/css; charset=utf-8"),
    "scheme.js": ("site", "text/javascript; charset=utf-8"),
    "suggest.js": ("site", "text/javascript; charset=utf-8"),
    "editor.js": ("site", "text/javascript; charset=utf-8"),
    "completion.js": ("site", "text/javascript; charset=utf-8"),
    "icon.svg": ("site", "image/svg+xml"),
}
"""Every asset: the folder of data in which it lies, and its media type; no other file is ever sent."""


def send_asset(graph: Graph, request: SiteRequest) -> SiteReply:
    """Send an asset; browsers keep it for an hour."""
    name = request.values.get("name", "")
    if name not in ASSETS:
        return show_missing(graph, request)
    headers = (("Cache-Control", "public, max-age=3600"),)
    return SiteReply(type=ASSETS[name][1], body=read_asset(name), headers=headers)


@cache
def read_asset(name: str) -> bytes:
    """Read one of `ASSETS`."""
    return (FOLDER / ASSETS[name][0] / name).read_bytes()
