"use strict";
// A scene -> the part of the page that shows it: vis-network or a plain canvas, whichever suits its size.

const stage = document.getElementById("canvas");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const MOVE = { duration: 350, easingFunction: "easeInOutQuad" };
const ROOM = { side: 80, above: 60, below: 90 };
const CRAMPED = { side: 45, above: 30, below: 65 };
const NARROW = 600;
const LARGEST = 1.3;
const MARGIN = 40;
const engines = { present: null, network: null, canvas: null, aim: null };

const listeners = {
  click(node, event) {
    const { node: selected } = readRoute();
    if (node && event?.shiftKey && selected && selected !== node) go({ path: [selected, node], node, focus: null, at: null });
    else choose(node);
  },
  double(node) {
    if (node) focusOn(node);
  },
  hover(node, edge, point) {
    stage.classList.toggle("pointing", Boolean(node));
    showTip(node, edge, point);
  },
  rest() {
    clearTimeout(listeners.settled);
    listeners.settled = setTimeout(() => {
      const { x, y, scale } = engines.present.view();
      go({ at: [Math.round(x), Math.round(y), Number(scale.toFixed(3))] }, { quietly: true });
    }, 300);
  },
};

// Choose who draws; the view stays where it is when that changes.
function chooseEngine(count) {
  const name = typeof vis !== "undefined" && count <= words.drawnByVis ? "network" : "canvas";
  engines[name] ??= (name === "network" ? makeNetwork : makeCanvas)(stage, listeners);
  const before = engines.present;
  if (before === engines[name]) return;
  const view = before?.view(); // read while it still has a size
  engines.present = engines[name];
  for (const engine of [engines.network, engines.canvas]) if (engine) engine.element.hidden = engine !== engines.present;
  engines.present.resize();
  if (view) moveTo({ x: view.x, y: view.y, scale: view.scale }, { smoothly: false });
}

function isTall() {
  return stage.clientHeight > 1.1 * stage.clientWidth;
}

function drawStage(route) {
  shown.turned = isTall() && route.path.length < 2;
  rankLabels();
  chooseEngine(shown.visible.size);
  engines.present.resize(); // the panel may have taken some of its room, or left it
  engines.present.draw(makeScene());
}

function moveTo(target, { smoothly = true } = {}) {
  const { x, y, scale } = { ...engines.present.view(), ...target };
  engines.aim = { x, y, scale };
  engines.present.moveTo(engines.aim, smoothly && !still.matches ? MOVE : false);
}

// Where a node is on the screen, from the upper left corner of the stage.
function onScreen(node) {
  const [x, y] = placeOf(node);
  const view = engines.present.view();
  return { x: (x - view.x) * view.scale + view.width / 2, y: (y - view.y) * view.scale + view.height / 2 };
}

// Bring some nodes into view, by default all, with room for names at the sides, the focus bar above and the legend below.
function fit(among = shown.visible, largest = LARGEST, options = {}) {
  if (!among.size || !stage.clientWidth) return;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const node of among) {
    const [x, y] = placeOf(node);
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  const { side, above, below } = stage.clientWidth < NARROW ? CRAMPED : ROOM;
  const across = (stage.clientWidth - 2 * side) / Math.max(right - left, 1);
  const barred = Math.max(above, bar.hidden ? 0 : bar.offsetTop + bar.offsetHeight + 20);
  const down = (stage.clientHeight - barred - below) / Math.max(bottom - top, 1);
  const scale = Math.min(Math.max(Math.min(across, down), 0.005), largest);
  moveTo({ x: (left + right) / 2, y: (top + bottom) / 2 + (below - barred) / 2 / scale, scale }, options);
}

// Bring a node into view together with what it touches.
function showNode(node) {
  fit(new Set([node, ...neighboursOf(node)].filter((other) => shown.visible.has(other))), 1);
}

function isSeen(node) {
  const { x, y } = onScreen(node);
  return x > MARGIN && y > MARGIN && x < stage.clientWidth - MARGIN && y < stage.clientHeight - MARGIN;
}

function bringIntoView(node) {
  if (!isSeen(node) || engines.present.view().scale < 0.4) showNode(node);
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

// Away with what was said of another state: the pointer need not move for it to be untrue.
function hideTip() {
  find("tip").hidden = true;
}

// Say what is under the pointer: a node by its name, an edge by what it says.
function showTip(node, edge, point) {
  const tip = find("tip");
  tip.hidden = !node && !edge;
  if (tip.hidden) return;
  const lines = node ? [node.name, kindName(node.kind)] : [edge.source.name, relationName(edge.relation), edge.target.name];
  tip.replaceChildren(...lines.map((line, place) => make("div", { class: place === 1 ? "what" : null }, line)));
  const right = point.x > stage.clientWidth - 280;
  const [left, rest] = [`${point.x + 14}px`, `${stage.clientWidth - point.x + 14}px`];
  Object.assign(tip.style, { left: right ? "" : left, right: right ? rest : "", top: `${point.y + 14}px` });
}
