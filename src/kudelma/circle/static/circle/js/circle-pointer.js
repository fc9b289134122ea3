// circle-pointer.js: the circle by mouse, pen and finger. Drawn a little it is a move, pressed in place it is a tie.
import { clamped } from "kudelma/circle-geometry.js"

// A hand that only presses moves a little, too.
const SLIP = 4

/** drawing: the element `circle-drawing`, which shows and sends what the hand does. */
export class Pointer {
  #drawing
  #held

  constructor(drawing) {
    this.#drawing = drawing
    drawing.addEventListener("pointerdown", (event) => this.#grasp(event))
    drawing.addEventListener("pointermove", (event) => this.#drag(event))
    drawing.addEventListener("pointerup", () => this.#release(true))
    drawing.addEventListener("pointercancel", () => this.#release(false))
  }

  get isHolding() { return this.#held !== undefined }

  #grasp(event) {
    const spot = event.target.closest(".spot")
    if (!spot || event.button) return
    event.preventDefault()
    spot.setPointerCapture(event.pointerId)
    spot.focus({ preventScroll: true })
    const at = this.#drawing.at(spot), here = this.#inRoom(event)
    this.#held = { spot, at, off: { x: at.x - here.x, y: at.y - here.y }, from: event, isMoved: false }
  }

  #drag(event) {
    const held = this.#held
    if (!held) return
    held.isMoved ||= Math.hypot(event.clientX - held.from.clientX, event.clientY - held.from.clientY) > SLIP
    const here = this.#inRoom(event)
    if (held.isMoved) this.#drawing.show(held.spot, clamped({ x: here.x + held.off.x, y: here.y + held.off.y }))
  }

  #release(isMeant) {
    const { spot, at, isMoved } = this.#held ?? {}
    this.#held = undefined
    const drawing = this.#drawing
    if (spot && isMoved) isMeant ? drawing.place(spot, drawing.at(spot)) : drawing.show(spot, at)
    else if (spot && isMeant) drawing.tie(spot)
    drawing.released()
  }

  #inRoom({ clientX, clientY }) {
    const room = this.#drawing.querySelector(".circle-picture").getScreenCTM().inverse()
    return new DOMPoint(clientX, clientY).matrixTransform(room)
  }
}
