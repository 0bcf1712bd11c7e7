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

// What a node has none of yet: one list for all, for most nodes stay without.
const NONE = Object.freeze([]);

function append(node, name, value) {
  if (node[name] === NONE) node[name] = [value];
  else node[name].push(value);
}

function loadModel(block) {
  const { nodes: table, papers, edges: links } = block;
  Object.assign(graph, { total: block.total, prefixes: block.prefixes });
  Object.assign(graph, { relations: links.relations, digests: block.entries.digests });
  for (let number = 0; number < table.id.length; number += 1) {
    const node = {
      number, id: table.id[number], kind: block.kinds[table.kind[number]], name: table.name[number], short: null, spellings: null,
      x: table.x[number], y: table.y[number], home: null, size: 0, language: "", also: NONE, direction: 0, date: "",
      arxiv: papers.arxiv[number] ?? "", links: papers.links[number] ?? NONE, tags: papers.tags[number] ?? NONE,
      edges: NONE, results: NONE, entries: NONE,
    };
    nodes.push(node);
    byId.set(node.id, node);
  }
  for (const name of ["language", "also", "direction"]) {
    for (const [number, value] of Object.entries(table[name])) nodes[number][name] = value;
  }
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
  for (let number = 0; number < links.source.length; number += 1) {
    const source = nodes[links.source[number]];
    const target = nodes[links.target[number]];
    const edge = { number, source, target, relation: links.relations[links.relation[number]], sure: links.sure[number] };
    edges.push(edge);
    append(source, "edges", edge);
    if (target !== source) append(target, "edges", edge);
    if (edge.relation === "dcterms:creator") continue;
    source.size += source.kind === "paper" ? 0.5 : 1;
    target.size += target.kind === "paper" ? 0.5 : 1;
  }
  for (const node of nodes) node.size = node.kind === "author" ? Math.min(node.edges.length, GATHERED) / 3 : Math.floor(node.size);
}

function loadResults(table) {
  for (let number = 0; number < (table.paper?.length ?? 0); number += 1) {
    const result = { number };
    for (const [name, column] of Object.entries(table)) result[name] = column[number];
    for (const slot of SLOTS) {
      result[slot] = nodes[result[slot]] ?? null;
      if (result[slot] && result[slot].results.at(-1) !== result) append(result[slot], "results", result);
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
    append(entry.paper, "entries", entry);
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

// What an id ends with, as people write it.
function endOf(id) {
  const end = id.split(/[:/#]/).at(-1);
  try {
    return decodeURIComponent(end);
  } catch {
    return end;
  }
}

// The full IRI of a CURIE; an id that is an IRI already stays as it is.
function expand(id) {
  const [prefix] = id.split(":", 1);
  return prefix in graph.prefixes ? graph.prefixes[prefix] + id.slice(prefix.length + 1) : id;
}
