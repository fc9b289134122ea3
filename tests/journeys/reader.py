"""Somebody who reads pages and sends forms over HTTP, without a browser: a hundred pages in the time of three drawn.

What scripts would do does not happen here. `hands.Hand` is the same person at a browser.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup, Tag
from tests.patience import PATIENCE_SECONDS

FORMS = "main form[method=post]"
KEPT_WHEN_EMPTY = ("csrfmiddlewaretoken", "idempotency_key")
DRAWN_WITH = ("Content-Type", "Content-Security-Policy", "Permissions-Policy")


@dataclass(frozen=True)
class Sheet:
    """A page as it was read. headers: those that change how it is drawn."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    soup: BeautifulSoup


class Reader:
    """One person with cookies of their own."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.session = requests.Session()
        self.session.trust_env = False
        self.sheet = Sheet(base, 0, {}, b"", BeautifulSoup())
        self._typed: dict[str, str] = {}

    @property
    def path(self) -> str:
        return urlsplit(self.sheet.url).path

    @property
    def place(self) -> Sheet:
        return self.sheet

    def return_to(self, place: Sheet) -> None:
        """What was read there is still in the hand."""
        self.sheet = place

    @property
    def links(self) -> list[str]:
        return [urljoin(self.sheet.url, str(link["href"])) for link in self.sheet.soup.select("a[href]")]

    def go(self, path: str) -> int:
        return self._ask("GET", urljoin(self.base, path))

    def remember(self, name: str, value: str) -> None:
        self.session.cookies.set(name, value, domain=urlsplit(self.base).hostname)

    def forget(self, name: str) -> None:
        """Lose the cookie of that name."""
        for cookie in [cookie for cookie in self.session.cookies if cookie.name == name]:
            self.session.cookies.clear(cookie.domain, cookie.path, cookie.name)

    def fill(self, name: str, text: str) -> None:
        self._first(f'main [name="{name}"]')
        self._typed[name] = text

    choose = fill

    def unfold(self, selector: str) -> None:
        """What is folded can be read."""

    def kept_from(self, address: str) -> AbstractContextManager[None]:
        """Nobody leaves by themselves without a browser."""
        return nullcontext()

    def words(self, selector: str) -> str:
        """What stands in the first element that `selector` finds."""
        return self._first(selector).get_text().strip()

    def press(self, selector: str, holding: str = "") -> int:
        """Press the first button or link that `selector` finds and whose text holds `holding`."""
        target = self._first(selector, holding)
        if target.name == "a":
            return self._ask("GET", urljoin(self.sheet.url, str(target["href"])))
        form = target.find_parent("form")
        assert isinstance(form, Tag), f"{selector} is in no form"
        pressed = {str(target["name"]): str(target.get("value", ""))} if target.get("name") else {}
        return self._send(form, {**_filled_in(form), **self._typed, **pressed})

    def submit(self) -> int:
        """Send the form of the page's main part."""
        return self.press("main form:not(.languages) button.button:not([data-kind=plain])")

    def actions(self) -> list[str]:
        """Where the forms of this page go."""
        return [urlsplit(self._target(form)).path for form in self.sheet.soup.select(FORMS)]

    def send_empty(self, number: int) -> int:
        """Send the form of that number with nothing filled in; what comes is read even when it is a refusal."""
        form = self.sheet.soup.select(FORMS)[number]
        return self._send(form, {name: value for name, value in _filled_in(form).items() if name in KEPT_WHEN_EMPTY})

    def append(self, html: str) -> None:
        """Something more at the end of the page."""
        body = self.sheet.body.replace(b"</main>", html.encode() + b"</main>")
        self.sheet = replace(self.sheet, body=body, soup=_soup(body))

    def close(self) -> None:
        self.session.close()

    def _first(self, selector: str, holding: str = "") -> Tag:
        for tag in self.sheet.soup.select(selector):
            if holding in tag.get_text():
                return tag
        raise AssertionError(f"{self.sheet.url} has no {selector} {holding}")

    def _target(self, form: Tag) -> str:
        return urljoin(self.sheet.url, str(form.get("action", "")))

    def _send(self, form: Tag, values: dict[str, str]) -> int:
        if str(form.get("method", "get")).lower() == "get":
            return self._ask("GET", self._target(form), params=values)
        return self._ask("POST", self._target(form), data=values)

    def _ask(self, method: str, url: str, **options: Any) -> int:
        answer = self.session.request(method, url, timeout=PATIENCE_SECONDS, **options)
        kept = {name: answer.headers[name] for name in DRAWN_WITH if name in answer.headers}
        body = answer.content
        self.sheet = Sheet(answer.url, answer.status_code, kept, body, _soup(body))
        self._typed = {}
        return answer.status_code


def _soup(body: bytes) -> BeautifulSoup:
    return BeautifulSoup(body.decode(), "html.parser")


def _filled_in(form: Tag) -> dict[str, str]:
    """What a browser would send of the form as it came, except for buttons."""
    fields = form.select("input[name]:not([type=submit], [type=radio]:not([checked]), [type=checkbox]:not([checked]))")
    values = {str(field["name"]): str(field.get("value", "on")) for field in fields}
    values |= {str(area["name"]): area.get_text() for area in form.select("textarea[name]")}
    for box in form.select("select[name]"):
        option = box.select_one("option[selected]") or box.select_one("option")
        values |= {str(box["name"]): str(option.get("value", option.get_text()))} if option else {}
    return values
