"""Finds every page that a seat of the demo can come to by links, one or two of each kind."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
NOT_FOLLOWED = ("/closed/", "/static/", "/demo/", "/i/", "/live/")
MOST_OF_A_KIND = 2


def kind_of(path: str) -> str:
    """The address with its ids taken out: pages of one kind have the same."""
    return ID.sub("…", path)


def pages(page: Page, base: str, start: str) -> Iterator[str]:
    """Opens one page after the other, beginning at `start`; gives its path when it is open."""
    waiting, seen, counts = [start], set(), dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if path in seen or counts.get(kind, 0) >= MOST_OF_A_KIND:
            continue
        seen.add(path)
        counts[kind] = counts.get(kind, 0) + 1
        answer = page.goto(base + path)
        assert answer is not None
        assert answer.status < 400, f"{path} answers {answer.status}"
        yield path
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        for link in links:
            parts = urlsplit(link)
            inside = f"{parts.scheme}://{parts.netloc}" == base
            if inside and not parts.path.startswith(NOT_FOLLOWED) and not parts.path.endswith("/sheet/"):
                waiting.append(parts.path)
