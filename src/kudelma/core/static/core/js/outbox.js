// outbox.js: keeps what was done on a page until the server has it, and sends one after the other in the order of the
// hand. "Saved" is what the server has said. Knows no page: the network, the clock and the store are passed in.
// @ts-check

export const PROTOCOL = 1
export const RETRY_MS = 3000
const OUT_OF_ORDER = 412
// Not a no: to be signed in anew, to be slower, to have been too slow.
const LATER = new Set([401, 408, 425, 429])

/** What is sent. id: made here, so that sending it twice does it once. text: what a person reads of it if it is refused.
 * @typedef {{ id: string, text?: string, number?: number, isOnItsWay?: boolean, isAnew?: boolean }} Entry */
/** isUnsent: there was nothing to send after all, so no number was used.
 * @typedef {{ status: number, isUnsent?: boolean }} Answer */
/** @typedef {{ device: string, device_number: number, protocol: number }} Stamp */

/** A store for a page that may be closed only when nothing waits. */
export const inMemory = () => ({ load: () => undefined, save: () => undefined })

export class Outbox {
  /** @type {Entry[]} */ waiting = []
  /** What the server will not have, with its text, until somebody has seen it. @type {Entry[]} */ refused = []
  device = ""
  last = 0
  #by
  #isSending = false

  /** send: undefined for what did not reach the server. name: a new name for a device. tell: kept, taken, refused and
   * quiet, each called with the entry and its answer.
   * @param {{ send: (entry: any, stamp: Stamp) => Promise<any>, wait: (ms: number) => Promise<void>,
   *   name: () => string, store: { load: () => any, save: (state: any) => void }, tell: Record<string, Function> }} by */
  constructor({ send, wait, name, store, tell }) {
    this.#by = { send, wait, name, store, tell }
    // A device is this outbox and no more: it is named anew with each page, so that nobody is known by it again.
    const { device = name(), last = 0, waiting = [], refused = [] } = store.load() ?? {}
    Object.assign(this, { device, last, waiting, refused })
  }

  /** @param {Entry} entry */
  add(entry) {
    this.waiting.push(entry)
    this.#save()
    return this.run()
  }

  /** Somebody has seen what was refused. */
  dismiss() {
    this.refused = []
    this.#save()
  }

  async run() {
    if (this.#isSending) return
    this.#isSending = true
    while (this.waiting.length) await this.#next()
    this.#isSending = false
    this.#by.tell.quiet?.()
  }

  async #next() {
    const [entry] = this.waiting
    // From here on it is not changed any more: it may have arrived although no answer came.
    entry.isOnItsWay = true
    entry.number ??= this.last + 1
    this.#save()
    const stamp = { device: this.device, device_number: entry.number, protocol: PROTOCOL }
    const answer = await this.#by.send(entry, stamp).catch(() => undefined)
    if (answer === undefined || answer.status >= 500 || LATER.has(answer.status)) {
      this.#by.tell.kept?.(entry, answer)
      return this.#by.wait(RETRY_MS)
    }
    if (answer.status === OUT_OF_ORDER && !entry.isAnew) return this.#beginAnew(entry)
    this.waiting.shift()
    if (answer.status < 400 && !answer.isUnsent) this.last = entry.number
    if (answer.status >= 400) this.refused.push(entry)
    this.#save()
    await this.#by.tell[answer.status < 400 ? "taken" : "refused"]?.(entry, answer)
  }

  /** The server counts otherwise, after a restored copy for example: what waits is sent under a new name, from 1.
   * @param {Entry} entry */
  #beginAnew(entry) {
    Object.assign(this, { device: this.#by.name(), last: 0 })
    Object.assign(entry, { isAnew: true, number: undefined })
    this.#save()
  }

  #save() {
    const { device, last, waiting, refused } = this
    this.#by.store.save({ device, last, waiting, refused })
  }
}
