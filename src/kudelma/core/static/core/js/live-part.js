// live-part.js: keeps its content equal to the server's.
// data-stream: address of an event stream.  id: name of the part on this page.
// While somebody works inside the part it is marked stale instead of being replaced.

class LivePart extends HTMLElement {
  #stream
  #seen
  connectedCallback() {
    this.#stream = new EventSource(this.dataset.stream)
    this.#stream.addEventListener("moved", (event) => {
      const first = this.#seen === undefined
      if (!first && this.#seen !== event.data) this.refresh()
      this.#seen = event.data
    })
    this.#stream.addEventListener("over", () => this.#stream.close())
    this.addEventListener("focusout", () => this.hasAttribute("stale") && setTimeout(() => this.refresh()))
  }
  disconnectedCallback() { this.#stream.close() }
  async refresh() {
    if (this.contains(document.activeElement)) return this.toggleAttribute("stale", true)
    const answer = await fetch(location.href, { headers: { Fragment: this.id } })
    if (!answer.ok) return
    const fresh = document.createElement("template")
    fresh.innerHTML = await answer.text()
    this.replaceChildren(fresh.content)
    this.removeAttribute("stale")
  }
}
customElements.define("live-part", LivePart)
