"use strict";
// The state of the page, kept in the address: what is selected, focused, hidden, searched, and where the view is.

const DEPTHS = [1, 2, 3];

// Read the state out of the address; whatever the page does not know is left out.
function readRoute() {
  const given = new URLSearchParams(location.hash.slice(1));
  const known = (name) => byId.get(given.get(name)) ?? null;
  const at = (given.get("at") ?? "").split(",").map(Number);
  const depth = Number(given.get("depth"));
  return {
    node: known("node"),
    focus: known("focus"),
    depth: DEPTHS.includes(depth) ? depth : 1,
    hide: new Set((given.get("hide") ?? "").split(",").filter((kind) => kind in KINDS)),
    query: given.get("q") ?? "",
    view: given.get("view") === "list" ? "list" : "graph",
    at: at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? at : null,
  };
}

function writeRoute(route) {
  const parts = [];
  const put = (name, value) => {
    if (value) parts.push(`${name}=${encodeURIComponent(value).replace(/%(3A|2C|2F|40)/g, decodeURIComponent)}`);
  };
  put("node", route.node?.id);
  put("focus", route.focus?.id);
  put("depth", route.focus && route.depth > 1 ? String(route.depth) : "");
  put("hide", [...route.hide].sort().join(","));
  put("q", route.query);
  put("view", route.view === "list" ? "list" : "");
  put("at", route.at?.join(","));
  return `#${parts.join("&")}`;
}

// Go to another state: `change` overrides parts of the present one. A new selection is a step back can undo.
function go(change, { quietly = false } = {}) {
  const hash = writeRoute({ ...readRoute(), ...change });
  if (hash === (location.hash || "#")) return;
  if (quietly) location.replace(hash);
  else location.hash = hash;
}
