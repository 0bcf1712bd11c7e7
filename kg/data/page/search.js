"use strict";
// The search box: names in any script, as one types; arrows choose, Enter goes there.

const box = find("search");
const found = find("found");
const OFFERED = 12;
const FURTHER = 50;
const PLAIN = /^[ -~]*$/;
const offers = { hits: [], chosen: -1, settling: 0 };

// Reduce a spelling to what must agree for a search to find it: case, blanks and punctuation go.
function fold(text) {
  if (PLAIN.test(text)) return text.toLowerCase().replace(/[^a-z0-9+@*#]/g, "");
  return text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC").replace(/[^\p{L}\p{N}+@*#]/gu, "");
}

// The spellings of a node, made when they are first wanted.
function spellingsOf(node) {
  node.spellings ??= [[node.name, node.language], ...node.also].map(([name, language]) => ({ name, language, folded: fold(name) }));
  return node.spellings;
}

// Make all spellings while the page has nothing else to do.
function foldInSpareTime(from = 0) {
  const later = window.requestIdleCallback ?? ((call) => setTimeout(() => call({ timeRemaining: () => 8 }), 50));
  later((deadline) => {
    let at = from;
    for (; at < nodes.length && deadline.timeRemaining() > 2; at += 1) spellingsOf(nodes[at]);
    if (at < nodes.length) foldInSpareTime(at);
  });
}

// How well a spelling answers: 0 all of it, 1 its beginning, 2 that of a word, 3 somewhere inside; -1 not.
function rate(spelling, wanted) {
  if (spelling.folded === wanted) return 0;
  const at = spelling.folded.indexOf(wanted);
  if (at === 0) return 1;
  if (at < 0) return -1;
  return spelling.name.split(/[\s:,()/-]+/).some((word) => fold(word).startsWith(wanted)) ? 2 : 3;
}

// The nodes that a query finds, best first, each with the spelling that answers.
function findNames(query) {
  const wanted = fold(query);
  if (!wanted) return [];
  const hits = [];
  for (const node of nodes) {
    let best = null;
    for (const spelling of spellingsOf(node)) {
      const rank = rate(spelling, wanted);
      if (rank >= 0 && (best === null || rank < best.rank)) best = { node, spelling, rank };
    }
    if (best) hits.push(best);
  }
  return hits.sort((a, b) => a.rank - b.rank || b.node.size - a.node.size || a.node.number - b.node.number);
}

function offer(room = OFFERED) {
  const hits = findNames(box.value);
  offers.hits = hits.slice(0, room);
  offers.chosen = offers.hits.length ? 0 : -1;
  const marks = tellApart(offers.hits, hits);
  found.replaceChildren(...offers.hits.map((hit, place) => makeOffer(hit, marks[place], place)));
  if (hits.length > room) found.append(makeOption(room, { class: "further" }, say("more", { count: digits(hits.length - room) })));
  if (box.value && !hits.length) found.append(make("li", { class: "none" }, say("search.none", { query: box.value })));
  found.hidden = !box.value;
  markChosen();
  announce(box.value ? sayCount("search.found", hits.length) : "");
}

function makeOffer({ node, spelling }, mark, place) {
  const label = make("bdi", { class: "name", lang: node.language || null }, node.name);
  const alias = spelling.name === node.name ? null : make("bdi", { class: "alias", lang: spelling.language || null }, spelling.name);
  const apart = mark ? make("bdi", { class: "apart", title: mark }, mark) : null;
  const kind = make("span", { class: "kind" }, kindName(node.kind));
  const called = make("span", { class: "called" }, label, alias, apart);
  return makeOption(place, {}, icon(node.kind), called, kind);
}

function makeOption(place, attributes, ...children) {
  const choose = (event) => {
    event.preventDefault();
    take(place);
  };
  return make("li", { id: `offer-${place}`, role: "option", onmousedown: choose, ...attributes }, ...children);
}

// Offer what there was no room for, the first of it chosen.
function offerFurther() {
  const place = offers.hits.length;
  offer(place + FURTHER);
  offers.chosen = place;
  markChosen();
}

function markChosen() {
  [...found.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === offers.chosen)));
  box.setAttribute("aria-expanded", String(!found.hidden));
  if (offers.chosen >= 0 && !found.hidden) {
    box.setAttribute("aria-activedescendant", `offer-${offers.chosen}`);
    found.children[offers.chosen].scrollIntoView({ block: "nearest" });
  } else {
    box.removeAttribute("aria-activedescendant");
  }
}

function closeOffers() {
  found.hidden = true;
  markChosen();
}

// Choose what is offered: it takes the place of the search, so that Back leads to what was there before.
function take(place) {
  if (place >= offers.hits.length) return void offerFurther();
  const hit = offers.hits[place];
  if (!hit) return;
  stopTyping();
  closeOffers();
  box.value = "";
  const route = readRoute();
  const seen = shown.places.has(hit.node) || (!route.focus && route.path.length < 2) || route.path.length === 1;
  const change = { query: "", at: null, ...(seen ? {} : { focus: null, trail: [], path: [] }) };
  (route.view === "list" ? panel : stage).focus(); // keys act on what was chosen, and a phone puts its keyboard away
  choose(hit.node, change, { quietly: isSearch(), search: false });
}

// Light what is called so: one step however much is typed, undone where nothing is left of it.
function seek(query) {
  stopTyping();
  box.value = query;
  if (query) go({ query, node: null }, { quietly: isSearch(), search: true });
  else if (isSearch()) leaveSearch();
  else go({ query }, { quietly: true });
}

// Back to what was there before the search, once: going back takes a while, in which a key may be pressed again.
function leaveSearch() {
  history.replaceState(null, "");
  history.back();
}

function stopTyping() {
  clearTimeout(offers.settling);
  offers.settling = 0;
}

// Let the box say what the address does, unless someone is typing.
function drawSearch(route) {
  if (offers.settling || box.value === route.query) return;
  box.value = route.query;
  closeOffers();
}

function typed(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.isComposing) return;
  if (step && offers.hits.length) {
    event.preventDefault();
    if (found.hidden) offer();
    else offers.chosen = (offers.chosen + step + found.children.length) % found.children.length;
    markChosen();
  } else if (event.key === "Enter" && box.value) {
    take(offers.chosen);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (found.hidden) seek("");
    if (found.hidden) box.blur();
    closeOffers();
  }
}

function startSearch() {
  box.addEventListener("input", () => {
    offer();
    stopTyping();
    offers.settling = setTimeout(() => seek(box.value), 250);
  });
  box.addEventListener("keydown", typed);
  box.addEventListener("blur", closeOffers);
}
