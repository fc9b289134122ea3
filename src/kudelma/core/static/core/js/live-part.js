// live-part.js: keeps its content equal to the server's.
// data-stream: address of an event stream.  data-over: sentence for when it has ended.  id: name of the part.
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
    this.#stream.addEventListener("over", () => this.end())
    this.#stream.addEventListener("error", () => this.#stream.readyState === EventSource.CLOSED && this.end())
    this.addEventListener("focusout", () => this.hasAttribute("stale") && setTimeout(() => this.refresh()))
  }
  disconnectedCallback() { this.#stream.close() }
  end() {
    this.#stream.close()
    const told = document.createElement("p")
    told.className = "notice"
    told.setAttribute("role", "status")
    told.textContent = this.dataset.over
    this.prepend(told)
  }
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
