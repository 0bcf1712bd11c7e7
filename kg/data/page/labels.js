"use strict";
// The names on the canvas: of one size on the screen whatever the zoom, the more the closer one looks.

const GAP = 3;
const VITAL = 7;
const widths = new Map();
const labels = { nodes: [], route: null, lit: null };

// Choose whose name comes first where there is not room for all.
function rankLabels(route, visible, lit) {
  labels.nodes = [...visible].filter((node) => lit.has(node));
  labels.nodes.sort((a, b) => (b === route.node) - (a === route.node) || (b === route.focus) - (a === route.focus) || b.size - a.size || a.number - b.number);
  Object.assign(labels, { route, lit });
}

function measure(pen, text) {
  const key = `${pen.font} ${text}`;
  if (!widths.has(key)) widths.set(key, pen.measureText(text).width);
  return widths.get(key);
}

function labelFont(node) {
  const chosen = node === labels.route.node;
  const pixels = chosen ? 15 : Math.min(15, 11.5 + 0.35 * Math.sqrt(node.size));
  return [`${chosen || node.size >= VITAL ? 600 : 400} ${pixels.toFixed(1)}px system-ui, "Noto Sans CJK KR", sans-serif`, pixels];
}

// The box in which a node's name would stand: left, top, right, bottom on the screen.
function labelBox(pen, node, pixels) {
  const [x, y] = placeOf(node);
  const at = network.canvasToDOM({ x, y });
  const half = measure(pen, node.short) / 2 + GAP;
  const top = at.y + sizeOf(node, labels.route) * network.getScale() + GAP;
  return [at.x - half, top, at.x + half, top + pixels + GAP];
}

function bodyBox(node) {
  const [x, y] = placeOf(node);
  const at = network.canvasToDOM({ x, y });
  const half = 0.8 * sizeOf(node, labels.route) * network.getScale();
  return [at.x - half, at.y - half, at.x + half, at.y + half];
}

// A name that must be read even where it covers other nodes.
function isVital(node) {
  return node === labels.route.node || (labels.route.node !== null && !labels.route.focus) || node.size >= VITAL;
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function drawLabels(pen) {
  const { width, height, clientWidth, clientHeight } = pen.canvas;
  const taken = [];
  const bodies = [...shown.visible].map(bodyBox);
  pen.save();
  pen.setTransform(width / clientWidth, 0, 0, height / clientHeight, 0, 0);
  Object.assign(pen, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 4 });
  Object.assign(pen, { strokeStyle: colour("surface"), fillStyle: colour("ink") });
  for (const node of labels.nodes) {
    const [font, pixels] = labelFont(node);
    pen.font = font;
    const frame = labelBox(pen, node, pixels);
    const inside = frame[0] >= 0 && frame[2] <= clientWidth && frame[3] > 0 && frame[1] < clientHeight;
    if (!(inside || node === labels.route.node) || taken.some((other) => overlap(frame, other))) continue;
    if (!isVital(node) && bodies.some((other) => overlap(frame, other))) continue;
    taken.push(frame);
    const x = (frame[0] + frame[2]) / 2;
    pen.strokeText(node.short, x, frame[1]);
    pen.fillText(node.short, x, frame[1]);
  }
  pen.restore();
}
