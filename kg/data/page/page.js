"use strict";
// The address -> everything on the page; keys and buttons only change the address.

const dark = matchMedia("(prefers-color-scheme: dark)");
const page = { language: "en", last: null, drawn: new Set(), views: new Map() };

function isDark() {
  const { scheme } = document.documentElement.dataset;
  return scheme ? scheme === "dark" : dark.matches;
}

function show() {
  const route = readRoute();
  const giveBack = holdFocus(page.last);
  dress(route);
  compose(route);
  drawPanel(route);
  if (route.node !== page.last?.node) panel.scrollTop = 0;
  drawLegend(route);
  drawTrail(route);
  drawList(route);
  drawNothing(route);
  drawStage(route);
  drawSieve(route);
  giveBack(route);
  drawSearch(route);
  const name = route.node?.name;
  document.title = name ? `${name} – paperkg` : say("title");
  if (name && route.node !== page.last?.node) {
    announce(say("chosen", { name, kind: kindName(route.node.kind), count: neighboursOf(route.node).length }));
  }
  if (route.unknown.length && route.unknown.join() !== page.last?.unknown.join()) announce(route.unknown.map(sayUnknown).join(" "));
  hideTip();
  moveView(route, formerView(route));
  page.views.set(location.hash, engines.aim);
  steps.own = false;
  page.last = route;
  page.drawn = new Set(shown.visible);
  document.body.dataset.shows = location.hash;
}

// Put on the language and the colours asked for.
function dress(route) {
  const language = route.lang || page.language;
  if (language !== words.language || page.last === null) speak(language);
  if (route.scheme) document.documentElement.dataset.scheme = route.scheme;
  else delete document.documentElement.dataset.scheme;
  palette.clear();
}

// The view that a state had before, where one comes back to it or closes what had moved the view; else null.
function formerView(route) {
  const { last, views } = page;
  const returned = last === null || (!steps.own && document.body.dataset.shows !== location.hash);
  if (route.at) return returned ? { x: route.at[0], y: route.at[1], scale: route.at[2] } : null;
  return (returned || (last.node && !route.node) ? views.get(location.hash) : null) ?? null;
}

// Move the view only where the address asks for it or the change would otherwise not be seen.
function moveView(route, former) {
  const { last } = page;
  if (route.view === "list") return;
  const what = ({ focus, depth, path, draw, from, to, digest, open, shut }) => {
    return JSON.stringify([focus?.id, depth, path.map((node) => node.id), draw, from, to, digest, open.length, shut.length]);
  };
  if (former) {
    moveTo(former, { smoothly: last !== null });
  } else if (last === null && route.node && !route.focus && route.path.length < 2) {
    showNode(route.node);
  } else if (last === null || !page.drawn.size || what(route) !== what(last) || last.view === "list") {
    fit(shown.visible, LARGEST, { smoothly: last !== null });
  } else if (route.node && route.node !== last.node && !route.at) {
    if (page.drawn.has(route.node)) bringIntoView(route.node);
    else showNode(route.node);
  } else if (route.node !== last.node && ![...shown.visible].some(isSeen)) {
    fit();
  }
}

function resized() {
  page.views.clear(); // they suited another size
  if (isTall() !== shown.turned) show();
  else engines.present.resize();
}

// Wait until the browser has painted; a page in the background paints nothing, so not for long.
function nextFrame() {
  return new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
    setTimeout(done, 2000);
  });
}

async function start() {
  const settings = await readBlock("settings");
  Object.assign(words, { words: settings.words, drawnByVis: settings.drawnByVis });
  page.language = settings.language;
  loadModel(await readBlock("graph"));
  startKeys();
  startSearch();
  addEventListener("hashchange", show);
  addEventListener("resize", resized);
  dark.addEventListener("change", show);
  if (!location.hash && graph.around.length === 1) go({ node: graph.around[0] }, { quietly: true });
  show();
  await nextFrame(); // what is drawn shall be seen before the sentences are read
  performance.mark("drawn");
  await loadEvidence();
  const giveBack = holdFocus(page.last);
  drawPanel(page.last);
  giveBack(page.last);
  document.body.dataset.ready = "";
  foldInSpareTime();
}

start();
