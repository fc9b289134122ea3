// keep-page.js: two small courtesies on every page.
// Esc three times, or the close link, leaves at once and takes this page out of the history.
// After a refused form the first error gets the focus.

const close = document.querySelector("[data-close-page]")

if (close) {
  const leave = (event) => {
    event?.preventDefault()
    document.documentElement.hidden = true
    location.replace(close.href)
  }
  let presses = []
  close.addEventListener("click", leave)
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp]
    if (presses.length >= 3) leave()
  }, { capture: true })
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload()
  })
}

const refused = document.querySelector('[role="alert"], [aria-invalid="true"]')
refused?.focus()
