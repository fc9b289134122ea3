"""The pages that a seat can go to, for the masthead."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.people.models import Role


def navigation(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    # No menu: a participant has one thing to do, and the page says it.
    if actor is None or not actor.works:
        return {}
    links = {
        Role.COORDINATOR: [
            ("desk:today", _("Desk")),
            ("desk:matters", _("Matters")),
            ("bank:consultants", _("Consultants")),
            ("regions:contacts", _("Contact persons")),
        ],
        Role.WORKER: [
            ("desk:today", _("Today")),
            ("desk:matters", _("Matters")),
            ("orders:begin", _("Order a meeting")),
        ],
        Role.CONSULTANT: [
            ("desk:today", _("Today")),
            ("desk:matters", _("Matters")),
            ("bank:own", _("My times")),
        ],
        Role.STEERING: [("desk:today", _("The region"))],
        Role.ADMINISTRATOR: [
            ("regions:settings", _("Region")),
            ("regions:places", _("Sectors and units")),
            ("regions:contacts", _("Contact persons")),
            ("people:seat-list", _("Seats")),
        ],
    }
    entries = []
    for name, text in links[Role(actor.role)]:
        url = reverse(name)
        entries.append({"url": url, "text": text, "is_here": request.path == url})
    return {"navigation": entries, "has_other_seats": bool(request.session.get("other seats"))}
