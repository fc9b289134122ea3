"""Finds every page that a seat of the demo can come to by links, one or two of each kind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

NOT_FOLLOWED = ("/closed/", "/static/", "/demo/", "/i/", "/live/")
FILES = ("meetings:agreed", "meetings:own-entry", "plans:sheet")
MOST_OF_A_KIND = 2


def name_of(path: str) -> str:
    """The name of the address: pages of one kind have the same. What only the demo has is its own name."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def pages(page: Page, base: str, starts: Sequence[str], most: int = MOST_OF_A_KIND) -> Iterator[str]:
    """Opens one page after the other, beginning at `starts`; gives its path when it is open."""
    waiting, seen, counts = list(starts), set[str](), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        if path in seen or counts[name_of(path)] >= most:
            continue
        seen.add(path)
        answer = page.goto(base + path)
        assert answer is not None
        assert answer.status < 400, f"{path} answers {answer.status}"
        here = urlsplit(page.url).path
        if here != path and here in seen:
            continue
        seen.add(here)
        counts[name_of(here)] += 1
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        yield here
        waiting += _followed(links, base)


def read(page: Page, base: str, starts: Sequence[str], most: int = MOST_OF_A_KIND) -> Iterator[tuple[str, Any]]:
    """The same pages, fetched with this browser's cookies and not drawn: the path, and what stands on the page."""
    waiting, seen, counts = list(starts), set[str](), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        if path in seen or counts[name_of(path)] >= most:
            continue
        seen.add(path)
        answer = page.request.get(base + path)
        assert answer.status < 400, f"{path} answers {answer.status}"
        here = urlsplit(answer.url).path
        if here != path and here in seen:
            continue
        seen.add(here)
        counts[name_of(here)] += 1
        found = BeautifulSoup(answer.text(), "html.parser")
        yield here, found
        waiting += _followed([urljoin(answer.url, link["href"]) for link in found.select("a[href]")], base)


def _followed(links: list[str], base: str) -> list[str]:
    """The paths of those links that lead to pages of the service."""
    inside = [parts.path for parts in map(urlsplit, links) if f"{parts.scheme}://{parts.netloc}" == base]
    return [path for path in inside if not path.startswith(NOT_FOLLOWED) and name_of(path) not in FILES]
