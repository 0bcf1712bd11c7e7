"use strict";
// The state of the page, kept in the address, so that a link or a bookmark restores the view.

const DEPTHS = [1, 2, 3];
const TRAIL = 6;
const steps = { own: false }; // whether the page itself changed the address last, and not Back or a reader
const split = (text) => (text ?? "").split(",").filter(Boolean);

// Read the state out of the address; what the page does not know is left out, and things it does not know are named.
function readRoute() {
  const given = new URLSearchParams(location.hash.slice(1));
  const known = (id) => byId.get(id) ?? null;
  const list = (name) => (given.get(name) ?? "").split(" ").map(known).filter(Boolean);
  const at = split(given.get("at")).map(Number);
  const number = (name) => Number(given.get(name)) || 0;
  const day = (name) => (/^\d{4}-\d\d(-\d\d)?$/.test(given.get(name) ?? "") ? given.get(name) : "");
  const one = (name, allowed) => (allowed.includes(given.get(name)) ? given.get(name) : allowed[0]);
  const named = [given.get("node"), given.get("focus"), ...(given.get("path") ?? "").split(" ")].filter(Boolean);
  return {
    node: known(given.get("node")),
    focus: known(given.get("focus")),
    unknown: [...new Set(named)].filter((id) => !known(id)),
    depth: DEPTHS.includes(number("depth")) ? number("depth") : 1,
    trail: list("trail").slice(-TRAIL),
    open: list("open"),
    shut: list("shut"),
    path: list("path").slice(0, 2),
    hide: new Set(split(given.get("hide")).filter((kind) => kind in KINDS)),
    off: new Set(split(given.get("off")).filter((relation) => graph.relations.includes(relation))),
    from: day("from"),
    to: day("to"),
    digest: graph.digests.includes(given.get("digest")) ? given.get("digest") : "",
    sure: Math.min(Math.max(number("sure"), 0), 100),
    query: given.get("q") ?? "",
    view: one("view", ["graph", "list"]),
    draw: one("draw", ["few", "all"]),
    lang: one("lang", ["", "en", "ko"]),
    scheme: one("scheme", ["", "light", "dark"]),
    at: at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? at : null,
  };
}

function writeRoute(route) {
  const ids = (list) => list.map((node) => node.id).join(" ");
  const values = {
    node: route.node?.id, focus: route.focus?.id, depth: route.focus && route.depth > 1 ? String(route.depth) : "",
    trail: route.focus ? ids(route.trail) : "", open: ids(route.open), shut: ids(route.shut), path: ids(route.path),
    hide: [...route.hide].sort().join(","), off: [...route.off].sort().join(","), from: route.from, to: route.to,
    digest: route.digest, sure: route.sure ? String(route.sure) : "", q: route.query,
    view: route.view === "list" ? "list" : "", draw: route.draw === "all" ? "all" : "",
    lang: route.lang, scheme: route.scheme, at: route.at?.join(","),
  };
  const parts = Object.entries(values).filter(([, value]) => value).map(([name, value]) => {
    return `${name}=${encodeURIComponent(value).replace(/%(3A|2C|2F|40)/g, decodeURIComponent)}`;
  });
  return `#${parts.join("&")}`;
}

// Go to another state: `change` overrides parts of the present one. A new selection is a step back can undo.
// The step that a search is (`search`) is marked in the history, so that what ends the search can take its place.
function go(change, { quietly = false, search = quietly && isSearch() } = {}) {
  const hash = writeRoute({ ...readRoute(), ...change });
  if (hash === (location.hash || "#")) return;
  steps.own = true;
  if (quietly) location.replace(hash);
  else location.hash = hash;
  if (search) history.replaceState({ search }, "");
}

// Whether the present step is one that typing into the search box made.
function isSearch() {
  return Boolean(history.state?.search);
}

// Select a node; the second of two between which a path is sought ends it.
function choose(node, change = {}, manner = {}) {
  const { path } = readRoute();
  const ends = node && path.length === 1 && path[0] !== node;
  go({ node, ...(ends ? { path: [path[0], node], focus: null, at: null } : {}), ...change }, manner);
}

// Show only what is around a node, and remember where one came from.
function focusOn(node) {
  const { focus, trail } = readRoute();
  if (focus === node) return;
  const known = trail.includes(node) ? trail.slice(0, trail.indexOf(node)) : [...trail, ...(focus ? [focus] : [])];
  go({ node, focus: node, depth: 1, trail: known.slice(-TRAIL), path: [], at: null });
}

function showEverything() {
  go({ focus: null, trail: [], path: [], at: null });
}
