// circle-keyboard.js: the circle by keyboard alone. The spots are one stop of the tabulator, as one drawing.
import { stepped } from "kudelma/circle-geometry.js"

const WALK = { PageDown: (at) => at + 1, PageUp: (at) => at - 1, Home: () => 0, End: () => -1 }

/** drawing: the element `circle-drawing`; what the keys mean is its own. */
export class Keyboard {
  #drawing
  #current

  constructor(drawing) {
    this.#drawing = drawing
    drawing.addEventListener("keydown", (event) => this.#press(event))
    drawing.addEventListener("focusin", (event) => this.#go(event.target.closest(".spot")))
  }

  /** A part that came anew: each spot is a button, and the stop is where it was. */
  dress() {
    const { spots } = this.#drawing
    for (const spot of spots) {
      spot.setAttribute("role", "button")
      spot.setAttribute("aria-label", spot.dataset.told)
    }
    this.#go(spots.find((spot) => spot.id === this.#current) ?? spots[0])
  }

  #go(stop) {
    if (!stop) return
    this.#current = stop.id
    for (const spot of this.#drawing.spots) spot.setAttribute("tabindex", spot === stop ? 0 : -1)
  }

  #press(event) {
    if (event.target.matches("input:not([type=hidden]), select, textarea")) return
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      return this.#drawing.send({ form: event.shiftKey ? "redo" : "undo" })
    }
    const spot = event.target.closest(".spot")
    const act = spot && this.#act(spot, event)
    if (!act) return
    event.preventDefault()
    act()
  }

  #act(spot, { key, shiftKey }) {
    const drawing = this.#drawing
    const to = stepped(drawing.at(spot), key, shiftKey)
    if (to) return () => drawing.place(spot, to)
    if (WALK[key]) return () => {
      const all = drawing.spots
      all.at(WALK[key](all.indexOf(spot)) % all.length).focus()
    }
    if (key === "Enter" || key === " ") return () => drawing.tie(spot)
    if (key === "Delete") return () => drawing.take(spot)
    if (key === "Escape" && drawing.isTying) return () => drawing.beginTie(undefined)
  }
}
