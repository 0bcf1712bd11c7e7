"use strict";
// A route -> the drawing: which nodes and edges are on the canvas, how they look, and where the view is.

const stage = document.getElementById("canvas");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const MOVE = { duration: 350, easingFunction: "easeInOutQuad" };
const RING = 200;
const SEAT = 74;
const CROWD = 26;
const WIDENING = 1.3;
const REVEALED = 60;
const AUTHORS = 12;
const ROOM = { side: 80, above: 60, below: 90 };
const CRAMPED = { side: 45, above: 30, below: 65 };
const NARROW = 600;
const LARGEST = 1.3;

const drawing = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
const network = new vis.Network(stage, drawing, {
  autoResize: true,
  physics: false,
  layout: { improvedLayout: false },
  nodes: { borderWidth: 1, borderWidthSelected: 3 },
  edges: { smooth: false, selectionWidth: 0, hoverWidth: 0 },
  interaction: { hover: true, hideEdgesOnDrag: true, hideEdgesOnZoom: true, keyboard: false, tooltipDelay: 150 },
});

// What is on the canvas now: the nodes, and where they are if not at their own places.
const shown = { visible: new Set(), places: null, turned: false };

function animation() {
  return still.matches ? false : MOVE;
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// The nodes around the focus with their distances; of authors only a few next to it, for they are many.
function around({ focus, depth }) {
  const distances = reach(focus, depth);
  let room = AUTHORS;
  for (const [node, distance] of distances) {
    if (node.kind !== "author" || focus.kind === "author") continue;
    if (distance > 1 || room === 0) distances.delete(node);
    else room -= 1;
  }
  return distances;
}

// The nodes on the canvas: those around the focus, or those drawn at first and all that the selected one touches.
function findVisible(route) {
  const hidden = (node) => route.hide.has(node.kind) && node !== route.node && node !== route.focus;
  if (route.focus) return new Set([...around(route).keys()].filter((node) => !hidden(node)));
  const visible = nodes.filter((node) => node.drawn);
  if (route.node) visible.push(route.node, ...neighboursOf(route.node).filter((node) => node.kind !== "author").slice(0, REVEALED));
  return new Set(visible.filter((node) => !hidden(node)));
}

// The nodes that stand out: the selected one with its neighbours, else what the search finds, else all.
function findLit(route, visible) {
  if (route.node && route.node !== route.focus) return new Set([route.node, ...neighboursOf(route.node)]);
  if (route.focus) return visible;
  if (route.query) return new Set(findNames(route.query).map((hit) => hit.node));
  return visible;
}

// Seat the nodes around a focus on rings, each near the one it hangs on.
function arrange(route) {
  const { focus, depth } = route;
  const distances = around(route);
  const angles = new Map([[focus, 0]]);
  const places = new Map([[focus, [0, 0]]]);
  let radius = 0;
  for (let ring = 1; ring <= depth; ring += 1) {
    const members = [...distances.keys()].filter((node) => distances.get(node) === ring);
    const parent = (node) => neighboursOf(node).find((next) => distances.get(next) === ring - 1);
    const order = Object.keys(KINDS);
    const keys = new Map(members.map((node) => [node, [angles.get(parent(node)), order.indexOf(node.kind), node.number]]));
    members.sort((a, b) => keys.get(a).map((key, i) => key - keys.get(b)[i]).find((difference) => difference) ?? 0);
    const crowded = members.length > CROWD;
    radius = Math.max(radius + RING, (members.length * SEAT) / (crowded ? 4 : 2) / Math.PI);
    members.forEach((node, seat) => {
      const angle = (2 * Math.PI * seat) / members.length;
      angles.set(node, angle);
      const away = radius + (crowded && seat % 2 ? SEAT * 1.4 : 0);
      places.set(node, [away * WIDENING * Math.sin(angle), -away * Math.cos(angle)]);
    });
    if (crowded) radius += SEAT * 1.4;
  }
  return places;
}

function tooltip(...lines) {
  const box = document.createElement("div");
  for (const line of lines) box.append(Object.assign(document.createElement("div"), { textContent: line }));
  return box;
}

// Where a node stands; a screen that is taller than wide sees the layout turned.
function placeOf(node) {
  const [x, y] = shown.places?.get(node) ?? node.at;
  return shown.turned ? [y, x] : [x, y];
}

function sizeOf(node, route) {
  return 9 + 2.4 * Math.sqrt(Math.min(node.size, 36)) + (node === route.node ? 4 : 0);
}

function drawNode(node, route, lit) {
  const { shape, hollow, one } = KINDS[node.kind];
  const bright = lit.has(node);
  const chosen = node === route.node;
  const tint = colour(bright ? node.kind : "faded");
  const fill = hollow ? colour("surface") : tint;
  const [x, y] = placeOf(node);
  const border = chosen ? colour("ink") : hollow ? tint : colour("surface");
  const paint = { background: fill, border };
  return {
    id: node.number, x, y, shape,
    title: tooltip(node.name, one),
    size: sizeOf(node, route),
    borderWidth: chosen ? 3 : hollow ? 2 : 1,
    color: { ...paint, highlight: paint, hover: { background: fill, border: colour("ink") } },
  };
}

function drawEdge(edge, route, lit) {
  const touched = route.node !== null && (edge.source === route.node || edge.target === route.node);
  const whole = route.node === null || route.node === route.focus;
  const bright = touched || (whole && lit.has(edge.source) && lit.has(edge.target));
  const paint = colour(touched ? "lit" : bright ? "edge" : "edge-faded");
  return {
    id: edge.number, from: edge.source.number, to: edge.target.number,
    title: tooltip(`${edge.source.short} – ${relationName(edge.relation, true).toLowerCase()} – ${edge.target.short}`),
    width: touched ? 2 : 1,
    dashes: edge.relation === "kg:mentions" || edge.relation === "skos:closeMatch" ? [4, 5] : false,
    arrows: { to: { enabled: edge.relation === "kg:outperforms", scaleFactor: 0.5 } },
    color: { color: paint, highlight: paint, hover: paint },
  };
}

// Bring a data set to exactly these rows.
function replaceRows(rows, wanted) {
  const ids = new Set(wanted.map((row) => row.id));
  rows.remove(rows.getIds().filter((id) => !ids.has(id)));
  rows.update(wanted);
}

function drawCanvas(route) {
  const visible = findVisible(route);
  const lit = findLit(route, visible);
  const places = route.focus ? arrange(route) : null;
  const turned = stage.clientHeight > 1.1 * stage.clientWidth;
  Object.assign(shown, { visible, places, turned });
  rankLabels(route, visible, lit);
  // What stands out is drawn last, and so on top.
  const ordered = [...visible].sort((a, b) => lit.has(a) - lit.has(b) || a.size - b.size);
  const drawn = edges.filter((edge) => visible.has(edge.source) && visible.has(edge.target));
  drawing.nodes.clear();
  replaceRows(drawing.nodes, ordered.map((node) => drawNode(node, route, lit)));
  replaceRows(drawing.edges, drawn.map((edge) => drawEdge(edge, route, lit)));
}

// Bring some nodes into view, by default all, with room for the names at the sides, the focus bar above and the legend below.
function fit(among = shown.visible, largest = LARGEST) {
  const places = [...among].map(placeOf);
  if (!places.length || !stage.clientWidth) return;
  const [left, right] = [Math.min(...places.map(([x]) => x)), Math.max(...places.map(([x]) => x))];
  const [top, bottom] = [Math.min(...places.map(([, y]) => y)), Math.max(...places.map(([, y]) => y))];
  const { side, above, below } = stage.clientWidth < NARROW ? CRAMPED : ROOM;
  const across = (stage.clientWidth - 2 * side) / Math.max(right - left, 1);
  const down = (stage.clientHeight - above - below) / Math.max(bottom - top, 1);
  const scale = Math.min(Math.max(Math.min(across, down), 0.05), largest);
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 + (below - above) / 2 / scale };
  network.moveTo({ position, scale, animation: animation() });
}

// Bring a node into view together with what it touches.
function showNode(node) {
  fit([node, ...neighboursOf(node)].filter((other) => shown.visible.has(other)), 1);
}

// The visible node nearest to one in a direction, for the arrow keys.
function findBeside(node, [right, down]) {
  const [x, y] = placeOf(node);
  let best = null;
  let least = Infinity;
  for (const other of shown.visible) {
    const [dx, dy] = [placeOf(other)[0] - x, placeOf(other)[1] - y];
    const ahead = dx * right + dy * down;
    const aside = Math.abs(dx * down) + Math.abs(dy * right);
    if (other === node || ahead <= 0 || aside > 2 * ahead) continue;
    if (ahead + 2 * aside < least) [best, least] = [other, ahead + 2 * aside];
  }
  return best;
}

function startCanvas() {
  let settled;
  const remember = () => {
    clearTimeout(settled);
    settled = setTimeout(() => {
      const { x, y } = network.getViewPosition();
      go({ at: [Math.round(x), Math.round(y), Number(network.getScale().toFixed(3))] }, { quietly: true });
    }, 300);
  };
  network.on("click", ({ nodes: [number] }) => go({ node: nodes[number] ?? null }));
  network.on("doubleClick", ({ nodes: [number] }) => {
    if (nodes[number]) go({ node: nodes[number], focus: nodes[number], depth: 1, at: null });
  });
  network.on("dragEnd", remember);
  network.on("zoom", remember);
  network.on("afterDrawing", drawLabels);
  network.on("hoverNode", () => stage.classList.add("pointing"));
  network.on("blurNode", () => stage.classList.remove("pointing"));
}
