"use strict";
// The view as it is on the screen -> a picture: PNG at a chosen scale, or SVG.

function makePng(scale) {
  const view = engines.present.view();
  const sheet = make("canvas");
  Object.assign(sheet, { width: Math.round(view.width * scale), height: Math.round(view.height * scale) });
  const pen = sheet.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  paint(pen, batch(makeScene()), view);
  paintLabels(pen, view);
  return new Promise((done) => sheet.toBlob(done, "image/png"));
}

function makeSvgPicture() {
  const view = engines.present.view();
  const across = (x) => ((x - view.x) * view.scale + view.width / 2).toFixed(1);
  const down = (y) => ((y - view.y) * view.scale + view.height / 2).toFixed(1);
  const scene = makeScene();
  const lines = scene.edges.map((edge) => makeSvg("line", {
    x1: across(edge.x1), y1: down(edge.y1), x2: across(edge.x2), y2: down(edge.y2), stroke: edge.colour,
    "stroke-width": edge.width, "stroke-dasharray": edge.dashed ? DASHES.join(" ") : null,
  }));
  const bodies = scene.nodes.map((node) => {
    const look = { fill: node.fill, stroke: node.border, "stroke-width": node.width };
    const reach = Math.max(node.size * view.scale, LEAST_DOT);
    const title = makeSvg("title", {}, node.node.name);
    if (node.shape === "dot") return makeSvg("circle", { cx: across(node.x), cy: down(node.y), r: reach.toFixed(1), ...look }, title);
    const points = SHAPES[node.shape].map((corner) => corner.map((away) => (away * reach).toFixed(1)).join(","));
    return makeSvg("polygon", { points: points.join(" "), transform: `translate(${across(node.x)} ${down(node.y)})`, ...look }, title);
  });
  const names = layLabels(view).map(({ text, font, pixels, x, y }) => makeSvg("text", {
    x: x.toFixed(1), y: (y + pixels).toFixed(1), "font-size": pixels.toFixed(1), "font-weight": font.split(" ", 1)[0], fill: colour("ink"),
    stroke: colour("surface"), "stroke-width": 3, "paint-order": "stroke", "text-anchor": "middle",
  }, text));
  const { width, height } = view;
  const ground = makeSvg("rect", { width: "100%", height: "100%", fill: colour("surface") });
  const sheet = makeSvg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONTS },
    makeSvg("title", {}, document.title), ground, ...lines, ...bodies, ...names);
  return new Blob([new XMLSerializer().serializeToString(sheet)], { type: "image/svg+xml" });
}
