"use strict";
// What the page holds: nodes, edges, results and sentences, and how they refer to one another.

const content = JSON.parse(document.getElementById("content").textContent);

const KINDS = {
  paper: { one: "Paper", many: "Papers", shape: "square" },
  model: { one: "Model", many: "Models", shape: "dot" },
  method: { one: "Method", many: "Methods", shape: "diamond" },
  benchmark: { one: "Benchmark", many: "Benchmarks", shape: "triangle" },
  dataset: { one: "Dataset", many: "Datasets", shape: "triangleDown" },
  task: { one: "Task", many: "Tasks", shape: "star" },
  metric: { one: "Metric", many: "Metrics", shape: "hexagon" },
  org: { one: "Organization", many: "Organizations", shape: "square", hollow: true },
  author: { one: "Author", many: "Authors", shape: "dot", hollow: true },
};

// A relation -> how it reads from its source, and from its target.
const RELATIONS = {
  "kg:introduces": ["Introduces", "Introduced by"],
  "kg:evaluatesOn": ["Evaluates on", "Evaluated in"],
  "kg:usesMethod": ["Uses method", "Used in"],
  "kg:usesDataset": ["Uses dataset", "Used in"],
  "kg:addresses": ["Addresses", "Addressed in"],
  "kg:mentions": ["Mentions", "Mentioned in"],
  "kg:outperforms": ["Outperforms", "Outperformed by"],
  "kg:variantOf": ["Variant of", "Has variant"],
  "kg:forTask": ["For task", "Has benchmark"],
  "kg:developedBy": ["Developed by", "Develops"],
  "fair4ml:trainedOn": ["Trained on", "Training data of"],
  "skos:closeMatch": ["Same name as", "Same name as"],
  "dcterms:creator": ["Authors", "Papers"],
};

const nodes = content.nodes;
nodes.forEach((node, number) => Object.assign(node, { number, edges: [], results: [] }));
const byId = new Map(nodes.map((node) => [node.id, node]));

const edges = content.edges.map(([source, target, relation, quotes], number) => {
  const edge = { number, source: nodes[source], target: nodes[target], relation, quotes };
  edge.source.edges.push(edge);
  if (target !== source) edge.target.edges.push(edge);
  return edge;
});

for (const result of content.results) {
  for (const slot of ["paper", "system", "benchmark", "metric", "implied"]) {
    result[slot] = nodes[result[slot]] ?? null;
    if (result[slot] && !result[slot].results.includes(result)) result[slot].results.push(result);
  }
}

// Reduce a spelling to what must agree for a search to find it: case, blanks and punctuation go.
function fold(text) {
  return text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC").replace(/[^\p{L}\p{N}+@*#]/gu, "");
}

for (const node of nodes) {
  node.spellings = [[node.name, node.language], ...node.also].map(([name, language]) => {
    return { name, language, folded: fold(name), words: name.split(/[\s:,()/-]+/).map(fold) };
  });
}

function otherEnd(edge, node) {
  return edge.source === node ? edge.target : edge.source;
}

function neighboursOf(node) {
  return [...new Set(node.edges.map((edge) => otherEnd(edge, node)))];
}

// All nodes at most `depth` steps from a node, each with its distance.
function reach(start, depth) {
  const distances = new Map([[start, 0]]);
  for (const [node, distance] of distances) {
    if (distance === depth) continue;
    for (const next of neighboursOf(node)) if (!distances.has(next)) distances.set(next, distance + 1);
  }
  return distances;
}

function relationName(relation, forwards) {
  return (RELATIONS[relation] ?? [relation, `${relation} of`])[forwards ? 0 : 1];
}
