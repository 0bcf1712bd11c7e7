"use strict";
// Results -> tables: what a node reports, or how a benchmark ranks.

const FEW_ROWS = 12;

function valueOf(result) {
  const sign = result.gain && !result.value.startsWith("-") ? "+" : "";
  return `${sign}${result.value}${result.high ? `–${result.high}` : ""}${result.unit === "%" ? "%" : result.unit ? ` ${result.unit}` : ""}`;
}

function metricOf(result) {
  return result.metric ?? result.implied;
}

// A metric's better results come first; where nothing is said, the higher ones.
function rankResults(some) {
  const direction = metricOf(some[0])?.direction || 1;
  return [...some].sort((a, b) => direction * (b.value - a.value) || a.number - b.number);
}

// Results that can be compared: of one kind, metric, setting and unit, the fullest group first.
function groupResults(some) {
  const groups = new Map();
  for (const result of some) {
    const unit = result.unit === "%" ? "" : result.unit;
    const key = JSON.stringify([result.gain, metricOf(result)?.number ?? null, result.setting, unit]);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].sort((a, b) => a[0].gain - b[0].gain || b.length - a.length || a[0].number - b[0].number);
}

function titleOf([result]) {
  const metric = metricOf(result);
  const named = metric ? metric.name + (result.metric ? "" : ` ${say("results.implied")}`) : say("results.unnamed");
  return [named, result.setting, say(result.gain ? "results.gains" : "results.scores")].filter(Boolean).join(" · ");
}

// One result as table rows: the second holds its sentences until they are asked for.
function resultRows(result, slots, rank) {
  const cell = (node) => make("td", {}, node ? nodeButton(node, node.kind === "paper" ? shortOf(node) : node.name) : "–");
  const small = rank ? [] : [describeMetric(result), result.setting]; // a ranking has them in its title
  if (result.against) small.push(say("results.against", { other: result.against }));
  const value = make("td", { class: "value" }, make("b", {}, valueOf(result)), ...small.filter(Boolean).map((text) => make("small", {}, text)));
  const says = make("tr", { class: "says", hidden: true }, make("td", { colspan: slots.length + (rank ? 3 : 2) }));
  const label = say("results.why", { value: valueOf(result) });
  const why = makeButton("❞", () => {
    says.hidden = !says.hidden;
    why.setAttribute("aria-expanded", String(!says.hidden));
    if (!says.hidden && evidence.texts) says.firstChild.replaceChildren(...proofOf(result));
  }, { class: "why", "aria-expanded": "false", "aria-label": label, title: label });
  const first = rank ? [make("td", { class: "rank" }, String(rank))] : [];
  return [make("tr", {}, first, ...slots.map((slot) => cell(result[slot])), value, make("td", {}, why)), says];
}

function proofOf(result) {
  const sure = make("p", { class: "also" }, say("confidence.of", { percent: result.sure }));
  return [make("p", {}, nodeButton(result.paper)), sure, ...evidence.results[result.number].map(quote)];
}

function describeMetric(result) {
  const metric = metricOf(result);
  return metric ? metric.name + (result.metric ? "" : ` ${say("results.implied")}`) : "";
}

function resultTable(some, slots, { ranked = false, label }) {
  const columns = [...(ranked ? ["results.rank"] : []), ...slots.map((slot) => `slot.${slot}`), "results.value"];
  const heads = columns.map((key) => make("th", { scope: "col" }, say(key)));
  const body = make("tbody", {}, some.slice(0, FEW_ROWS).flatMap((result, place) => resultRows(result, slots, ranked && place + 1)));
  const last = make("td", {}, make("span", { class: "unseen" }, say("results.sentence")));
  const table = make("table", { "aria-label": label }, make("thead", {}, make("tr", {}, ...heads, last)), body);
  if (some.length <= FEW_ROWS) return [table];
  const more = makeButton(say("more", { count: some.length - FEW_ROWS }), () => {
    body.append(...some.slice(FEW_ROWS).flatMap((result, place) => resultRows(result, slots, ranked && FEW_ROWS + place + 1)));
    more.remove();
  }, { class: "more" });
  return [table, more];
}

// A benchmark's leaderboards, each with its values over the dates of their papers.
function leaderboards(node) {
  return groupResults(node.results).map((group) => {
    const title = titleOf(group);
    const table = resultTable(rankResults(group), ["system", "paper"], { ranked: true, label: title });
    return section(title, plotOf(group, title), ...table);
  });
}

function describeResults(node) {
  if (!node.results.length) return [];
  if (["benchmark", "dataset"].includes(node.kind)) return leaderboards(node);
  const slots = ["system", "benchmark"].filter((slot) => node.results.some((result) => result[slot] !== node));
  const ordered = [...node.results].sort((a, b) => a.gain - b.gain || a.number - b.number);
  const title = `${say("results")} (${digits(ordered.length)})`;
  return [section(title, ...resultTable(ordered, slots, { label: title }))];
}
