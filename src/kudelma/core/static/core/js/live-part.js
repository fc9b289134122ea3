// live-part.js: keeps its content equal to the server's.
// data-stream: address of an event stream.  data-number: how far the content was when the page was made.
// data-over: sentence for when the stream has ended.  id: name of the part.
// While somebody works inside the part it is marked stale instead of being replaced.

class LivePart extends HTMLElement {
  #stream
  #seen
  #asked = 0
  connectedCallback() {
    this.#seen = this.dataset.number
    this.#stream = new EventSource(this.dataset.stream)
    this.#stream.addEventListener("moved", (event) => {
      if (this.#seen !== event.data) this.refresh()
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
    const asked = ++this.#asked
    const answer = await fetch(location.href, { headers: { Fragment: this.id } })
    const text = answer.ok && await answer.text()
    if (!answer.ok || asked !== this.#asked) return
    if (this.contains(document.activeElement)) return this.toggleAttribute("stale", true)
    const fresh = document.createElement("template")
    fresh.innerHTML = text
    this.replaceChildren(fresh.content)
    this.removeAttribute("stale")
  }
}
customElements.define("live-part", LivePart)
