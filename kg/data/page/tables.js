"use strict";
// What is shown -> text for other programs: CSV, JSON-LD, a SPARQL query, a citation.

const PREFIXES = ["dcterms", "fair4ml", "kg", "skos"];
const OF_EVIDENCE = ["itsrdf", "nif", "prov"];

// A CSV cell; one that a spreadsheet would take for a formula gets a quote in front.
function cell(value) {
  const text = /^[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function writeCsv() {
  const head = ["source", "source_type", "relation", "target", "target_type", "confidence", "date", "source_iri", "target_iri"];
  const rows = shown.edges.map(({ source, target, relation, sure }) => {
    return [source.name, source.kind, relation, target.name, target.kind, (sure / 100).toFixed(2), source.date, expand(source.id), expand(target.id)];
  });
  const joined = new Set(shown.edges.flatMap((edge) => [edge.source, edge.target]));
  const alone = [...shown.visible].filter((node) => !joined.has(node)).map((node) => {
    return [node.name, node.kind, "", "", "", "", node.date, expand(node.id), ""];
  });
  return [head, ...rows, ...alone].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function writeJsonLd() {
  const described = [...shown.visible].map((node) => {
    const label = node.language ? { "@value": node.name, "@language": node.language } : node.name;
    const kind = node.kind === "org" ? "Organization" : node.kind[0].toUpperCase() + node.kind.slice(1);
    return { "@id": expand(node.id), "@type": `kg:${kind}`, "skos:prefLabel": label };
  });
  const byNode = new Map([...shown.visible].map((node, place) => [node, described[place]]));
  for (const { source, target, relation } of shown.edges) {
    const facts = byNode.get(source);
    facts[relation] = [...(facts[relation] ?? []), { "@id": expand(target.id) }];
  }
  return JSON.stringify({ "@context": graph.prefixes, "@graph": described }, null, 1);
}

// The query that gives the relations shown: between these nodes, of these properties, as sure as asked.
function writeSparql() {
  const { route } = shown;
  const term = (node) => `<${expand(node.id)}>`;
  const used = graph.relations.filter((relation) => !route.off.has(relation));
  const needed = route.sure ? [...PREFIXES, ...OF_EVIDENCE] : PREFIXES;
  const sources = [...new Set(shown.edges.map((edge) => edge.source))].map(term);
  const targets = [...new Set(shown.edges.map((edge) => edge.target))].map(term);
  return [
    ...needed.map((prefix) => `PREFIX ${prefix}: <${graph.prefixes[prefix]}>`), "",
    "SELECT ?source ?relation ?target WHERE {",
    `  VALUES ?source { ${sources.join(" ")} }`,
    `  VALUES ?relation { ${used.join(" ")} }`,
    "  ?source ?relation ?target .",
    `  FILTER (?target IN (${targets.join(", ")}))`,
    "  FILTER (?relation != kg:mentions || NOT EXISTS { ?source ?other ?target FILTER (?other != kg:mentions) })",
    ...(route.sure ? sureLines(route.sure / 100) : []),
    "}", "ORDER BY ?source ?relation ?target", "",
  ].join("\n");
}

// The same measure that the page filters by: the best mention that says so.
function sureLines(least) {
  return [
    "  FILTER (",
    "    EXISTS { ?item kg:discusses ?source . ?mention nif:referenceContext ?item ; itsrdf:taIdentRef ?target ; itsrdf:taConfidence ?sure",
    `             FILTER (?relation != kg:outperforms && ?sure >= ${(least - 0.005).toFixed(3)}) }`,
    "    || EXISTS { ?comparison kg:better ?source ; kg:worse ?target ; prov:wasDerivedFrom ?mention . ?mention itsrdf:taConfidence ?sure",
    `             FILTER (?relation = kg:outperforms && ?sure >= ${(least - 0.005).toFixed(3)}) }`,
    "    || ?relation = dcterms:creator",
    "  )",
  ];
}

// A paper as BibTeX; authors stand as the digests print them.
function citePaper(node) {
  const authors = node.edges.filter((edge) => edge.relation === "dcterms:creator").map((edge) => edge.target.name);
  const plain = (text) => text.replace(/[{}\\]/g, "").replace(/([&%$#_])/g, "\\$1");
  const parts = [(authors[0] ?? "anon").split(/\s+/).pop(), node.date.slice(0, 4), node.name.split(/\s+/)[0]];
  const key = parts.join("").normalize("NFD").replace(/[^A-Za-z0-9]/g, "");
  const fields = {
    title: `{${plain(node.name)}}`, author: authors.map(plain).join(" and "), year: node.date.slice(0, 4),
    eprint: node.arxiv, archiveprefix: node.arxiv ? "arXiv" : "", url: node.arxiv ? `https://arxiv.org/abs/${node.arxiv}` : node.links?.[0]?.[1],
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},`);
  return `@misc{${key || "paper"},\n${lines.join("\n")}\n}\n`;
}

// What the citation button of the menu gives: the paper selected, else every paper shown.
function writeCitation() {
  const { node } = shown.route;
  const papers = node?.kind === "paper" ? [node] : [...shown.visible].filter((each) => each.kind === "paper");
  return papers.map(citePaper).join("\n");
}
