"use strict";
// The graph block -> nodes, edges, results and digest entries that refer to one another.

const KINDS = {
  paper: { shape: "square" },
  model: { shape: "dot" },
  method: { shape: "diamond" },
  benchmark: { shape: "triangle" },
  dataset: { shape: "triangleDown" },
  task: { shape: "star" },
  metric: { shape: "hexagon" },
  org: { shape: "square", hollow: true },
  author: { shape: "dot", hollow: true },
};
const SLOTS = ["paper", "system", "benchmark", "metric", "implied"];
const SHORT = 30;
const GATHERED = 36; // beyond so many links a node grows no larger

const nodes = [];
const edges = [];
const results = [];
const entries = [];
const byId = new Map();
const graph = { total: 0, around: [], relations: [], digests: [], days: [], prefixes: {}, overview: [] };

function loadModel(block) {
  const { nodes: table, papers, edges: links } = block;
  Object.assign(graph, { total: block.total, prefixes: block.prefixes });
  Object.assign(graph, { relations: links.relations, digests: block.entries.digests });
  const kinds = table.kind.map((kind) => block.kinds[kind]);
  table.id.forEach((id, number) => {
    const node = {
      number, id, kind: kinds[number], name: table.name[number], x: table.x[number], y: table.y[number],
      language: table.language[number] ?? "", also: table.also[number] ?? [], size: 0, date: "",
      direction: table.direction[number] ?? 0, edges: [], results: [], entries: [],
    };
    nodes.push(node);
    byId.set(id, node);
  });
  papers.arxiv.forEach((arxiv, number) => Object.assign(nodes[number], { arxiv, links: papers.links[number], tags: papers.tags[number] }));
  loadEdges(links);
  loadResults(block.results);
  loadEntries(block.entries);
  block.overview.node.forEach((number, place) => {
    graph.overview.push(nodes[number]);
    nodes[number].home = [block.overview.x[place], block.overview.y[place]];
  });
  graph.around = block.around.map((number) => nodes[number]);
}

function loadEdges(links) {
  links.source.forEach((from, number) => {
    const [source, target] = [nodes[from], nodes[links.target[number]]];
    const edge = { number, source, target, relation: links.relations[links.relation[number]], sure: links.sure[number] };
    edges.push(edge);
    source.edges.push(edge);
    if (target !== source) target.edges.push(edge);
    if (edge.relation === "dcterms:creator") return;
    source.size += source.kind === "paper" ? 0.5 : 1;
    target.size += target.kind === "paper" ? 0.5 : 1;
  });
  for (const node of nodes) node.size = node.kind === "author" ? Math.min(node.edges.length, GATHERED) / 3 : Math.floor(node.size);
}

function loadResults(table) {
  for (let number = 0; number < (table.paper?.length ?? 0); number += 1) {
    const result = { number };
    for (const [name, column] of Object.entries(table)) result[name] = column[number];
    for (const slot of SLOTS) {
      result[slot] = nodes[result[slot]] ?? null;
      if (result[slot] && !result[slot].results.includes(result)) result[slot].results.push(result);
    }
    results.push(result);
  }
}

function loadEntries(table) {
  table.paper.forEach((paper, number) => {
    const entry = {
      number, paper: nodes[paper], digest: table.digests[table.digest[number]], line: table.line[number],
      date: table.date[number], language: table.language[number], votes: table.votes[number],
    };
    entries.push(entry);
    entry.paper.entries.push(entry);
    if (entry.date && (!entry.paper.date || entry.date < entry.paper.date)) entry.paper.date = entry.date;
  });
  graph.days = [...new Set(nodes.map((node) => node.date).filter(Boolean))].sort();
}

function otherEnd(edge, node) {
  return edge.source === node ? edge.target : edge.source;
}

function relationName(relation, forwards = true) {
  const key = `${relation}${forwards ? "" : "^"}`;
  return key in words.words ? say(key) : relation;
}

function kindName(kind, many = false) {
  return say(`${kind}.${many ? "many" : "one"}`);
}

function shortOf(node) {
  node.short ??= shortName(node);
  return node.short;
}

// What a canvas has room for: of a title the name before its colon, of a long name its beginning.
function shortName(node) {
  const { name, kind } = node;
  const head = (kind === "paper" ? name.split(":", 1)[0].trim() : "") || name;
  if (head.length <= SHORT) return head;
  const cut = [...name.slice(0, SHORT + 1)].slice(0, SHORT).join("");
  return `${(cut.includes(" ") ? cut.slice(0, cut.lastIndexOf(" ")) : cut).replace(/[ ,:;-]+$/, "")}…`;
}

// The full IRI of a CURIE; an id that is an IRI already stays as it is.
function expand(id) {
  const [prefix] = id.split(":", 1);
  return prefix in graph.prefixes ? graph.prefixes[prefix] + id.slice(prefix.length + 1) : id;
}
