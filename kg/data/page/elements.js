"use strict";
// Words and nodes -> elements of the page; text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const OUTLINES = {
  square: "M3 3h10v10H3z",
  dot: "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z",
  diamond: "M8 1.5L14.5 8L8 14.5L1.5 8z",
  triangle: "M8 2L14.5 13.5h-13z",
  triangleDown: "M8 14L1.5 2.5h13z",
  hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
  star: "M8 1l2 4.8 5.2.4-4 3.4 1.3 5L8 11.9l-4.5 2.7 1.3-5-4-3.4 5.2-.4z",
};

const find = (id) => document.getElementById(id);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function makeSvg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function makeButton(text, onclick, attributes = {}) {
  return make("button", { type: "button", onclick, ...attributes }, text);
}

function icon(kind) {
  const { shape, hollow } = KINDS[kind];
  const look = { viewBox: "0 0 16 16", class: `icon is-${kind}${hollow ? " hollow" : ""}`, "aria-hidden": "true" };
  return makeSvg("svg", look, makeSvg("path", { d: OUTLINES[shape] }));
}

function nodeButton(node, text = node.name) {
  return make(
    "button", { type: "button", class: "node", "data-id": node.id, onclick: () => choose(node) },
    icon(node.kind), make("bdi", { lang: text === node.name ? node.language || null : null }, text),
  );
}

function webLink(text, url) {
  if (!/^https?:\/\//i.test(url)) return make("span", {}, text);
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, text);
}

function section(title, ...children) {
  return make("section", {}, make("h3", {}, title), ...children); // make() leaves out what is null
}

// The head of something that can be closed.
function closable(title, close) {
  return make("div", { class: "bar" }, title, makeButton("×", close, { class: "close", "aria-label": say("close") }));
}

// How many, or another fact in brief, beside a name.
function aside(text) {
  return make("span", { class: "count" }, text);
}

// A list of which the first few show, and the rest when asked for.
function longList(items, attributes, few) {
  const list = make("ul", attributes, ...items.slice(0, few));
  if (items.length <= few) return [list];
  const more = makeButton(say("more", { count: digits(items.length - few) }), () => {
    list.append(...items.slice(few).map((item) => (typeof item === "function" ? item() : item)));
    more.remove();
    list.children[few].querySelector("button, a")?.focus();
  }, { class: "more" });
  return [list, more];
}

function announce(text) {
  find("status").textContent = text;
}
