"""Who acts, for every template, and the frame of pages that anybody may meet. What follows of it is said here."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kudelma.core.templatetags.ui import PAGE_OF
from kudelma.people.acting import mark_of


def actor(request: HttpRequest) -> dict[str, Any]:
    """frame: without a working seat the quiet one, which names nothing and has the way out in sight.

    is_known_surely: a participant whom somebody has let in face to face, or who has identified strongly.
    help_phone: the number of the region, for participants.
    """
    seat = getattr(request, "actor", None)
    works = seat is not None and seat.works
    return {
        "actor": seat,
        "works": works,
        "first_page": reverse("home" if seat is None else "desk:today" if works else "desk:own"),
        "is_known_surely": getattr(request, "level", 0) >= 2,
        "frame": "base.html" if works else "own.html",
        # Whoever is told that somebody knows, or is to tell somebody, finds the number on the same page.
        "help_phone": seat.region.help_phone if seat is not None and not works else "",
        PAGE_OF: mark_of(seat) if seat else "",
    }
