// circle-geometry.js: where things stand on the circle, as kudelma/circle/geometry.py computes it. Numbers only.
// A point is {x, y} in a room of 1000 × 1000 with everyday life in its middle.

const CENTRE = 500, EDGE = 40, ROOM = 1000, STEP = 10, BIG_STEP = 50
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** The nearest place inside the room. */
export function clamped({ x, y }) {
  const inside = (value) => Math.min(Math.max(Math.round(value), EDGE), ROOM - EDGE)
  return { x: inside(x), y: inside(y) }
}

/** Where an arrow key leads from a place; undefined for every other key. */
export function stepped({ x, y }, key, big) {
  const arrow = ARROWS[key]
  const step = big ? BIG_STEP : STEP
  return arrow && clamped({ x: x + arrow[0] * step, y: y + arrow[1] * step })
}

/** The path of a tie: a thread that bends a little towards the middle. */
export function thread(one, other) {
  const x = (one.x + other.x) / 2, y = (one.y + other.y) / 2
  const bend = [Math.round(x + (CENTRE - x) / 4), Math.round(y + (CENTRE - y) / 4)]
  return `M${one.x} ${one.y}Q${bend[0]} ${bend[1]} ${other.x} ${other.y}`
}
