"use strict";
// A route -> which nodes and edges pass its filters, and how many of each there are.

const LATEST = 120;
const SHARED = 100;
const sifted = { key: null, value: null };

function isNarrow(route) {
  return Boolean(route.from || route.to || route.digest);
}

function isFiltered(route) {
  return isNarrow(route) || route.off.size > 0 || route.sure > 0;
}

// Whether a paper was spoken of in the digest and the period asked for.
function passesPaper(paper, { from, to, digest }) {
  if (!from && !to && !digest) return true;
  return paper.entries.some((entry) => {
    const inside = (!from || entry.date.slice(0, from.length) >= from) && (!to || entry.date.slice(0, to.length) <= to);
    return inside && (!digest || entry.digest === digest);
  });
}

// Sift nodes and edges: an edge needs its relation, its confidence and its papers; an entity needs an edge.
function sift(route) {
  const key = JSON.stringify([[...route.off], route.from, route.to, route.digest, route.sure]);
  if (sifted.key === key) return sifted.value;
  const kept = new Uint8Array(nodes.length);
  const passing = new Uint8Array(edges.length);
  for (const node of nodes) kept[node.number] = node.kind === "paper" ? passesPaper(node, route) : !isFiltered(route);
  const papers = (node) => node.kind !== "paper" || kept[node.number];
  for (const edge of edges) {
    if (edge.sure < route.sure || route.off.has(edge.relation) || !papers(edge.source) || !papers(edge.target)) continue;
    passing[edge.number] = 1;
    if (edge.source.kind !== "paper" && edge.target.kind !== "paper" && isNarrow(route)) continue;
    kept[edge.source.number] = kept[edge.target.number] = 1;
  }
  Object.assign(sifted, { key, value: { kept, passing } });
  return sifted.value;
}

// The nodes one step away over edges that pass.
function neighboursOf(node, sieve = sift(readRoute())) {
  const found = new Set();
  for (const edge of node.edges) if (sieve.passing[edge.number]) found.add(otherEnd(edge, node));
  return [...found];
}

// All nodes at most `depth` steps from a node, each with its distance.
function reach(start, depth, sieve) {
  const distances = new Map([[start, 0]]);
  for (const [node, distance] of distances) {
    if (distance === depth) continue;
    for (const next of neighboursOf(node, sieve)) if (!distances.has(next)) distances.set(next, distance + 1);
  }
  return distances;
}

// The overview of what passes: the latest papers, and what at least two of them share; of many papers, those that do.
function overviewOf(sieve) {
  const papers = nodes.filter((node) => node.kind === "paper" && sieve.kept[node.number]);
  papers.sort((a, b) => b.date.localeCompare(a.date) || a.number - b.number);
  const few = papers.length <= LATEST;
  const ties = tiesOf(papers.slice(0, 2 * LATEST), few && papers.length < 4 ? 1 : 2, sieve);
  const tied = few ? papers : papers.slice(0, 2 * LATEST).filter((paper) => neighboursOf(paper, sieve).some((other) => ties.has(other)));
  return [...tied.slice(0, LATEST), ...[...ties.keys()].slice(0, SHARED)];
}

// What at least so many of some papers share, the most shared first.
function tiesOf(papers, least, sieve) {
  const shared = papers.flatMap((paper) => neighboursOf(paper, sieve)).filter((other) => !["author", "metric", "paper"].includes(other.kind));
  const counts = [...countBy(shared, (node) => node)].filter(([, count]) => count >= least);
  return new Map(counts.sort((a, b) => b[1] - a[1] || a[0].number - b[0].number));
}

// The shortest chain of nodes between two, over edges that pass; empty where there is none. A metric that two
// papers share says little about them, so such chains are the last resort.
function findPath(ends, sieve) {
  const telling = walk(ends, sieve, (node) => node.kind !== "metric");
  return telling.length ? telling : walk(ends, sieve, () => true);
}

function walk([start, end], sieve, leadsOn) {
  const before = new Map([[start, null]]);
  for (const [node] of before) {
    if (node === end) break;
    if (node !== start && !leadsOn(node)) continue;
    for (const next of neighboursOf(node, sieve)) if (!before.has(next)) before.set(next, node);
  }
  const chain = [];
  for (let node = before.has(end) ? end : null; node; node = before.get(node)) chain.unshift(node);
  return chain;
}

function countBy(items, keyOf) {
  const counts = new Map();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
