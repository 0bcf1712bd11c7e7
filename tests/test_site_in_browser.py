"""The site in Chromium, served by ``kg serve``."""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

import kg
from tests.serving import serving

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = sync_api.expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    Open = Callable[..., Page]

SEEDS = Path(__file__).parent.parent / "seeds"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
PATIENCE = 30_000
"""Milliseconds that a busy machine gets for whatever a page is waited for."""

PAGES = (
    "/", "/ask?q=best on MATH-500", "/ask?q=which papers use reinforcement learning?", "/ask",
    "/ask?q=best on MATHH-500", "/ask?q=green ideas", "/benchmark/math500", "/model/gpt4o",
    "/paper/2501.12948", "/method/reinforcementlearning?relation=kg:usesMethod^", "/leaderboards",
    "/leaderboards/math500", "/leaderboards/osworld", "/query?query=SELECT ?s { ?s a kg:Model }",
    "/query?query=SELECT", "/model", "/paper", "/ontology", "/digest/2025-01-23.md", "/model/no-such",
    "/metric/accuracy",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the example digests on a free port."""
    store = tmp_path_factory.mktemp("site") / "store"
    kg.build([SEEDS], store=store).close()
    with serving(store) as server:
        yield server.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    expect.set_options(timeout=PATIENCE)
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page; afterwards, nothing may have been asked of another host and no script have failed."""
    asked: list[str] = []
    failed: list[str] = []
    contexts = []

    def open_page(path: str = "/", width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 800}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: failed.append(message.text))
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("dialog", lambda dialog: failed.append(dialog.message))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # Chromium tells of every reply with an error status; those the pages are made for.
    assert [told for told in failed if not re.search(r"status of 4\d\d", told)] == []
    assert [url for url in asked if not url.startswith((address, "blob:"))] == []


def path_of(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


# Search


def test_the_keyboard_alone_finds_a_name(visit: Open) -> None:
    page = visit("/model/gpt4o")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("math-5")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("MATH-500")
    expect(first).to_contain_text("Benchmark")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "found-0")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("MATH-500")
    assert path_of(page) == "/benchmark/math500"


def test_escape_closes_the_names_and_up_goes_to_the_question(visit: Open) -> None:
    page = visit()
    page.locator("#search").press_sequentially("강화")
    expect(page.get_by_role("option").first).to_contain_text("reinforcement learning")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.type(" ")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    expect(page.locator("#status")).not_to_be_empty()


def test_a_question_is_answered_with_its_sentences(visit: Open) -> None:
    page = visit()
    page.keyboard.press("/")
    page.keyboard.type("best on MATH-500")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("best on MATH-500")
    expect(page.locator(".understood")).to_contain_text("results on MATH-500, best first")
    row = page.locator("table.answer tbody").first
    expect(row).to_contain_text("DeepSeek-R1")
    expect(row.locator("mark")).to_contain_text("97.3%")
    row.get_by_role("link", name="DeepSeek-R1", exact=True).click()
    expect(page.locator("h1")).to_have_text("DeepSeek-R1")


def test_a_name_is_clicked(visit: Open) -> None:
    page = visit()
    page.locator("#search").press_sequentially("gpt-4o")
    page.get_by_role("option").first.click()
    expect(page.locator("h1")).to_have_text("GPT-4o")


def test_answers_are_downloaded(visit: Open) -> None:
    page = visit("/ask?q=best on MATH-500")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "DeepSeek-R1" in Path(download.value.path()).read_text("utf8")


# Things and leaderboards


def test_results_are_sorted_and_evidence_opens_by_keyboard(visit: Open) -> None:
    page = visit("/benchmark/math500")
    value = page.locator("#results tbody td.c-value b").first
    expect(value).to_have_text("97.3%")
    page.locator("#results th.c-value a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#results th.c-value")).to_have_attribute("aria-sort", "ascending")
    expect(value).to_have_text("6.7%")
    quote = page.locator("#results blockquote").first
    expect(quote).to_be_hidden()
    page.locator("#results summary").first.focus()
    page.keyboard.press("Enter")
    expect(quote).to_be_visible()
    expect(quote.locator("mark")).to_contain_text("6.7%")


def test_a_leaderboard_leads_to_its_systems(visit: Open) -> None:
    page = visit("/leaderboards")
    page.get_by_role("link", name="MATH-500", exact=True).click()
    expect(page.locator("h1")).to_have_text("Leaderboard of MATH-500")
    page.locator(".ranked").first.get_by_role("link", name="DeepSeek-R1", exact=True).click()
    expect(page.locator("h1")).to_have_text("DeepSeek-R1")


def test_the_graph_around_a_thing_opens(visit: Open) -> None:
    page = visit("/benchmark/math500")
    page.get_by_role("link", name="Graph", exact=True).click()
    expect(page.locator("body[data-ready]")).to_be_attached()
    expect(page.locator("#panel h2")).to_contain_text("MATH-500")
    ranked = page.locator("#panel").get_by_role("table", name="Pass@1")
    expect(ranked).to_contain_text("DeepSeek-R1")
    expect(ranked).to_contain_text("97.3%")
    page.get_by_role("link", name="paperkg").click()
    expect(page.locator("h1")).to_have_text("What do the papers say?")


# The query editor


def test_a_query_is_run_and_its_answer_downloaded(visit: Open) -> None:
    page = visit("/query")
    area = page.locator("#query")
    area.fill("SELECT ?name { model:gpt4o skos:prefLabel ?name }")
    area.press("Control+Enter")
    expect(page.locator("#outcome-table td")).to_have_text("GPT-4o")
    expect(page.locator("#outcome-title")).to_contain_text("1 row in")
    with page.expect_download() as download:
        page.locator("#downloads").get_by_role("link", name="CSV").click()
    assert Path(download.value.path()).read_text("utf8").split() == ["name", "GPT-4o"]


def test_a_graph_is_shown_as_turtle(visit: Open) -> None:
    page = visit("/query")
    page.locator("#query").fill("DESCRIBE model:gpt4o")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#outcome-table pre")).to_contain_text("kg:Model")
    expect(page.locator("#downloads").get_by_role("link", name="Turtle")).to_be_visible()
    expect(page.locator("#downloads").get_by_role("link", name="CSV")).to_be_hidden()


def test_a_mistake_is_marked_at_its_place(visit: Open) -> None:
    page = visit("/query")
    area = page.locator("#query")
    area.fill("SELECT ?s\n{ ?s a kg:Model\n?o }")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "Line 3, column 1: the query cannot be read from here on"
    )
    expect(page.locator("#numbers b")).to_have_text("3")
    expect(area).to_be_focused()
    assert area.evaluate("area => area.selectionStart") == len("SELECT ?s\n{ ?s a kg:Model\n")
    area.fill("ASK {}")
    area.press("Control+Enter")
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.locator("#outcome-title")).to_have_text("Yes")


def test_terms_and_prefixes_are_completed(visit: Open) -> None:
    page = visit("/query")
    area = page.locator("#query")
    area.fill("")
    area.press_sequentially("SELECT ?paper { ?paper kg:introd")
    expect(page.locator("#completions li").first).to_contain_text("kg:introduces")
    area.press("Enter")
    expect(area).to_have_value("SELECT ?paper { ?paper kg:introduces")
    area.press_sequentially(" benchm")
    expect(page.locator("#completions li").first).to_contain_text("benchmark:")
    area.press("Escape")
    expect(page.locator("#completions")).to_be_hidden()
    area.press("Control+ ")
    expect(page.locator("#completions")).to_be_visible()


def test_an_example_is_chosen(visit: Open) -> None:
    page = visit("/query")
    page.locator("#example").select_option(index=2)
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#outcome-table tbody tr").first).to_be_visible()


# Everywhere


def test_the_site_works_without_scripts(visit: Open) -> None:
    page = visit(java_script_enabled=False)
    page.locator("#search").fill("who wrote DeepSeek-R1?")
    page.locator("#search").press("Enter")
    expect(page.locator("h1")).to_have_text("who wrote DeepSeek-R1?")
    page.goto("/query")
    page.locator("#query").fill("SELECT ?name { model:gpt4o skos:prefLabel ?name }")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#outcome-table td")).to_have_text("GPT-4o")


def test_the_language_stays_from_page_to_page(visit: Open) -> None:
    page = visit()
    page.get_by_role("link", name="한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    page.locator("nav").first.get_by_role("link", name="리더보드").click()
    expect(page.locator("h1")).to_contain_text("리더보드")
    page.locator("#search").fill("강화 학습")
    page.locator("#search").press("Enter")
    expect(page.locator("h1")).to_have_text("강화 학습")
    expect(page.locator("html")).to_have_attribute("lang", "ko")


def test_a_reader_of_korean_is_met_in_korean(visit: Open) -> None:
    expect(visit(locale="ko-KR").locator("h1")).to_have_text("논문은 뭐라고 말하나요?")


def test_dark_follows_the_system_until_it_is_switched(visit: Open) -> None:
    page = visit(color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(20, 23, 27)"
    page.locator("#scheme").click()
    assert page.evaluate(background) == "rgb(251, 250, 247)"
    page.goto("/leaderboards")
    assert page.evaluate(background) == "rgb(251, 250, 247)"


def test_a_refusal_is_told_as_a_page(visit: Open) -> None:
    page = visit("/sparql?update=CLEAR ALL")
    expect(page.locator("h1")).to_have_text("That is not allowed here")
    expect(page.locator("main")).to_contain_text("the graph is only read here")
    page.get_by_role("link", name="To the start page").click()
    expect(page.locator("h1")).to_have_text("What do the papers say?")


def test_a_skip_link_leads_to_the_content(visit: Open) -> None:
    page = visit("/model/gpt4o")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_nothing_sticks_out_on_a_phone(visit: Open) -> None:
    page = visit(width=360)
    wide = {}
    for path in (*PAGES, "/?lang=ko", "/leaderboards/math500?lang=ko"):
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[path] = width
    assert wide == {}


@pytest.mark.parametrize(("width", "scheme", "pages"), [(1280, "light", PAGES), (390, "dark", PAGES[::3])])
def test_axe_finds_nothing_serious(visit: Open, width: int, scheme: str, pages: tuple[str, ...]) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    script = (files(axe) / "axe.min.js").read_text(encoding="utf8")
    page = visit(width=width, color_scheme=scheme)
    session = page.context.new_cdp_session(page)
    judge = "axe.run({ resultTypes: ['violations'] }).then((found) => found.violations)"
    serious = []
    for path in pages:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        session.send("Runtime.evaluate", {"expression": script, "allowUnsafeEvalBlockedByCSP": True})
        serious += [
            (path, found["id"], [node["html"][:120] for node in found["nodes"]][:3])
            for found in page.evaluate(judge)
            if found["impact"] in ("serious", "critical")
        ]
    assert serious == []
