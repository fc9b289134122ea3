"""Who acts, for every template, and the frame of pages that anybody may meet."""

from typing import Any

from django.http import HttpRequest

from kudelma.core.templatetags.ui import PAGE_OF
from kudelma.people.acting import mark_of
from kudelma.people.models import Role


def actor(request: HttpRequest) -> dict[str, Any]:
    """frame: without a working seat the quiet one, which names nothing and has the way out in sight."""
    seat = getattr(request, "actor", None)
    works = seat is not None and seat.role != Role.PARTICIPANT
    return {
        "actor": seat,
        "level": getattr(request, "level", 0),
        "frame": "base.html" if works else "own.html",
        PAGE_OF: mark_of(seat) if seat else "",
    }
