"""A question -> the page of its answer: as it was understood, what was found, the sentences that prove it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import KgError, NotUnderstoodError, UnknownNameError
from kg.questions import answer
from kg.questions.proof import take_all
from kg.server.site.downloads import TYPES, download
from kg.server.site.entrance import find_names, list_examples
from kg.server.site.paging import page_through
from kg.server.site.passages import Passage, quote_mentions
from kg.server.site.things import path_of, read_thing
from kg.server.site.visit import Visit
from kg.server.site.words import Words
from kg.sparql.formats import write_answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.graph import Graph
    from kg.questions import Reply
    from kg.questions.proof import Proven
    from kg.server.exchange import SiteReply, SiteRequest

_SIZE = 100
_OF_PAPERS = ("ttl", "bib")
"""Downloads that are about the papers of an answer."""

_NOT_SHOWN = ("link",)


class Cell(NamedTuple):
    """One cell: its text, the address of the node that it names, and a link to the web."""

    text: str
    path: str = ""
    link: str = ""


class Line(NamedTuple):
    """One row of an answer, with the passage that proves it or at least its sentence."""

    cells: tuple[Cell, ...]
    passages: tuple[Passage, ...]


def answer_question(graph: Graph, request: SiteRequest) -> SiteReply:
    """Answer a question as a page or a download; what is not understood gets what is nearest to it."""
    visit = Visit(graph, request)
    question = visit.ask("q")
    if not question:
        return visit.page("ask.html", question="", reply=None, examples=list_examples(visit))
    form = visit.ask("format")
    part = take_all if form in TYPES else partial(_take_page, visit.ask("page"))
    try:
        reply = answer(graph.store, question, part)
    except UnknownNameError as error:
        return _show_unknown(visit, question, error)
    except NotUnderstoodError as error:
        names = [read_thing(visit.facts, label.node, visit.language) for label in find_names(graph, question)]
        return visit.page("unclear.html", 404, question=question, nearest=error.nearest, names=names)
    except KgError as error:
        return visit.page("fault.html", 400, status=400, told=str(error), nearest=())
    return _download(graph, reply, form) if form in TYPES else _show_reply(visit, reply)


def _take_page(asked: str, total: int) -> slice:
    """Want the rows of one page, which alone are proven."""
    paging = page_through(total, _SIZE, asked)
    return slice(paging.first, paging.last)


def _show_unknown(visit: Visit, question: str, error: UnknownNameError) -> SiteReply:
    """Show the nearest known names, each as the same question with that name in it and as a page."""
    nearest = [
        (question.replace(error.name, name) if error.name in question else name, name)
        for name in error.nearest
    ]
    return visit.page("unknown.html", 404, question=question, name=error.name, nearest=nearest)


def _show_reply(visit: Visit, reply: Reply) -> SiteReply:
    columns, cells, sentences = reply.tidy()
    paging = page_through(reply.total, _SIZE, visit.ask("page"))
    proofs = zip(cells, reply.proven, sentences, strict=True)
    words = Words(reply.language)
    lines = [_make_line(visit, words, columns, *proof) for proof in proofs]
    heads = [(column, _begin_large(reply.head(column))) for column in columns if column not in _NOT_SHOWN]
    forms = [form for form in TYPES if reply.papers or form not in _OF_PAPERS]
    return visit.page(
        "ask.html",
        question=reply.question,
        reply=reply,
        heads=heads,
        lines=lines,
        paging=paging,
        forms=forms if lines else [],
        examples=[],
    )


def _begin_large(head: str) -> str:
    return head[:1].upper() + head[1:]


def _make_line(
    visit: Visit, words: Words, columns: Sequence[str], texts: Sequence[str], proven: Proven, sentence: str
) -> Line:
    nodes = dict(proven.nodes)
    link = dict(zip(columns, texts, strict=True)).get("link", "")
    cells = tuple(
        _make_cell(column, words.say(f"by.{text}") if column == "by" and text else text, nodes, link)
        for column, text in zip(columns, texts, strict=True)
        if column not in _NOT_SHOWN
    )
    quoted = sentence and proven.mention
    return Line(cells, quote_mentions(visit.facts, [proven.mention]) if quoted else ())


def _make_cell(column: str, text: str, nodes: Mapping[str, str], link: str) -> Cell:
    path = path_of(nodes.get(column, ""))
    if not path and column in nodes and text.startswith(("https://", "http://")):
        return Cell(text, link=text)
    return Cell(text, path, link if column == "paper" else "")


def _download(graph: Graph, reply: Reply, form: str) -> SiteReply:
    if form == "bib":
        from kg.writers.bibtex import render_papers

        text = "".join(render_papers(graph.store.graph, reply.papers))
    elif form == "ttl":
        nodes = " ".join(f"<{paper}>" for paper in reply.papers)
        text = write_answer(graph.query(f"CONSTRUCT WHERE {{ ?s ?p ?o }} VALUES ?s {{ {nodes} }}"), form)
    else:
        text = reply.write(form)
    return download(text, form, "answer")
