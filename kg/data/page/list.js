"use strict";
// The same nodes as text, for the keyboard and for screen readers; and the legend, which filters both by type.

const list = find("list");
const legend = find("legend");
const LISTED = 200;

function drawList(route) {
  const asList = route.view === "list";
  list.hidden = !asList;
  stage.hidden = asList;
  find("as-list").setAttribute("aria-pressed", String(asList));
  if (!asList) return;
  const listed = route.query && !route.node ? shown.lit : shown.visible;
  const kinds = Object.keys(KINDS).map((kind) => {
    const members = [...shown.visible].filter((node) => node.kind === kind && listed.has(node));
    if (!members.length) return null;
    members.sort((a, b) => b.size - a.size || a.number - b.number);
    const item = (node) => {
      const button = nodeButton(node);
      if (node === route.node) button.setAttribute("aria-current", "true");
      return make("li", {}, button);
    };
    const items = members.map((node, place) => (place < LISTED ? item(node) : () => item(node)));
    const title = `${kindName(kind, true)} (${digits(members.length)})`;
    return make("section", {}, make("h2", {}, title), ...longList(items, {}, LISTED));
  });
  list.replaceChildren(...kinds.filter(Boolean));
}

// Say why nothing is shown, where that is so, with the button that changes it.
function drawNothing(route) {
  const nothing = find("nothing");
  const empty = !shown.visible.size;
  if (empty && nothing.hidden) announce(reasonOf(route).text);
  nothing.hidden = !empty;
  nothing.replaceChildren();
  if (!empty) return;
  const { text, remedy, change } = reasonOf(route);
  nothing.replaceChildren(make("p", {}, text), ...(change ? [makeButton(remedy, () => go(change), { class: "act" })] : []));
}

function reasonOf(route) {
  if (isFiltered(route)) return { text: say("nothing.filtered"), remedy: say("filters.clear"), change: UNFILTERED };
  if (route.hide.size) return { text: say("nothing.hidden"), remedy: say("nothing.show"), change: { hide: new Set() } };
  return { text: say("nothing.known") };
}

function drawLegend(route) {
  const counts = countBy(shown.visible, (node) => node.kind);
  for (const kind of route.hide) counts.set(kind, counts.get(kind) ?? 0);
  const chips = Object.keys(KINDS).filter((kind) => counts.has(kind)).map((kind) => {
    const toggle = () => {
      const hide = new Set(route.hide);
      if (!hide.delete(kind)) hide.add(kind);
      go({ hide });
    };
    const off = route.hide.has(kind);
    const count = off ? null : aside(digits(counts.get(kind)));
    const state = { type: "button", "data-kind": kind, "aria-pressed": String(!off), onclick: toggle };
    return make("button", state, icon(kind), kindName(kind, true), count);
  });
  legend.replaceChildren(...chips);
}
