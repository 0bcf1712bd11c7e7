"use strict";
// A route -> the scene: which nodes and edges are drawn, where, and how they look.

const REVEALED = 60;
const AUTHORS = 12;
const OUTSIDE = 6; // so many times the room of one name away
const VAST = 2000; // beyond, names of authors and the like are left to the zoom

// What is drawn now. `places` has each visible node's place; `turned` says that a tall screen sees x and y swapped.
const shown = { visible: new Set(), lit: new Set(), edges: [], places: new Map(), turned: false, route: null };

const palette = new Map();

// The colour that the style gives a name, as a canvas understands it.
function colour(name) {
  if (!palette.has(name)) {
    const probe = find("probe");
    probe.style.color = `var(--${name})`;
    palette.set(name, getComputedStyle(probe).color);
  }
  return palette.get(name);
}

// The nodes around the focus with their distances; of authors only a few next to it, for they are many.
function around({ focus, depth }, sieve) {
  const distances = reach(focus, depth, sieve);
  let room = AUTHORS;
  for (const [node, distance] of distances) {
    if (node.kind !== "author" || focus.kind === "author") continue;
    if (distance > 1 || room === 0) distances.delete(node);
    else room -= 1;
  }
  return distances;
}

// The nodes and places that a route begins with: a path, a focus, everything, a filtered part, or the overview.
function beginScene(route, sieve) {
  if (route.path.length === 2) return seatInRow(findPath(route.path, sieve));
  if (route.focus) return seatOnRings(route.focus, around(route, sieve), sieve);
  if (route.draw === "all") return new Map(nodes.filter((node) => sieve.kept[node.number]).map((node) => [node, [node.x, node.y]]));
  if (isNarrow(route)) return gatherFromMap(overviewOf(sieve));
  return new Map(graph.overview.filter((node) => sieve.kept[node.number]).map((node) => [node, node.home]));
}

// Bring in what an expanded or selected node touches.
function reveal(places, node, few, sieve) {
  if (!places.has(node)) {
    const beside = neighboursOf(node, sieve).find((next) => places.has(next));
    if (beside) seatBeside([node], beside, places);
    else places.set(node, findOutside(places));
  }
  const missing = neighboursOf(node, sieve).filter((next) => !places.has(next));
  const authors = missing.filter((next) => next.kind === "author");
  const others = missing.filter((next) => next.kind !== "author");
  seatBeside(few ? others.slice(0, REVEALED) : [...others, ...authors].slice(0, 2 * REVEALED), node, places);
}

// Room to the right of everything, for a node that touches nothing that is drawn, and for what it touches.
function findOutside(places) {
  if (!places.size) return [0, 0];
  const across = [...places.values()].map(([x]) => x);
  const down = [...places.values()].map(([, y]) => y);
  return [across.reduce((a, b) => Math.max(a, b)) + OUTSIDE * ROOM_OF_ONE[0], down.reduce((a, b) => a + b) / down.length];
}

// Put away what hangs on a collapsed node alone.
function collapse(places, node, keep, sieve) {
  for (const next of neighboursOf(node, sieve)) {
    const held = next === keep || neighboursOf(next, sieve).some((other) => other !== node && places.has(other));
    if (!held) places.delete(next);
  }
}

function findPlaces(route, sieve) {
  const places = beginScene(route, sieve);
  for (const node of route.open) reveal(places, node, false, sieve);
  if (route.node && !route.focus && !route.path.length && route.draw !== "all") reveal(places, route.node, true, sieve);
  for (const node of [route.node, ...route.path]) if (node && !places.has(node)) reveal(places, node, true, sieve);
  for (const node of route.shut) collapse(places, node, route.node, sieve);
  for (const node of [...places.keys()]) {
    if (route.hide.has(node.kind) && node !== route.node && node !== route.focus) places.delete(node);
  }
  return places;
}

// The nodes that stand out: the selected one with its neighbours, else what the search finds, else all.
function findLit(route, visible, sieve) {
  if (route.node && route.node !== route.focus && route.path.length < 2) return new Set([route.node, ...neighboursOf(route.node, sieve)]);
  if (!route.focus && route.query && route.path.length < 2) return new Set(findNames(route.query).map((hit) => hit.node));
  return visible;
}

// Find out what a route shows; `shown` has it afterwards.
function compose(route) {
  const sieve = sift(route);
  const places = findPlaces(route, sieve);
  const visible = new Set(places.keys());
  const lit = findLit(route, visible, sieve);
  const drawn = edges.filter((edge) => sieve.passing[edge.number] && visible.has(edge.source) && visible.has(edge.target));
  Object.assign(shown, { visible, lit, edges: drawn, places, route });
}

function placeOf(node) {
  const [x, y] = shown.places.get(node) ?? [node.x, node.y];
  return shown.turned ? [y, x] : [x, y];
}

function sizeOf(node) {
  return 9 + 2.4 * Math.sqrt(Math.min(node.size, GATHERED)) + (node === shown.route.node ? 4 : 0);
}

function drawNode(node) {
  const { shape, hollow } = KINDS[node.kind];
  const bright = shown.lit.has(node);
  const chosen = node === shown.route.node;
  const tint = colour(bright ? node.kind : "faded");
  const [x, y] = placeOf(node);
  return {
    node, x, y, shape, size: sizeOf(node), fill: hollow ? colour("surface") : tint,
    border: chosen ? colour("ink") : hollow ? tint : colour("surface"), width: chosen ? 3 : hollow ? 2 : 1,
  };
}

function drawEdge(edge) {
  const { route, lit } = shown;
  const touched = route.path.length === 2 || (route.node !== null && (edge.source === route.node || edge.target === route.node));
  const whole = route.node === null || route.node === route.focus;
  const bright = touched || (whole && lit.has(edge.source) && lit.has(edge.target));
  const [x1, y1] = placeOf(edge.source);
  const [x2, y2] = placeOf(edge.target);
  return {
    edge, x1, y1, x2, y2, colour: colour(touched ? "lit" : bright ? "edge" : "edge-faded"), width: touched ? 2 : 1,
    dashed: edge.relation === "kg:mentions" || edge.relation === "skos:closeMatch", arrow: edge.relation === "kg:outperforms",
  };
}

// Everything to draw, what stands out last and so on top.
function makeScene() {
  const ordered = [...shown.visible].sort((a, b) => shown.lit.has(a) - shown.lit.has(b) || a.size - b.size);
  const lines = shown.edges.map(drawEdge);
  return { nodes: ordered.map(drawNode), edges: shown.route.node ? lines.sort((a, b) => a.width - b.width) : lines };
}
