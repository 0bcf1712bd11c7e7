"""The pages of the site, asked for without a server."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from kg.facts import Facts
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import ITSRDF
from kg.records import Findings, Kind, Observation
from kg.server.exchange import SiteRequest
from kg.server.library import Library
from kg.server.site import ROUTES
from kg.server.site.assets import ASSETS, read_asset
from kg.server.site.faults import show_fault, show_missing
from kg.server.site.relations import ORDER
from kg.server.site.results import COLUMNS
from kg.server.site.surroundings import cut_out
from kg.server.site.templates import SHAPES
from kg.server.site.words import LANGUAGES, Words, list_questions, load_words
from kg.view import Snapshot, select_around
from kg.view.snapshot import RELATIONS
from tests.factories import (
    HOSTILE,
    hostile_observation,
    make_entity,
    make_entry,
    make_graph,
    make_result,
    said_observation,
)
from tests.gold_graph import make_gold_graph
from tests.site_visits import is_ours, read_elements, read_text, visit

if TYPE_CHECKING:
    from kg.graph import Graph

TEMPLATES = files("kg") / "data" / "site" / "templates"


@cache
def sample() -> Graph:
    return make_graph()


@cache
def hostile() -> Graph:
    return make_graph([hostile_observation()])


@cache
def crowded() -> Graph:
    """One model with 130 scores on as many benchmarks, in 65 papers."""
    observations = []
    for number in range(65):
        names = [f"Bench{number}A", f"Bench{number}B"]
        sentences = [f"Alpha scores {number}.5% on {name}." for name in names]
        entry = make_entry(
            f"Paper {number}", " ".join(sentences), ordinal=number, line=number + 1,
            arxiv=f"2501.{number:05}", date="2025-01-23",
        )  # fmt: skip
        entities = (
            make_entity(entry, "Alpha", Kind.MODEL),
            *(make_entity(entry, name, Kind.BENCHMARK) for name in names),
        )
        results = tuple(
            make_result(entry, sentence, f"{number}.5%", system=0, benchmark=place)
            for place, sentence in enumerate(sentences, start=1)
        )
        observations.append(Observation(entry=entry, findings=Findings(entities=entities, results=results)))
    return make_graph(observations)


PRISMS = (
    ("Prism: Sparse Attention for Long Texts", "Prism skips what is far.", "2025-01-21"),
    ("PRISM: Decoding by Halves", "PRISM halves the work.", "2025-01-22"),
    ("Mirrors and Lenses", "We propose PRISM, which bends light.", "2025-01-23"),
)


@cache
def namesakes() -> Graph:
    """Three methods of one name, two of them named by their papers' titles, and one of another name."""
    observations = []
    for number, (title, text, date) in enumerate(PRISMS, start=1):
        entry = make_entry(
            title, f"{text} It needs Attention.", digest=f"{date}.md", arxiv=f"2501.0000{number}", date=date
        )
        own = make_entity(entry, text[0:5] if number == 1 else "PRISM", Kind.METHOD, introduced=True)
        other = make_entity(entry, "Attention", Kind.METHOD)
        observations.append(Observation(entry=entry, findings=Findings(entities=(own, other))))
    return make_graph(observations)


@cache
def disputed() -> Graph:
    """Two papers that report different scores of one model on one benchmark."""
    observations = []
    for number, value in enumerate(("71.5%", "74.2%")):
        sentence = f"Alpha scores {value} on MATH-500."
        entry = make_entry(
            f"Paper {number}", sentence, ordinal=number, line=number + 1, arxiv=f"2501.0000{number}"
        )
        entities = (make_entity(entry, "Alpha", Kind.MODEL), make_entity(entry, "MATH-500", Kind.BENCHMARK))
        result = make_result(entry, sentence, value, system=0, benchmark=1)
        observations.append(Observation(entry=entry, findings=Findings(entities=entities, results=(result,))))
    return make_graph(observations)


GRAPHS = 6
"""So many graph pages are looked at in one walk; each is half a megabyte."""

STARTS = ("/", "/ontology", "/query", "/ask", "/leaderboards")


def crawl(graph: Graph, start: str, most: int = 400):
    """Follow every link from a page to pages of the site; yield each address and its reply."""
    seen, waiting = set(), [start]
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        if address.startswith("/graph/") and sum(a.startswith("/graph/") for a in seen) > GRAPHS:
            continue
        reply = visit(graph, address)
        yield address, reply
        if reply.type.startswith("text/html") and not address.startswith("/graph/"):
            links = (
                e.attributes["href"] for e in read_elements(reply) if e.tag == "a" and "href" in e.attributes
            )
            waiting += [
                link.partition("#")[0]
                for link in links
                if is_ours(link)
                and not re.search(r"\.(?:ttl|jsonld)$", urlsplit(link).path)
                and "/query?query" not in link
            ]


# Every page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_somewhere(language):
    pages = dict(crawl(sample(), f"/?lang={language}"))
    assert len(pages) > 100
    assert {address: reply.status for address, reply in pages.items() if reply.status not in (200, 303)} == {}
    kinds = {address.split("/")[1].partition("?")[0] for address in pages}
    assert kinds >= {
        "ask",
        "paper",
        "model",
        "benchmark",
        "leaderboards",
        "graph",
        "query",
        "digest",
        "result",
    }


def test_every_page_of_the_example_digests_can_be_shown():
    graph = make_gold_graph()
    for node in {quad.subject.value for quad in graph.store.graph}:
        if node.startswith(BASE) and "/mention/" not in node:
            path = node.removeprefix(BASE.rstrip("/"))
            if "#" not in path:
                assert visit(graph, path).status in (200, 303), path


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_runs_and_loads_only_what_is_the_sites_own(start, language):
    for address, reply in crawl(sample(), f"{start}?lang={language}", 40):
        if not reply.type.startswith("text/html") or address.startswith("/graph/"):
            continue
        check_harmless(reply, address)
        html = next(e for e in read_elements(reply) if e.tag == "html")
        assert f"lang={html.attributes['lang']}" in address


def check_harmless(reply, address):
    for tag, attributes in read_elements(reply):
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc")], (
            address
        )
        assert tag not in ("style", "iframe", "object", "embed", "base", "img"), address
        if tag == "script":
            assert attributes["src"].startswith("/assets/"), address
        if tag == "link" and attributes["rel"] in ("stylesheet", "icon"):
            assert attributes["href"].startswith("/assets/"), address
        link = attributes.get("href", attributes.get("action", "/"))
        assert is_ours(link) or link.startswith(("#", "http://", "https://")), (address, link)


@pytest.mark.parametrize("path", ["//evil.example.org/x", "///evil.example.org", "/\\evil.example.org"])
def test_a_page_that_is_missing_links_to_no_other_site(path):
    check_harmless(show_missing(sample(), SiteRequest(path=path)), path)


def test_hostile_names_stay_text():
    pages = dict(crawl(hostile(), "/"))
    assert len(pages) > 25
    for address, reply in pages.items():
        assert reply.status in (200, 303, 404), address
        if reply.type.startswith("text/html") and not address.startswith("/graph/"):
            check_harmless(reply, address)
    told = " ".join(read_text(r) for r in pages.values() if r.type.startswith("text/html"))
    assert all(" ".join(name.split()) in told for name in HOSTILE[:3])


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 100_000, "\x00\ud800", "%", "'; DROP", "?" * 5000])
def test_hostile_questions_and_names_stay_text(text):
    graph = sample()
    for path in ("/ask", "/search", "/suggest", "/query"):
        request = SiteRequest(
            path=path, query={"q": text, "query": text, "lang": text, "path": text, "page": text}
        )
        module, name = next(r.page for r in ROUTES if r.pattern == path).split(".")
        import importlib

        reply = getattr(importlib.import_module(f"kg.server.site.{module}"), name)(graph, request)
        assert reply.status in (200, 303, 400, 404)
        if reply.status != 303 and reply.type.startswith("text/html"):
            check_harmless(reply, path)
            scripts = [e for e in read_elements(reply) if e.tag == "script"]
            assert len(scripts) <= 4


# The start page and its search box


def test_the_start_page_shows_what_is_new_and_what_is_there():
    text = read_text(visit(sample(), "/"))
    assert "2025-01-23" in text
    assert "DeepSeek-R1: Reasoning by Reward" in text
    assert "best on MATH 500" in text
    assert "MATH 500에서 가장 좋은 모델은?" in text
    assert "Papers 3" in text


def test_an_empty_graph_has_a_start_page():
    graph = make_graph([])
    assert visit(graph, "/").status == 200
    assert visit(graph, "/leaderboards").status == 200
    assert visit(graph, "/paper").status == 200


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("deep", "DeepSeek-R1"),
        ("seek-r1", "DeepSeek-R1"),
        ("강화", "reinforcement learning"),
        ("math-5", "MATH 500"),
    ],
)
def test_names_are_suggested_in_both_scripts_and_by_alias(typed, name):
    found = json.loads(visit(sample(), f"/suggest?q={typed}").body)
    assert name in [one["name"] for one in found]
    one = next(one for one in found if one["name"] == name)
    assert one["says"]
    assert one["count"] >= 1
    assert visit(sample(), one["href"]).status == 200


def test_suggestions_of_one_name_are_told_apart():
    told = [(one["name"], one["alias"]) for one in json.loads(visit(namesakes(), "/suggest?q=prism").body)]
    assert sorted(told[:3]) == [
        ("PRISM", "Mirrors and Lenses · 2025"),
        ("PRISM", "PRISM: Decoding by Halves"),
        ("Prism", "Prism: Sparse Attention for Long Texts"),
    ]
    (one,) = json.loads(visit(namesakes(), "/suggest?q=attention").body)[:1]
    assert (one["name"], one["alias"]) == ("Attention", "")


def test_a_suggestion_speaks_the_readers_language():
    reply = visit(sample(), "/suggest?q=reinf", **{"accept-language": "ko-KR,ko;q=0.9"})
    (one,) = json.loads(reply.body)
    assert (one["name"], one["says"], one["href"]) == ("강화 학습", "방법", "/method/reinforcementlearning")


def test_nothing_is_suggested_for_nothing():
    assert json.loads(visit(sample(), "/suggest?q=").body) == []
    assert json.loads(visit(sample(), "/suggest?q=%20-").body) == []


@pytest.mark.parametrize(
    ("typed", "place"),
    [("deepseek r1", "/model/deepseekr1"), ("강화학습", "/method/reinforcementlearning"), ("", "/"),
     ("best on MATH-500", "/ask?q=best+on+MATH-500")],
)  # fmt: skip
def test_search_goes_to_the_name_or_asks(typed, place):
    reply = visit(sample(), f"/search?q={typed}")
    assert (reply.status, dict(reply.headers)["Location"]) == (303, place)


def test_a_language_asked_for_stays():
    reply = visit(sample(), "/search?q=deepseek r1&lang=ko")
    assert dict(reply.headers)["Location"] == "/model/deepseekr1?lang=ko"


# Answers


def test_an_answer_has_links_and_its_sentence_with_the_span_marked():
    reply = visit(sample(), "/ask?q=best on MATH-500")
    page = reply.body.decode()
    assert "results on MATH 500, best first" in page
    assert '<a href="/model/deepseekr1">' in page
    assert '<a href="/paper/2501.12948">' in page
    assert "<mark>On MATH-500 it reaches 97.3%.</mark>" in page
    assert 'href="https://arxiv.org/abs/2501.12948"' in page


def test_an_answer_leads_to_its_query():
    page = visit(sample(), "/ask?q=best on MATH-500")
    link = next(
        e.attributes["href"] for e in read_elements(page)
        if e.attributes.get("href", "").startswith("/query?query=")
    )  # fmt: skip
    reply = visit(sample(), link)
    assert reply.status == 200
    assert "model:deepseekr1" in read_text(reply)


def test_a_korean_answer_speaks_korean():
    text = read_text(visit(sample(), "/ask?q=MATH-500에서 가장 좋은 모델은?&lang=ko"))
    assert "MATH 500 결과, 좋은 것부터" in text
    assert "자기 논문" in text


def test_answers_can_be_downloaded():
    address = "/ask?q=best on MATH-500&format="
    rows = list(csv.DictReader(io.StringIO(visit(sample(), f"{address}csv").body.decode())))
    assert rows[0]["system"] == "DeepSeek-R1"
    found = json.loads(visit(sample(), f"{address}json").body)
    assert found["results"]["bindings"][0]["system"]["value"] == "DeepSeek-R1"
    turtle = visit(sample(), f"{address}ttl")
    assert len(list(ox.parse(turtle.body, format=ox.RdfFormat.TURTLE))) > 5
    assert "attachment" in dict(turtle.headers)["Content-Disposition"]
    assert visit(sample(), f"{address}bib").body.startswith(b"@misc{arxiv-2501.12948")


def test_of_a_long_answer_only_the_page_is_proven(monkeypatch):
    from kg.questions import proof

    proven = []
    quote = proof.quote
    monkeypatch.setattr(proof, "quote", lambda *told: proven.append(told) or quote(*told))
    address = "/ask?q=what does Alpha report?"
    pages = [visit(crowded(), f"{address}&page={page}") for page in (1, 2, "99")]
    assert len(proven) == 100 + 30 + 30
    assert ["130 rows" in read_text(page) for page in pages] == [True, True, True]
    assert "1–100 of 130" in read_text(pages[0])
    assert "101–130 of 130" in read_text(pages[1])
    assert pages[2].body.count(b"<tbody>") == 30
    told = [re.findall(r"<mark>(.*?)</mark>", page.body.decode()) for page in pages[:2]]
    assert len({*told[0], *told[1]}) == 130
    rows = csv.DictReader(io.StringIO(visit(crowded(), f"{address}&format=csv").body.decode()))
    assert len(list(rows)) == 130


def test_a_misspelt_name_gets_the_question_with_the_right_one():
    reply = visit(sample(), "/ask?q=best on MATHH-500")
    assert reply.status == 404
    links = [e.attributes.get("href") for e in read_elements(reply)]
    assert "/search?q=best+on+MATH+500" in links


def test_what_is_not_understood_gets_questions_that_are():
    reply = visit(sample(), "/ask?q=green ideas sleep furiously")
    assert reply.status == 404
    asked = [e.attributes["href"] for e in read_elements(reply) if e.attributes.get("class") == "chip"]
    assert asked
    assert all(link.startswith("/ask?q=") for link in asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_offered_is_understood(language):
    graph = make_gold_graph()
    from kg.server.site.things import read_thing

    facts = Facts(graph.store.graph)
    nodes = {quad.subject.value for quad in graph.store.graph}
    for kind in ("benchmark", "model", "method", "task", "dataset", "author"):
        for node in sorted(n for n in nodes if n.startswith(f"{BASE}{kind}/"))[:10]:
            for question in list_questions(read_thing(facts, node), Words(language)):
                graph.ask(question)  # raises where it is not


def test_a_paper_leads_to_the_papers_that_are_like_it():
    page = visit(sample(), "/paper/2501.12948")
    (link,) = [href for href in re.findall(r'href="(/ask[^"]*)"', page.body.decode()) if "similar" in href]
    answered = read_text(visit(sample(), html.unescape(link)))
    assert "Longer Contexts" in answered


# Things


def test_a_model_shows_names_relations_results_and_evidence():
    reply = visit(sample(), "/model/deepseekr1")
    text = read_text(reply)
    for told in (
        "DeepSeek-R1",
        "Introduced by",
        "Outperforms",
        "OpenAI-o1-mini",
        "97.3%",
        "79.8%",
        "MATH-500",
    ):
        assert told in text
    marks = re.findall("<mark>(.*?)</mark>", reply.body.decode())
    assert "On MATH-500 it reaches 97.3%." in marks


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/model/rocket7b", ("weights not open", "7,000,000,000 parameters", "Developed by", "Trained on")),
        ("/model/rocket7b?lang=ko", ("가중치 비공개", "매개변수 7,000,000,000개")),
        ("/org/hillsidelabs", ("Develops", "Rocket-7B")),
        ("/dataset/hillset", ("Training data of", "Rocket-7B")),
        ("/task/climbing", ("Has benchmark", "HillBench")),
    ],
)
def test_what_is_said_of_things_themselves_is_shown(address, told):
    text = read_text(visit(make_graph([said_observation()]), address))
    assert [words for words in told if words not in text] == []


def test_what_is_said_of_things_themselves_is_quoted():
    body = visit(make_graph([said_observation()]), "/model/rocket7b").body.decode()
    assert "The closed-source <mark>Rocket-7B of Hillside Labs</mark> was trained on HillSet" in body
    assert "<mark>Rocket-7B of Hillside Labs was trained on HillSet</mark>, not on others" in body
    assert "The closed-source <mark>Rocket-7B</mark> of Hillside Labs was trained" in body


def test_a_thing_leads_to_the_others_of_its_name():
    page = visit(namesakes(), "/method/prismdecodingbyhalves")
    text = read_text(page)
    assert "2 other things are called so" in text
    assert "Prism Method · Prism: Sparse Attention for Long Texts" in text
    assert "PRISM Method · Mirrors and Lenses · 2025" in text
    links = {e.attributes.get("href") for e in read_elements(page)}
    assert links >= {"/method/prism", "/method/prismsparseattentionforlongtexts"}
    assert "called so" not in read_text(visit(namesakes(), "/method/attention"))
    korean = read_text(visit(namesakes(), "/method/prism?lang=ko"))
    assert "이름이 같은 다른 것 2개" in korean


def test_a_thing_of_a_shared_name_is_asked_for_by_one_of_its_own():
    def offered(address: str) -> list[str]:
        links = [urlsplit(e.attributes.get("href", "")) for e in read_elements(visit(namesakes(), address))]
        return [parse_qs(link.query)["q"][0] for link in links if link.path == "/ask"]

    assert offered("/method/prismdecodingbyhalves") == ["which papers use PRISM: Decoding by Halves?"]
    assert offered("/method/attention") == ["which papers use Attention?"]
    assert offered("/method/prism") == ["which papers use PRISM?"]  # it has no other name


def test_a_list_tells_things_of_one_name_apart():
    text = read_text(visit(namesakes(), "/method?order=name"))
    assert "Prism Prism: Sparse Attention for Long Texts · 1 paper" in text
    assert "Attention 3 papers" in text


def test_a_thing_links_to_its_data_and_its_graph():
    links = {
        e.attributes.get("href"): e.attributes for e in read_elements(visit(sample(), "/benchmark/math500"))
    }
    assert links["/benchmark/math500.ttl"]
    assert links["/benchmark/math500.jsonld"]
    assert links["/graph/benchmark/math500"]
    assert links["/leaderboards/math500"]


def test_names_come_in_the_readers_language_and_keep_the_other():
    english = read_text(visit(sample(), "/method/reinforcementlearning"))
    korean = visit(sample(), "/method/reinforcementlearning?lang=ko")
    assert "reinforcement learning also 강화 학습" in english
    assert '<h1><bdi lang="ko">강화 학습</bdi></h1>' in korean.body.decode()
    assert "reinforcement learning" in read_text(korean)


def test_a_paper_tells_what_digests_say_with_names_as_links():
    page = visit(sample(), "/paper/2501.12948")
    text = read_text(page)
    assert "Ada Example" in text
    assert "42 upvotes" in text
    assert "github.com/deepseek-ai/DeepSeek-R1" in text
    named = [e.attributes["href"] for e in read_elements(page) if "named" in e.attributes.get("class", "")]
    assert {"/model/deepseekr1", "/benchmark/aime2024", "/method/reinforcementlearning"} <= set(named)


def test_the_reader_s_language_comes_first_among_entries():
    english, korean = (
        visit(sample(), f"/paper/2501.12948?lang={tongue}").body.decode() for tongue in LANGUAGES
    )
    first = re.compile('class="entry" lang="(..)"')
    assert (first.findall(english), first.findall(korean)) == (["en", "ko"], ["ko", "en"])


def test_an_entry_without_a_text_is_told_after_those_that_have_one():
    silent = [
        make_entry("A Paper", "", digest=f"{number}.md", arxiv="2501.00001", line=number)
        for number in range(9)
    ]
    telling = make_entry("A Paper", "It tells.", digest="z.md", arxiv="2501.00001", date="2025-01-23")
    graph = make_graph([Observation(entry=entry, findings=Findings()) for entry in (*silent, telling)])
    page = visit(graph, "/paper/2501.00001")
    assert page.body.decode().count("<blockquote") == 1
    assert "It tells. 2025-01-23 · z.md, line 7 Also listed in: 0.md, line 0 · 1.md, line 1 ·" in read_text(
        page
    )


def test_an_address_with_escapes_finds_its_node():
    graph = hostile()
    for quad in graph.store.graph.quads_for_pattern(None, ox.NamedNode(f"{BASE}ontology#reports"), None):
        assert visit(graph, quad.subject.value.removeprefix(BASE[:-1])).status == 200
    assert visit(sample(), "/metric/pass%401").status == 200
    assert visit(sample(), "/metric/pass@1").status == 200


def test_long_lists_are_paged():
    graph = crowded()
    assert "1–20 of 130" in read_text(visit(graph, "/model/alpha"))
    assert "121–130 of 130" in read_text(visit(graph, "/model/alpha?page=7"))
    assert "51–65 of 65" in read_text(visit(graph, "/model/alpha?relation=kg:mentions^&page=2"))
    assert "101–130 of 130" in read_text(visit(graph, "/benchmark?page=2"))


def test_pages_together_hold_everything_once():
    graph = crowded()
    shown = []
    for page in range(1, 8):
        elements = read_elements(visit(graph, f"/model/alpha?sort=benchmark&order=up&page={page}"))
        shown += [
            e.attributes["href"] for e in elements if e.attributes.get("href", "").startswith("/result/")
        ]
    assert len(shown) == len(set(shown)) == 130


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("order", ["up", ""])
def test_results_are_sorted_by_every_column(column, order):
    reply = visit(sample(), f"/paper/2501.12948?sort={column}&order={order}")
    assert reply.status == 200
    text = read_text(reply)
    if column == "value":
        assert (text.index("79.8%") < text.index("97.3%")) or order == ""


def test_what_is_not_there_gets_the_nearest():
    reply = visit(sample(), "/model/deepseek-r")
    assert reply.status == 404
    assert "/model/deepseekr1" in [e.attributes.get("href") for e in read_elements(reply)]
    assert visit(sample(), "/no-such-page").status == 404
    assert visit(sample(), "/model/%3Cscript%3E").status == 404
    assert visit(sample(), "/graph/model/nothing").status == 404


@pytest.mark.parametrize("key", ["%FF", "%EF%BF%BE", "%25zz", "%5B", "%20", "%00", "%22", "%5C", "%3C"])
def test_what_no_iri_can_hold_is_not_there(key):
    assert visit(sample(), f"/model/{key}").status == 404
    assert visit(sample(), f"/digest/{key}").status == 404


def test_what_is_of_the_kind_that_was_asked_for_comes_first():
    for kind in ("paper", "model"):
        reply = visit(sample(), f"/{kind}/deepseek-r")
        found = [e.attributes["href"] for e in read_elements(reply) if e.attributes.get("class") == "node"]
        assert found[0].startswith(f"/{kind}/deepseek" if kind == "model" else "/paper/2501.12948")
    assert "Ada Example" not in read_text(visit(sample(), "/model/adaexampel"))
    assert "Ada Example" in read_text(visit(sample(), "/author/adaexampel"))


# Leaderboards


def test_a_leaderboard_ranks_with_evidence():
    reply = visit(sample(), "/leaderboards/math500")
    text = read_text(reply)
    assert text.index("97.3%") < text.index("96.2")
    assert "<mark>On MATH-500 it reaches 97.3%.</mark>" in reply.body.decode()


def test_conflicting_reports_stand_side_by_side():
    text = read_text(visit(disputed(), "/leaderboards/math500"))
    assert "Conflicting reports" in text
    beside = text[text.index("Conflicting reports") :]
    assert "71.5%" in beside
    assert "74.2%" in beside
    assert "Conflicting reports" not in read_text(visit(sample(), "/leaderboards/math500"))


def test_one_board_can_be_seen_alone():
    boards = read_text(visit(make_gold_graph(), "/leaderboards/math?board=1"))
    assert "All rankings" in boards


# The graph around a thing


def test_a_key_with_a_slash_has_its_graph():
    entry = make_entry("Old Paper", "Nothing.", arxiv="hep-th/0101001")
    graph = make_graph([Observation(entry=entry, findings=Findings(entities=(), results=()))])
    links = {e.attributes.get("href", "") for e in read_elements(visit(graph, "/paper/hep-th%2F0101001"))}
    assert "/graph/paper/hep-th%2F0101001" in links
    assert visit(graph, "/graph/paper/hep-th%2F0101001").status == 200


def test_the_graph_page_keeps_its_own_policy():
    reply = visit(sample(), "/graph/model/deepseekr1")
    policy = dict(reply.headers)["Content-Security-Policy"]
    assert "sha256-" in policy
    assert "unsafe" not in policy


def test_what_is_cut_out_is_what_is_near_with_its_sentences():
    store = crowded().store.graph
    node = f"{BASE}benchmark/bench3a"
    cut = cut_out(store, node)
    assert 0 < len(cut) < len(store) / 5
    assert Facts(cut).subjects(ITSRDF.taIdentRef, node) == Facts(store).subjects(ITSRDF.taIdentRef, node)
    assert {quad.predicate.value for quad in cut} <= {quad.predicate.value for quad in store}


def test_the_tables_around_a_benchmark_name_systems_and_metrics():
    node = f"{BASE}benchmark/math500"
    selection = select_around(Snapshot(cut_out(sample().store.graph, node)), [node])
    known = {one.iri.removeprefix(BASE): one.label for one in selection.nodes}
    assert known["model/deepseekr1"] == "DeepSeek-R1"
    assert known["metric/pass%401"] == "Pass@1"


# The query editor


def test_a_query_is_answered_without_a_script():
    reply = visit(sample(), "/query?query=SELECT ?s { ?s a kg:Benchmark } ORDER BY ?s")
    assert "/benchmark/aime2024" in [e.attributes.get("href") for e in read_elements(reply)]
    assert "2 rows" in read_text(reply)
    assert "Yes" in read_text(visit(sample(), "/query?query=ASK { ?s a kg:Benchmark }"))


@pytest.mark.parametrize(
    ("query", "told"), [("ASK { kg:x a kg:y }", 'verdict">No<'), ("SELECT ?s { ?s a kg:y }", ">0 rows<")]
)
def test_an_answer_that_is_no_or_nothing_is_shown_too(query, told):
    reply = visit(sample(), f"/query?query={query}")
    outcome = next(e for e in read_elements(reply) if e.attributes.get("id") == "outcome")
    assert "hidden" not in outcome.attributes
    assert told in reply.body.decode()


@pytest.mark.parametrize(("rows", "status"), [(1, 503), (2, 200)])
def test_the_editor_keeps_to_the_rows_that_the_server_allows(rows, status):
    asked = {"path": "/query", "query": {"query": "SELECT ?s { ?s a kg:Benchmark }"}}
    head, body = Library(sample(), rows).reply(
        {"do": "page", "page": "editor.show_editor", "values": {}, "headers": {}, "iris": [], **asked}
    )
    assert (head["status"], b"stopped at the limit of rows, 1;" in body) == (status, status == 503)


def test_a_mistake_is_shown_with_its_place():
    reply = visit(sample(), "/query?query=SELECT ?s%0A{ ?s a kg:Model%0A?o }")
    assert reply.status == 400
    assert "Line 3, column 1: the query cannot be read from here on" in read_text(reply)
    area = next(e for e in read_elements(reply) if e.tag == "textarea")
    assert (area.attributes["data-line"], area.attributes["aria-invalid"]) == ("3", "true")


def test_queries_can_be_downloaded():
    found = visit(sample(), "/query?query=SELECT ?s { ?s a kg:Benchmark }&format=csv")
    assert found.body.decode().splitlines()[0] == "s"
    graph = visit(sample(), "/query?query=DESCRIBE model:deepseekr1&format=ttl")
    assert b"DeepSeek-R1" in graph.body


@pytest.mark.parametrize("form", ["ttl", "bib", "exe"])
def test_a_format_that_an_answer_cannot_have_is_refused(form):
    reply = visit(sample(), f"/query?query=SELECT ?s {{ ?s a kg:Model }}&format={form}")
    assert reply.status == 400
    assert "expected csv, tsv, json" in read_text(reply)


@pytest.mark.parametrize(
    ("query", "forms"),
    [
        ("SELECT ?s { ?s a kg:Model }", ["csv", "tsv", "json"]),
        ("ASK { ?s a kg:Model }", ["csv", "tsv", "json"]),
        ("DESCRIBE model:deepseekr1", ["csv", "tsv", "json", "ttl"]),
    ],
)
def test_an_answer_is_offered_in_every_format_that_it_can_have(query, forms):
    links = [e.attributes for e in read_elements(visit(sample(), f"/query?query={query}"))]
    offered = {e["download"]: e["href"] for e in links if "download" in e and "href" in e}
    assert list(offered) == [f"result.{form}" for form in forms]
    assert {visit(sample(), link).status for link in offered.values()} == {200}


def test_the_editor_knows_prefixes_and_terms():
    words = json.loads(visit(sample(), "/terms?lang=ko").body)
    assert words["prefixes"]["kg"] == f"{BASE}ontology#"
    assert {"term": "kg:Paper", "label": "논문", "sort": "classes"} in words["terms"]
    assert "kg:introduces" in {term["term"] for term in words["terms"]}


# Words, styles and scripts


def test_every_word_is_said_in_every_language():
    incomplete = {key for key, said in load_words().items() if set(said) != set(LANGUAGES)}
    assert not incomplete


def test_every_word_that_a_template_says_is_known_and_the_other_way_round():
    texts = {entry.name: entry.read_text(encoding="utf8") for entry in TEMPLATES.iterdir()}
    said = {key for text in texts.values() for key in re.findall(r'say\("([^"]+)"[,)]', text)}
    said |= {key for text in texts.values() for key in re.findall(r'say\("([\w.]+)" if', text)}
    counted = {key for text in texts.values() for key in re.findall(r'count\("([^"]+)"', text)}
    said |= {f"{key}.{number}" for key in counted for number in ("one", "many")}
    assert said <= set(load_words())
    begun = {key for text in texts.values() for key in re.findall(r'say\("([\w.]+\.)" ~', text)}
    own = set(json.loads((files("kg") / "data" / "site" / "words.json").read_text(encoding="utf8")))
    loose = {"yes", "no"} | {key for key in own if key.startswith(("question.", "digest.", "rows."))}
    assert {key for key in own - said - loose if not key.startswith(tuple(begun))} == set()


def test_every_relation_of_a_page_has_words_and_every_relation_of_the_graph_a_place():
    assert set(ORDER) <= set(load_words())
    from kg.rdf.prefixes import expand

    assert {expand(relation.rstrip("^")) for relation in ORDER} | {f"{BASE}x"} >= set(RELATIONS)


def test_every_asset_is_listed():
    folder = files("kg") / "data" / "site"
    present = {e.name for e in folder.iterdir() if e.name.endswith((".css", ".js", ".svg"))}
    assert present == {name for name, (book, _) in ASSETS.items() if book == "site"}
    for name in ASSETS:
        assert visit(sample(), f"/assets/{name}").body == read_asset(name)
    assert visit(sample(), "/assets/words.json").status == 404
    assert visit(sample(), "/assets/..%2Fwords.json").status == 404


def test_styles_and_scripts_ask_for_nothing_from_elsewhere():
    for name in ASSETS:
        text = read_asset(name).decode().replace("http://www.w3.org/2000/svg", "").replace(BASE, "")
        assert "http" not in text.replace("https?:", ""), name
        assert not re.search(r"innerHTML|insertAdjacentHTML|\beval\(|@import|url\(", text), name


def test_the_shapes_are_those_of_the_graph_page():
    scripts = [
        (files("kg") / "data" / "page" / name).read_text("utf8") for name in ("model.js", "elements.js")
    ]
    outlines = dict(re.findall(r'(\w+): "(M[^"]+)"', scripts[1]))
    shapes = dict(re.findall(r'(\w+): \{ shape: "(\w+)"', scripts[0]))
    assert {kind: outlines[shape] for kind, shape in shapes.items()} == SHAPES


@pytest.mark.parametrize(
    "status", [400, 403, 404, 405, 406, 408, 413, 414, 415, 421, 429, 431, 500, 502, 503]
)
def test_a_fault_is_told_in_words(status):
    request = SiteRequest(path="/x", headers={"accept-language": "ko"})
    reply = show_fault(request, status, "<script>alert(1)</script>")
    assert reply.status == status
    assert f"fault.{status}" not in read_text(reply)
    assert "<script>alert(1)</script>" in read_text(reply)
    check_harmless(reply, "fault")
