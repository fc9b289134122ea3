"""Addresses stay: they stand in mails, in bookmarks and on paper, whatever room a page moves to."""

from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

LIST = Path(__file__).parent / "addresses.txt"


def given() -> set[str]:
    return {line for line in LIST.read_text().splitlines() if line and not line.startswith("#")}


def answered(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address of the house as its pattern is written."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from answered(pattern.url_patterns, address)
        else:
            yield f"/{address}"


def test_every_address_that_was_given_is_answered_still_and_every_new_one_is_listed():
    assert set(answered(get_resolver().url_patterns)) == given()


def test_an_address_that_is_gone_is_missed():
    patterns = [one for one in get_resolver().url_patterns if "board" not in str(getattr(one, "urlconf_module", ""))]

    assert "/meetings/<uuid:pk>/board/" in given() - set(answered(patterns))
