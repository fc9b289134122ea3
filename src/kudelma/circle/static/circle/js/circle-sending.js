// circle-sending.js: sends what was done on the circle as the form of the list that it stands for.
// A job fills in its form when its turn comes, so that it knows the newest; the answer is the part that shows it.
import { askFragment, readFragment } from "kudelma/fragment.js"
import { Outbox, inMemory } from "kudelma/outbox.js"

const wait = (ms) => new Promise((go) => setTimeout(go, ms))

/** tell: what becomes of each job, as in outbox.js; an answer bears the `part` that came with it. */
export function outboxOf(drawing, tell) {
  const name = () => crypto.randomUUID()
  return new Outbox({ send: (job, stamp) => send(drawing, job, stamp), wait, name, store: inMemory(), tell })
}

/** The circle as the server has it: status and part; undefined when the server was not reached. */
export async function look() {
  return read(await askFragment(location.href, "circle"))
}

async function send(drawing, { id, form, spot, path, to, values }, stamp) {
  const placed = spot && drawing.querySelector(`#${spot}`)
  const filled = placed ? drawing.formOf(placed) : drawing.querySelector(`[id="${form}"]`)
  // Gone meanwhile, as undoing is when nothing is left to undo: then what stands now is shown.
  if (!filled) {
    const now = await look()
    return now && { ...now, isUnsent: true }
  }
  const body = new FormData(filled)
  for (const [key, value] of Object.entries({ ...to, ...values, ...stamp, idempotency_key: id })) body.set(key, value)
  const address = path ? new URL(`../${path}`, filled.action) : filled.action
  return read(await askFragment(address, "circle", { method: "POST", body }))
}

async function read(answer) {
  if (!answer) return undefined
  // What is cut off on its way has not been read, and so counts as not answered.
  const text = await answer.text().catch(() => undefined)
  if (text === undefined) return undefined
  const part = answer.ok ? readFragment(text).querySelector(".circle-part") : undefined
  // A page without the part is that of the way in: what was done waits until somebody has signed in.
  return { status: answer.ok && !part ? 401 : answer.status, part }
}
