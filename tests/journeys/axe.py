"""What axe-core finds on an open page, and whether a narrow phone shows the page without scrolling sideways."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = (Path(__file__).parent.parent / "vendor" / "axe-core-4.14.1.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })"""
SIDEWAYS = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""
NARROW = {"width": 320, "height": 640}


def faults(page: Page) -> list[str]:
    """One line for each element that breaks a rule: the rule, and the element."""
    page.evaluate(SOURCE)
    found = page.evaluate(RUN, TAGS)
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]


def too_wide(page: Page) -> list[str]:
    """The elements that stick out at 320 px. The page is left that narrow."""
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    return [f"too wide: {element}" for element in page.evaluate(SIDEWAYS)]
