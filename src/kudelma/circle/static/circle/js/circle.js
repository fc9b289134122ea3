// circle.js: moves spots of the circle by pointer, touch and keyboard, in the picture and in the list.
// Every move is sent at once to the form of the list that it stands for, and the answer is the part that shows it.
// What does not reach the server is kept, told and sent again; "saved" is what the server has said.
import { clamped, stepped, thread } from "kudelma/circle-geometry.js"

const RETRY_MS = 3000
const WALK = { PageDown: (at) => at + 1, PageUp: (at) => at - 1, Home: () => 0, End: () => -1 }

class CircleDrawing extends HTMLElement {
  #waiting = []
  #sending = false
  #grasped
  #late
  #from
  #current

  connectedCallback() {
    this.addEventListener("keydown", (event) => this.#press(event))
    this.addEventListener("submit", (event) => this.#submit(event))
    this.addEventListener("focusin", (event) => this.#go(event.target.closest(".spot")))
    this.addEventListener("pointerdown", (event) => this.#grasp(event))
    this.addEventListener("pointermove", (event) => this.#drag(event))
    this.addEventListener("pointerup", () => this.#release(true))
    this.addEventListener("pointercancel", () => this.#release(false))
    addEventListener("beforeunload", (event) => this.#waiting.length && event.preventDefault())
    this.#dress()
  }

  get #spots() { return [...this.querySelectorAll(".spot")] }
  #at = (spot) => ({ x: Number(spot.dataset.x), y: Number(spot.dataset.y) })
  #id = (spot) => spot.id.slice("spot-".length)
  #form = (spot) => this.querySelector(`#move-${this.#id(spot)}`)
  #tell(sentence) { this.querySelector(".circle-status").textContent = sentence }

  // The server draws for everybody; here each spot becomes a button, one stop of the keyboard for them all.
  #dress() {
    this.querySelector(".circle-picture").setAttribute("role", "application")
    for (const spot of this.#spots) {
      spot.setAttribute("role", "button")
      spot.setAttribute("aria-label", spot.dataset.told)
    }
    this.#go(this.querySelector(`[id="${this.#current}"]`) ?? this.#spots[0])
  }
  #go(spot) {
    if (!spot) return
    this.#current = spot.id
    for (const one of this.#spots) one.setAttribute("tabindex", one === spot ? 0 : -1)
  }

  #press(event) {
    if (event.target.matches("input:not([type=hidden]), select, textarea")) return
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      return this.#send({ form: event.shiftKey ? "redo" : "undo" })
    }
    const spot = event.target.closest(".spot")
    const act = spot && this.#act(spot, event)
    if (!act) return
    event.preventDefault()
    act()
  }
  #act(spot, { key, shiftKey }) {
    const to = stepped(this.#at(spot), key, shiftKey)
    if (to) return () => this.#place(spot, to)
    if (WALK[key]) return () => {
      const all = this.#spots
      all.at(WALK[key](all.indexOf(spot)) % all.length).focus()
    }
    if (key === "Enter" || key === " ") return () => this.#tie(spot)
    if (key === "Delete") return () => this.#remove(spot)
    if (key === "Escape" && this.#from) return () => this.#begin(undefined)
  }

  #show(spot, { x, y }) {
    Object.assign(spot.dataset, { x, y })
    spot.setAttribute("transform", `translate(${x} ${y})`)
    for (const tie of this.querySelectorAll(".tie")) {
      const [one, other] = [tie.dataset.one, tie.dataset.other].map((id) => this.querySelector(`#spot-${id}`))
      if (one === spot || other === spot) tie.setAttribute("d", thread(this.#at(one), this.#at(other)))
    }
  }
  #place(spot, to) {
    this.#show(spot, to)
    const again = this.#waiting.find((job) => job.to && job.spot === spot.id && !job.isOnItsWay)
    if (again) return Object.assign(again, { to })
    this.#send({ spot: spot.id, to, values: { idempotency_key: crypto.randomUUID() } })
  }
  #tie(spot) {
    if (!this.#from || this.#from === spot.id) return this.#begin(this.#from ? undefined : spot)
    const [from, other] = [this.#from, this.#id(spot)]
    const ends = [from.slice("spot-".length), other].sort()
    const tied = this.querySelector(`.tie[data-one="${ends[0]}"][data-other="${ends[1]}"]`)
    this.#begin(undefined)
    this.#send({ spot: from, path: tied ? "ties/removal/" : "ties/", values: { other } })
  }
  #begin(spot) {
    this.#from = spot?.id
    for (const one of this.#spots) one.toggleAttribute("data-from", one === spot)
    this.#tell(spot ? this.dataset.tying : "")
  }
  #remove(spot) {
    if (!spot.querySelector(".ground")) return this.#tell(this.dataset.stay)
    this.#send({ spot: spot.id, path: "removal/" })
  }
  #submit(event) {
    event.preventDefault()
    const { target, submitter } = event
    this.#send({ form: target.id, values: submitter?.name ? { [submitter.name]: submitter.value } : {} })
  }

  #grasp(event) {
    const spot = event.target.closest(".spot")
    if (!spot || event.button) return
    event.preventDefault()
    spot.setPointerCapture(event.pointerId)
    spot.focus({ preventScroll: true })
    const at = this.#at(spot), here = this.#inRoom(event)
    this.#grasped = { spot, at, off: { x: at.x - here.x, y: at.y - here.y }, from: event, isMoved: false }
  }
  #drag(event) {
    const held = this.#grasped
    if (!held) return
    held.isMoved ||= Math.hypot(event.clientX - held.from.clientX, event.clientY - held.from.clientY) > 4
    const here = this.#inRoom(event)
    if (held.isMoved) this.#show(held.spot, clamped({ x: here.x + held.off.x, y: here.y + held.off.y }))
  }
  #release(isMeant) {
    const { spot, at, isMoved } = this.#grasped ?? {}
    this.#grasped = undefined
    if (spot && isMoved) isMeant ? this.#place(spot, this.#at(spot)) : this.#show(spot, at)
    else if (spot && isMeant) this.#tie(spot)
    if (this.#late) this.#renew(this.#late)
  }
  #inRoom({ clientX, clientY }) {
    return new DOMPoint(clientX, clientY).matrixTransform(this.querySelector(".circle-picture").getScreenCTM().inverse())
  }

  // One after the other, in the order of the hand. A job fills in its form when its turn comes, so it knows the newest.
  async #send(job) {
    this.#waiting.push(job)
    if (this.#sending) return
    this.#sending = true
    this.toggleAttribute("data-unsaved", true)
    while (this.#waiting.length) {
      const [first] = this.#waiting
      first.isOnItsWay = true
      const answer = await this.#post(first)
      if (answer === undefined || answer.status >= 500) {
        this.#tell(this.dataset.kept)
        await new Promise((go) => setTimeout(go, RETRY_MS))
        continue
      }
      this.#waiting.shift()
      await this.#take(answer)
    }
    this.#sending = false
    this.toggleAttribute("data-unsaved", false)
  }
  async #post({ form, spot, path, to, values }) {
    const there = spot && this.querySelector(`#${spot}`)
    const filled = there ? this.#form(there) : this.querySelector(`[id="${form}"]`)
    if (!filled) return fetch(location.href, { headers: { Fragment: "circle" } }).catch(() => undefined)
    const body = new FormData(filled)
    for (const [name, value] of Object.entries({ ...to, ...values })) body.set(name, value)
    const address = path ? new URL(`../${path}`, filled.action) : filled.action
    return fetch(address, { method: "POST", body, headers: { Fragment: "circle" } }).catch(() => undefined)
  }
  async #take(answer, isRefused = false) {
    const fresh = document.createElement("template")
    fresh.innerHTML = await answer.text()
    const part = answer.ok && fresh.content.querySelector(".circle-part")
    if (part) {
      this.#tell(isRefused ? this.dataset.refused : part.querySelector(".circle-said").textContent)
      return this.#renew(part)
    }
    this.#waiting = []
    if (isRefused) return location.reload()
    return this.#take(await fetch(location.href, { headers: { Fragment: "circle" } }), true)
  }
  #renew(part) {
    this.#late = this.#grasped && part
    if (this.#grasped) return
    const { scrollLeft } = this.querySelector(".circle-room")
    const open = [...this.querySelectorAll("details[open]")].map((one) => one.id)
    const focused = this.contains(document.activeElement) && document.activeElement.closest("[id]")?.id
    this.querySelector(".circle-part").replaceWith(part)
    this.querySelector(".circle-room").scrollLeft = scrollLeft
    for (const one of this.querySelectorAll("details")) one.open = open.includes(one.id)
    for (const { spot, to } of this.#waiting) {
      const there = to && this.querySelector(`#${spot}`)
      if (there) this.#show(there, to)
    }
    this.#dress()
    this.querySelector(`[id="${this.#from}"]`)?.toggleAttribute("data-from", true)
    if (focused) this.querySelector(`[id="${focused}"]`)?.focus({ preventScroll: true })
  }
}
customElements.define("circle-drawing", CircleDrawing)
