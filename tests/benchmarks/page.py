"""How fast our page opens and moves, beside plain pyvis and cytoscape.js on the same graph.

Run from the repository root, with stores to look at and a folder that ``npm install cytoscape`` has filled::

    python -m tests.benchmarks.page .kg --npm node_modules

Each page is opened several times in headless Chromium; the medians are printed, and theirs over ours. Drawn
is the time from the start of the navigation until the first frame that shows the nodes; panning is the rate
of frames while the view is dragged to and fro for two seconds; rest is how long after it everything is drawn
again (0 where no frame took longer than 50 ms).
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.network import KINDS
from kg.store import Store
from kg.view import Snapshot, select_overview
from kg.view.content import Content, describe_selection
from kg.view.page import assemble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

RUNS = 5
NOTE = "requestAnimationFrame(() => { window.drawnAt = performance.now() })"
LARGE = (50_000, 150_000)
DRAG = """async () => {
  const stage = document.elementFromPoint(500, 450);
  const mouse = { clientY: 450, bubbles: true, pointerId: 1, pointerType: "mouse", buttons: 1 };
  const at = (x) => ({ ...mouse, clientX: x });
  const send = (name, x) => {
    stage.dispatchEvent(new PointerEvent(`pointer${name}`, at(x)));
    stage.dispatchEvent(new MouseEvent(`mouse${name}`, at(x)));
  };
  stage.setPointerCapture = () => {};
  const frame = () => new Promise(requestAnimationFrame);
  send("down", 500);
  const started = performance.now();
  let frames = 0;
  while (performance.now() - started < 2000) {
    send("move", 500 + 200 * Math.sin(frames / 8));
    await frame();
    frames += 1;
  }
  const rate = (1000 * frames) / (performance.now() - started);
  send("up", 500);
  return rate;
}"""
SETTLE = """async () => {
  const started = performance.now();
  let [last, busy] = [started, started];
  while (last - busy < 600) {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    if (now - last > 50) busy = now;
    last = now;
  }
  return busy - started;
}"""


class Graph(NamedTuple):
    """What all three draw: names with places, and pairs of them."""

    nodes: list[tuple[str, int, int]]
    edges: list[tuple[int, int]]


class Figures(NamedTuple):
    """Milliseconds until drawn, frames a second while panning, milliseconds until at rest, megabytes."""

    drawn: float
    panning: float
    rest: float
    size: float


def main() -> None:
    """Measure the graphs asked for and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("stores", type=Path, nargs="*", help="stores to measure before the made-up graph")
    parser.add_argument("--npm", type=Path, help="a node_modules folder with cytoscape in it")
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        print(
            f"{'graph':34} {'page':12} {'drawn ms':>9} {'pan fps':>8} {'rest ms':>8} {'MB':>6}  theirs / ours"
        )
        for title, content, hash_ in list_pages(given.stores):
            compare(browser, Path(folder), title, content, hash_, given.npm, given.runs)
        browser.close()


def list_pages(stores: list[Path]) -> Iterator[tuple[str, Content, str]]:
    """Yield each graph to measure: its title, what the page holds, and the state to open it in."""
    for store in stores:
        opened = Store(store)
        facts = Snapshot(opened.graph)
        content = describe_selection(facts, select_overview(facts))
        opened.close()
        papers = len(content.graph["papers"]["arxiv"])
        yield f"{papers:,} papers, {len(facts.nodes):,} nodes", content, ""
    yield "{:,} nodes, {:,} edges".format(*LARGE), make_large(*LARGE), "#draw=all"


def make_large(count: int, links: int) -> Content:
    """Make a graph of so many papers and relations, in clusters, with places."""
    dice = random.Random(20250123)
    homes = [(dice.gauss(0, 4000), dice.gauss(0, 4000)) for _ in range(200)]
    places = [homes[n % 200] for n in range(count)]
    pairs = sorted((a, (a + 200 * dice.randint(1, 40)) % count) for a in dice.choices(range(count), k=links))
    nothing: dict[str, Any] = {}
    graph = {
        "total": count, "around": [], "kinds": KINDS, "prefixes": {"paper": "https://w3id.org/paperkg/paper/"},
        "nodes": {
            "id": [f"paper:{n}" for n in range(count)], "kind": [0] * count,
            "name": [f"Paper {n}" for n in range(count)],
            "x": [round(x + dice.gauss(0, 700)) for x, _ in places],
            "y": [round(y + dice.gauss(0, 700)) for _, y in places],
            "language": nothing, "also": nothing, "direction": nothing,
        },
        "papers": {"arxiv": [""] * count, "links": [[]] * count, "tags": [[]] * count},
        "overview": {"node": [0], "x": [0], "y": [0]},
        "edges": {
            "relations": ["kg:mentions"], "source": [a for a, _ in pairs], "target": [b for _, b in pairs],
            "relation": [0] * links, "sure": [100] * links,
        },
        "results": nothing,
        "entries": {name: [] for name in ("digests", "digest", "line", "date", "language", "paper", "votes")},
    }  # fmt: skip
    return Content(graph, {"texts": [], "edges": [], "results": []})


def compare(
    browser: Browser, folder: Path, title: str, content: Content, hash_: str, npm: Path | None, runs: int
) -> None:
    """Measure our page and theirs of what it draws, and print a row for each."""
    ours, drawn = measure_ours(browser, folder, content, hash_, runs)
    show(title, "paperkg", ours, None)
    writers: dict[str, Callable[[Graph], str]] = {"pyvis": write_pyvis}
    if npm:
        library = (npm / "cytoscape" / "dist" / "cytoscape.min.js").read_text(encoding="utf8")
        writers["cytoscape.js"] = lambda graph: write_cytoscape(graph, library)
    for name, write in writers.items():
        path = folder / f"{name}.html"
        path.write_text(write(drawn), encoding="utf8")
        show("", name, measure(browser, path, "", "window.drawnAt", runs), ours)


def measure_ours(
    browser: Browser, folder: Path, content: Content, hash_: str, runs: int
) -> tuple[Figures, Graph]:
    """Measure our page, and take from it what it draws and where."""
    path = folder / "paperkg.html"
    path.write_text(assemble(content), encoding="utf8")
    mark = "performance.getEntriesByName('drawn')[0]?.startTime"
    figures = measure(browser, path, hash_, mark, runs)
    page = browser.new_page()
    page.goto(f"{path.as_uri()}{hash_}")
    wait_for(page, mark)
    nodes = page.evaluate("[...shown.visible].map((node) => [node.name, ...placeOf(node)])")
    edges = page.evaluate(
        "(() => { const at = new Map([...shown.visible].map((node, place) => [node, place]));"
        " return shown.edges.map((edge) => [at.get(edge.source), at.get(edge.target)]) })()"
    )
    page.close()
    return figures, Graph([(n, round(x), round(y)) for n, x, y in nodes], [(a, b) for a, b in edges])


def measure(browser: Browser, path: Path, hash_: str, mark: str, runs: int) -> Figures:
    """Open a page several times; return the medians."""
    taken = []
    for _ in range(runs):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.route(
            "http*://**/*", lambda route: route.abort()
        )  # theirs ask a CDN for styles; that is not timed
        page.goto(f"{path.as_uri()}{hash_}", wait_until="commit")
        drawn = wait_for(page, mark)
        page.evaluate(SETTLE)
        panning = page.evaluate(DRAG)
        taken.append((drawn, panning, page.evaluate(SETTLE)))
        page.close()
    drawn, panning, rest = (statistics.median(column) for column in zip(*taken, strict=True))
    return Figures(drawn, panning, rest, path.stat().st_size / 1e6)


def wait_for(page: Page, mark: str) -> float:
    """Wait until a page says when it was drawn."""
    for _ in range(2400):
        if moment := page.evaluate(f"{mark} ?? 0"):
            return float(moment)
        page.wait_for_timeout(50)
    raise SystemExit(f"{page.url} drew nothing in two minutes")


def write_pyvis(graph: Graph) -> str:
    """Write a page with pyvis: places given, physics off, straight edges, edges hidden while moving."""
    from pyvis.network import Network

    network = Network(height="800px", width="100%", cdn_resources="in_line")
    for number, (name, x, y) in enumerate(graph.nodes):
        network.add_node(number, label=name, x=x, y=y, size=12)
    known = {(a, b) for a, b in graph.edges if a != b}
    network.edges = [{"from": a, "to": b} for a, b in sorted(known)]
    network.set_options(
        json.dumps({
            "physics": {"enabled": False}, "layout": {"improvedLayout": False}, "edges": {"smooth": False},
            "interaction": {"hideEdgesOnDrag": True, "hideEdgesOnZoom": True},
        })
    )  # fmt: skip
    noted = f"network.once('afterDrawing', () => {NOTE});"
    page: str = network.generate_html()
    return page.replace("return network;", f"{noted} return network;", 1)


def write_cytoscape(graph: Graph, library: str) -> str:
    """Write a page with cytoscape.js: places given, and what its manual advises for large graphs."""
    nodes = [
        {"data": {"id": number, "name": name}, "position": {"x": x, "y": y}}
        for number, (name, x, y) in enumerate(graph.nodes)
    ]
    edges = [{"data": {"source": a, "target": b}} for a, b in graph.edges]
    options = {
        "elements": {"nodes": nodes, "edges": edges}, "layout": {"name": "preset"}, "textureOnViewport": True,
        "hideEdgesOnViewport": True, "pixelRatio": 1, "styleEnabled": True,
        "style": [
            {"selector": "node", "style": {"label": "data(name)", "width": 24, "min-zoomed-font-size": 8}},
            {"selector": "edge", "style": {"curve-style": "haystack", "width": 1}},
        ],
    }  # fmt: skip
    start = (
        f"const options = {json.dumps(options)}; options.container = document.getElementById('stage');"
        " const cy = cytoscape(options);"
        f" cy.ready(() => cy.once('render', () => {NOTE}));"
    )
    style = "html, body, #stage { height: 100%; margin: 0 }"
    return (
        f"<!doctype html><meta charset=utf-8><style>{style}</style><div id=stage></div>"
        f"<script>{library}</script><script>{start}</script>"
    )


def show(title: str, name: str, figures: Figures, ours: Figures | None) -> None:
    """Print one row, and what theirs is of ours."""
    pairs = zip(figures, ours, strict=True) if ours else ()
    ratios = "".join(f"  {theirs / mine:5.2f}" if mine else "      –" for theirs, mine in pairs)
    drawn, panning, rest, size = figures
    print(f"{title:34} {name:12} {drawn:9,.0f} {panning:8.1f} {rest:8,.0f} {size:6.2f}{ratios}", flush=True)


if __name__ == "__main__":
    main()
