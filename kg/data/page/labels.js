"use strict";
// The names on the canvas: of one size on the screen whatever the zoom, the more the closer one looks.

const FONTS = "system-ui, 'Noto Sans CJK KR', sans-serif";
const GAP = 3;
const VITAL = 7;
const FOREMOST = 14; // so many names must be read even where they cover other nodes
const TRIED = 1500; // so many names are tried for room at a time
const CELL = 80;
const widths = new Map();
const pencil = document.createElement("canvas").getContext("2d");
let ranked = [];
let vital = new Set();

// Choose whose name comes first where there is not room for all.
function rankLabels() {
  const { route, visible, lit } = shown;
  const first = (node) => (node === route.node ? 2 : 0) + (node === route.focus || route.path.includes(node) ? 1 : 0);
  ranked = [...visible].filter((node) => lit.has(node));
  ranked.sort((a, b) => first(b) - first(a) || b.size - a.size || a.number - b.number);
  const near = route.node !== null && !route.focus && visible.size < VAST;
  vital = new Set(near ? ranked : ranked.slice(0, FOREMOST).filter((node) => first(node) || node.size >= VITAL));
}

function fontOf(node) {
  const chosen = node === shown.route.node;
  const pixels = chosen ? 15 : Math.min(15, 11.5 + 0.35 * Math.sqrt(node.size));
  return [`${chosen || node.size >= VITAL ? 600 : 400} ${pixels.toFixed(1)}px ${FONTS}`, pixels];
}

function measure(font, text) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) {
    pencil.font = font;
    widths.set(key, pencil.measureText(text).width);
  }
  return widths.get(key);
}

// Boxes on the screen, found again by the cells they lie in.
function makeGrid() {
  const cells = new Map();
  const keys = function* keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= right / CELL; x += 1) {
      for (let y = Math.floor(top / CELL); y <= bottom / CELL; y += 1) yield x * 4096 + y;
    }
  };
  const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    add(box) {
      for (const key of keys(box)) {
        if (cells.has(key)) cells.get(key).push(box);
        else cells.set(key, [box]);
      }
    },
    isFree(box) {
      for (const key of keys(box)) if (cells.get(key)?.some((other) => overlap(box, other))) return false;
      return true;
    },
  };
}

// Find room for the names in a view of the scene: text, font and the middle of its upper edge.
function layLabels(view) {
  const onScreen = (x, y) => [(x - view.x) * view.scale + view.width / 2, (y - view.y) * view.scale + view.height / 2];
  const isInside = ([x, y]) => x > 0 && x < view.width && y > -20 && y < view.height;
  const [bodies, taken] = [makeGrid(), makeGrid()];
  const candidates = [];
  for (const node of ranked) {
    const at = onScreen(...placeOf(node));
    if (isInside(at)) candidates.push([node, ...at]);
    if (candidates.length >= TRIED) break;
  }
  for (const [node, x, y] of candidates) {
    const half = 0.8 * sizeOf(node) * view.scale;
    bodies.add([x - half, y - half, x + half, y + half]);
  }
  const laid = [];
  for (const [node, x, y] of candidates) {
    const [font, pixels] = fontOf(node);
    const half = measure(font, shortOf(node)) / 2 + GAP;
    const top = y + sizeOf(node) * view.scale + GAP;
    const box = [x - half, top, x + half, top + pixels + GAP];
    const inside = box[0] >= 0 && box[2] <= view.width && box[3] > 0 && box[1] < view.height;
    if (!(inside || node === shown.route.node) || !taken.isFree(box)) continue;
    if (!vital.has(node) && !bodies.isFree(box)) continue;
    taken.add(box);
    laid.push({ node, text: shortOf(node), font, pixels, x, y: top });
  }
  return laid;
}

function paintLabels(pen, view) {
  Object.assign(pen, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 4 });
  Object.assign(pen, { strokeStyle: colour("surface"), fillStyle: colour("ink") });
  for (const { text, font, x, y } of layLabels(view)) {
    pen.font = font;
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  }
}
