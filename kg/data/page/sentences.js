"use strict";
// The evidence block -> the sentences that say a thing, with the words marked that say it.

const evidence = { texts: null, edges: [], results: [] };
const pieces = new Map();

// The block stands at the end of the page, behind the scripts, so that these need not wait for it.
async function loadEvidence() {
  if (document.readyState === "loading") await new Promise((done) => addEventListener("DOMContentLoaded", done, { once: true }));
  Object.assign(evidence, await readBlock("evidence"));
}

// An entry's text by characters: offsets count code points, of which JavaScript sees some as two.
function charactersOf(entry) {
  if (!pieces.has(entry)) pieces.set(entry, [...evidence.texts[entry]]);
  return pieces.get(entry);
}

function quote([number, first, last, ...spans]) {
  const entry = entries[number];
  const characters = charactersOf(number);
  const line = make("p");
  let at = first;
  for (let place = 0; place < spans.length; place += 2) {
    const [start, end] = [spans[place], spans[place + 1]];
    line.append(characters.slice(at, start).join(""), make("mark", {}, characters.slice(start, end).join("")));
    at = end;
  }
  line.append(characters.slice(at, last).join(""));
  return make("blockquote", { lang: entry.language || null, dir: "auto" }, line, source(entry));
}

function source({ digest, line, date }) {
  const place = make("cite", {}, line ? say("source", { digest, line }) : digest);
  return make("footer", { lang: words.language }, place, date ? " · " : null, date ? make("time", { datetime: date }, date) : null);
}

// A fold that opens to some sentences; nothing where there is none.
function quotesOf(quotes, name) {
  if (!quotes?.length) return null;
  const count = sayCount("sentences", quotes.length);
  const says = make("details", {}, make("summary", { "aria-label": say("sentences.about", { count, name }) }, count));
  says.addEventListener("toggle", () => {
    if (says.open && says.children.length === 1) says.append(...quotes.map(quote));
  });
  return says;
}
