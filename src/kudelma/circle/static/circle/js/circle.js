// circle.js: the circle under the hand, in the picture and in the list. Every move is shown and sent at once; what does
// not reach the server is kept, told and sent again. Keys, pointer and sending have files of their own.
import { thread } from "kudelma/circle-geometry.js"
import { Keyboard } from "kudelma/circle-keyboard.js"
import { Pointer } from "kudelma/circle-pointer.js"
import { look, outboxOf } from "kudelma/circle-sending.js"

class CircleDrawing extends HTMLElement {
  #outbox
  #pointer
  #keyboard
  #late
  #from

  connectedCallback() {
    this.#outbox = outboxOf(this, {
      kept: () => this.#tell(this.dataset.kept),
      taken: (job, { part }) => this.#taken(part),
      refused: () => this.#refused(),
      quiet: () => this.toggleAttribute("data-unsaved", false),
    })
    this.#keyboard = new Keyboard(this)
    this.#pointer = new Pointer(this)
    this.addEventListener("submit", (event) => this.#submit(event))
    addEventListener("beforeunload", (event) => this.#outbox.waiting.length && event.preventDefault())
    this.#dress()
  }

  get spots() { return [...this.querySelectorAll(".spot")] }
  get isTying() { return this.#from !== undefined }
  at(spot) { return { x: Number(spot.dataset.x), y: Number(spot.dataset.y) } }
  formOf(spot) { return this.querySelector(`#move-${this.#id(spot)}`) }
  #id(spot) { return spot.id.slice("spot-".length) }
  #tell(sentence) { this.querySelector(".circle-status").textContent = sentence }

  #dress() {
    this.querySelector(".circle-picture").setAttribute("role", "application")
    this.#keyboard.dress()
  }

  show(spot, { x, y }) {
    Object.assign(spot.dataset, { x, y })
    spot.setAttribute("transform", `translate(${x} ${y})`)
    for (const tie of this.querySelectorAll(".tie")) {
      const [first, second] = [tie.dataset.one, tie.dataset.other].map((id) => this.querySelector(`#spot-${id}`))
      if (first === spot || second === spot) tie.setAttribute("d", thread(this.at(first), this.at(second)))
    }
  }
  place(spot, to) {
    this.show(spot, to)
    // Many steps of one spot are one move, as long as the first of them has not left.
    const again = this.#outbox.waiting.find((job) => job.to && job.spot === spot.id && !job.isOnItsWay)
    if (again) return Object.assign(again, { to })
    this.send({ spot: spot.id, to })
  }
  tie(spot) {
    if (!this.#from || this.#from === spot.id) return this.beginTie(this.#from ? undefined : spot)
    const [from, other] = [this.#from, this.#id(spot)]
    const ends = [from.slice("spot-".length), other].sort()
    const tied = this.querySelector(`.tie[data-one="${ends[0]}"][data-other="${ends[1]}"]`)
    this.beginTie(undefined)
    this.send({ spot: from, path: tied ? "ties/removal/" : "ties/", values: { other } })
  }
  beginTie(end) {
    this.#from = end?.id
    for (const spot of this.spots) spot.toggleAttribute("data-from", spot === end)
    this.#tell(end ? this.dataset.tying : "")
  }
  take(spot) {
    if (!spot.querySelector(".ground")) return this.#tell(this.dataset.stay)
    this.send({ spot: spot.id, path: "removal/" })
  }
  #submit(event) {
    event.preventDefault()
    const { target, submitter } = event
    this.send({ form: target.id, values: submitter?.name ? { [submitter.name]: submitter.value } : {} })
  }

  /** job: form or spot, path, to and values; see circle-sending.js. */
  send(job) {
    // Whoever goes on has seen what was refused.
    this.#outbox.dismiss()
    this.toggleAttribute("data-unsaved", true)
    const text = job.spot ? this.querySelector(`#${job.spot}`)?.dataset.told : ""
    return this.#outbox.add({ id: crypto.randomUUID(), text, ...job })
  }
  #taken(part) {
    // What was refused stays told, although what was done after it has been saved.
    if (!this.#outbox.refused.length) this.#tell(part.querySelector(".circle-said").textContent)
    this.#renew(part)
  }
  async #refused() {
    const texts = this.#outbox.refused.map((job) => job.text).filter(Boolean)
    this.#tell([this.dataset.refused, ...texts].join(" "))
    const now = await look()
    if (now?.part) this.#renew(now.part)
    // The circle is not this seat's any more: the page itself says why. Only once nothing is lost by it.
    else if (now && !this.#outbox.waiting.length) location.reload()
  }

  /** The hand has let go: what came meanwhile is shown now. */
  released() { if (this.#late) this.#renew(this.#late) }
  #renew(part) {
    this.#late = this.#pointer.isHolding ? part : undefined
    if (this.#late) return
    const { scrollLeft } = this.querySelector(".circle-room")
    const open = [...this.querySelectorAll("details[open]")].map((details) => details.id)
    const focused = this.contains(document.activeElement) && document.activeElement.closest("[id]")?.id
    this.querySelector(".circle-part").replaceWith(part)
    this.querySelector(".circle-room").scrollLeft = scrollLeft
    for (const details of this.querySelectorAll("details")) details.open = open.includes(details.id)
    // What waits stands as the hand has put it: the server does not know of it yet.
    for (const { spot, to } of this.#outbox.waiting) {
      const waiting = to && this.querySelector(`#${spot}`)
      if (waiting) this.show(waiting, to)
    }
    this.#dress()
    this.querySelector(`[id="${this.#from}"]`)?.toggleAttribute("data-from", true)
    if (focused) this.querySelector(`[id="${focused}"]`)?.focus({ preventScroll: true })
  }
}
customElements.define("circle-drawing", CircleDrawing)
