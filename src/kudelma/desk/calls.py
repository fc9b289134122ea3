"""What waits for a call of the coordinator's, beside the steps of matters: what did not arrive, who wishes to stop.

Lines of the desk: a matter's number and what it is about, never a person.
"""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.matters.models import Matter
from kudelma.meetings.models import WishToStop
from kudelma.meetings.preview import TIME_IS_TOLD
from kudelma.people.models import Message, Seat


def calls(actor: Seat) -> list[tuple[Matter, dict[str, str]]]:
    """(matter, {text, url, verb}) for each matter of this coordinator in which a call is waited for."""
    wishes = set(WishToStop.objects.visible_to(actor).open().values_list("matter", flat=True))
    troubles = _troubles(actor)
    waiting = wishes | troubles.keys()
    if not waiting:
        return []
    told: list[tuple[Matter, dict[str, str]]] = []
    for matter in Matter.objects.visible_to(actor).open().filter(pk__in=waiting).for_list().order_by("waits_since"):
        if matter.pk in wishes:
            told.append((matter, _line(_("Somebody wishes a call"), reverse("meetings:stop", args=[matter.pk]))))
        if matter.pk in troubles:
            told.append((matter, _line(_("A message did not arrive"), troubles[matter.pk])))
    return told


def _troubles(actor: Seat) -> dict[UUID, str]:
    """{matter: the page on which the person stands to whom something did not arrive}"""
    refused = Message.objects.visible_to(actor).undelivered().filter(matter__isnull=False)
    return {
        message.matter: reverse("meetings:invite", args=[message.about])
        if message.kind in TIME_IS_TOLD
        else reverse("matters:people", args=[message.matter])
        for message in refused
    }


def _line(text: str, url: str) -> dict[str, str]:
    return {"text": text, "url": url, "verb": _("See who")}
