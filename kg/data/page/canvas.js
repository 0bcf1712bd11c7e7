"use strict";
// A large scene -> a plain canvas: everything in a few strokes, edges and names once the view rests.

const LONGEST = 220; // milliseconds of rest after which everything is drawn
const NEAREST = 8;

function makeCanvas(parent, tell) {
  const element = parent.appendChild(make("canvas", { class: "plain" }));
  const pen = element.getContext("2d", { alpha: false });
  const view = { x: 0, y: 0, scale: 1, width: 0, height: 0 };
  const state = { scene: { nodes: [], edges: [] }, batches: batch({ nodes: [], edges: [] }), asked: 0, resting: 0, moving: false };

  const redraw = () => {
    state.asked = 0;
    const density = element.width / Math.max(view.width, 1);
    pen.setTransform(density, 0, 0, density, 0, 0);
    if (state.moving) return void paintDots(pen, state.batches, view);
    paint(pen, state.batches, view);
    paintLabels(pen, view);
  };
  const ask = () => {
    state.asked ||= requestAnimationFrame(redraw);
  };
  const move = () => {
    state.moving = state.scene.nodes.length > VAST;
    clearTimeout(state.resting);
    state.resting = setTimeout(() => {
      state.moving = false;
      ask();
    }, LONGEST);
    ask();
  };
  const locate = ({ x, y }) => [(x - view.width / 2) / view.scale + view.x, (y - view.height / 2) / view.scale + view.y];

  watchPointers(element, {
    click: (point) => tell.click(findNode(state.scene, locate(point), view.scale)),
    double: (point) => tell.double(findNode(state.scene, locate(point), view.scale)),
    drag: (dx, dy) => {
      view.x -= dx / view.scale;
      view.y -= dy / view.scale;
      move();
    },
    zoom: (factor, point) => {
      const [x, y] = locate(point);
      view.scale = Math.min(Math.max(view.scale * factor, 0.005), 8);
      const [nowX, nowY] = locate(point);
      view.x += x - nowX;
      view.y += y - nowY;
      move();
    },
    hover: (point) => {
      if (!point || state.moving) return void tell.hover(null, null);
      const at = locate(point);
      const node = findNode(state.scene, at, view.scale);
      tell.hover(node, node ? null : findEdge(state.scene, at, view.scale), point);
    },
    rest: () => tell.rest(),
  });

  return {
    element,
    view: () => ({ ...view }),
    draw(scene) {
      Object.assign(state, { scene, batches: batch(scene) });
      ask();
    },
    resize() {
      const [width, height] = [parent.clientWidth, parent.clientHeight];
      Object.assign(view, { width, height });
      Object.assign(element, { width: Math.round(width * devicePixelRatio), height: Math.round(height * devicePixelRatio) });
      ask();
    },
    moveTo(target) {
      Object.assign(view, target);
      move();
    },
  };
}

// The node under a place of the scene, the topmost first; small ones are found a little beside themselves.
function findNode({ nodes: drawn }, [x, y], scale) {
  for (let place = drawn.length - 1; place >= 0; place -= 1) {
    const node = drawn[place];
    const reach = Math.max(node.size, NEAREST / scale);
    if (Math.abs(node.x - x) < reach && Math.abs(node.y - y) < reach) return node.node;
  }
  return null;
}

function findEdge({ edges: drawn }, [x, y], scale) {
  const least = 4 / scale;
  for (let place = drawn.length - 1; place >= 0; place -= 1) {
    const { edge, x1, y1, x2, y2 } = drawn[place];
    if (Math.min(x1, x2) - least > x || Math.max(x1, x2) + least < x || Math.min(y1, y2) - least > y || Math.max(y1, y2) + least < y) continue;
    const along = Math.hypot(x2 - x1, y2 - y1) || 1;
    if (Math.abs((x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)) / along < least) return edge;
  }
  return null;
}
