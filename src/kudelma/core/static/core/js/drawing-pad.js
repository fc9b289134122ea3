// drawing-pad.js: lines drawn by finger, pen or mouse, kept in the hidden field of its form as whole numbers.
// Holds an input, and a part that stays hidden without this module: an svg and buttons with data-do.
// Words and pictures beside it say the same for those who do not draw.

const [WIDTH, HEIGHT, MOST] = [1000, 700, 190000]
const SVG = "http://www.w3.org/2000/svg"

class DrawingPad extends HTMLElement {
  #states = [[]]
  #line = null
  connectedCallback() {
    this.field = this.querySelector("input")
    this.svg = this.querySelector("svg")
    try {
      this.#states = [JSON.parse(this.field.value || "[]")]
    } catch { /* what could not be read is told by the page */ }
    this.querySelector(".pad").hidden = false
    this.svg.addEventListener("pointerdown", (event) => this.begin(event))
    this.svg.addEventListener("pointermove", (event) => this.#line && this.go(event))
    for (const end of ["pointerup", "pointercancel"]) this.svg.addEventListener(end, () => this.end())
    this.addEventListener("click", (event) => this[event.target.dataset.do]?.())
    this.show()
  }
  get lines() { return this.#states.at(-1) }
  begin(event) {
    event.preventDefault()
    if (this.field.value.length > MOST) return
    this.svg.setPointerCapture(event.pointerId)
    this.#line = [this.point(event)]
    this.show()
  }
  go(event) {
    const [x, y] = this.point(event)
    const [wasX, wasY] = this.#line.at(-1)
    if (Math.hypot(x - wasX, y - wasY) < 5) return
    this.#line.push([x, y])
    this.show()
  }
  end() {
    if (!this.#line) return
    this.#states.push([...this.lines, this.#line])
    this.#line = null
    this.keep()
  }
  undo() {
    if (this.#states.length > 1) this.#states.pop()
    else this.#states = [this.lines.slice(0, -1)]
    this.keep()
  }
  clear() {
    this.#states.push([])
    this.keep()
  }
  keep() {
    this.field.value = JSON.stringify(this.lines)
    this.show()
  }
  point(event) {
    const room = this.svg.getBoundingClientRect()
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)))
    return [
      within(((event.clientX - room.left) / room.width) * WIDTH, WIDTH),
      within(((event.clientY - room.top) / room.height) * HEIGHT, HEIGHT),
    ]
  }
  show() {
    const drawn = this.#line ? [...this.lines, this.#line] : this.lines
    this.svg.replaceChildren(...drawn.map((line) => {
      const shape = document.createElementNS(SVG, "polyline")
      shape.setAttribute("points", (line.length > 1 ? line : [...line, ...line]).join(" "))
      return shape
    }))
  }
}
customElements.define("drawing-pad", DrawingPad)
