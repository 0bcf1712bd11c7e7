from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from kg.view.page import SCRIPTS
from kg.writers import write
from tests.factories import hostile_observation, make_graph, sample_observations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


Open = "Callable[..., Page]"


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
    """Wait until an expression holds; Playwright's own way is an eval, which the page's policy forbids."""
    for _ in range(100):
        if page.evaluate(expression, argument):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {expression}")


def heading(page: Page) -> str:
    return page.locator("#panel h2").inner_text()


def wait_for_heading(page: Page, text: str) -> None:
    wait_until(page, "text => document.querySelector('#panel h2').textContent === text", text)


def locate(page: Page, node: str) -> dict[str, float]:
    """Return where a node is on the screen."""
    found: dict[str, float] = page.evaluate(
        """id => {
          const at = onScreen(byId.get(id));
          const frame = document.getElementById("canvas").getBoundingClientRect();
          return { x: at.x + frame.x, y: at.y + frame.y };
        }""",
        node,
    )
    return found


def test_the_overview_opens_without_a_request(visit: Open) -> None:
    page = visit(make_graph())
    assert heading(page) == "Papers and what ties them"
    assert page.locator("#canvas canvas").count() == 1
    assert page.locator("#legend button").all_inner_texts() == ["Papers\n3", "Benchmarks\n1"]


def test_a_click_lights_the_neighbours_and_fills_the_panel(visit: Open) -> None:
    page = visit(make_graph())
    page.mouse.click(**locate(page, "paper:2501.12948"))
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
        page.wait_for_timeout(30)
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
    page.mouse.dblclick(**locate(page, "benchmark:math500"))
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


def test_an_address_made_up_does_no_harm(visit: Open) -> None:
    page = visit(
        make_graph(), "#node=<img src=x onerror=1>&focus=nobody&depth=99&hide=x,y&view=z&at=a,b,c&q=%3Cb%3E"
    )
    assert heading(page) == "Papers and what ties them"
    assert page.evaluate("shown.visible.size") == 4


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
        page.mouse.move(*locate(page, node).values())
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


def test_types_differ_in_colour_and_in_shape(visit: Open) -> None:
    page = visit(make_graph())
    looks = page.evaluate(
        "Object.entries(KINDS).map(([kind, look]) => [colour(kind), look.shape + (look.hollow ?? '')])"
    )
    assert len({look[0] for look in looks}) == len(looks)
    assert len({look[1] for look in looks}) == len(looks)
