"""Finds every page that a seat of the demo can come to by links, one or two of each kind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

NOT_FOLLOWED = ("/closed/", "/static/", "/demo/", "/i/", "/live/")
FILES = ("meetings:agreed", "meetings:own-entry", "plans:sheet")
MOST_OF_A_KIND = 2


class Goer(Protocol):
    """Who opens the pages. links: whole addresses, of the page that is open."""

    base: str

    def go(self, path: str) -> int: ...

    @property
    def path(self) -> str: ...

    @property
    def links(self) -> list[str]: ...


def name_of(path: str) -> str:
    """The name of the address: pages of one kind have the same. What only the demo has is its own name."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def walk(goer: Goer, starts: Sequence[str], most: int = MOST_OF_A_KIND) -> Iterator[str]:
    """Opens one page after the other, beginning at `starts`; gives its path when it is open."""
    waiting, seen, counts = list(starts), set[str](), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        if path in seen or counts[name_of(path)] >= most:
            continue
        seen.add(path)
        status = goer.go(path)
        assert status < 400, f"{path} answers {status}"
        here, links = goer.path, goer.links
        if here != path and here in seen:
            continue
        seen.add(here)
        counts[name_of(here)] += 1
        yield here
        waiting += _followed(links, goer.base)


def read(page: Page, base: str, starts: Sequence[str], most: int = MOST_OF_A_KIND) -> Iterator[tuple[str, Any]]:
    """The same pages, fetched with this browser's cookies and not drawn: the path, and what stands on the page."""
    goer = _Fetched(page, base)
    for path in walk(goer, starts, most):
        yield path, goer.soup


class _Fetched:
    def __init__(self, page: Page, base: str) -> None:
        self._page, self.base = page, base

    def go(self, path: str) -> int:
        answer = self._page.request.get(self.base + path)
        self._url, self.soup = answer.url, BeautifulSoup(answer.text(), "html.parser")
        return answer.status

    @property
    def path(self) -> str:
        return urlsplit(self._url).path

    @property
    def links(self) -> list[str]:
        return [urljoin(self._url, str(link["href"])) for link in self.soup.select("a[href]")]


def links(page: Page) -> list[str]:
    """Where the links of the open page lead."""
    return page.eval_on_selector_all("a[href]", "all => all.map(link => link.href)")  # type: ignore[no-any-return]


def _followed(links: list[str], base: str) -> list[str]:
    """The paths of those links that lead to pages of the service."""
    inside = [parts.path for parts in map(urlsplit, links) if f"{parts.scheme}://{parts.netloc}" == base]
    return [path for path in inside if not path.startswith(NOT_FOLLOWED) and name_of(path) not in FILES]
