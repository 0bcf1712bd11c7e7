"use strict";
// Keys -> what they do; every one of them has a button as well, and stands in the help.

const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const help = find("help");

const KEYS = {
  "/": () => {
    box.focus();
    box.select();
  },
  f: () => toggleSieve(),
  s: () => toggleMenu(),
  l: () => go({ view: readRoute().view === "list" ? "graph" : "list" }),
  "?": () => toggleHelp(),
  0: () => fitAll(),
  e: () => press("act.expand"),
  c: () => press("act.collapse"),
  p: () => press("act.path"),
  Backspace: () => stepBack(),
};
const HELPED = ["/", "arrows", "Enter", "Esc", "Backspace", "e", "c", "p", "f", "s", "l", "+ −", "0", "?"];

function press(act) {
  panel.querySelector(`[data-act="${act}"]`)?.click();
}

// Go back along the trail, else to everything.
function stepBack() {
  const { focus, trail } = readRoute();
  if (trail.length) focusOn(trail[trail.length - 1]);
  else if (focus) showEverything();
}

function escape() {
  const route = readRoute();
  const opened = [[help, toggleHelp], [menu, toggleMenu], [sieve, toggleSieve]].find(([element]) => !element.hidden);
  if (opened) opened[1]();
  else if (route.path.length) go({ path: [], at: null });
  else if (route.node) go({ node: null });
  else if (route.query) seek("");
  else go({ focus: null, trail: [], at: null });
}

function pressed(event) {
  const writing = event.target.matches("input:not([type=checkbox]):not([type=range]), select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return void escape();
  if (writing || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
}

// The keys that steer the stage when it has the focus.
function steered(event) {
  const route = readRoute();
  if (event.key in STEPS) {
    event.preventDefault();
    const start = route.node ?? [...shown.visible].sort((a, b) => b.size - a.size)[0];
    const next = route.node ? findBeside(start, STEPS[event.key]) : start;
    if (next) choose(next);
  } else if (event.key === "Enter" && route.node) {
    focusOn(route.node);
  } else if (event.key === "+" || event.key === "-") {
    moveTo({ scale: engines.present.view().scale * (event.key === "+" ? 1.25 : 0.8) });
    listeners.rest();
  }
}

function fitAll() {
  go({ at: null }, { quietly: true });
  fit();
}

function toggleHelp() {
  help.hidden = !help.hidden;
  find("keys-help").setAttribute("aria-expanded", String(!help.hidden));
  if (help.hidden) return void find("keys-help").focus();
  const rows = HELPED.flatMap((key) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, say(`key.${key}`))]);
  help.replaceChildren(closable(make("h2", {}, say("help")), toggleHelp), make("dl", {}, ...rows));
  help.querySelector("button").focus();
}

function startKeys() {
  stage.addEventListener("keydown", steered);
  document.addEventListener("keydown", pressed);
  find("filter").addEventListener("click", toggleSieve);
  find("save").addEventListener("click", toggleMenu);
  find("keys-help").addEventListener("click", toggleHelp);
  find("as-list").addEventListener("click", () => KEYS.l());
  find("fit").addEventListener("click", fitAll);
  find("language").addEventListener("click", () => go({ lang: words.language === "ko" ? "en" : "ko" }));
  find("scheme").addEventListener("click", () => go({ scheme: isDark() ? "light" : "dark" }));
}
