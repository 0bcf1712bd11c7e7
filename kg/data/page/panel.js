"use strict";
// A route -> the panel beside the canvas: one node with everything the digests say of it, or the whole in brief.

const panel = document.getElementById("panel");
const SVG = "http://www.w3.org/2000/svg";
const SLOTS = { system: "System", benchmark: "Benchmark" };
const OUTLINES = {
  square: "M3 3h10v10H3z",
  dot: "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z",
  diamond: "M8 1.5L14.5 8L8 14.5L1.5 8z",
  triangle: "M8 2L14.5 13.5h-13z",
  triangleDown: "M8 14L1.5 2.5h13z",
  hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
  star: "M8 1l2 4.8 5.2.4-4 3.4 1.3 5L8 11.9l-4.5 2.7 1.3-5-4-3.4 5.2-.4z",
};

// Make an element; text goes in as text, never as markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function icon(kind) {
  const { shape, hollow } = KINDS[kind];
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 16 16");
  drawn.setAttribute("class", `icon is-${kind}${hollow ? " hollow" : ""}`);
  drawn.setAttribute("aria-hidden", "true");
  const outline = document.createElementNS(SVG, "path");
  outline.setAttribute("d", OUTLINES[shape]);
  drawn.append(outline);
  return drawn;
}

function nodeButton(node, text = node.name) {
  return make(
    "button", { type: "button", class: "node", "data-id": node.id, onclick: () => go({ node, at: null }) },
    icon(node.kind), make("bdi", { lang: text === node.name ? node.language || null : null }, text),
  );
}

function webLink(text, url) {
  if (!/^https?:\/\//i.test(url)) return make("span", {}, text);
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, text);
}

function linkText(kind, url) {
  if (kind === "arXiv") return `arXiv ${url.split("/").pop()}`;
  try {
    const { hostname, pathname } = new URL(url);
    const host = hostname.replace(/^www\./, "");
    return kind === "code" ? `Code: ${host}${pathname.replace(/\/$/, "")}` : host;
  } catch {
    return kind;
  }
}

// A sentence with its spans marked, and where it stands.
function quote([number, spans]) {
  const [entry, text] = content.sentences[number];
  const characters = [...text]; // offsets count code points
  const line = make("p");
  let at = 0;
  for (const [start, end] of spans) {
    if (start < at) continue;
    line.append(characters.slice(at, start).join(""), make("mark", {}, characters.slice(start, end).join("")));
    at = end;
  }
  line.append(characters.slice(at).join(""));
  return make("blockquote", { lang: content.entries[entry][3] || null, dir: "auto" }, line, source(entry));
}

function source(entry) {
  const [digest, line, date] = content.entries[entry];
  const place = make("cite", { lang: "en" }, line ? `${digest}, line ${line}` : digest);
  return make("footer", { lang: "en" }, place, date ? " · " : null, date ? make("time", { datetime: date }, date) : null);
}

function section(title, ...children) {
  return make("section", {}, make("h3", {}, title), ...children);
}

// One fact: the other node, and on demand the sentences that say so.
function fact(node, edge) {
  const other = otherEnd(edge, node);
  const button = nodeButton(other);
  if (!edge.quotes.length) return make("li", {}, button);
  const count = edge.quotes.length === 1 ? "1 sentence" : `${edge.quotes.length} sentences`;
  const says = make("details", {}, make("summary", { "aria-label": `${count} about ${other.name}` }, count));
  says.addEventListener("toggle", () => {
    if (says.open && says.children.length === 1) says.append(...edge.quotes.map(quote));
  });
  return make("li", {}, button, says);
}

function describeRelations(node) {
  const groups = new Map();
  for (const edge of node.edges) {
    const forwards = edge.source === node;
    const name = relationName(edge.relation, forwards);
    const rank = Object.keys(RELATIONS).indexOf(edge.relation) * 2 + (forwards ? 0 : 1);
    if (!groups.has(name)) groups.set(name, { rank, edges: [] });
    groups.get(name).edges.push(edge);
  }
  return [...groups].sort(([, a], [, b]) => a.rank - b.rank).map(([name, group]) => {
    const order = (edge) => otherEnd(edge, node);
    group.edges.sort((a, b) => order(b).size - order(a).size || order(a).number - order(b).number);
    return section(`${name} (${group.edges.length})`, make("ul", { class: "facts" }, ...group.edges.map((edge) => fact(node, edge))));
  });
}

function describeResults(node) {
  if (!node.results.length) return null;
  const ranked = [...node.results].sort((a, b) => (a.benchmark?.number ?? 1e9) - (b.benchmark?.number ?? 1e9));
  // A column that would say the same in every row is left out.
  const slots = ["system", "benchmark"].filter((slot) => ranked.some((result) => result[slot] !== node));
  const heads = [...slots.map((slot) => SLOTS[slot]), "Value", ""].map((text) => make("th", { scope: "col" }, text));
  const body = make("tbody", {}, ...ranked.flatMap((result) => resultRows(result, node, slots)));
  return section(`Results (${ranked.length})`, make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body));
}

function resultRows(result, node, slots) {
  const cell = (other) => make("td", {}, !other ? "–" : other === node ? other.short : nodeButton(other, other.short));
  const unit = result.unit === "%" || result.unit === "x" ? result.unit : result.unit && ` ${result.unit}`;
  const metric = result.metric?.name ?? (result.implied ? `${result.implied.name}, implied` : "");
  const against = result.against ? `against ${result.against}` : "";
  const notes = [result.kind === "gain" ? "gain" : "", metric, result.setting, against].filter(Boolean).join(" · ");
  const value = make("td", { class: "value" }, make("b", {}, `${result.value}${unit}`), notes ? make("small", {}, notes) : null);
  const says = make("tr", { class: "says", hidden: true }, make("td", { colspan: String(slots.length + 2) }));
  const toggle = make("button", { type: "button", class: "why", "aria-expanded": "false", title: "The sentences that say so" }, "“”");
  toggle.setAttribute("aria-label", "Sentences for this result");
  toggle.addEventListener("click", () => {
    says.hidden = !says.hidden;
    toggle.setAttribute("aria-expanded", String(!says.hidden));
    const paper = result.paper === node ? [] : [nodeButton(result.paper)];
    says.firstChild.replaceChildren(...paper, ...result.quotes.map(quote));
  });
  return [make("tr", {}, ...slots.map((slot) => cell(result[slot])), value, make("td", {}, toggle)), says];
}

function describeNode(node, route) {
  const also = node.also.flatMap(([name, language], place) => [place ? ", " : "also ", make("bdi", { lang: language || null }, name)]);
  const links = (node.links ?? []).map(([kind, url]) => make("li", {}, webLink(linkText(kind, url), url)));
  const focused = route.focus === node;
  const zoomTo = focused ? { focus: null, at: null } : { focus: node, depth: 1, at: null };
  return [
    make("div", { class: "bar" },
      make("p", { class: "type" }, icon(node.kind), KINDS[node.kind].one, node.date ? ` · ${node.date}` : null),
      make("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => go({ node: null }) }, "×")),
    make("h2", { lang: node.language || null, dir: "auto" }, node.name),
    also.length ? make("p", { class: "also" }, ...also) : null,
    links.length ? make("ul", { class: "links" }, ...links) : null,
    make("button", { type: "button", class: "wide", onclick: () => go(zoomTo) }, focused ? "Show everything" : "Show only what is around it"),
    describeResults(node),
    ...describeRelations(node),
    node.entries?.length ? section("Digests", make("ul", { class: "digests" }, ...node.entries.map((entry) => make("li", {}, source(entry))))) : null,
  ];
}

function describeAll() {
  const papers = nodes.filter((node) => node.kind === "paper");
  const dates = papers.map((node) => node.date).filter(Boolean).sort();
  const period = dates.length ? `${dates[0]} to ${dates[dates.length - 1]}` : "";
  const most = (kind) => {
    const ranked = nodes.filter((node) => node.kind === kind && node.size > 1).sort((a, b) => b.size - a.size || a.number - b.number);
    if (!ranked.length) return null;
    const items = ranked.slice(0, 6).map((node) => make("li", {}, nodeButton(node), make("span", { class: "count" }, String(node.size))));
    return section(KINDS[kind].many, make("ul", { class: "facts top" }, ...items));
  };
  const title = content.around.length ? `Around ${content.around.map((number) => nodes[number].short).join(", ")}` : "Papers and what ties them";
  const known = nodes.length < content.total ? `${nodes.length} of ${content.total}` : String(nodes.length);
  return [
    make("h2", {}, title),
    make("p", { class: "also" }, [period, `${papers.length} papers`, `${content.results.length} results`, `${known} nodes`].filter(Boolean).join(" · ")),
    make("p", {}, "Click a node for everything the digests say about it, with the sentences. Double-click shows only what is around it. Search also finds what is not drawn."),
    ...["benchmark", "model", "method", "task"].map(most),
  ];
}

function drawPanel(route) {
  const parts = route.node ? describeNode(route.node, route) : describeAll();
  panel.replaceChildren(...parts.filter(Boolean));
  panel.scrollTop = 0;
  document.body.classList.toggle("selected", route.node !== null);
}
