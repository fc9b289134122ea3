"""What a test looks at once more: a person of a matter as stored now, the words of a page as they are read."""

from dataclasses import fields
from typing import Any

from bs4 import BeautifulSoup

from kudelma.members.models import Member


def fresh(member: Member) -> Member:
    return Member.objects.select_related("matter__region", "seat").get(pk=member.pk)


def said_of(kind: Any, row: Any, **other: Any) -> Any:
    """An input that says what the row says already, but for what is named."""
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)} | other)


def main(answer: Any) -> str:
    """The words of the main part of an answered page, each space one."""
    page = BeautifulSoup(answer.text, "html.parser").main
    assert page is not None
    return " ".join(page.get_text(" ").split())
