"use strict";
// The whole in brief -> the panel when nothing is selected; and a path, step by step.

const ALIKE = 3;

function describeOverview(route) {
  const { kept } = sift(route);
  const papers = nodes.filter((node) => node.kind === "paper" && kept[node.number]);
  const dates = papers.map((node) => node.date).filter(Boolean).sort();
  const numbers = { count: digits(nodes.length), total: digits(graph.total) };
  const known = say(nodes.length < graph.total ? "overview.part" : "overview.whole", numbers);
  const facts = [
    dates.length ? say("overview.period", { from: dates[0], to: dates[dates.length - 1] }) : "",
    sayCount("papers", papers.length), sayCount("results.count", results.filter((result) => kept[result.paper.number]).length), known,
  ];
  const title = graph.around.length ? say("overview.around", { names: graph.around.map((node) => node.name).join(", ") }) : say("overview.title");
  return [
    make("h2", {}, title),
    make("p", { class: "also" }, facts.filter(Boolean).join(" · ")),
    make("p", {}, say("overview.hint")),
    nodes.length > shown.visible.size || route.draw === "all" ? describeDrawn(route) : null,
    ...describePath(route),
    ...["benchmark", "model", "method", "task"].map((kind) => describeMost(kind, kept)),
  ];
}

// Say which things the address asks for that are not here, and what is called alike.
function describeUnknown({ unknown }) {
  if (!unknown.length) return [];
  const alike = new Set(unknown.flatMap((id) => findNames(endOf(id)).slice(0, ALIKE)).map((hit) => hit.node));
  const items = [...alike].map((node) => make("li", {}, nodeButton(node), aside(kindName(node.kind))));
  const offered = items.length ? [make("p", {}, say("unknown.alike")), make("ul", { class: "facts top" }, ...items)] : [];
  return [make("div", { class: "warning" }, ...unknown.map((id) => make("p", {}, sayUnknown(id))), ...offered)];
}

function sayUnknown(id) {
  return say(nodes.length < graph.total ? "unknown.part" : "unknown.whole", { id });
}

function describeDrawn(route) {
  const all = route.draw === "all";
  const text = all ? say("draw.few") : say("draw.all", { count: digits(nodes.length) });
  return makeButton(text, () => go({ draw: all ? "few" : "all", focus: null, trail: [], path: [], at: null }), { class: "act wide", id: "draw" });
}

function describeMost(kind, kept) {
  const ranked = nodes.filter((node) => node.kind === kind && node.size > 1 && kept[node.number]);
  if (!ranked.length) return null;
  ranked.sort((a, b) => b.size - a.size || a.number - b.number);
  const items = ranked.slice(0, 6).map((node) => make("li", {}, nodeButton(node), aside(digits(node.size))));
  return section(kindName(kind, true), make("ul", { class: "facts top" }, ...items));
}

// A path as the facts it is made of, each with its sentences.
function describePath(route) {
  if (route.path.length < 2) return [];
  const sieve = sift(route);
  const chain = findPath(route.path, sieve);
  if (!chain.length) return [section(say("path"), make("p", {}, say("path.none")))];
  const steps = chain.slice(1).map((node, step) => {
    const edge = node.edges.find((each) => sieve.passing[each.number] && otherEnd(each, node) === chain[step]);
    const name = relationName(edge.relation, edge.source === chain[step]);
    return make("li", {}, make("span", { class: "relation" }, name), " ", nodeButton(node), quotesOf(evidence.edges[edge.number], node.name));
  });
  return [section(say("path"), make("ol", { class: "facts path" }, make("li", {}, nodeButton(chain[0])), ...steps))];
}
