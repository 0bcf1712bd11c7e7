"use strict";
// The same nodes as text, for the keyboard and for screen readers; and the legend, which filters both.

const list = document.getElementById("list");
const legend = document.getElementById("legend");
const focusBar = document.getElementById("focus");

function drawList(route) {
  const asList = route.view === "list";
  list.hidden = !asList;
  stage.hidden = asList;
  document.getElementById("as-list").setAttribute("aria-pressed", String(asList));
  if (!asList) return;
  const lit = route.query && !route.node ? findLit(route, shown.visible) : shown.visible;
  const kinds = Object.keys(KINDS).map((kind) => {
    const members = [...shown.visible].filter((node) => node.kind === kind && lit.has(node));
    members.sort((a, b) => b.size - a.size || a.number - b.number);
    if (!members.length) return null;
    const items = members.map((node) => {
      const button = nodeButton(node);
      if (node === route.node) button.setAttribute("aria-current", "true");
      return make("li", {}, button);
    });
    return make("section", {}, make("h2", {}, `${KINDS[kind].many} (${members.length})`), make("ul", {}, ...items));
  });
  list.replaceChildren(...kinds.filter(Boolean));
}

function drawLegend(route) {
  const counts = {};
  for (const node of findVisible({ ...route, hide: new Set() })) counts[node.kind] = (counts[node.kind] ?? 0) + 1;
  const chips = Object.keys(KINDS).filter((kind) => counts[kind]).map((kind) => {
    const toggle = () => {
      const hide = new Set(route.hide);
      if (!hide.delete(kind)) hide.add(kind);
      go({ hide });
    };
    const pressed = String(!route.hide.has(kind));
    const label = KINDS[kind].many;
    return make("button", { type: "button", "data-kind": kind, "aria-pressed": pressed, onclick: toggle },
      icon(kind), label, make("span", { class: "count" }, String(counts[kind])));
  });
  legend.replaceChildren(...chips);
}

function drawFocusBar(route) {
  focusBar.hidden = !route.focus;
  if (!route.focus) return;
  const depths = DEPTHS.map((depth) => make(
    "button", { type: "button", "aria-pressed": String(depth === route.depth), onclick: () => go({ depth, at: null }) }, String(depth),
  ));
  focusBar.replaceChildren(
    make("span", {}, "Around ", make("b", { lang: route.focus.language || null }, route.focus.short)),
    make("span", { role: "group", "aria-label": "Steps from it", class: "depths" }, ...depths),
    make("button", { type: "button", onclick: () => go({ focus: null, at: null }) }, "Show everything"),
  );
}
