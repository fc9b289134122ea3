"""What axe-core finds on an open page, and whether a narrow phone shows the page without scrolling sideways."""

from pathlib import Path

from playwright.sync_api import Page, ViewportSize

SOURCE = (Path(__file__).parent.parent / "vendor" / "axe-core-4.14.1.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const found = await axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`))
}"""
SIDEWAYS = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""
NARROW: ViewportSize = {"width": 320, "height": 640}


def bring(page: Page) -> None:
    """Every page that is opened from here on has axe in it."""
    page.add_init_script(SOURCE)


def faults(page: Page) -> list[str]:
    """One line for each element that breaks a rule: the rule, and the element."""
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
