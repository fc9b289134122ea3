"""Who a page is for. Without a mark it is for a working seat; the middleware asks, the rules decide the rest."""

from collections.abc import Callable
from typing import Any, TypeVar

from kudelma.core.doors import public

__all__ = ["for_everyone_in", "for_participant", "public", "signed_in"]

View = TypeVar("View", bound=Callable[..., Any])


def signed_in(view: View) -> View:
    """Somebody who has given a password, whatever is still missing: factor, seat."""
    view.admits = "account"  # type: ignore[attr-defined]
    return view


def for_participant(level: int) -> Callable[[View], View]:
    """A participant, known at least at `level`."""

    def mark(view: View) -> View:
        view.admits = "participant"  # type: ignore[attr-defined]
        view.level = level  # type: ignore[attr-defined]
        return view

    return mark


def for_everyone_in(level: int) -> Callable[[View], View]:
    """Any seat: working, or a participant known at least at `level`. The rules tell them apart."""

    def mark(view: View) -> View:
        view.admits = "any seat"  # type: ignore[attr-defined]
        view.level = level  # type: ignore[attr-defined]
        return view

    return mark
