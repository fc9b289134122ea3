// live-part.js: keeps its content equal to the server's.
// data-stream: address of an event stream.  data-number: how far the content was when the page was made.
// data-from, data-fragment: the page, and its part in which all that follows the stream stands.
// data-over: sentence for when the stream has ended.
// While somebody works inside, or has written something there, it is marked stale instead of being replaced; a page that
// came back with what was not saved says so by data-unsent.  data-whose: for whom it stands here.  data-stale: sentence
// for when it would stand for somebody else by now.  data-over-here: sentence for when nothing is sent from here any more.
// @ts-check
import { fetchFragment } from "kudelma/fragment.js"

import { Stream } from "kudelma/stream.js"

/** One stream and one question to the server for all parts of a page that follow the same. */
class Follower {
  /** @type {Map<string, Follower>} */ static of = new Map()
  /** @type {Set<LivePart>} */ parts = new Set()
  #stream
  #seen
  #asked = 0

  /** @param {LivePart} part */
  static join(part) {
    const address = part.dataset.stream ?? ""
    const follower = Follower.of.get(address) ?? new Follower(address, part.dataset.number)
    Follower.of.set(address, follower)
    follower.parts.add(part)
    return follower
  }
  /** @param {string} address  @param {string | undefined} number */
  constructor(address, number) {
    this.address = address
    this.#seen = number
    this.#stream = new Stream(address, (/** @type {string} */ moved) => this.#hear(moved), () => this.#end())
  }
  /** @param {LivePart} part */
  leave(part) {
    this.parts.delete(part)
    if (this.parts.size) return
    this.#stream.close()
    Follower.of.delete(this.address)
  }
  #end() { for (const part of this.parts) part.end() }
  /** @param {string} number */
  #hear(number) {
    if (this.#seen !== number) this.refresh()
    this.#seen = number
  }
  async refresh() {
    const asked = ++this.#asked
    const [first] = this.parts
    const { from = location.href, fragment = "" } = first?.dataset ?? {}
    const fresh = await fetchFragment(from, fragment)
    if (!fresh || asked !== this.#asked) return
    for (const part of this.parts) part.take(fresh)
  }
}

class LivePart extends HTMLElement {
  /** @type {Follower | undefined} */ #follower
  connectedCallback() {
    this.#follower = Follower.join(this)
    this.addEventListener("focusout", () => this.hasAttribute("stale") && setTimeout(() => this.#follower?.refresh()))
  }
  disconnectedCallback() { this.#follower?.leave(this) }
  end() { if (this.dataset.over) this.#say(this.dataset.over) }

  /** @param {DocumentFragment} fresh */
  take(fresh) {
    const own = fresh.getElementById(this.id)
    if (!own) return
    const focused = /** @type {HTMLInputElement | null} */ (this.contains(document.activeElement) ? document.activeElement : null)
    if (this.#isWrittenIn() || (focused && !isText(focused))) return this.#stay(own)
    this.replaceChildren(...own.childNodes)
    for (const name of ["stale", "whose"]) this.dataset[name] = own.dataset[name] ?? ""
    this.removeAttribute("stale")
    // Whoever stood in an empty box still stands in it, and hears whose words it takes now.
    if (focused) this.querySelector(`[name="${focused.name}"]`)?.focus()
  }
  #isWrittenIn() {
    return "unsent" in this.dataset || [...this.querySelectorAll("textarea, input")].some((field) => isText(field) && field.value !== field.defaultValue)
  }
  /** @param {HTMLElement} own  What stands there on the server now. */
  #stay(own) {
    this.toggleAttribute("stale", true)
    const isOfAnother = (own.dataset.whose ?? "") !== (this.dataset.whose ?? "")
    this.#say(own.dataset.overHere ?? (isOfAnother ? this.dataset.stale : undefined))
  }
  /** One sentence at most: what was said before does not hold any more.
   * @param {string | undefined} sentence */
  #say(sentence) {
    this.querySelector(":scope > .notice[role=status]")?.remove()
    if (!sentence) return
    const told = document.createElement("p")
    told.className = "notice"
    told.setAttribute("role", "status")
    told.textContent = sentence
    this.prepend(told)
  }
}

/** Whether somebody writes there, and it can hold something unsaved.
 * @param {any} field */
const isText = (field) => field.matches("textarea, input:not([type=hidden], [type=checkbox], [type=radio])")

customElements.define("live-part", LivePart)
