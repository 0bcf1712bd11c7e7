"use strict";
// The bar above the stage: what is in focus and how one got there, the path being sought, the filters that hold.

const bar = find("focus");

function drawTrail(route) {
  const parts = [...describeFocus(route), ...describeSearchForPath(route), ...describeFilters(route)];
  bar.hidden = !parts.length;
  bar.replaceChildren(...parts);
}

function describeFocus(route) {
  if (!route.focus) return [];
  const steps = route.trail.map((node) => makeButton(shortOf(node), () => focusOn(node), { title: node.name }));
  const present = make("b", { lang: route.focus.language || null }, shortOf(route.focus));
  const depths = DEPTHS.map((depth) => makeButton(String(depth), () => go({ depth, at: null }), { "aria-pressed": String(depth === route.depth) }));
  return [
    make("nav", { class: "trail", "aria-label": say("trail") }, makeButton(say("act.everything"), showEverything), ...steps,
      make("span", { "aria-current": "location" }, make("span", { class: "unseen" }, say("focus.around")), " ", present)),
    make("span", { role: "group", "aria-label": say("focus.steps"), class: "depths" }, ...depths),
  ];
}

function describeSearchForPath(route) {
  const [start, end] = route.path;
  if (!start) return [];
  const names = { from: shortOf(start), to: end ? shortOf(end) : "" };
  return [
    make("span", {}, say(end ? "path.between" : "path.choose", names)),
    makeButton(say("path.end"), () => go({ path: [], at: null })),
  ];
}

function describeFilters(route) {
  if (!isFiltered(route)) return [];
  return [makeButton(say("filters.clear"), () => go(UNFILTERED), { id: "clear" })];
}
