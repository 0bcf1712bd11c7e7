"use strict";
// A scene and a pen -> the picture: what looks alike is drawn in one stroke, what is out of view not at all.

const TINY = 3.5; // pixels below which a shape is no longer told from a square
const DASHES = [4, 5];
const LEAST_DOT = 1.2;
const FAINT = 0.08; // less is lost in the rounding of colours
const STROKE = 4000; // edges in one stroke, in which crossings do not add up

// The corners of each shape, for a size of one.
const SHAPES = {
  square: [[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]],
  diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  triangle: [[0, -1], [0.95, 0.75], [-0.95, 0.75]],
  triangleDown: [[0, 1], [0.95, -0.75], [-0.95, -0.75]],
  hexagon: [0, 1, 2, 3, 4, 5].map((side) => [Math.cos((side * Math.PI) / 3), Math.sin((side * Math.PI) / 3)]),
  star: Array.from({ length: 10 }, (_, tip) => {
    const away = tip % 2 ? 0.5 : 1.15;
    return [away * Math.sin((tip * Math.PI) / 5), -away * Math.cos((tip * Math.PI) / 5)];
  }),
};

// Sort a scene's nodes and edges by their looks, so that each look is one path; those that stand out stay last.
function batch(scene) {
  const gather = (items, lookOf) => {
    const batches = new Map();
    for (const item of items) {
      const key = lookOf(item);
      if (batches.has(key)) batches.get(key).push(item);
      else batches.set(key, [item]);
    }
    return [...batches.values()];
  };
  return {
    edges: gather(scene.edges, (edge) => `${edge.colour} ${edge.width} ${edge.dashed}`).sort((a, b) => a[0].width - b[0].width),
    nodes: gather(scene.nodes, (node) => `${node.fill} ${node.border} ${node.width} ${node.shape}`),
    arrows: scene.edges.filter((edge) => edge.arrow),
  };
}

// Paint batches into a view of the scene, `{ x, y, scale, width, height }` in pixels of the screen.
function paint(pen, batches, view) {
  const frame = {
    across: (x) => (x - view.x) * view.scale + view.width / 2,
    down: (y) => (y - view.y) * view.scale + view.height / 2,
    ...view,
  };
  pen.fillStyle = colour("surface");
  pen.fillRect(0, 0, view.width, view.height);
  for (const alike of batches.edges) paintEdges(pen, alike, frame);
  for (const edge of batches.arrows) paintArrow(pen, edge, frame);
  pen.setLineDash([]);
  for (const alike of batches.nodes) paintNodes(pen, alike, frame);
}

// Edges of one look; of very many each is faint, so that where they crowd they add up.
function paintEdges(pen, alike, { across, down, width, height }) {
  const [{ colour: strokeStyle, dashed, width: lineWidth }] = alike;
  const many = alike.length > VAST && lineWidth === 1;
  Object.assign(pen, { strokeStyle, lineWidth, globalAlpha: many ? Math.max(FAINT, VAST / alike.length) : 1 });
  pen.setLineDash(dashed && !many ? DASHES : []);
  let traced = 0;
  pen.beginPath();
  for (const { x1, y1, x2, y2 } of alike) {
    const [a, b, c, d] = [across(x1), down(y1), across(x2), down(y2)];
    if ((a < 0 && c < 0) || (b < 0 && d < 0) || (a > width && c > width) || (b > height && d > height)) continue;
    pen.moveTo(a, b);
    pen.lineTo(c, d);
    traced += 1;
    if (traced % STROKE) continue;
    pen.stroke();
    pen.beginPath();
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

function paintArrow(pen, edge, { across, down, scale }) {
  const [x, y] = [across(edge.x2), down(edge.y2)];
  const angle = Math.atan2(y - down(edge.y1), x - across(edge.x1));
  const tip = 16 * scale;
  const reach = Math.min(9, 12 * scale);
  pen.beginPath();
  for (const [away, turn] of [[tip, 0], [tip + reach, 0.35], [tip + reach, -0.35]]) {
    pen.lineTo(x - away * Math.cos(angle + (turn * reach) / (tip + reach)), y - away * Math.sin(angle + (turn * reach) / (tip + reach)));
  }
  pen.fillStyle = edge.colour;
  pen.fill();
}

function paintNodes(pen, alike, { across, down, scale, width, height }) {
  Object.assign(pen, { fillStyle: alike[0].fill, strokeStyle: alike[0].border, lineWidth: alike[0].width * Math.min(1, scale * 2) });
  pen.beginPath();
  for (const { x, y, size, shape } of alike) {
    const [a, b, reach] = [across(x), down(y), Math.max(size * scale, LEAST_DOT)];
    if (a < -reach || b < -reach || a > width + reach || b > height + reach) continue;
    if (reach < TINY) pen.fillRect(a - reach, b - reach, 2 * reach, 2 * reach); // three times faster than in a path
    else traceShape(pen, shape, a, b, reach);
  }
  pen.fill();
  if (alike[0].size * scale > TINY || alike[0].fill === colour("surface")) pen.stroke();
}

// Paint every node as a square of pixels, ten times faster than by strokes: what a large scene shows while it moves.
function paintDots(pen, batches, view) {
  const { width, height } = pen.canvas;
  const density = width / Math.max(view.width, 1);
  const image = pen.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer).fill(pixelOf(colour("surface")));
  const scale = view.scale * density;
  for (const alike of batches.nodes) {
    const tint = pixelOf(alike[0].fill === colour("surface") ? alike[0].border : alike[0].fill);
    for (const { x, y, size } of alike) {
      const reach = Math.max(0.85 * size * scale, LEAST_DOT * density);
      const [a, b] = [(x - view.x) * scale + width / 2, (y - view.y) * scale + height / 2];
      const [left, right] = [Math.max(0, Math.round(a - reach)), Math.min(width, Math.round(a + reach))];
      const [top, bottom] = [Math.max(0, Math.round(b - reach)), Math.min(height, Math.round(b + reach))];
      for (let row = top; left < right && row < bottom; row += 1) pixels.fill(tint, row * width + left, row * width + right);
    }
  }
  pen.putImageData(image, 0, 0);
}

// A colour as one pixel of an image: red, green, blue and full opacity, byte by byte.
function pixelOf(style) {
  const [red, green, blue] = style.match(/\d+/g).map(Number);
  return new Uint32Array(new Uint8Array([red, green, blue, 255]).buffer)[0];
}

function traceShape(pen, shape, x, y, reach) {
  if (shape === "dot") {
    pen.moveTo(x + reach, y);
    pen.arc(x, y, reach, 0, 2 * Math.PI);
    return;
  }
  SHAPES[shape].forEach(([right, low], corner) => {
    if (corner) pen.lineTo(x + right * reach, y + low * reach);
    else pen.moveTo(x + right * reach, y + low * reach);
  });
  pen.closePath();
}
