"use strict";
// The menu of what one can take away: pictures, tables, a query, a citation, the address.

const menu = find("take");
const SCALES = [1, 2, 4];

function drawMenu() {
  if (menu.hidden) return;
  const scales = SCALES.map((times) => make("option", { value: times, selected: times === 2 }, `${times}×`));
  const scale = make("select", { id: "scale", "aria-label": say("take.scale") }, ...scales);
  const row = (key, act, ...beside) => make("div", { class: "row" }, makeButton(say(key), act, { class: "act", "data-take": key }), ...beside);
  const text = (content, type) => new Blob([content], { type });
  menu.replaceChildren(
    closable(make("h2", {}, say("take")), toggleMenu),
    row("take.png", async () => save("graph.png", await makePng(Number(scale.value))), scale),
    row("take.svg", () => save("graph.svg", makeSvgPicture())),
    row("take.csv", () => save("graph.csv", text(`\ufeff${writeCsv()}`, "text/csv"))),
    row("take.jsonld", () => save("graph.jsonld", text(writeJsonLd(), "application/ld+json"))),
    row("take.sparql", () => copy(writeSparql())),
    row("take.cite", () => copy(writeCitation())),
    row("take.link", () => copy(location.href)),
    row("take.print", () => window.print()),
    make("textarea", { id: "copied", readonly: true, hidden: true, rows: 8, "aria-label": say("take.copied") }),
  );
}

function toggleMenu() {
  menu.hidden = !menu.hidden;
  find("save").setAttribute("aria-expanded", String(!menu.hidden));
  if (menu.hidden) return void find("save").focus();
  drawMenu();
  menu.querySelector(".row button").focus();
}

function save(name, blob) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  announce(say("take.saved", { name }));
}

// Copy a text, and show it in the menu, so that it can be had where a browser refuses to copy.
async function copy(text) {
  const shownIn = find("copied");
  if (shownIn) {
    shownIn.hidden = false;
    shownIn.value = text;
    shownIn.select();
  }
  try {
    await navigator.clipboard.writeText(text);
    announce(say("take.copied"));
    flash(say("take.copied"));
  } catch {
    if (!shownIn) toggleMenu();
    Object.assign(find("copied"), { hidden: false, value: text }).select();
    announce(say("take.byHand"));
  }
}

function flash(text) {
  const note = find("note");
  note.textContent = text;
  note.hidden = false;
  setTimeout(() => {
    note.hidden = true;
  }, 1800);
}
