"use strict";
// A route -> the panel beside the stage: one node with everything the digests say of it.

const panel = find("panel");
const FEW = 12;
const ORDER = [
  "kg:introduces", "kg:evaluatesOn", "kg:usesMethod", "kg:usesDataset", "kg:addresses", "kg:outperforms", "kg:variantOf",
  "kg:forTask", "kg:developedBy", "fair4ml:trainedOn", "skos:closeMatch", "kg:mentions", "dcterms:creator",
];

function linkText(kind, url) {
  try {
    const { hostname, pathname } = new URL(url);
    const host = hostname.replace(/^www\./, "");
    return kind === "code" ? say("link.code", { place: `${host}${pathname.replace(/\/$/, "")}` }) : host;
  } catch {
    return kind;
  }
}

function linksOf(node) {
  const links = (node.links ?? []).map(([kind, url]) => webLink(linkText(kind, url), url));
  if (node.arxiv) links.unshift(webLink(`arXiv ${node.arxiv}`, `https://arxiv.org/abs/${node.arxiv}`));
  return links.length ? make("ul", { class: "links" }, ...links.map((link) => make("li", {}, link))) : null;
}

// One fact: the other node, and on demand the sentences that say so.
function fact(node, edge) {
  const other = otherEnd(edge, node);
  return make("li", {}, nodeButton(other), quotesOf(evidence.edges[edge.number], other.name));
}

function describeRelations(node) {
  const groups = new Map();
  for (const edge of node.edges) {
    if (edge.relation === "dcterms:creator" && node.kind === "paper") continue; // the card has them
    const forwards = edge.source === node;
    const rank = ORDER.indexOf(edge.relation) * 2 + (forwards ? 0 : 1);
    const name = relationName(edge.relation, forwards);
    if (!groups.has(name)) groups.set(name, { rank, edges: [] });
    groups.get(name).edges.push(edge);
  }
  const named = [...groups].sort((a, b) => a[1].rank - b[1].rank);
  return named.map(([name, { edges: some }]) => {
    const others = [...some].sort((a, b) => otherEnd(b, node).size - otherEnd(a, node).size || a.number - b.number);
    const items = others.map((edge, place) => (place < FEW ? fact(node, edge) : () => fact(node, edge)));
    return section(`${name} (${digits(some.length)})`, ...longList(items, { class: "facts" }, FEW));
  });
}

function describeAuthors(node) {
  const authors = node.edges.filter((edge) => edge.relation === "dcterms:creator").map((edge) => edge.target);
  if (!authors.length) return [];
  const items = authors.map((author) => make("li", {}, nodeButton(author)));
  return [section(`${relationName("dcterms:creator")} (${authors.length})`, ...longList(items, { class: "people" }, FEW))];
}

// Those who wrote papers with an author, with how many.
function describeCoauthors(node) {
  const papers = node.edges.map((edge) => otherEnd(edge, node));
  const written = papers.flatMap((paper) => paper.edges.filter((edge) => edge.relation === "dcterms:creator" && edge.target !== node));
  const counts = [...countBy(written, (edge) => edge.target)].sort((a, b) => b[1] - a[1] || a[0].number - b[0].number);
  if (!counts.length) return [];
  const items = counts.map(([author, count]) => make("li", {}, nodeButton(author), aside(sayCount("papers", count))));
  return [section(`${say("coauthors")} (${counts.length})`, ...longList(items, { class: "facts top" }, FEW))];
}

// A paper's card: what a reader would cite and decide by.
function describeCard(node) {
  const votes = Math.max(0, ...node.entries.map((entry) => entry.votes));
  const tags = node.tags ?? [];
  const facts = [
    votes ? make("li", {}, sayCount("votes", votes)) : null,
    ...tags.map((tag) => make("li", { class: "tag" }, tag)),
  ].filter(Boolean);
  return [linksOf(node), facts.length ? make("ul", { class: "tags" }, ...facts) : null].filter(Boolean);
}

function describeEntries(node) {
  if (!node.entries.length) return [];
  const items = node.entries.map((entry) => make("li", { class: "digest" },
    makeButton(entry.digest, () => go({ digest: entry.digest, focus: null, at: null }), { class: "node", title: say("digest.filter") }),
    aside([say("line", { line: entry.line }), entry.date].filter(Boolean).join(" · "))));
  return [section(`${say("digests")} (${node.entries.length})`, ...longList(items, { class: "facts top" }, FEW))];
}

// What can be done with a node: focus, expand, collapse, path, citation.
function describeActs(node, route) {
  const { open, shut, path } = route;
  const act = (key, onclick, pressed) => {
    return makeButton(say(key), onclick, { class: "act", "data-act": key, "aria-pressed": pressed === undefined ? null : String(pressed) });
  };
  const toggle = (name, other) => {
    const without = (list) => list.filter((each) => each !== node);
    const present = route[name].includes(node);
    go({ [name]: present ? without(route[name]) : [...route[name], node], [other]: without(route[other]), at: null });
  };
  const sought = path.length === 1 && path[0] === node;
  return make("div", { class: "acts", role: "group", "aria-label": say("acts") },
    route.focus === node ? act("act.everything", showEverything) : act("act.focus", () => focusOn(node)),
    act("act.expand", () => toggle("open", "shut"), open.includes(node)),
    act("act.collapse", () => toggle("shut", "open"), shut.includes(node)),
    act("act.path", () => go({ path: sought ? [] : [node] }), sought),
    node.kind === "paper" ? act("act.cite", () => copy(citePaper(node))) : null);
}

function describeNode(node, route) {
  const also = node.also.flatMap(([name, language], place) => [place ? ", " : `${say("also")} `, make("bdi", { lang: language || null }, name)]);
  return [
    closable(make("p", { class: "type" }, icon(node.kind), kindName(node.kind), node.date ? ` · ${node.date}` : null), () => go({ node: null })),
    make("h2", { lang: node.language || null, dir: "auto" }, node.name),
    also.length ? make("p", { class: "also" }, ...also) : null,
    ...(node.kind === "paper" ? describeCard(node) : []),
    describeActs(node, route),
    ...describePath(route),
    ...describeResults(node),
    ...(node.kind === "paper" ? describeAuthors(node) : node.kind === "author" ? describeCoauthors(node) : []),
    ...describeRelations(node),
    ...describeEntries(node),
  ];
}

function drawPanel(route) {
  const parts = route.node ? describeNode(route.node, route) : describeOverview(route);
  panel.replaceChildren(...describeUnknown(route), ...parts.filter(Boolean));
  document.body.classList.toggle("selected", route.node !== null);
}
