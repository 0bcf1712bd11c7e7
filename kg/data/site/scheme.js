"use strict";
// Light or dark: as the system has it, until the reader switches. Loaded before the page is drawn.

(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function recall() {
    try {
      return localStorage.getItem("scheme") || "";
    } catch {
      return ""; // a browser that keeps nothing
    }
  }

  function keep(scheme) {
    try {
      localStorage.setItem("scheme", scheme);
    } catch {
      // it holds for this page
    }
  }

  function apply(scheme) {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
  }

  apply(recall());
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("scheme");
    button.hidden = false;
    button.addEventListener("click", () => {
      const present = root.dataset.scheme || (dark.matches ? "dark" : "light");
      const next = present === "dark" ? "light" : "dark";
      apply(next);
      keep(next);
    });
  });
})();
