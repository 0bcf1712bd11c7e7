"use strict";
// Nodes -> where they stand, for the views whose places were not computed beforehand.

const RING = 200;
const SEAT = 74;
const CROWD = 26;
const WIDENING = 1.3;
const ROOM_OF_ONE = [104, 58];
const SPREADS = 40;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

// Seat the nodes around a focus on rings, each near the one it hangs on.
function seatOnRings(focus, distances, sieve) {
  const angles = new Map([[focus, 0]]);
  const places = new Map([[focus, [0, 0]]]);
  const order = Object.keys(KINDS);
  let radius = 0;
  for (let ring = 1; ring <= DEPTHS.length; ring += 1) {
    const members = [...distances.keys()].filter((node) => distances.get(node) === ring);
    if (!members.length) break;
    const parent = (node) => neighboursOf(node, sieve).find((next) => distances.get(next) === ring - 1);
    const keys = new Map(members.map((node) => [node, [angles.get(parent(node)) ?? 0, order.indexOf(node.kind), node.number]]));
    members.sort((a, b) => keys.get(a).map((key, i) => key - keys.get(b)[i]).find((difference) => difference) ?? 0);
    const crowded = members.length > CROWD;
    radius = Math.max(radius + RING, (members.length * SEAT) / (crowded ? 4 : 2) / Math.PI);
    members.forEach((node, seat) => {
      const angle = (2 * Math.PI * seat) / Math.max(members.length, 3); // two face no way in which their edge hides
      angles.set(node, angle);
      const away = radius + (crowded && seat % 2 ? SEAT * 1.4 : 0);
      places.set(node, [away * WIDENING * Math.sin(angle), -away * Math.cos(angle)]);
    });
    if (crowded) radius += SEAT * 1.4;
  }
  return places;
}

// Seat a chain of nodes from left to right, every other one lower, so that long names have room.
function seatInRow(chain) {
  return new Map(chain.map((node, step) => [node, [(step - (chain.length - 1) / 2) * 190, step % 2 ? 70 : -70]]));
}

// Seat nodes on a spiral around another, off all that is placed already.
function seatBeside(members, centre, places) {
  const [x, y] = places.get(centre);
  const touches = ([a, b]) => ([c, d]) => Math.abs(a - c) < 0.6 * ROOM_OF_ONE[0] && Math.abs(b - d) < 0.7 * ROOM_OF_ONE[1];
  const taken = [...places.values()];
  let turn = 5; // the first seats of the spiral lie on the node itself
  for (const node of members) {
    const last = turn + 30 + members.length;
    let seat;
    do {
      const away = Math.sqrt(turn);
      seat = [x + away * Math.cos(turn * GOLDEN_ANGLE) * 0.6 * ROOM_OF_ONE[0], y + away * Math.sin(turn * GOLDEN_ANGLE) * ROOM_OF_ONE[1]];
      turn += 1;
    } while (turn < last && taken.some(touches(seat)));
    taken.push(seat);
    places.set(node, seat);
  }
}

// A part of the whole map, drawn together until its names have just enough room.
function gatherFromMap(members) {
  const across = members.map((node) => node.x);
  const down = members.map((node) => node.y);
  const extent = (values) => Math.max(...values) - Math.min(...values) || 1;
  const wanted = 2.2 * ROOM_OF_ONE[0] * ROOM_OF_ONE[1] * members.length;
  const scale = Math.min(1, Math.sqrt(wanted / (extent(across) * extent(down))));
  const points = members.map((node) => [node.x * scale * 1.3, (node.y * scale) / 1.3]);
  for (let round = 0; round < SPREADS && pushApart(points); round += 1);
  return new Map(members.map((node, place) => [node, points[place]]));
}

// Move points off one another where their names overlap, in the direction in which they overlap least.
function pushApart(points) {
  const [width, height] = ROOM_OF_ONE;
  const cells = new Map();
  let moved = false;
  points.forEach((point, place) => {
    const [column, row] = [Math.floor(point[0] / width), Math.floor(point[1] / height)];
    for (const [c, r] of [[0, 0], [-1, 0], [0, -1], [-1, -1], [1, -1], [1, 0], [-1, 1], [0, 1], [1, 1]]) {
      for (const other of cells.get(`${column + c},${row + r}`) ?? []) moved = partTwo(point, points[other]) || moved;
    }
    const key = `${column},${row}`;
    cells.set(key, [...(cells.get(key) ?? []), place]);
  });
  return moved;
}

function partTwo(a, b) {
  const over = ROOM_OF_ONE.map((size, axis) => size - Math.abs(a[axis] - b[axis]));
  if (Math.min(...over) <= 1) return false;
  const axis = over[0] / ROOM_OF_ONE[0] < over[1] / ROOM_OF_ONE[1] ? 0 : 1;
  const step = (over[axis] / 2) * (a[axis] >= b[axis] ? 1 : -1);
  a[axis] += step;
  b[axis] -= step;
  return true;
}
