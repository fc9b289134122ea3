"""Django's test client reads strictly: a page that breaks a rule fails the test that asked for it.

A page is read once in each process. What differs from answer to answer without meaning anything (ids, tokens) is
named by its order first, so that the same page of another matter is the same page.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404

from strict.page import Page
from strict.rules import faults

WITHOUT_A_PAGE = frozenset([204, 301, 302, 303, 304, 307, 308, 405])
"""Answers of which nobody sees a body."""
CHANCE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r'|(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=name="page_of" value=")[^"]+'
)
FIRST = "00000000-0000-4000-8000-{:012d}"

_sound: set[int] = set()


class Unsound(AssertionError):
    """A page that breaks a rule of tests/strict/rules.py."""


@contextmanager
def strict_clients() -> Iterator[None]:
    """Every client reads strictly, wherever it was made."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", _reading(Client.request))
        yield


def _reading(request: Callable[..., Any]) -> Callable[..., Any]:
    def read(self: Client, **environment: Any) -> Any:
        answer = request(self, **environment)
        if answer.get("Content-Type", "").startswith("text/html"):
            look_at(answer)
        return answer

    return read


def look_at(answer: Any) -> None:
    """Raises Unsound, with everything that is wrong."""
    asks_for_no_page = answer.request["REQUEST_METHOD"] in {"HEAD", "OPTIONS"}
    if not answer.content and (asks_for_no_page or answer.status_code in WITHOUT_A_PAGE):
        return
    page = _page(answer)
    mark = hash((page, settings.DEMO))
    if mark in _sound:
        return
    wrong = faults(page)
    if wrong:
        raise Unsound(f"{_name(answer)} ({answer.status_code})\n" + "\n".join(wrong))
    _sound.add(mark)


def _page(answer: Any) -> Page:
    """Who asks for a part may be refused by a whole page."""
    asked, text = answer.request, answer.content.decode()
    is_part = "HTTP_FRAGMENT" in asked and not text.startswith("<!doctype")
    address, text = _without_chance(asked["PATH_INFO"], text)
    return Page(text, address, asked["REQUEST_METHOD"], answer.get("Content-Security-Policy", ""), is_part)


def _without_chance(address: str, text: str) -> tuple[str, str]:
    """What chance has chosen is named by its order: the same id or token by the same name everywhere on the page."""
    order: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        return order.setdefault(match[0], FIRST.format(len(order)))

    return CHANCE.sub(named, address), CHANCE.sub(named, text)


def _name(answer: Any) -> str:
    try:
        return str(answer.resolver_match.view_name)
    except Resolver404:
        return str(answer.request["PATH_INFO"])
