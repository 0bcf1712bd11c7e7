"""The lines below a title -> the fields that labels name (``Vote: 96``), and the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.text.markdown import find_links, unlink
from kg.text.plaintext import strip_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MEDIA = (".mp4", ".webm", ".mov", ".gif", ".png", ".jpg", ".jpeg", ".svg", ".webp")
_LABEL = re.compile(
    r"\A(?P<bullet>[ \t]*[-*•][ \t]+)\*{1,3}(?P<label>[^*:\n]{1,80})\*{0,3}(?P<colon>\s?:)\*{0,3}"
)
_LONGEST_LABEL = 60


def split_labels(lines: Sequence[str], labels: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Part the labelled lines of a block from its text; lines with nothing but a picture or a film go."""
    labelled: dict[str, str] = {}
    text = []
    for line in lines:
        bare = line.strip().lstrip("-•*_ ")
        label = next((label for label in labels if bare[:_LONGEST_LABEL].casefold().startswith(label)), None)
        if label and labels[label] not in labelled:
            labelled[labels[label]] = bare[len(label) :].strip().strip("*").strip()
        elif not _is_media(line):
            text.append(_LABEL.sub(r"\g<bullet>\g<label>\g<colon>", line, count=1))
    return labelled, "\n".join(text).strip("\n")


def _is_media(line: str) -> bool:
    """Say whether a line shows only pictures or films: nothing is left of it, or one link to such a file."""
    if "<" not in line and "](" not in line:
        return False
    bare = strip_tags(line)
    links = find_links(bare)
    films = [link for link in links if link.url.lower().endswith(_MEDIA)]
    return unlink(bare).strip() == "".join(link.text for link in films if not link.image).strip()
