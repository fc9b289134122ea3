"""What axe-core finds on an open page, and whether a narrow phone shows the page without scrolling sideways."""

from pathlib import Path

from playwright.sync_api import Page, ViewportSize
from tests import counts

SOURCE = (Path(__file__).parent.parent / "vendor" / "axe-core-4.14.1.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const found = await axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`))
}"""
SIDEWAYS = """() => {
  if (document.scrollingElement.scrollWidth <= innerWidth) return []
  const sticksOut = part => part.getBoundingClientRect().right > innerWidth + 1
  const wide = [...document.querySelectorAll("body *")].filter(sticksOut)
  return wide.length ? wide.map(part => part.outerHTML.slice(0, 120)).slice(0, 5) : ["a text that leaves its box"]
}"""
CRAMPED = """() => [...document.querySelectorAll("body *")].filter(part => part.checkVisibility()).flatMap(part => {
  const { display, overflowX } = getComputedStyle(part), { width, height } = part.getBoundingClientRect()
  const pressed = part.matches("a[href], button, select, textarea, summary") && display !== "inline"
  const moved = part.scrollWidth > part.clientWidth && ["auto", "scroll"].includes(overflowX)
  const focused = part.tabIndex >= 0 || part.querySelector("a[href], button, input, select, textarea, [tabindex]")
  const found = pressed && Math.min(width, height) < 24 ? "too small: " : moved && !focused ? "out of reach: " : ""
  return found ? [found + part.outerHTML.slice(0, 120)] : []
})"""
NARROW: ViewportSize = {"width": 320, "height": 640}


def bring(page: Page) -> None:
    """Every page that is opened from here on has axe in it, which takes it half as long again to open."""
    page.add_init_script(SOURCE)


def faults(page: Page) -> list[str]:
    """One line for each element that breaks a rule: the rule, and the element."""
    counts.add("axe looks")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE)
    return page.evaluate(RUN, TAGS)  # type: ignore[no-any-return]


def too_wide(page: Page) -> list[str]:
    """The elements that stick out at 320 px."""
    size = page.viewport_size
    if size != NARROW:
        page.set_viewport_size(NARROW)
    found = [f"too wide: {element}" for element in page.evaluate(SIDEWAYS)]
    if size != NARROW:
        page.set_viewport_size(size)  # type: ignore[arg-type]
    return found


def cramped(page: Page) -> list[str]:
    """What the words of another language alone can spoil: a target less than 24 px wide, and a part that scrolls
    sideways and has nothing to focus. Boxes and rings to tick are as large in every language."""
    return page.evaluate(CRAMPED)  # type: ignore[no-any-return]
