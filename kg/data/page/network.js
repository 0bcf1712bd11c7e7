"use strict";
// A scene of moderate size -> vis-network, which pyvis brings.

function makeNetwork(parent, tell) {
  const element = parent.appendChild(make("div", { class: "vis" }));
  const rows = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
  const network = new vis.Network(element, rows, {
    autoResize: false,
    physics: false,
    layout: { improvedLayout: false },
    nodes: { borderWidth: 1, borderWidthSelected: 3 },
    edges: { smooth: false, selectionWidth: 0, hoverWidth: 0 },
    interaction: { hover: true, dragNodes: false, hideEdgesOnDrag: true, hideEdgesOnZoom: true, keyboard: false },
  });
  for (const frame of element.querySelectorAll("[tabindex]")) frame.tabIndex = -1; // the stage around it has the focus
  const nodeAt = ([number]) => nodes[number] ?? null;
  const edgeAt = (number) => edges[number] ?? null;
  const view = () => {
    const { x, y } = network.getViewPosition();
    return { x, y, scale: network.getScale(), width: parent.clientWidth, height: parent.clientHeight };
  };
  network.on("click", (event) => tell.click(nodeAt(event.nodes), event.event.srcEvent));
  network.on("doubleClick", (event) => tell.double(nodeAt(event.nodes)));
  network.on("dragEnd", () => tell.rest());
  network.on("zoom", () => tell.rest());
  network.on("hoverNode", ({ node, pointer }) => tell.hover(nodeAt([node]), null, pointer.DOM));
  network.on("hoverEdge", ({ edge, pointer }) => tell.hover(null, edgeAt(edge), pointer.DOM));
  network.on("blurNode", () => tell.hover(null, null));
  network.on("blurEdge", () => tell.hover(null, null));
  network.on("afterDrawing", (pen) => {
    const { width, height } = pen.canvas;
    pen.save();
    pen.setTransform(width / parent.clientWidth, 0, 0, height / parent.clientHeight, 0, 0);
    paintLabels(pen, view());
    pen.restore();
  });
  return {
    element,
    view,
    draw(scene) {
      rows.edges.clear();
      rows.nodes.clear();
      rows.nodes.add(scene.nodes.map(nodeRow));
      rows.edges.add(scene.edges.map(edgeRow));
    },
    resize() {
      network.setSize("100%", "100%");
      network.redraw();
    },
    moveTo({ x, y, scale }, animation) {
      network.moveTo({ position: { x, y }, scale, animation });
    },
  };
}

function nodeRow({ node, x, y, shape, size, fill, border, width }) {
  const paint = { background: fill, border };
  const color = { ...paint, highlight: paint, hover: { background: fill, border: colour("ink") } };
  return { id: node.number, x, y, shape, size, borderWidth: width, color };
}

function edgeRow({ edge, colour: tint, width, dashed, arrow }) {
  return {
    id: edge.number, from: edge.source.number, to: edge.target.number, width, dashes: dashed ? DASHES : false,
    arrows: { to: { enabled: arrow, scaleFactor: 0.5 } }, color: { color: tint, highlight: tint, hover: tint },
  };
}
