"""The mark of pages for anybody. It stands here so that rooms above `people` may use it; the other marks
know seats and levels (people/doors.py), and the middleware there asks for all of them."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Anybody, signed in or not."""
    view.admits = "public"  # type: ignore[attr-defined]
    return view
