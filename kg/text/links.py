"""An address as a digest writes it -> a clean URL, an arXiv id, a repository."""

from __future__ import annotations

import re
from urllib.parse import quote

_ARXIV = re.compile(
    r"(?:https?://)?(?:(?:www\.|browse\.|export\.)?arxiv\.org/(?:abs|pdf|html|format)"
    r"|ar5iv\.(?:labs\.)?(?:arxiv\.)?org/(?:abs|html)|(?:www\.)?alphaxiv\.org/(?:abs|overview)"
    r"|(?:dx\.)?doi\.org/10\.48550/arxiv[./]|(?:www\.)?(?:huggingface\.co|hf\.co)/papers)/?"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z][a-z-]{1,20}(?:\.[a-z]{2})?/\d{7})(?:v(?P<version>\d{1,3}))?"
    r"(?:\.pdf)?/?(?:[?#].*)?",
    re.IGNORECASE | re.ASCII,
)
_BARE_URL = re.compile(
    r"(?<![\w./@-])(?:https?://|www\.|(?:github\.com|gitlab\.com|huggingface\.co|hf\.co)/)"
    r"[\w.~:/?#@!$&*+,;=%-]+",
    re.IGNORECASE | re.ASCII,
)
_PLACEHOLDERS = frozenset(
    {"", "-", "n/a", "na", "nan", "null", "none", "string", "link", "url", "todo", "tbd"}
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}:", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,10}(?::\d{1,5})?", re.IGNORECASE)
_HUGGING_FACE = ("huggingface.co", "hf.co")
_CODE_HOSTS = ("github.com", "gitlab.com", *_HUGGING_FACE)
_HUGGING_FACE_PAGES = frozenset(
    {"papers", "blog", "docs", "join", "login", "pricing", "learn", "posts", "tasks"}
)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LONGEST = 2000


def parse_arxiv(address: str) -> tuple[str, int | None] | None:
    """Read the arXiv id and version out of an address of the paper, or give None.

    >>> parse_arxiv("http://www.arxiv.org/pdf/2402.17177v2.pdf"), parse_arxiv("hf.co/papers/2408.16357")
    (('2402.17177', 2), ('2408.16357', None))
    >>> parse_arxiv("https://arxiv.org/abs/adap-org/9306005"), parse_arxiv("https://arxiv.org/list/cs.AI")
    (('adap-org/9306005', None), None)
    """
    match = _ARXIV.fullmatch(address.strip()[:_LONGEST])
    return (match["id"], int(match["version"]) if match["version"] else None) if match else None


def clean_url(address: str) -> str | None:
    """Turn an address into an http(s) URL that an IRI can hold, or give None if there is nothing to follow.

    Placeholders (``null``, ``N/A``), other schemes and words that name no host give None; a missing scheme
    is added, closing punctuation dropped, what no IRI may hold is percent-encoded; addresses on the code
    hosts have one scheme and no ``www.``, but else stay as printed.

    >>> clean_url("github.com/DAMO-NLP-SG/CMM."), clean_url("http://hf.co/Qwen/"), clean_url("null")
    ('https://github.com/DAMO-NLP-SG/CMM', 'https://hf.co/Qwen', None)
    """
    bare = address.strip().strip("<>").rstrip(".,;:!?*'\"")
    if bare.lower() in _PLACEHOLDERS or len(bare) > _LONGEST or is_unsafe(bare):
        return None
    scheme, host, rest = _split(bare)
    if not _HOST.fullmatch(host) or (scheme == "" and "." not in host):
        return None
    path = _STRAY_PERCENT.sub("%25", quote(rest, safe="%/:?#@!$&'()*+,;=~-._", errors="replace"))
    plain = host.lower().removeprefix("www.")
    if plain in _CODE_HOSTS:
        return f"https://{plain}{path.rstrip('/')}"
    return f"{scheme or 'https'}://{host.lower()}{path}"


def is_unsafe(address: str) -> bool:
    """Say whether an address has a scheme that is not followed: ``javascript:``, ``data:``, ``file:``."""
    match = _SCHEME.match("".join(address.split()))
    if not match or match[0].lower() in ("http:", "https:"):
        return False
    return not _HOST.match(address.strip())  # `localhost.example:8000/x` is a host and its port


def is_repository(url: str) -> bool:
    """Say whether a clean URL leads to code, weights or data on GitHub, GitLab or Hugging Face.

    >>> is_repository("https://github.com/deepseek-ai/DeepSeek-R1"), is_repository("https://github.com/deepseek-ai")
    (True, False)
    """
    _, host, rest = _split(url)
    segments = [part for part in rest.split("?")[0].split("#")[0].split("/") if part]
    if host in _HUGGING_FACE:
        return bool(segments) and segments[0] not in _HUGGING_FACE_PAGES
    return host in _CODE_HOSTS and len(segments) > 1


def find_urls(text: str) -> tuple[str, ...]:
    r"""Find the bare URLs in a text, clean, in order.

    >>> find_urls(r"code: https://github.com/a/b\_c에서, \url{www.x.org}")
    ('https://github.com/a/b_c', 'https://www.x.org')
    """
    found = (clean_url(match) for match in _BARE_URL.findall(text.replace("\\_", "_")))
    return tuple(dict.fromkeys(url for url in found if url))


def _split(address: str) -> tuple[str, str, str]:
    scheme, mark, rest = address.partition("://")
    if not mark or scheme.lower() not in ("http", "https"):
        scheme, rest = "", address
    end = next((i for i, c in enumerate(rest) if c in "/?#"), len(rest))
    return scheme.lower(), rest[:end], rest[end:]
