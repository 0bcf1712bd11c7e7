"use strict";
// The address -> everything on the page; keys and buttons only change the address.

const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
let last = null;

function announce(text) {
  document.getElementById("status").textContent = text;
}

function show() {
  const route = readRoute();
  drawPanel(route);
  network.setSize("100%", "100%"); // the panel may have taken some of its room, or left it
  drawCanvas(route);
  drawLegend(route);
  drawFocusBar(route);
  drawList(route);
  if (document.activeElement !== box) box.value = route.query;
  const name = route.node?.name;
  document.title = name ? `${name} – paperkg` : "Knowledge graph of papers";
  if (name && name !== last?.node?.name) announce(`${name}, ${KINDS[route.node.kind].one}, ${neighboursOf(route.node).length} neighbours`);
  moveView(route);
  last = route;
}

// Move the view only where the address asks for it or the change would otherwise not be seen.
function moveView(route) {
  if (route.view === "list") return;
  const moved = String(route.at) !== String(last?.at ?? null);
  if (route.at && (last === null || moved)) {
    const [x, y, scale] = route.at;
    if (last === null) network.moveTo({ position: { x, y }, scale });
  } else if (last === null && route.node && !route.focus) {
    showNode(route.node);
  } else if (last === null || route.focus !== last.focus || route.depth !== last.depth || last.view === "list") {
    fit();
  } else if (route.node && route.node !== last.node && !route.at) {
    bringIntoView(route.node);
  }
}

function bringIntoView(node) {
  const [x, y] = placeOf(node);
  const at = network.canvasToDOM({ x, y });
  const margin = 40;
  const seen = at.x > margin && at.y > margin && at.x < stage.clientWidth - margin && at.y < stage.clientHeight - margin;
  if (!seen || network.getScale() < 0.5) showNode(node);
}

function pressed(event) {
  const writing = event.target instanceof HTMLInputElement;
  if (event.ctrlKey || event.metaKey || event.altKey || writing) return;
  const route = readRoute();
  if (event.key === "/") {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "Escape") {
    go(route.node ? { node: null } : { focus: null, query: "", at: null });
  } else if (event.key === "0") {
    go({ at: null }, { quietly: true });
    fit();
  }
}

function steered(event) {
  const route = readRoute();
  if (event.key in STEPS) {
    event.preventDefault();
    const start = route.node ?? [...shown.visible].sort((a, b) => b.size - a.size)[0];
    const next = route.node ? findBeside(start, STEPS[event.key]) : start;
    if (next) go({ node: next, at: null });
  } else if (event.key === "Enter" && route.node) {
    go({ focus: route.node, depth: 1, at: null });
  } else if (event.key === "+" || event.key === "-") {
    network.moveTo({ scale: network.getScale() * (event.key === "+" ? 1.25 : 0.8), animation: animation() });
  }
}

startCanvas();
startSearch();
stage.addEventListener("keydown", steered);
document.addEventListener("keydown", pressed);
document.getElementById("fit").addEventListener("click", () => {
  go({ at: null }, { quietly: true });
  fit();
});
document.getElementById("as-list").addEventListener("click", () => {
  go({ view: readRoute().view === "list" ? "graph" : "list" });
});
addEventListener("hashchange", show);
addEventListener("resize", () => {
  const turned = stage.clientHeight > 1.1 * stage.clientWidth;
  if (turned !== shown.turned) drawCanvas(readRoute());
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
if (!location.hash && content.around.length === 1) go({ node: nodes[content.around[0]] }, { quietly: true });
show();
