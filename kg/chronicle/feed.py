"""What is new -> Markdown for a newsletter, or an Atom feed."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from kg.amounts import say
from kg.sparql.notebook import mark_up
from kg.sparql.tables import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.chronicle.novelty import NewPaper, Novelty, Record

_HEADINGS = {"benchmark": "benchmarks", "dataset": "datasets", "model": "models", "method": "methods"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]#|!~])")
_FEED = "urn:paperkg:new"


def write_markdown(new: Novelty) -> str:
    """Write a newsletter: records broken, things introduced by kind, papers by day; with the sentences."""
    return "\n".join(_list_lines(new)).rstrip("\n") + "\n"


def _list_lines(new: Novelty) -> Iterator[str]:
    yield f"# New since {new.since}\n"
    yield f"{say(len(new.papers), 'paper', 'papers')} until {new.until}.\n"
    if new.records:
        yield "## Records\n"
        yield from (f"- {_tell_record(record)}\n{_quote(record.place.sentence)}" for record in new.records)
    for kind, pairs in groupby(new.brought, key=lambda pair: pair[0].kind):
        yield f"\n## New {_HEADINGS[kind]}\n"
        for thing, paper in pairs:
            yield f"- **{_mark(thing.name)}**, {_link(paper.title, paper.link)}\n{_quote(thing.sentence)}"
    for day, papers in groupby(new.papers, key=lambda paper: paper.date):
        yield f"\n## Papers of {day}\n"
        yield from (f"- {_link(paper.title, paper.link)}" for paper in papers)


def _tell_record(record: Record) -> str:
    place, before = record.place, record.before
    beaten = f"{before.value} by {_mark(before.system or 'a system not named')}, {before.date}"
    system = _mark(place.system or "A system not named")
    held = f"**{system} {place.value}** ({_link(place.paper, place.link)})"
    return f"{_mark(record.board)}: {held}, before {beaten}"


def _quote(sentence: str) -> str:
    sentence = sentence.lstrip("-* ")
    return f"  > {_mark(sentence)}\n" if sentence else ""


def _link(text: str, link: str) -> str:
    """Link a text where the address is one of the web and cannot end the link."""
    if re.fullmatch(r"https?://[^\s<>()\"]+", link):
        return f"[{_mark(text)}]({link})"
    return _mark(text)


def _mark(text: str) -> str:
    """Write a text so that Markdown takes it as it is."""
    return _SPECIAL.sub(r"\\\1", escape(clean(text), quote=False))


def write_atom(new: Novelty) -> str:
    """Write an Atom feed with an entry for each paper; the same graph gives the same feed."""
    entries = "".join(map(_write_entry, new.papers))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"  <id>{_FEED}</id>\n  <title>New papers since {mark_up(new.since)}</title>\n"
        f"  <updated>{_to_time(new.until)}</updated>\n"
        f"  <author><name>paperkg</name></author>\n{entries}</feed>\n"
    )


def _write_entry(paper: NewPaper) -> str:
    on_the_web = paper.link.startswith(("https://", "http://"))
    link = f'    <link href="{mark_up(paper.link)}"/>\n' if on_the_web else ""
    told = [f"{thing.kind} {thing.name}: {thing.sentence}" for thing in paper.brought]
    summary = "\n".join(told) or paper.title
    return (
        f"  <entry>\n    <id>{mark_up(paper.node)}</id>\n    <title>{mark_up(paper.title)}</title>\n{link}"
        f"    <updated>{_to_time(paper.date)}</updated>\n"
        f'    <summary type="text">{mark_up(summary)}</summary>\n  </entry>\n'
    )


def _to_time(day: str) -> str:
    """Return a day, or the first of a month or a year, as Atom writes a time."""
    return f"{day}-01-01"[:10] + "T00:00:00Z"
