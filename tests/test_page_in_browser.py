from __future__ import annotations

import csv
import io
import json
import re
import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree

import pytest
import rdflib

from kg.leaderboards import rank_all, render_boards
from kg.rdf.prefixes import BASE
from kg.records import Credit, Findings, Kind, Observation
from kg.sparql.formats import write_answer
from kg.view.page import SCRIPTS
from kg.writers import write
from tests.factories import (
    hostile_observation,
    make_entity,
    make_entry,
    make_graph,
    make_result,
    sample_observations,
)
from tests.gold_graph import make_gold_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from kg.graph import Graph

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


if TYPE_CHECKING:
    from collections.abc import Callable

    Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the page of a graph; afterwards, nothing may have been asked for and nothing have failed."""
    asked: list[str] = []
    failed: list[str] = []
    contexts = []

    def open_page(graph: Graph, hash_: str = "", width: int = 1280, scheme: Any = "light") -> Page:
        path = write(graph, tmp_path / "graph.html")
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: failed.append(message.text))
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("dialog", lambda dialog: failed.append(dialog.message))
        page.goto(f"{path.as_uri()}{hash_}")
        wait_until(page, "'ready' in document.body.dataset")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert failed == []
    assert [url for url in asked if not re.match(r"file:.*/graph\.html", url)] == []


def wait_until(page: Page, expression: str, argument: object = None) -> None:
    """Wait until an expression holds and the page shows what its address says.

    Playwright's own way is an eval, which the page's policy forbids.
    """
    for _ in range(PATIENCE):
        if page.evaluate(SHOWN) and page.evaluate(expression, argument):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {expression}")


PATIENCE = 600
"""How often a page is asked, 50 ms apart: a busy machine gets half a minute."""

SHOWN = "document.body.dataset.shows === location.hash"
"""The address changes first, what is drawn follows in a task of its own."""


def double_click(page: Page, node: str) -> None:
    """Click twice on a node until it is the focus: on a busy machine two clicks can be too far apart."""
    for _ in range(PATIENCE // 20):
        page.mouse.dblclick(*locate(page, node))
        for _ in range(20):
            if page.evaluate(f"{SHOWN} && readRoute().focus?.id === {json.dumps(node)}"):
                return
            page.wait_for_timeout(50)
    pytest.fail(f"never became the focus: {node}")


def settle(page: Page) -> None:
    wait_until(page, "true")


def heading(page: Page) -> str:
    return page.locator("#panel h2").inner_text()


def wait_for_heading(page: Page, text: str) -> None:
    wait_until(page, "text => document.querySelector('#panel h2').textContent === text", text)


class Point(NamedTuple):
    x: float
    y: float


def locate(page: Page, node: str) -> Point:
    """Return where a node is on the screen."""
    x, y = page.evaluate(
        """id => {
          const at = onScreen(byId.get(id));
          const frame = document.getElementById("canvas").getBoundingClientRect();
          return [at.x + frame.x, at.y + frame.y];
        }""",
        node,
    )
    return Point(x, y)


def test_the_overview_opens_without_a_request(visit: Open) -> None:
    page = visit(make_graph())
    assert heading(page) == "Papers and what ties them"
    assert page.locator("#canvas canvas").count() == 1
    assert page.locator("#legend button").all_inner_texts() == ["Papers\n3", "Benchmarks\n1"]


def test_a_click_lights_the_neighbours_and_fills_the_panel(visit: Open) -> None:
    page = visit(make_graph())
    page.mouse.click(*locate(page, "paper:2501.12948"))
    wait_for_heading(page, "DeepSeek-R1: Reasoning by Reward")
    lit = page.evaluate("ranked.map((node) => node.id).sort()")
    assert lit == [
        "benchmark:aime2024", "benchmark:math500", "method:reinforcementlearning", "metric:pass%401",
        "model:deepseekr1", "model:openaio1mini", "org:deepseekai", "paper:2501.12948", "task:추론",
    ]  # fmt: skip
    assert "node=paper:2501.12948" in page.url
    assert page.locator("#panel .links a").evaluate_all(
        "links => links.map((link) => [link.href, link.rel])"
    ) == [
        ["https://arxiv.org/abs/2501.12948", "noopener noreferrer"],
        ["https://github.com/deepseek-ai/DeepSeek-R1", "noopener noreferrer"],
    ]


def test_a_result_shows_its_sentences_in_their_language(visit: Open) -> None:
    page = visit(make_graph(), "#node=benchmark:aime2024")
    row = page.locator("#panel tbody tr").first
    assert "79.8%" in row.inner_text()
    row.locator(".why").click()
    korean = page.locator("#panel blockquote[lang=ko]")
    assert korean.locator("mark").inner_text() == "DeepSeek-R1은 AIME 2024에서 Pass@1 79.8%를 기록했다."
    assert korean.locator("footer").inner_text() == "2025-01-23-ko.md, line 3 · 2025-01-23"
    assert (
        page.locator("#panel blockquote[lang=en] footer").first.inner_text()
        == "2025-01-23.md, line 7 · 2025-01-23"
    )


def test_every_fact_can_be_opened(visit: Open) -> None:
    page = visit(make_graph(), "#node=task:추론")
    page.locator("#panel summary").click()
    quote = page.locator("#panel blockquote")
    assert quote.locator("mark").inner_text() == "추론"
    assert quote.locator("p").inner_text() == "강화 학습으로 추론을 배운다."


@pytest.mark.parametrize(
    ("typed", "name"),
    [("deepseek-r1", "DeepSeek-R1: Reasoning by Reward"), ("강화학습", "reinforcement learning"),
     ("math 500", "MATH 500"), ("openai o1", "OpenAI-o1-mini"), ("filmag", "FilmAgent")],
)  # fmt: skip
def test_search_finds_names_in_any_script_drawn_or_not(visit: Open, typed: str, name: str) -> None:
    page = visit(make_graph())
    page.keyboard.press("/")
    page.keyboard.type(typed)
    texts = page.locator("#found .name").all_inner_texts()
    assert name in texts
    page.keyboard.press("Enter")
    wait_until(page, "document.body.classList.contains('selected')")
    assert fold_js(page, typed) in fold_js(page, page.locator("#panel").inner_text())
    assert page.evaluate("shown.visible.has(readRoute().node)")


def fold_js(page: Page, text: str) -> str:
    folded: str = page.evaluate("text => fold(text)", text)
    return folded


def test_arrows_choose_among_what_is_found(visit: Open) -> None:
    page = visit(make_graph())
    page.locator("#search").fill("deepseek")
    names = page.locator("#found .name").all_inner_texts()
    assert len(names) > 1
    page.keyboard.press("ArrowDown")
    assert page.locator('#found [aria-selected="true"] .name').inner_text() == names[1]
    assert page.locator("#search").get_attribute("aria-activedescendant") == "offer-1"
    page.keyboard.press("Enter")
    wait_for_heading(page, names[1])
    assert not page.locator("#found").is_visible()


def test_things_of_one_name_are_told_apart(visit: Open) -> None:
    def observe(number: int, title: str, *authors: str, method: str = "GRPO") -> Observation:
        entry = make_entry(
            title, f"{method} helps.", digest=f"202{number}-01-02.md", arxiv=f"2{number}01.00001",
            authors=tuple(Credit(name=name) for name in authors),
        )  # fmt: skip
        return Observation(
            entry=entry, findings=Findings(entities=(make_entity(entry, method, Kind.METHOD),))
        )

    page = visit(
        make_graph(
            [observe(3, "Plan: One", "Wei Wang"), observe(4, "Plan: One", "Wei Wang", "Wei Li"),
             observe(5, "Sole: Two", "Wei Li", method="Plan")]
        )
    )  # fmt: skip

    def offered(typed: str) -> list[str]:
        page.locator("#search").fill(typed)
        return [text.replace("\n", " | ") for text in page.locator("#found li").all_inner_texts()]

    assert sorted(offered("wei wang")) == [
        "Wei Wang | Plan · 2023 | Author",
        "Wei Wang | Plan · 2024 | Author",
    ]
    assert offered("plan") == [
        "Plan | Method",
        "Plan: One | 2023-01-02 · 2301.00001 | Paper",
        "Plan: One | 2024-01-02 · 2401.00001 | Paper",
    ]


def test_two_of_one_name_in_one_paper_are_told_apart_by_their_ids(visit: Open) -> None:
    page = visit(make_graph())
    marks = page.evaluate(
        """() => {
          const hits = findNames("math 500").filter(({ node }) => node.kind === "benchmark");
          const twin = { ...hits[0], node: { ...hits[0].node, id: "benchmark:other%20one" } };
          return tellApart([hits[0], twin], [hits[0], twin]);
        }"""
    )
    assert [mark.split(" · ")[-1] for mark in marks] == ["math500", "other one"]


def test_all_that_is_found_can_be_reached(visit: Open) -> None:
    entries = [
        make_entry(
            f"Plan {n}: T", "Text.", ordinal=n, arxiv=f"2501.{n:05d}", authors=(Credit(name="Wei Wang"),)
        )
        for n in range(20)
    ]
    page = visit(make_graph([Observation(entry=entry, findings=Findings()) for entry in entries]))
    page.keyboard.press("/")
    page.keyboard.type("plan")
    names = page.locator("#found .name")
    assert names.count() == 12
    assert page.locator("#found .further").inner_text() == "8 more"
    page.keyboard.press("ArrowUp")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "offer-12"
    page.keyboard.press("Enter")
    assert names.count() == 20
    assert page.locator("#found .further").count() == 0
    assert page.locator("#search").get_attribute("aria-activedescendant") == "offer-12"
    name = names.nth(13).inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_for_heading(page, name)


def test_a_search_for_nothing_known_says_so(visit: Open) -> None:
    page = visit(make_graph())
    page.locator("#search").fill("<b>zzz</b>")
    assert page.locator("#found").inner_text() == "Nothing here is called “<b>zzz</b>”."


def test_keys_walk_the_canvas(visit: Open) -> None:
    page = visit(make_graph())
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    wait_until(page, "document.body.classList.contains('selected')")
    first = heading(page)
    wait_until(
        page,
        "Object.values(STEPS).some((step) => findBeside(readRoute().node, step))",
    )
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
        settle(page)
        if heading(page) != first:
            break
    assert heading(page) != first
    page.keyboard.press("Enter")
    page.wait_for_selector("#focus", state="visible")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_selector("#focus", state="hidden")
    assert heading(page) == "Papers and what ties them"


def test_a_double_click_shows_only_what_is_around(visit: Open) -> None:
    page = visit(make_graph())
    double_click(page, "benchmark:math500")
    page.wait_for_selector("#focus", state="visible")
    assert page.evaluate("[...shown.visible].map((node) => node.id).sort()") == [
        "benchmark:math500", "paper:2501.12599", "paper:2501.12948",
    ]  # fmt: skip
    page.locator("#focus").get_by_role("button", name="2", exact=True).click()
    wait_until(page, "shown.visible.size > 3")
    assert "depth=2" in page.url
    page.locator("#focus").get_by_role("button", name="Show everything").click()
    page.wait_for_selector("#focus", state="hidden")


def test_the_legend_filters_by_type(visit: Open) -> None:
    page = visit(make_graph())
    page.locator('#legend [data-kind="paper"]').click()
    wait_until(page, "shown.visible.size === 1")
    assert "hide=paper" in page.url
    assert page.locator('#legend [data-kind="paper"]').get_attribute("aria-pressed") == "false"
    page.locator('#legend [data-kind="paper"]').click()
    wait_until(page, "shown.visible.size === 4")


@pytest.mark.parametrize("view", ["", "&view=list"])
@pytest.mark.parametrize(
    ("state", "says", "remedy"),
    [("hide=paper,benchmark", "a type that is switched off", "Show all types"),
     ("from=2025-02-01&hide=paper", "Nothing passes these filters", "Clear filters")],
)  # fmt: skip
def test_an_empty_view_says_why_and_how_to_fill_it(
    visit: Open, state: str, says: str, remedy: str, view: str
) -> None:
    page = visit(make_graph(), f"#{state}{view}")
    assert visible_ids(page) == []
    assert says in page.locator("#nothing").inner_text()
    assert says in page.locator("#status").inner_text()
    page.locator("#nothing").get_by_role("button", name=remedy).press("Enter")
    wait_until(page, "shown.visible.size === 4")
    assert page.locator("#nothing").is_hidden()
    assert page.evaluate("document.activeElement.id") == ("list" if view else "canvas")
    inside = "({ x, y }) => x > 40 && y > 40 && x < stage.clientWidth - 40 && y < stage.clientHeight - 40"
    assert view or page.evaluate(f"[...shown.visible].map(onScreen).every({inside})")


def test_an_empty_graph_says_so(visit: Open) -> None:
    page = visit(make_graph([]))
    assert page.locator("#nothing").inner_text() == "There is nothing in this graph yet."


def test_the_address_holds_the_state(visit: Open) -> None:
    page = visit(make_graph(), "#node=benchmark:aime2024&focus=model:deepseekr1&depth=2&hide=task&view=list")
    assert heading(page) == "AIME 2024"
    assert page.locator("#list").is_visible()
    assert page.locator("#list [aria-current]").inner_text() == "AIME 2024"
    assert page.locator('#list [data-id="task:추론"]').count() == 0
    assert page.locator("#focus [aria-current] b").inner_text() == "DeepSeek-R1"
    page.reload()
    wait_until(page, "'ready' in document.body.dataset")
    assert heading(page) == "AIME 2024"


def test_back_undoes_a_selection(visit: Open) -> None:
    page = visit(make_graph(), "#node=benchmark:aime2024")
    page.locator('#panel [data-id="paper:2501.12948"]').first.click()
    wait_for_heading(page, "DeepSeek-R1: Reasoning by Reward")
    page.go_back()
    wait_for_heading(page, "AIME 2024")


def search_for(page: Page, text: str) -> None:
    """Type a text, letter by letter, and wait until what is called so is lit."""
    page.keyboard.press("/")
    page.keyboard.type(text, delay=20)
    wait_until(page, "text => readRoute().query === text", text)


@pytest.mark.parametrize("before", ["", "#node=benchmark:math500"])
def test_back_undoes_a_search_with_what_was_chosen_from_it(visit: Open, before: str) -> None:
    page = visit(make_graph(), before)
    address, lit = page.url, page.evaluate("shown.lit.size")
    search_for(page, "deepseek")
    page.keyboard.press("Enter")
    wait_for_heading(page, "DeepSeek-R1: Reasoning by Reward")
    page.go_back()
    wait_until(page, "address => location.href === address", address)
    assert page.evaluate("shown.lit.size") == lit
    assert page.locator("#search").input_value() == ""


def test_what_was_chosen_from_a_search_leaves_nothing_grey(visit: Open) -> None:
    page = visit(make_graph())
    search_for(page, "deepseek")
    page.keyboard.press("Enter")
    wait_until(page, "document.body.classList.contains('selected')")
    assert page.evaluate("document.activeElement.id") == "canvas"
    page.keyboard.press("Escape")
    wait_until(page, "readRoute().node === null")
    assert page.evaluate("shown.lit.size === shown.visible.size")


@pytest.mark.parametrize("keys", [("Escape", "Escape"), ("Tab", "Escape"), ("ControlOrMeta+a", "Delete")])
def test_a_search_given_up_is_no_step(visit: Open, keys: tuple[str, ...]) -> None:
    page = visit(make_graph(), "#node=benchmark:math500")
    address, lit = page.url, page.evaluate("shown.lit.size")
    page.locator('#panel [data-id="paper:2501.12948"]').first.click()
    wait_for_heading(page, "DeepSeek-R1: Reasoning by Reward")
    search_for(page, "kimi")
    for key in keys:
        page.keyboard.press(key)
    wait_until(page, "readRoute().node?.id === 'paper:2501.12948' && !readRoute().query")
    page.go_back()
    wait_until(page, "address => location.href === address", address)
    assert page.evaluate("shown.lit.size") == lit


def test_back_while_typing_empties_the_box(visit: Open) -> None:
    page = visit(make_graph())
    search_for(page, "deepseek")
    page.go_back()
    wait_until(page, "!readRoute().query")
    assert page.locator("#search").input_value() == ""
    assert page.locator("#found").is_hidden()


def test_an_address_made_up_does_no_harm(visit: Open) -> None:
    page = visit(
        make_graph(), "#node=<img src=x onerror=1>&focus=nobody&depth=99&hide=x,y&view=z&at=a,b,c&q=%3Cb%3E"
    )
    assert heading(page) == "Papers and what ties them"
    assert page.evaluate("shown.visible.size") == 4


def test_an_address_of_something_unknown_says_so_and_offers_the_like(visit: Open) -> None:
    page = visit(make_graph(), "#node=model:Deepseek%20R1")
    assert "“model:Deepseek R1” is not in this graph." in page.locator("#panel .warning").inner_text()
    assert page.locator("#status").inner_text() == "“model:Deepseek R1” is not in this graph."
    page.locator('#panel .warning [data-id="model:deepseekr1"]').click()
    wait_for_heading(page, "DeepSeek-R1")
    assert page.locator("#panel .warning").count() == 0
    page.go_back()
    wait_until(page, "document.querySelector('#panel .warning') !== null")


def test_a_page_of_a_part_says_that_it_is_one(visit: Open) -> None:
    page = visit(make_graph(), "#focus=nobody&path=no one")
    page.evaluate("graph.total += 1; show()")
    assert page.locator("#panel .warning p").all_inner_texts() == [
        f"“{name}” is not on this page, which holds a part of the graph." for name in ("nobody", "no", "one")
    ]


def test_a_view_moved_by_hand_is_remembered(visit: Open) -> None:
    page = visit(make_graph())
    page.mouse.move(400, 500)
    page.mouse.wheel(0, -300)
    wait_until(page, "location.hash.includes('at=')")
    scale = page.evaluate("engines.present.view().scale")
    page.reload()
    wait_until(page, "'ready' in document.body.dataset")
    assert page.evaluate("engines.present.view().scale") == pytest.approx(scale, rel=0.01)


def test_the_list_has_all_that_the_canvas_shows(visit: Open) -> None:
    page = visit(make_graph())
    page.get_by_role("button", name="List").click()
    page.wait_for_selector("#list button")
    listed = page.locator("#list button").evaluate_all(
        "buttons => buttons.map((button) => button.dataset.id).sort()"
    )
    assert listed == page.evaluate("[...shown.visible].map((node) => node.id).sort()")
    page.locator("#list button").first.press("Enter")
    wait_until(page, "document.body.classList.contains('selected')")


@pytest.mark.parametrize("node", ["paper:2501.99999", "", "list"])
def test_hostile_names_stay_text(visit: Open, node: str) -> None:
    graph = make_graph([*sample_observations(), hostile_observation()])
    page = visit(graph, "#view=list" if node == "list" else f"#node={node}")
    page.locator("#search").fill("window.hacked")
    page.locator("#search").fill("img")
    page.keyboard.press("Enter")
    wait_until(page, "document.body.classList.contains('selected')")
    for opener in page.locator("#panel .why, #panel summary").all():
        opener.click()
    for link in page.locator("#panel a").evaluate_all("links => links.map((link) => link.protocol)"):
        assert link in ("http:", "https:")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == len(SCRIPTS) + 1


def test_every_hostile_node_can_be_opened(visit: Open) -> None:
    graph = make_graph([hostile_observation()])
    page = visit(graph)
    for node in page.evaluate("nodes.map((node) => node.id)"):
        page.evaluate("id => go({ node: byId.get(id) })", node)
        wait_until(page, "id => readRoute().node?.id === id", node)
        page.mouse.move(*locate(page, node))
        page.wait_for_timeout(250)
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("width", [360, 768, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_of_the_window(visit: Open, width: int, scheme: str) -> None:
    page = visit(make_graph(), "#node=paper:2501.12948", width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("#canvas").bounding_box()
    assert box
    assert box["height"] > 250
    ink, ground = (
        page.evaluate(f"getComputedStyle(document.body).{name}") for name in ("color", "backgroundColor")
    )
    assert brightness(ink) < brightness(ground) if scheme == "light" else brightness(ink) > brightness(ground)


def brightness(colour: str) -> int:
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize("width", [390, 1280])
def test_the_names_of_authors_stay_on_one_line(visit: Open, width: int) -> None:
    page = visit(make_graph(), "#node=paper:2501.12948", width)
    heights = page.locator("#panel .people .node").evaluate_all(
        "names => names.map((name) => name.offsetHeight)"
    )
    assert len(heights) == 2
    assert max(heights) < 30


def test_types_differ_in_colour_and_in_shape(visit: Open) -> None:
    page = visit(make_graph())
    looks = page.evaluate(
        "Object.entries(KINDS).map(([kind, look]) => [colour(kind), look.shape + (look.hollow ?? '')])"
    )
    assert len({look[0] for look in looks}) == len(looks)
    assert len({look[1] for look in looks}) == len(looks)


# Filters, all of them in the address


def open_sheet(page: Page, button: str, sheet: str) -> None:
    page.locator(f"#{button}").click()
    page.wait_for_selector(f"#{sheet}", state="visible")


def visible_ids(page: Page) -> list[str]:
    ids: list[str] = page.evaluate("[...shown.visible].map((node) => node.id).sort()")
    return ids


def test_relations_are_filtered_and_counted(visit: Open) -> None:
    page = visit(make_graph(), "#focus=paper:2501.12948")
    open_sheet(page, "filter", "sieve")
    row = page.locator("#relations .row", has_text="Evaluates on")
    assert row.locator(".count").inner_text() == "3"
    row.locator("input").uncheck()
    wait_until(page, "location.hash.includes('off=kg:evaluatesOn')")
    assert "benchmark:aime2024" not in visible_ids(page)
    row.locator("input").check()
    wait_until(page, "shown.visible.has(byId.get('benchmark:aime2024'))")


def test_confidence_is_filtered_and_counted(visit: Open) -> None:
    page = visit(make_graph(), "#focus=model:deepseekr1&sure=75")
    assert "model:openaio1mini" not in visible_ids(page)
    open_sheet(page, "filter", "sieve")
    before = page.locator("#confidence output").inner_text()
    page.locator("#sure").fill("95")
    wait_until(page, "location.hash.includes('sure=95')")
    after = page.locator("#confidence output").inner_text()
    assert "at least 95%" in after
    assert int(re.findall(r"\d+", after)[1]) < int(re.findall(r"\d+", before)[1])


def test_a_period_keeps_its_papers(visit: Open) -> None:
    page = visit(make_graph(), "#from=2025-02-01")
    assert visible_ids(page) == []
    page.locator("#clear").click()
    wait_until(page, "shown.visible.size === 4")
    assert "from=" not in page.url


def test_the_slider_sets_the_period(visit: Open) -> None:
    days = [f"2025-0{month}-10" for month in range(1, 6)]
    entries = [
        make_entry(f"P{n}: T", "GRPO helps.", digest=f"{day}.md", arxiv=f"2501.0000{n}")
        for n, day in enumerate(days)
    ]
    observations = [
        Observation(entry=entry, findings=Findings(entities=(make_entity(entry, "GRPO", Kind.METHOD),)))
        for entry in entries
    ]
    page = visit(make_graph(observations))
    open_sheet(page, "filter", "sieve")
    page.locator("#period [data-end=from]").fill("3")
    wait_until(page, "location.hash.includes('from=2025-04')")
    assert visible_ids(page) == ["method:grpo", "paper:2501.00003", "paper:2501.00004"]
    assert page.locator("#period output").inner_text() == "2025-04 to 2025-05 · 2 papers"
    page.locator("#digest").select_option("2025-05-10.md")
    wait_until(page, "shown.visible.size === 2")
    page.reload()
    wait_until(page, "'ready' in document.body.dataset")
    assert visible_ids(page) == ["method:grpo", "paper:2501.00004"]


# Exploring


def test_a_trail_leads_back(visit: Open) -> None:
    page = visit(make_graph(), "#focus=model:deepseekr1&node=model:deepseekr1")
    double_click(page, "paper:2501.12948")
    assert page.locator("#focus .trail button").all_inner_texts() == ["Show everything", "DeepSeek-R1"]
    page.locator("#focus .trail button").last.click()
    wait_until(page, "readRoute().focus.id === 'model:deepseekr1'")
    assert "trail=" not in page.url


def test_a_node_expands_and_collapses(visit: Open) -> None:
    page = visit(make_graph(), "#node=benchmark:math500&focus=benchmark:math500")
    assert len(visible_ids(page)) == 3
    page.mouse.click(*locate(page, "paper:2501.12948"))
    wait_for_heading(page, "DeepSeek-R1: Reasoning by Reward")
    page.keyboard.press("e")
    wait_until(page, "shown.visible.size > 8")
    assert "author:" in " ".join(visible_ids(page))
    page.keyboard.press("c")
    wait_until(page, "shown.visible.size === 3")
    assert "shut=paper:2501.12948" in page.url


def test_a_path_joins_two_things(visit: Open) -> None:
    page = visit(make_graph(), "#node=model:openaio1mini")
    page.keyboard.press("p")
    page.wait_for_selector("#focus", state="visible")
    page.keyboard.press("/")
    page.keyboard.type("kimi")
    page.keyboard.press("Enter")
    wait_until(page, "readRoute().path.length === 2")
    wait_until(page, "document.querySelector('#panel .path') !== null")
    steps = page.locator("#panel .path .node").evaluate_all("nodes => nodes.map((node) => node.dataset.id)")
    assert steps[0] == "model:openaio1mini"
    assert steps[-1] in ("paper:2501.12599", "model:kimik1.5")
    assert "benchmark:math500" in steps
    assert visible_ids(page) == sorted(steps)
    page.locator("#panel .path summary").first.click()
    page.wait_for_selector("#panel .path blockquote")


def test_two_things_without_a_path_say_so(visit: Open) -> None:
    page = visit(make_graph(), "#path=model:openaio1mini paper:example.org-film-id-1-3c1bb981")
    assert "No path joins the two" in page.locator("#panel").inner_text()


def test_an_edge_says_what_it_means(visit: Open) -> None:
    page = visit(make_graph(), "#focus=model:deepseekr1")
    a, b = locate(page, "model:deepseekr1"), locate(page, "model:openaio1mini")
    page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2)
    page.wait_for_selector("#tip", state="visible")
    assert page.locator("#tip div").all_inner_texts() == ["DeepSeek-R1", "Outperforms", "OpenAI-o1-mini"]


# What a kind of thing shows of itself


def test_a_benchmark_ranks_its_results_and_plots_them(visit: Open) -> None:
    entries = [
        make_entry(
            f"P{n}: T",
            f"M{n} scores {70 + n}% on MATH-500.",
            digest=f"2025-0{n}-10.md",
            arxiv=f"2501.0000{n}",
        )
        for n in range(1, 5)
    ]
    observations = []
    for n, entry in enumerate(entries, start=1):
        entities = (make_entity(entry, f"M{n}", Kind.MODEL), make_entity(entry, "MATH-500", Kind.BENCHMARK))
        result = make_result(entry, entry.text, f"{70 + n}%", system=0, benchmark=1)
        observations.append(Observation(entry=entry, findings=Findings(entities=entities, results=(result,))))
    page = visit(make_graph(observations), "#focus=benchmark:math500&node=benchmark:math500")
    assert page.locator("#panel tbody .value b").all_inner_texts() == ["74%", "73%", "72%", "71%"]
    assert page.locator("#panel tbody .rank").all_inner_texts() == ["1", "2", "3", "4"]
    marks = page.locator("#panel .plot .mark")
    assert marks.count() == 4
    heights = [
        float(y or 0) for y in marks.evaluate_all("marks => marks.map((mark) => mark.getAttribute('cy'))")
    ]
    assert heights == sorted(heights, reverse=True)
    marks.first.press("Enter")
    wait_for_heading(page, "M1")


def test_an_author_shows_co_authors_and_a_paper_its_card(visit: Open) -> None:
    page = visit(make_graph(), "#node=paper:2501.12948")
    assert page.locator("#panel .people .node").all_inner_texts() == ["Ada Example", "DeepSeek-AI"]
    assert "42 upvotes" in page.locator("#panel .tags").inner_text()
    entry = make_entry(
        "P: T", "Nothing.", arxiv="2501.00001", authors=(Credit(name="Ada Example"), Credit(name="Bo Other"))
    )
    page = visit(make_graph([Observation(entry=entry, findings=Findings())]))
    author = page.evaluate("nodes.find((node) => node.name === 'Ada Example').id")
    page.evaluate("id => go({ node: byId.get(id) })", author)
    wait_for_heading(page, "Ada Example")
    assert page.locator("#panel section", has_text="Co-authors").locator(".node").all_inner_texts() == [
        "Bo Other"
    ]


# Taking away


def take(page: Page, key: str) -> bytes:
    if page.locator("#take").is_hidden():
        open_sheet(page, "save", "take")
    with page.expect_download() as download:
        page.locator(f'[data-take="{key}"]').click()
    return Path(download.value.path()).read_bytes()


def test_pictures_are_as_large_as_asked(visit: Open) -> None:
    page = visit(make_graph())
    open_sheet(page, "save", "take")
    page.locator("#scale").select_option("4")
    png = take(page, "take.png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20]) == 4 * page.evaluate("stage.clientWidth")
    svg = ElementTree.fromstring(take(page, "take.svg"))
    names = {text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")}
    assert {"MATH 500", "Kimi k1.5"} <= names or {"MATH-500", "Kimi k1.5"} <= names


def test_tables_hold_what_is_shown(visit: Open) -> None:
    graph = make_graph([*sample_observations(), hostile_observation()])
    page = visit(graph, "#focus=model:deepseekr1")
    rows = list(csv.DictReader(io.StringIO(take(page, "take.csv").decode("utf-8-sig"))))
    assert {(row["source"], row["relation"], row["target"]) for row in rows} >= {
        ("DeepSeek-R1", "kg:outperforms", "OpenAI-o1-mini")
    }
    linked = json.loads(take(page, "take.jsonld"))
    described = rdflib.Graph().parse(data=json.dumps(linked), format="json-ld")
    outperforms = rdflib.URIRef(f"{BASE}ontology#outperforms")
    said = (rdflib.URIRef(f"{BASE}model/deepseekr1"), outperforms, rdflib.URIRef(f"{BASE}model/openaio1mini"))
    assert said in described
    page = visit(graph, "#draw=all")
    cells = [c for row in csv.reader(io.StringIO(take(page, "take.csv").decode("utf-8-sig"))) for c in row]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    "hash_", ["", "#focus=model:deepseekr1&depth=2", "#focus=model:deepseekr1&sure=85", "#draw=all"]
)
def test_the_query_gives_what_is_shown(visit: Open, hash_: str) -> None:
    graph = make_graph()
    page = visit(graph, hash_)
    open_sheet(page, "save", "take")
    page.locator('[data-take="take.sparql"]').click()
    wait_until(page, "find('copied').value !== ''")
    query = page.locator("#copied").input_value()
    rows = csv.reader(io.StringIO(write_answer(graph.query(query), "csv")))
    answered = set(map(tuple, rows)) - {("source", "relation", "target")}
    drawn = page.evaluate(
        "shown.edges.map(({ source, relation, target }) => [source.id, relation, target.id].map(expand))"
    )
    assert answered == {tuple(edge) for edge in drawn}
    assert answered


def test_a_paper_is_cited(visit: Open) -> None:
    page = visit(make_graph(), "#node=paper:2501.12948&view=list")
    open_sheet(page, "save", "take")
    page.locator('[data-take="take.cite"]').click()
    wait_until(page, "find('copied').value !== ''")
    cited = page.locator("#copied").input_value()
    assert "eprint = {2501.12948}" in cited
    assert "author = {Ada Example and DeepSeek-AI}" in cited


# For everyone


def test_the_page_speaks_korean_when_asked(visit: Open) -> None:
    page = visit(make_graph(), "#node=benchmark:aime2024")
    page.locator("#language").click()
    wait_until(page, "document.documentElement.lang === 'ko'")
    assert page.locator("#filter").inner_text() == "필터"
    assert page.locator("#panel .type").inner_text().strip() == "벤치마크"
    assert "lang=ko" in page.url
    page.reload()
    wait_until(page, "'ready' in document.body.dataset")
    assert page.locator("#save").inner_text() == "저장"
    left = page.evaluate("document.body.innerText")
    assert not re.search(r"\b(?:Filter|Save|Fit|Expand|Benchmark|Sentence)\b", left)


def test_the_scheme_can_be_switched(visit: Open) -> None:
    page = visit(make_graph())
    ground = "getComputedStyle(document.body).backgroundColor"
    light, blue = page.evaluate(ground), page.evaluate("colour('paper')")
    page.locator("#scheme").click()
    wait_until(page, "location.hash.includes('scheme=dark')")
    assert brightness(page.evaluate(ground)) < brightness(light)
    assert page.evaluate("colour('paper')") != blue


def test_everything_is_reached_by_keys(visit: Open) -> None:
    page = visit(make_graph())
    for key, sheet in (("f", "sieve"), ("s", "take"), ("?", "help")):
        page.keyboard.press(key)
        page.wait_for_selector(f"#{sheet}", state="visible")
        assert page.evaluate("id => find(id).contains(document.activeElement)", sheet)
        page.keyboard.press("Escape")
        page.wait_for_selector(f"#{sheet}", state="hidden")
    page.keyboard.press("l")
    page.wait_for_selector("#list button")
    page.keyboard.press("l")
    page.wait_for_selector("#list", state="hidden")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
        focused = "document.activeElement"
        ring = page.evaluate(f"{focused} === document.body || getComputedStyle({focused}).outlineStyle")
        assert ring != "none", page.evaluate(f"{focused}.outerHTML.slice(0, 99)")
    assert {
        "search",
        "filter",
        "as-list",
        "fit",
        "save",
        "language",
        "scheme",
        "keys-help",
        "canvas",
        "panel",
    } <= reached


@pytest.mark.parametrize(
    ("pressed", "then"),
    [('#legend [data-kind="paper"]', '#legend [data-kind="paper"]'),
     ('#panel [data-act="act.expand"]', '#panel [data-act="act.expand"]'),
     ("#focus .depths button:nth-child(2)", "#focus .depths button:nth-child(2)"),
     ("#focus .trail button", "#canvas"),
     ('#panel [data-id="benchmark:math500"]', "#panel"),
     ("#panel .close", "#panel")],
)  # fmt: skip
def test_what_is_pressed_keeps_the_focus_or_hands_it_on(visit: Open, pressed: str, then: str) -> None:
    page = visit(make_graph(), "#node=paper:2501.12948&focus=paper:2501.12948")
    address = page.url
    page.locator(pressed).first.press("Enter")
    wait_until(page, "address => location.href !== address", address)
    assert page.evaluate("query => document.activeElement === document.querySelector(query)", then)


def test_the_list_keeps_its_place(visit: Open) -> None:
    page = visit(make_graph(), "#view=list")
    page.locator("#list button").nth(2).press("Enter")
    wait_until(page, "document.body.classList.contains('selected')")
    assert page.evaluate("document.activeElement.dataset.id === readRoute().node.id")


def test_fingers_select_move_and_pinch(browser: Browser, tmp_path: Path) -> None:
    path = write(make_graph(), tmp_path / "graph.html")
    context = browser.new_context(viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(path.as_uri())
    wait_until(page, "'ready' in document.body.dataset")
    page.touchscreen.tap(*locate(page, "benchmark:math500"))
    wait_until(page, "readRoute().node?.id === 'benchmark:math500'")
    context.close()


def test_leaderboards_fit_into_the_window_of_a_phone(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 780})
    page = context.new_page()
    page.set_content("".join(render_boards(rank_all(make_gold_graph()))))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    tables = (
        "[...document.querySelectorAll('.wide')].filter((one) => one.scrollWidth > one.clientWidth).length"
    )
    assert page.evaluate(tables) > 0
    page.set_viewport_size({"width": 1280, "height": 780})
    assert page.evaluate(tables) == 0
    context.close()


SIZES = [(1440, 900), (390, 780)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "state",
    ["", "node=benchmark:aime2024", "focus=paper:2501.12948&node=paper:2501.12948&scheme=dark", "view=list",
     "lang=ko&path=model:openaio1mini paper:2501.12599", "keys=fs?", "hide=paper,benchmark",
     "node=model:deepseek", "node=model:deepseek&scheme=dark", "q=deepseek"],
)  # fmt: skip
def test_axe_finds_nothing_serious(visit: Open, state: str, size: tuple[int, int]) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    script = files(axe) / "axe.min.js"
    page = visit(make_graph(), f"#{state}", size[0])
    for key in state.removeprefix("keys=") if state.startswith("keys=") else "":
        page.keyboard.press(key)
    page.context.new_cdp_session(page).send(
        "Runtime.evaluate",
        {"expression": script.read_text(encoding="utf8"), "allowUnsafeEvalBlockedByCSP": True},
    )
    found = page.evaluate("axe.run().then((found) => found.violations)")
    serious = [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]])
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []


# Large graphs, drawn by the plain canvas


@pytest.fixture
def plain(visit: Open) -> Page:
    """The sample drawn by the canvas of our own, as if it were too large for vis-network."""
    page: Page = visit(make_graph())
    page.evaluate("words.drawnByVis = 0; show()")
    assert page.locator("#canvas canvas.plain").is_visible()
    assert page.locator("#canvas .vis").is_hidden()
    return page


def test_the_plain_canvas_selects_focuses_and_names_edges(plain: Page) -> None:
    plain.mouse.click(*locate(plain, "paper:2501.12948"))
    wait_for_heading(plain, "DeepSeek-R1: Reasoning by Reward")
    double_click(plain, "model:deepseekr1")
    plain.wait_for_timeout(300)
    a, b = locate(plain, "model:deepseekr1"), locate(plain, "model:openaio1mini")
    plain.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2)
    wait_until(plain, "find('tip').textContent.includes('Outperforms')")


def test_the_plain_canvas_is_dragged_and_zoomed_about_the_pointer(plain: Page) -> None:
    before = locate(plain, "benchmark:math500")
    plain.mouse.move(before.x + 60, before.y + 45)
    plain.mouse.down()
    plain.mouse.move(before.x + 160, before.y + 85, steps=4)
    plain.mouse.up()
    after = locate(plain, "benchmark:math500")
    assert (after.x - before.x, after.y - before.y) == pytest.approx((100, 40), abs=1)
    plain.mouse.move(after.x, after.y)
    plain.mouse.wheel(0, -240)
    wait_until(plain, "location.hash.includes('at=')")
    zoomed = locate(plain, "benchmark:math500")
    assert (zoomed.x, zoomed.y) == pytest.approx((after.x, after.y), abs=2)


def test_both_ways_of_drawing_show_the_same_places(plain: Page) -> None:
    places = [locate(plain, node) for node in visible_ids(plain)]
    plain.evaluate("words.drawnByVis = 2000; show(); fit()")
    assert plain.locator("#canvas .vis").is_visible()
    for mine, other in zip(places, [locate(plain, node) for node in visible_ids(plain)], strict=True):
        assert (mine.x, mine.y) == pytest.approx((other.x, other.y), abs=2)


def test_names_thin_out_with_the_zoom(visit: Open) -> None:
    page = visit(make_graph(), "#draw=all")
    count = "layLabels({ ...engines.present.view(), scale: %s }).length"
    assert page.evaluate(count % 0.05) < page.evaluate(count % 1.2)


@pytest.fixture
def scattered(visit: Open) -> Page:
    """A page of 420 papers, the last of which shares nothing with the others and is not drawn."""

    def observe(number: int) -> Observation:
        name = "Lone" if number == 419 else "GRPO"
        entry = make_entry(f"P{number}: T", f"{name} helps.", ordinal=number, arxiv=f"2501.{number:05d}")
        return Observation(entry=entry, findings=Findings(entities=(make_entity(entry, name, Kind.METHOD),)))

    page: Page = visit(make_graph([observe(number) for number in range(420)]))
    return page


def test_what_is_searched_and_was_not_drawn_is_shown_with_all_it_touches(scattered: Page) -> None:
    page = scattered
    assert not page.evaluate("[...shown.visible].some((node) => node.name === 'Lone')")
    page.keyboard.press("/")
    page.keyboard.type("Lone")
    page.keyboard.press("Enter")
    wait_until(page, "readRoute().node?.name === 'Lone'")
    places = "[readRoute().node, ...neighboursOf(readRoute().node)].map(onScreen)"
    inside = "({ x, y }) => x > 40 && y > 40 && x < stage.clientWidth - 40 && y < stage.clientHeight - 40"
    wait_until(page, f"{places}.length === 2 && {places}.every({inside})")
    assert page.locator("#tip").is_hidden()


def view_of(page: Page) -> tuple[float, ...]:
    return tuple(page.evaluate("(({ x, y, scale }) => [x, y, scale])(engines.present.view())"))


@pytest.mark.parametrize("way", ["back", "close"])
@pytest.mark.parametrize("moved", [False, True])
def test_the_view_returns_from_what_was_far_off(scattered: Page, way: str, moved: bool) -> None:
    page = scattered
    if moved:
        page.mouse.move(400, 500)
        page.mouse.wheel(0, -300)
        wait_until(page, "location.hash.includes('at=')")
    before = view_of(page)
    search_for(page, "Lone")
    page.keyboard.press("Enter")
    wait_until(page, "readRoute().node?.name === 'Lone'")
    assert view_of(page) != pytest.approx(before, rel=0.02)
    if way == "back":
        page.go_back()
    else:
        page.keyboard.press("Escape")
    wait_until(page, "readRoute().node === null")
    assert page.evaluate("[...shown.visible].some(isSeen)")
    if way == "back" or not moved:
        assert view_of(page) == pytest.approx(before, rel=0.02, abs=1)


def test_closing_what_was_chosen_leaves_a_view_moved_by_hand(visit: Open) -> None:
    page = visit(make_graph())
    page.mouse.move(400, 500)
    page.mouse.wheel(0, -300)
    wait_until(page, "location.hash.includes('at=')")
    before = view_of(page)
    page.mouse.click(*locate(page, "benchmark:math500"))
    wait_until(page, "readRoute().node !== null")
    page.keyboard.press("Escape")
    wait_until(page, "readRoute().node === null")
    assert view_of(page) == before


def test_a_vast_graph_is_drawn_on_demand(visit: Open) -> None:
    entries = [
        make_entry(
            f"P{n}: T", "GRPO helps.", ordinal=n, arxiv=f"2501.{n:05d}",
            authors=tuple(Credit(name=f"Author {chr(97 + a)}{n}") for a in range(4)),
        )
        for n in range(420)
    ]  # fmt: skip
    observations = [
        Observation(entry=entry, findings=Findings(entities=(make_entity(entry, "GRPO", Kind.METHOD),)))
        for entry in entries
    ]
    page = visit(make_graph(observations))
    assert page.locator("#canvas .vis").is_visible()
    page.locator("#draw").click()
    wait_until(page, "shown.visible.size > 2000")
    assert page.locator("#canvas canvas.plain").is_visible()
    page.evaluate(
        "window.frames = new Map(); for (const name of ['paintDots', 'paintEdges']) {"
        " const real = window[name]; window[name] = (...given) => {"
        " const now = document.timeline.currentTime;"
        " frames.set(now, (frames.get(now) ?? new Set()).add(name)); real(...given) } } null"
    )
    drawn = "[...frames.values()].map((parts) => [...parts].join('+'))"
    page.mouse.move(400, 400)
    page.mouse.down()
    page.mouse.move(460, 430, steps=3)
    wait_until(page, f"{drawn}.includes('paintDots')")
    page.mouse.up()
    wait_until(page, f"{drawn}.at(-1) === 'paintEdges'")
    assert set(page.evaluate(drawn)) == {"paintDots", "paintEdges"}
    page.locator("#draw").click()
    wait_until(page, "shown.visible.size < 300")
    assert page.locator("#canvas .vis").is_visible()
