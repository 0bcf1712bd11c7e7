"use strict";
// What the page says, in the language its reader chose; all words stand in words.json.

const words = { language: "en", drawnByVis: 0, words: {} };

// Say something: `key` names it in words.json, `values` fill its {slots}.
function say(key, values = {}) {
  const said = words.words[key]?.[words.language] ?? words.words[key]?.en ?? key;
  return said.replace(/\{(\w+)\}/g, (slot, name) => String(values[name] ?? slot));
}

// A number as the reader's language writes it.
function digits(number) {
  return number.toLocaleString(words.language);
}

// Say how many: English has a word of its own for one.
function sayCount(key, count) {
  return say(count === 1 ? `${key}.one` : `${key}.many`, { count: digits(count) });
}

// Put the words of the present language on everything the page came with.
function speak(language) {
  words.language = language;
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const [attribute, name] of [["aria-label", "sayLabel"], ["placeholder", "sayHint"], ["title", "sayTitle"]]) {
    const marked = document.querySelectorAll(`[data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}]`);
    for (const element of marked) element.setAttribute(attribute, say(element.dataset[name]));
  }
}
