"use strict";
// A group of comparable results -> their values over the dates of their papers, with the best so far as a line.

const PLOT = { width: 352, height: 150, left: 40, right: 10, top: 10, bottom: 22 };

function plotOf(group, title) {
  const points = group.filter((result) => result.paper.date && Number.isFinite(Number(result.value)))
    .map((result) => ({ result, day: Date.parse(result.paper.date), value: Number(result.value) }))
    .sort((a, b) => a.day - b.day || a.value - b.value);
  if (points.length < 3 || points[0].day === points[points.length - 1].day) return null; // two values make no trend
  const { width, height, left, right, top, bottom } = PLOT;
  const scale = (values, from, to) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return (value) => from + (most > least ? (value - least) / (most - least) : 0.5) * (to - from);
  };
  const across = scale(points.map(({ day }) => day), left + 6, width - right - 6);
  const up = scale(points.map(({ value }) => value), height - bottom - 6, top + 6);
  const values = points.map(({ value }) => value);
  const marks = points.map(({ result, day, value }) => plotPoint(result, across(day), up(value)));
  const [first, last] = [points[0], points[points.length - 1]].map(({ result }) => result.paper.date);
  const near = first.slice(0, 7) === last.slice(0, 7);
  const label = say("plot", { title, count: points.length, from: first, to: last });
  return makeSvg("svg", { viewBox: `0 0 ${width} ${height}`, class: "plot", role: "group", "aria-label": label },
    makeSvg("path", { class: "axis", d: `M${left} ${top}V${height - bottom}H${width - right}` }),
    ...[Math.min(...values), Math.max(...values)].map((value) => {
      return makeSvg("text", { x: left - 5, y: up(value) + 4, "text-anchor": "end" }, String(value));
    }),
    makeSvg("text", { x: left, y: height - 5 }, near ? first : first.slice(0, 7)),
    makeSvg("text", { x: width - right, y: height - 5, "text-anchor": "end" }, near ? last : last.slice(0, 7)),
    makeSvg("path", { class: "best", d: stepsOf(points, metricOf(group[0])?.direction || 1, across, up) }), ...marks);
}

function plotPoint(result, x, y) {
  const name = [result.system?.name ?? result.paper.name, valueOf(result), result.paper.date].join(", ");
  const act = () => choose(result.system ?? result.paper);
  const state = { class: "mark", tabindex: "0", role: "button", "aria-label": name, onclick: act };
  const mark = makeSvg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 4.5, ...state }, makeSvg("title", {}, name));
  mark.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.stopPropagation();
    act();
  });
  return mark;
}

// The best value up to each day, as steps.
function stepsOf(points, direction, across, up) {
  let best = null;
  let path = "";
  for (const { day, value } of points) {
    if (best !== null && direction * (value - best) <= 0) continue;
    path += best === null ? `M${across(day).toFixed(1)} ${up(value).toFixed(1)}` : `H${across(day).toFixed(1)}V${up(value).toFixed(1)}`;
    best = value;
  }
  return `${path}H${PLOT.width - PLOT.right}`;
}
