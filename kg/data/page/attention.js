"use strict";
// What has the keyboard's focus -> the same thing once the page is drawn anew, or what stands in its place.

const REDRAWN = "#panel, #legend, #list, #focus, #nothing";
const PRESSED = "button, a, summary, [tabindex]";

// Remember what has the focus; the function returned gives it back if it is drawn anew, for a browser lets it go.
function holdFocus(before) {
  const element = document.activeElement;
  const region = element.closest(REDRAWN);
  const name = nameOf(element);
  const namesakes = () => [...(region?.querySelectorAll(PRESSED) ?? [])].filter((other) => nameOf(other) === name);
  const place = namesakes().indexOf(element);
  return (now) => {
    if (!region || element.isConnected) return;
    const again = region === panel && now.node !== before?.node ? null : namesakes()[place];
    const next = again ?? (region === panel ? panel : now.view === "list" ? list : stage);
    next.focus({ preventScroll: true });
  };
}

function nameOf({ tagName, dataset, textContent }) {
  return [tagName, dataset.act ?? dataset.kind ?? dataset.id ?? textContent].join(" ");
}
