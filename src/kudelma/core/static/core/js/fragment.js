// fragment.js: asks a page for one of its parts. The one place that knows how a part is asked for and read.
// @ts-check

/** What the server answers to a request for a part; undefined when the request did not reach it.
 * @param {string | URL} address  @param {string} part  @param {RequestInit} [options] */
export function askFragment(address, part, options = {}) {
  return fetch(address, { ...options, headers: { Fragment: part } }).catch(() => undefined)
}

/** The elements of a part, not yet on the page.
 * @param {string} text */
export function readFragment(text) {
  const fresh = document.createElement("template")
  fresh.innerHTML = text
  return fresh.content
}

/** A part as the server has it now; undefined when it cannot be had.
 * @param {string | URL} address  @param {string} part */
export async function fetchFragment(address, part) {
  const answer = await askFragment(address, part)
  return answer?.ok ? readFragment(await answer.text()) : undefined
}
