// stream.js: follows an event stream while the page is shown, and comes back after whatever breaks it off but «over».
// Read by fetch and not by EventSource, which gives up for good at any answer but 200, and tells neither which answer
// that was nor that a sign of life has come.

const PAUSE_SECONDS = [1, 2, 5, 10]
const SILENT_SECONDS = 35  // the server gives a sign of life every 25
const HIDDEN_SECONDS = 10  // six streams of hidden tabs would leave the browser no connection for a page

export class Stream {
  #address
  #heard
  #over
  #broken
  #timer
  #retry
  #failed = 0

  // heard(data): something moved.  over(): the right to read has ended.
  constructor(address, heard, over) {
    [this.#address, this.#heard, this.#over] = [address, heard, over]
    addEventListener("visibilitychange", this.#shown)
    addEventListener("pageshow", this.#back)
    this.#open()
  }

  close() {
    removeEventListener("visibilitychange", this.#shown)
    removeEventListener("pageshow", this.#back)
    this.#break()
  }

  // A telephone freezes a page and its stream without telling it: a page that is shown again begins a new one.
  #shown = () => document.hidden ? this.#wait(HIDDEN_SECONDS, () => this.#break()) : this.#open()
  #back = (event) => event.persisted && this.#open()

  #break() {
    clearTimeout(this.#timer)
    this.#broken?.abort()
  }

  #wait(seconds, then) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(then, seconds * 1000)
  }

  async #open() {
    this.#break()
    const broken = this.#broken = new AbortController()
    let pause = 0
    try {
      const answer = await fetch(this.#address, { signal: broken.signal, cache: "no-store" })
      if (answer.status === 404) return this.#end()
      pause = Number(answer.headers.get("Retry-After"))
      if (answer.ok && await this.#read(answer.body, broken)) return this.#end()
    } catch { /* the connection broke: come again */ }
    // Closed, or begun anew meanwhile: then somebody else decides when it goes on.
    if (broken.signal.aborted || document.hidden) return
    // What the server says is by chance already: after a restart not all come at the same moment.
    const own = PAUSE_SECONDS[Math.min(this.#failed++, PAUSE_SECONDS.length - 1)] * (0.5 + Math.random())
    this.#wait(pause || this.#retry || own, () => this.#open())
  }

  #end() {
    this.close()
    this.#over()
  }

  // Whether it is over; false when the stream just ended.
  async #read(body, broken) {
    const texts = body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ""
    for (;;) {
      if (!document.hidden) this.#wait(SILENT_SECONDS, () => this.#open())
      const { value, done } = await texts.read()
      if (done || broken.signal.aborted) return false
      this.#failed = 0
      const events = (text + value).split("\n\n")
      text = events.pop()
      for (const event of events) {
        if (/^event: over$/m.test(event)) return true
        this.#retry = Number(/^retry: (\d+)$/m.exec(event)?.[1]) / 1000 || this.#retry
        const moved = /^event: moved\ndata: (.*)$/m.exec(event)
        if (moved) this.#heard(moved[1])
      }
    }
  }
}
