"use strict";
// The panel of filters: period, digest, relations and confidence, each with what it would leave.

const UNFILTERED = { from: "", to: "", digest: "", off: new Set(), sure: 0, hide: new Set(), at: null };
const CHART = { width: 280, height: 40 };
const sieve = find("sieve");

// The months of all papers, so that a slider has steps one can hit.
function monthsOf() {
  return [...new Set(graph.days.map((day) => day.slice(0, 7)))];
}

function stepsOfPeriod() {
  const months = monthsOf();
  return months.length > 2 ? months : graph.days;
}

function drawSieve(route) {
  if (sieve.hidden) return;
  if (sieve.contains(document.activeElement)) return void refreshCounts(route);
  const parts = [describePeriod(route), describeDigests(route), describeConfidence(route), describeOff(route)];
  sieve.replaceChildren(closable(make("h2", {}, say("filters")), toggleSieve), ...parts.filter(Boolean));
  refreshCounts(route);
}

function toggleSieve() {
  sieve.hidden = !sieve.hidden;
  find("filter").setAttribute("aria-expanded", String(!sieve.hidden));
  if (sieve.hidden) return void find("filter").focus();
  drawSieve(readRoute());
  sieve.querySelector("input, select")?.focus();
}

function describePeriod(route) {
  const steps = stepsOfPeriod();
  if (steps.length < 2) return null;
  const last = steps.length - 1;
  const place = (day, otherwise) => (day ? Math.max(0, steps.indexOf(day.slice(0, steps[0].length))) : otherwise);
  const slider = (name, value) => make("input", {
    type: "range", min: 0, max: last, value, "data-end": name, "aria-label": say(`period.${name}`), "aria-valuetext": steps[value],
    oninput: () => {
      const inputs = [...find("period").querySelectorAll("input")];
      const ends = Object.fromEntries(inputs.map((input) => [input.dataset.end, Number(input.value)]));
      if (ends.from > ends.to) ends[name === "from" ? "to" : "from"] = ends[name];
      for (const input of inputs) {
        input.value = ends[input.dataset.end];
        input.setAttribute("aria-valuetext", steps[input.value]);
      }
      go({ from: ends.from ? steps[ends.from] : "", to: ends.to < last ? steps[ends.to] : "", at: null }, { quietly: true });
    },
  });
  return make("fieldset", { id: "period" }, make("legend", {}, say("period")), chartOf(steps),
    slider("from", place(route.from, 0)), slider("to", place(route.to, last)), make("output", {}));
}

// How many papers there are in each step of the period.
function chartOf(steps) {
  const counts = countBy(nodes.filter((node) => node.date), (node) => node.date.slice(0, steps[0].length));
  const most = Math.max(...counts.values());
  const width = CHART.width / steps.length;
  const bars = steps.map((step, place) => {
    const height = ((counts.get(step) ?? 0) / most) * CHART.height;
    const [x, y] = [(place * width).toFixed(2), (CHART.height - height).toFixed(2)];
    return makeSvg("rect", { x, y, width: Math.max(width - 1, 0.5).toFixed(2), height: height.toFixed(2), "data-step": step });
  });
  return makeSvg("svg", { viewBox: `0 0 ${CHART.width} ${CHART.height}`, class: "chart", "aria-hidden": "true" }, ...bars);
}

function describeDigests(route) {
  if (graph.digests.length < 2) return null;
  const counts = countBy(entries, (entry) => entry.digest);
  const options = graph.digests.map((digest) => {
    return make("option", { value: digest, selected: digest === route.digest }, `${digest} (${counts.get(digest) ?? 0})`);
  });
  const all = make("option", { value: "" }, say("digest.all", { count: digits(entries.length) }));
  const select = make("select", { id: "digest", onchange: () => go({ digest: select.value, at: null }) }, all, ...options);
  return make("fieldset", {}, make("legend", {}, make("label", { for: "digest" }, say("digest"))), select);
}

function describeConfidence(route) {
  const input = make("input", {
    type: "range", min: 0, max: 100, step: 5, value: route.sure, id: "sure",
    oninput: () => go({ sure: Number(input.value), at: null }, { quietly: true }),
  });
  const title = make("legend", {}, make("label", { for: "sure" }, say("confidence")));
  return make("fieldset", { id: "confidence" }, title, input, make("output", { for: "sure" }));
}

function describeOff(route) {
  const boxes = graph.relations.map((relation) => {
    const input = make("input", {
      type: "checkbox", value: relation, checked: !route.off.has(relation),
      onchange: () => {
        const off = new Set(readRoute().off);
        if (input.checked) off.delete(relation);
        else off.add(relation);
        go({ off, at: null });
      },
    });
    return make("label", { class: "row" }, input, relationName(relation), make("span", { class: "count" }));
  });
  return make("fieldset", { id: "relations" }, make("legend", {}, say("relations")), ...boxes);
}

// Say of each filter how much passes now: a relation is counted as if it were on.
function refreshCounts(route) {
  const { kept, passing } = sift(route);
  const open = sift({ ...route, off: new Set() });
  const counts = countBy(edges.filter((edge) => open.passing[edge.number]), (edge) => edge.relation);
  sift(route);
  for (const row of sieve.querySelectorAll("#relations .row")) row.lastChild.textContent = digits(counts.get(row.firstChild.value) ?? 0);
  const papers = nodes.filter((node) => node.kind === "paper" && kept[node.number]).length;
  const period = sieve.querySelector("#period output");
  const steps = stepsOfPeriod();
  const ends = { from: route.from || steps[0], to: route.to || steps[steps.length - 1] };
  if (period) period.textContent = `${say("overview.period", ends)} · ${sayCount("papers", papers)}`;
  for (const bar_ of sieve.querySelectorAll(".chart rect")) {
    bar_.classList.toggle("out", (route.from && bar_.dataset.step < route.from) || (route.to && bar_.dataset.step > route.to));
  }
  const facts = passing.reduce((sum, one) => sum + one, 0);
  sieve.querySelector("#confidence output").textContent = `${say("confidence.least", { percent: route.sure })} · ${sayCount("facts", facts)}`;
}
