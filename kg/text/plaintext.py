"""Markdown, HTML and LaTeX -> plain text: NFC, no markup, no control character but the line feed."""

from __future__ import annotations

import html
import re
import unicodedata

from kg.text.latex import read_latex, restore_backslashes
from kg.text.markdown import unlink

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]+"
)
_BLANKS = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BREAK = re.compile(r"<br\s{0,5}/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|em|strong|sup|sub|span|div|center|font|small|code|pre|details|summary|ul|ol|li"
    r"|table|thead|tbody|tr|td|th|hr|h[1-6]|blockquote|kbd|mark|del|ins)(?:\s[^<>]{0,2000})?/?>"
    r"|<(?:img|video|audio|source|iframe)\s[^<>]{0,2000}>(?:</(?:video|audio|iframe)>)?",
    re.IGNORECASE,
)  # a bare <video> or <s> is a token that a paper speaks of
_COMMENT = re.compile(r"<!--[^<\n]{0,2000}-->")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_EMPHASIS = re.compile(
    r"(?P<kept>https?://[^\s*<>`]+|(?<=\d)\*\*(?=\d))"
    r"|\*{2,3}"
    r"|(?<![\w*])\*(?P<star>[^\s*](?:[^*\n]{0,200}[^\s*])?)\*(?![\w*])"
    r"|(?<![\w])__(?P<under>[^\s_](?:[^\n_]{0,200}[^\s_])?)__(?!\w)"
    r"|(?<![\w])_(?P<single>[^\s_](?:[^\n_]{0,200}[^\s_])?)_(?!\w)"
    r"|`+"
)


def to_plain(markdown: str) -> str:
    r"""Turn a digest's markup into the plain text that offsets count in; its lines stay lines.

    >>> to_plain("**Key:** see [GRPO](https://x.org) on `AIME`,<br>F* and\t*p*&nbsp;&lt; 5\\%")
    'Key: see GRPO on AIME,\nF* and p < 5%'
    """
    text = unlink(strip_tags(restore_backslashes(markdown)))
    text = read_latex(text)
    if "*" in text or "_" in text or "`" in text:
        text = _EMPHASIS.sub(_unmark, text)
    return fold_blanks(decode(text))


def to_line(markdown: str) -> str:
    """Turn a title or a name into one clean line: links and invisible characters go, other marks stay.

    >>> to_line("[Synth$^2$:  `cat`](https://x.org)")
    'Synth$^2$: `cat`'
    """
    return " ".join(decode(unlink(markdown)).split())


def strip_tags(text: str) -> str:
    """Take the HTML tags out; ``<br>`` breaks the line; what is no HTML, such as ``<think>``, stays."""
    if "<" not in text:
        return text
    return _TAG.sub("", _BREAK.sub("\n", _COMMENT.sub("", text)))


def decode(text: str) -> str:
    """Decode HTML entities, drop invisible characters and bidirectional controls, and compose to NFC."""
    if "&" in text:
        text = _ENTITY.sub(lambda m: html.unescape(m[0]), text)
    return compose(text)


def compose(text: str) -> str:
    """Drop invisible characters and bidirectional controls, and compose to NFC."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def fold_blanks(text: str) -> str:
    """Fold runs of blanks, trim every line, and drop the empty lines."""
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _unmark(match: re.Match[str]) -> str:
    return match["kept"] or match["star"] or match["under"] or match["single"] or ""
