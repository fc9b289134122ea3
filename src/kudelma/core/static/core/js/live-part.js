// live-part.js: keeps its content equal to the server's.
// data-stream: address of an event stream.  data-number: how far the content was when the page was made.
// data-over: sentence for when the stream has ended.  id: name of the part.
// While somebody works inside the part it is marked stale instead of being replaced.
import { fetchFragment } from "kudelma/fragment.js"

import { Stream } from "kudelma/stream.js"

class LivePart extends HTMLElement {
  #stream
  #seen
  #asked = 0
  connectedCallback() {
    this.#seen = this.dataset.number
    this.#stream = new Stream(this.dataset.stream, (number) => this.#hear(number), () => this.end())
    this.addEventListener("focusout", () => this.hasAttribute("stale") && setTimeout(() => this.refresh()))
  }
  disconnectedCallback() { this.#stream.close() }
  #hear(number) {
    if (this.#seen !== number) this.refresh()
    this.#seen = number
  }
  end() {
    const told = document.createElement("p")
    told.className = "notice"
    told.setAttribute("role", "status")
    told.textContent = this.dataset.over
    this.prepend(told)
  }
  async refresh() {
    if (this.contains(document.activeElement)) return this.toggleAttribute("stale", true)
    const asked = ++this.#asked
    const fresh = await fetchFragment(location.href, this.id)
    if (!fresh || asked !== this.#asked) return
    if (this.contains(document.activeElement)) return this.toggleAttribute("stale", true)
    this.replaceChildren(fresh)
    this.removeAttribute("stale")
  }
}
customElements.define("live-part", LivePart)
