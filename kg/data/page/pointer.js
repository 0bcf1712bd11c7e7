"use strict";
// Mouse, pen and fingers on an element -> click, double click, drag, zoom and hover, at places on the screen.

const STILL = 5; // pixels a press may move and still be a click
const TWICE = 350; // milliseconds between the clicks of a double click

// Call `tell.click(point)`, `.double(point)`, `.drag(dx, dy)`, `.zoom(factor, point)`, `.hover(point or null)`, `.rest()`.
function watchPointers(element, tell) {
  const pressed = new Map();
  const state = { travelled: 0, last: null };
  const pointOf = (event) => {
    const frame = element.getBoundingClientRect();
    return { x: event.clientX - frame.x, y: event.clientY - frame.y };
  };
  const spanOf = ([a, b]) => Math.hypot(a.x - b.x, a.y - b.y);

  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    element.setPointerCapture(event.pointerId);
    if (!pressed.size) state.travelled = 0;
    pressed.set(event.pointerId, pointOf(event));
    if (pressed.size > 1) state.travelled = STILL + 1;
  });
  element.addEventListener("pointermove", (event) => {
    const point = pointOf(event);
    const before = pressed.get(event.pointerId);
    if (!before) return void tell.hover(event.pointerType === "mouse" ? point : null);
    const span = pressed.size === 2 ? spanOf([...pressed.values()]) : 0;
    pressed.set(event.pointerId, point);
    state.travelled += Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
    if (state.travelled <= STILL) return;
    tell.drag((point.x - before.x) / pressed.size, (point.y - before.y) / pressed.size);
    if (span) {
      const [a, b] = [...pressed.values()];
      tell.zoom(spanOf([a, b]) / span, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
    }
  });
  const release = (event) => {
    if (!pressed.delete(event.pointerId) || pressed.size) return;
    if (state.travelled > STILL) return void tell.rest();
    if (event.type === "pointercancel") return;
    const twice = state.last && event.timeStamp - state.last.time < TWICE && spanOf([state.last, pointOf(event)]) < 4 * STILL;
    state.last = twice ? null : { time: event.timeStamp, ...pointOf(event) };
    if (twice) tell.double(pointOf(event));
    else tell.click(pointOf(event));
  };
  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", release);
  element.addEventListener("pointerleave", () => tell.hover(null));
  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 18 : 1;
    tell.zoom(Math.exp(-Math.max(-150, Math.min(150, event.deltaY * lines)) / 400), pointOf(event));
    tell.rest();
  }, { passive: false });
}
