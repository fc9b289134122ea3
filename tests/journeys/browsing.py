"""Somebody who walks through the pages at a browser: every page is drawn. `reader.Reader` is the same without one."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from journeys import crawl
from journeys.hands import Hand
from journeys.reader import FORMS, KEPT_WHEN_EMPTY

SEND_EMPTY = """(form, kept) => {
  for (const field of form.elements) field.disabled = !kept.includes(field.name)
  form.submit()
}"""


class Browsing(Hand):
    """A pointer, and what a walk asks of either."""

    @property
    def place(self) -> str:
        return self.page.url

    def return_to(self, place: str) -> None:
        self.go(place)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def links(self) -> list[str]:
        return crawl.links(self.page)

    def go(self, path: str) -> int:  # type: ignore[override]
        answer = self.page.goto(path if path.startswith("http") else self.base + path)
        assert answer is not None
        return answer.status

    def remember(self, name: str, value: str) -> None:
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.base}])

    def forget(self, name: str) -> None:
        self.page.context.clear_cookies(name=name)

    def unfold(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    @contextmanager
    def kept_from(self, address: str) -> Iterator[None]:
        """The browser does not leave for `address`, so that a page which goes there by itself can be looked at."""
        self.page.route(address, lambda route: route.fulfill(status=204))
        yield
        self.page.unroute(address)

    def words(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def press(self, selector: str, holding: str = "") -> None:
        self._press(self.page.locator(selector, has_text=holding or None).first)

    def actions(self) -> list[str]:
        return self.page.eval_on_selector_all(  # type: ignore[no-any-return]
            FORMS, "all => all.map(form => new URL(form.action).pathname)"
        )

    def send_empty(self, number: int) -> int:
        with self.page.expect_navigation() as going:
            self.page.locator(FORMS).nth(number).evaluate(SEND_EMPTY, list(KEPT_WHEN_EMPTY))
        assert going.value is not None
        return going.value.status

    def append(self, html: str) -> None:
        """Something more at the end of the page."""
        self.page.locator("main").evaluate("(main, html) => main.insertAdjacentHTML('beforeend', html)", html)

    def close(self) -> None:
        self.page.context.close()
