"""Any text -> text that an XML file may hold."""

from __future__ import annotations

import re

FORBIDDEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # costly to compile, and rarely asked
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_ESCAPED = re.compile('[&<>"\r\n\t]')


def escape(text: str) -> str:
    """Escape a text for an element or a quoted attribute; characters that XML 1.0 forbids are dropped.

    >>> escape('a < "b"')
    'a &lt; &quot;b&quot;'
    """
    return _ESCAPED.sub(lambda match: _SPECIAL[match.group()], re.sub(FORBIDDEN, "", text))
