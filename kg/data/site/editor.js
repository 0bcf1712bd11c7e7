"use strict";
// A query -> line numbers beside it, what the endpoint finds as a table, and a mistake at its place.

(() => {
  const form = document.getElementById("editor");
  const area = document.getElementById("query");
  const numbers = document.getElementById("numbers");
  const problem = document.getElementById("problem");
  const outcome = document.getElementById("outcome");
  const title = document.getElementById("outcome-title");
  const table = document.getElementById("outcome-table");
  const example = document.getElementById("example");
  const completion = new Completion(area, document.getElementById("completions"), form.dataset.terms);
  const OURS = "https://w3id.org/paperkg/";
  let wrong = Number(area.dataset.line ?? 0);
  let running = null;

  function number() {
    const lines = area.value.split("\n").length;
    numbers.replaceChildren(...Array.from({ length: lines }, (_, place) => {
      const line = document.createElement(place + 1 === wrong ? "b" : "span");
      line.textContent = place + 1 === wrong ? `${place + 1}` : `${place + 1}\n`;
      return line;
    }));
    numbers.scrollTop = area.scrollTop;
  }

  function make(tag, text, attributes = {}) {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  // An IRI of ours leads to its page here, one of the web to the web; everything else is text.
  function cell(term) {
    if (!term) return make("td", "");
    if (term.type !== "uri") return make("td", term.value, term["xml:lang"] ? { lang: term["xml:lang"] } : {});
    const element = document.createElement("td");
    const path = term.value.slice(OURS.length);
    if (term.value.startsWith(OURS) && path.includes("/")) {
      element.append(make("a", path.replace("/", ":"), { href: `/${path}` }));
    } else if (/^https?:\/\//iu.test(term.value)) {
      element.append(make("a", term.value, { href: term.value, rel: "noopener noreferrer" }));
    } else element.textContent = term.value;
    return element;
  }

  function lay(columns, rows) {
    const whole = document.createElement("table");
    whole.className = "terms";
    const head = whole.createTHead().insertRow();
    head.append(...columns.map((column) => make("th", column, { scope: "col" })));
    const body = whole.createTBody();
    for (const row of rows) body.insertRow().append(...columns.map((column) => cell(row[column])));
    return whole;
  }

  function count(rows) {
    const said = rows === 1 ? form.dataset.rowsOne : form.dataset.rowsMany;
    return said.replace("{count}", rows.toLocaleString());
  }

  function showRows({ head, results, boolean }, seconds) {
    if (boolean !== undefined) {
      title.textContent = boolean ? form.dataset.yes : form.dataset.no;
      table.replaceChildren();
      return;
    }
    const shown = results.bindings.slice(0, Number(form.dataset.shown));
    const said = results.bindings.length ? count(results.bindings.length) : form.dataset.none;
    title.textContent = form.dataset.took.replace("{count}", said).replace("{time}", seconds);
    const cut = shown.length < results.bindings.length ? [make("p", form.dataset.cut.replace("{shown}", shown.length))] : [];
    table.replaceChildren(lay(head.vars, shown), ...cut);
  }

  function showGraph(turtle) {
    title.textContent = "Turtle";
    table.replaceChildren(make("pre", turtle, { tabindex: "0" }));
  }

  // Errors begin with the line and column where the parser stopped.
  function complain(told) {
    const place = told.match(/(\d+):(\d+): (.*)/su);
    wrong = place ? Number(place[1]) : 0;
    const where = place ? `${form.dataset.place.replace("{line}", place[1]).replace("{column}", place[2])} ` : "";
    problem.replaceChildren(make("b", where), place ? place[3] : told);
    problem.hidden = false;
    area.setAttribute("aria-invalid", "true");
    form.querySelector(".code").classList.add("wrong");
    if (place) goTo(wrong, Number(place[2]));
    number();
  }

  function goTo(line, column) {
    const before = area.value.split("\n").slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    const at = Math.min(before + column - 1, area.value.length);
    area.focus();
    area.setSelectionRange(at, at);
  }

  function clear() {
    wrong = 0;
    problem.hidden = true;
    area.removeAttribute("aria-invalid");
    form.querySelector(".code").classList.remove("wrong");
    number();
  }

  function offerDownloads(graph) {
    const address = new URL(form.action);
    address.searchParams.set("query", area.value);
    for (const item of document.getElementById("downloads").children) {
      item.hidden = graph !== (item.dataset.form === "ttl");
      address.searchParams.set("format", item.dataset.form);
      item.firstElementChild.href = address;
    }
  }

  async function run() {
    running?.abort();
    running = new AbortController();
    clear();
    outcome.hidden = false;
    title.textContent = form.dataset.running;
    const began = performance.now();
    try {
      const reply = await fetch(form.dataset.endpoint, {
        method: "POST", signal: running.signal, body: area.value,
        headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
      });
      const text = await reply.text();
      if (!reply.ok) {
        outcome.hidden = true;
        complain(readError(text, reply.headers.get("Content-Type")));
        return;
      }
      const graph = reply.headers.get("Content-Type").startsWith("text/turtle");
      if (graph) showGraph(text);
      else showRows(JSON.parse(text), ((performance.now() - began) / 1000).toFixed(2));
      offerDownloads(graph);
      history.replaceState(null, "", `?${new URLSearchParams(new FormData(form))}`);
    } catch (error) {
      if (error.name === "AbortError") return;
      outcome.hidden = true;
      complain(form.dataset.failed);
    }
  }

  function readError(text, type) {
    if (!type?.includes("json")) return text.trim();
    const told = JSON.parse(text);
    return told.error ?? told.detail ?? text;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  area.addEventListener("input", (event) => {
    number();
    if (event.inputType === "insertText") completion.offer(false);
    else completion.close();
  });
  area.addEventListener("change", number);
  area.addEventListener("scroll", () => {
    numbers.scrollTop = area.scrollTop;
  });
  area.addEventListener("blur", () => completion.close());
  area.addEventListener("keydown", (event) => {
    if (completion.press(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
    else if (event.key === " " && event.ctrlKey) completion.offer(true);
    else return;
    event.preventDefault();
  });
  example.disabled = false;
  example.addEventListener("change", () => {
    if (!example.value) return;
    area.value = example.value;
    clear();
    area.focus();
  });
  number();
  if (wrong) goTo(wrong, Number(area.dataset.column));
})();
