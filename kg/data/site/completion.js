"use strict";
// The word before the caret -> what it may become: keywords, prefixes, terms of the vocabulary, variables.

const KEYWORDS = [
  "SELECT", "DISTINCT", "WHERE", "OPTIONAL", "FILTER", "UNION", "MINUS", "BIND", "VALUES", "EXISTS", "NOT EXISTS",
  "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "OFFSET", "DESC", "ASC", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE",
  "GROUP_CONCAT", "CONSTRUCT", "DESCRIBE", "ASK", "PREFIX", "REGEX", "CONTAINS", "STRSTARTS", "LCASE", "STR", "LANG", "BOUND",
];
const MOST = 12;

class Completion {
  // `area` is the text to complete, `list` shows what it may become, `terms` is the address of the vocabulary.
  constructor(area, list, terms) {
    this.area = area;
    this.list = list;
    this.terms = terms;
    this.words = null;
    this.chosen = 0;
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (item) this.take([...list.children].indexOf(item));
    });
  }

  get open() {
    return !this.list.hidden;
  }

  // The start of the word that ends at the caret.
  get start() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    return before.length - before.match(/[?\w:.%-]*$/u)[0].length;
  }

  async load() {
    if (this.words) return;
    const reply = await fetch(this.terms);
    const { prefixes, terms } = await reply.json();
    this.words = [
      ...terms.map(({ term, label }) => ({ text: term, label })),
      ...Object.entries(prefixes).map(([prefix, iri]) => ({ text: `${prefix}:`, label: iri })),
      ...KEYWORDS.map((text) => ({ text, label: "" })),
    ];
  }

  // Show what fits; `wanted` says that the reader asked, so that an empty word shows something as well.
  async offer(wanted) {
    await this.load();
    const word = this.area.value.slice(this.start, this.area.selectionStart).toLowerCase();
    if (!wanted && word.length < 2) return this.close();
    const fitting = this.fit(word).slice(0, MOST);
    const whole = fitting.length === 1 && fitting[0].text.toLowerCase() === word;
    if (!fitting.length || whole) return this.close();
    this.list.replaceChildren(...fitting.map(({ text, label }, number) => {
      const item = document.createElement("li");
      item.id = `completion-${number}`;
      item.setAttribute("role", "option");
      item.dataset.text = text;
      const note = document.createElement("span");
      note.className = "label";
      note.textContent = label.length > 32 ? `${label.slice(0, 32)}…` : label;
      item.append(text, note);
      return item;
    }));
    this.list.hidden = false;
    this.place();
    return this.choose(0);
  }

  fit(word) {
    const variables = [...new Set(this.area.value.match(/\?\w+/gu) ?? [])].map((text) => ({ text, label: "" }));
    const all = [...this.words, ...variables];
    const begins = all.filter(({ text }) => text.toLowerCase().startsWith(word));
    if (!word || word.includes("?")) return begins;
    const rest = all.filter((one) => !begins.includes(one));
    return [...begins, ...rest.filter(({ text }) => text.toLowerCase().split(":")[1]?.startsWith(word))];
  }

  // Put the list under the word that it completes, as far as it fits beside the editor's edge.
  place() {
    const before = this.area.value.slice(0, this.start).split("\n");
    const style = getComputedStyle(this.area);
    const ruler = document.createElement("canvas").getContext("2d");
    ruler.font = `${style.fontSize} ${style.fontFamily}`;
    const left = this.area.offsetLeft + parseFloat(style.paddingLeft) + ruler.measureText(before.at(-1)).width;
    const top = parseFloat(style.paddingTop) + before.length * parseFloat(style.lineHeight) - this.area.scrollTop;
    const room = this.area.parentElement.clientWidth - this.list.offsetWidth;
    this.list.style.left = `${Math.max(0, Math.min(left - this.area.scrollLeft, room))}px`;
    this.list.style.top = `${Math.min(top, this.area.offsetHeight)}px`;
  }

  choose(number) {
    const items = [...this.list.children];
    this.chosen = (number + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === this.chosen)));
    items[this.chosen].scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", items[this.chosen].id);
  }

  take(number = this.chosen) {
    const { text } = this.list.children[number].dataset;
    this.area.setRangeText(text, this.start, this.area.selectionStart, "end");
    this.close();
    this.area.focus();
    this.area.dispatchEvent(new Event("change"));
  }

  close() {
    this.list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
  }

  // Use a key if the list is open; say whether it was used.
  press(event) {
    if (!this.open) return false;
    if (event.key === "ArrowDown") this.choose(this.chosen + 1);
    else if (event.key === "ArrowUp") this.choose(this.chosen - 1);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) this.take();
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }
}
