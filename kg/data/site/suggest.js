"use strict";
// What is typed in the search box -> names to choose from; "/" goes to the box from anywhere on the page.

(() => {
  const box = document.getElementById("search");
  const list = document.getElementById("found");
  const status = document.getElementById("status");
  const PAUSE = 120; // milliseconds without a key before the server is asked
  let waiting = 0;
  let asked = null; // the request under way
  let chosen = -1;

  function make(tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  }

  function option(number, href, ...children) {
    const item = document.createElement("li");
    item.id = `found-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.href = href;
    item.append(...children);
    return item;
  }

  function describe(name, number) {
    const alias = name.alias ? [make("span", "alias", name.alias)] : [];
    return option(
      number, name.href, make("span", "name", name.name), ...alias,
      make("span", "kind", name.count ? `${name.says} · ${name.count.toLocaleString()}` : name.says),
    );
  }

  function show(names, query) {
    const ask = option(names.length, "", make("span", "name", box.dataset.ask.replace("{query}", query)));
    list.replaceChildren(...names.map(describe), ask);
    const said = names.length === 1 ? box.dataset.foundOne : box.dataset.foundMany;
    status.textContent = said.replace("{count}", names.length);
    choose(-1);
    open(true);
  }

  function open(shown) {
    list.hidden = !shown;
    box.setAttribute("aria-expanded", String(shown));
    if (!shown) choose(-1);
  }

  function choose(number) {
    chosen = number;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === number)));
    const item = list.children[number];
    if (!item) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", item.id);
    return item.scrollIntoView({ block: "nearest" });
  }

  function follow(item) {
    if (item.dataset.href) location.assign(item.dataset.href);
    else box.form.submit();
  }

  async function look() {
    const query = box.value.trim();
    asked?.abort();
    if (!query) return open(false);
    asked = new AbortController();
    const source = new URL(box.dataset.source, location.href);
    source.searchParams.set("q", query);
    try {
      const reply = await fetch(source, { signal: asked.signal });
      const names = reply.ok ? await reply.json() : [];
      if (box.value.trim() === query && document.activeElement === box) show(names, query);
    } catch (error) {
      if (error.name !== "AbortError") open(false);
    }
    return undefined;
  }

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      open(false);
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden || !count) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + step + 1 + count + 1) % (count + 1)) - 1);
      event.preventDefault();
    } else if (event.key === "Enter" && !event.isComposing && chosen >= 0) {
      follow(list.children[chosen]);
      event.preventDefault();
    }
  });
  box.addEventListener("blur", () => setTimeout(() => open(false), 150)); // a click on an option comes first
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) follow(item);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    box.focus();
    box.select();
    event.preventDefault();
  });
})();
