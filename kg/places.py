"""A URL -> its place: a file system, a path on it; and what goes wrong there, in words.

fsspec knows the file systems and is loaded for a URL alone. Credentials and endpoints come from where each
file system looks for them (``AWS_ACCESS_KEY_ID`` …, or ``~/.config/fsspec``), never from the URL.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
"""A scheme of one letter is a drive of Windows."""

_HERE = ("file", "local")
_EXTRA = "pip install 'paperkg[remote]'"


class Place(msgspec.Struct, frozen=True):
    """Where a URL leads: ``files`` is an fsspec file system, ``path`` what the URL is called there."""

    url: str
    files: Any
    path: str

    def name(self, path: str) -> str:
        """Return the URL of another path on the same file system."""
        if self.url.endswith(self.path):
            return self.url.removesuffix(self.path) + path
        return str(self.files.unstrip_protocol(path))


def is_url(path: str) -> bool:
    """Whether a path is a URL, ``s3://bucket/digests`` or the like."""
    return _URL.match(path) is not None


def join(folder: str, name: str) -> str:
    """Return the path or URL of a file in a folder."""
    if not is_url(folder):
        return str(Path(folder, name))
    return folder + name if folder.endswith("://") else f"{folder.rstrip('/')}/{name}"


def reach(url: str) -> Place:
    """Find the file system of a URL; whether there is something at its path is not looked for.

    Raises:
        UsageError: the URL is none that is used here, or a package is missing that knows its file system.
    """
    url = url.rstrip("/") if not url.endswith("://") else url
    _check(url)
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise UsageError(f"{url}: places elsewhere need fsspec; expected it installed: {_EXTRA}") from None
    try:
        files, path = url_to_fs(url)
    except (ImportError, ValueError) as error:  # its own words name the package, or the schemes it knows
        raise UsageError(f"{url}: {_first_line(error)}") from None
    except Exception as error:  # each file system has errors of its own
        raise UsageError(f"{url}: cannot be reached ({_first_line(error)})") from None
    return Place(url, files, path)


def _check(url: str) -> None:
    if "::" in url:
        raise UsageError(
            f"{url}: is a chain of URLs; expected one place, without an archive or cache before it"
        )
    parts = urlsplit(url)
    if parts.password is not None:
        hidden = url.replace(parts.password, "…", 1) if parts.password else url
        raise UsageError(
            f"{hidden}: holds a password; expected it in the environment or in fsspec's settings"
        )
    if parts.scheme in _HERE:
        raise UsageError(f"{url}: is on this machine; expected the path, without {parts.scheme}://")


@contextmanager
def reporting(url: str, fail: Callable[[str], KgError]) -> Iterator[None]:
    """Say in words what a file system raises, as the error that ``fail`` makes of them."""
    try:
        yield
    except KgError:
        raise
    except FileNotFoundError as error:
        raise fail(f"no such file or folder ({_first_line(error, url)})") from error
    except PermissionError as error:
        raise fail(f"no permission ({_first_line(error, url)})") from error
    except Exception as error:  # each file system has errors of its own
        raise fail(_first_line(error, url)) from error


def _first_line(error: Exception, otherwise: str = "") -> str:
    said = str(error.strerror or error) if isinstance(error, OSError) else str(error)
    return said.partition("\n")[0].strip()[:300] or otherwise or type(error).__name__
