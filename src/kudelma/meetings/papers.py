"""Two papers before the meeting, in the language that is being spoken.

The letter goes by post: time, place if it may be told, and a code; whoever opens the envelope by mistake
learns no more. What was agreed, with theme and people, is handed over face to face only.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kudelma.core import paper
from kudelma.core.times import day, when
from kudelma.matters.models import Member
from kudelma.meetings.models import Meeting
from kudelma.people.actions.printed import HALF

PROTECTED = "yes"


def letter(meeting: Meeting, member: Member, code: str) -> bytes:
    """The letter to this participant. A protected address is printed nowhere."""
    number = member.matter.region.help_phone
    return paper.pdf("meetings/paper/letter.typ", letter_data(meeting, member, code, number), language=_language())


def letter_data(meeting: Meeting, member: Member, code: str, number: str) -> dict[str, Any]:
    """What stands in the letter, as plain words."""
    postal = "" if member.protected == PROTECTED else member.postal
    name = " ".join(part for part in (member.name, member.surname) if part)
    return {
        "title": _("Meeting"),
        "foot": "",
        "day": day(timezone.localdate(), year=True),
        "addressee": [name, *postal.splitlines()] if postal else [],
        "greeting": _("Hello {name}").format(name=member.name),
        "time": capfirst(_time(meeting)),
        "place": meeting.place if meeting.place_shown else _("We tell the place by telephone."),
        "answer": _("You can answer and tell what helps you to come. Open this address and type the code:"),
        "address": settings.BASE_URL.removeprefix("https://") + reverse("people:letter"),
        "code": f"{code[:HALF]} {code[HALF:]}",
        "note": _("The code is only for you. It works until the meeting is over."),
        "call": _("You can also call: {number}").format(number=number) if number else "",
        "free": _("You may also come without answering, and you may decide not to come."),
    }


def agreed(meeting: Meeting, member: Member, people: list[Member], leads: list[dict[str, str]]) -> bytes:
    """«Näin sovimme kanssasi»: what was agreed with this person in the preparation."""
    data = agreed_data(meeting, member, people, leads)
    return paper.pdf("meetings/paper/agreed.typ", data, language=_language())


def agreed_data(
    meeting: Meeting, member: Member, people: list[Member], leads: list[dict[str, str]]
) -> dict[str, Any]:  # fmt: skip
    """people: those who may be invited; leads: as `matters.views.people.leading` tells them."""
    matter = meeting.matter
    return {
        "title": _("This is what we agreed with you"),
        "foot": "",
        "who": member.name,
        "facts": [
            {
                "label": _("When"),
                "text": capfirst(_time(meeting)) if meeting.starts_at else _("The time is still open."),
            },
            {"label": _("Where"), "text": meeting.place or _("This is still open.")},
        ],
        "theme_label": _("What we think about together"),
        "theme": matter.topic,
        "theme_language": matter.written_in[:2],
        "people_label": _("Who comes along"),
        "people": [
            {"name": one.name, "relation": one.relation, "why": one.why, "language": matter.written_in[:2]}
            for one in people
        ],
        "leads": [f"{one['name']} {one['part']}" for one in leads],
        "note": _("Nobody else comes unless you agree to it yourself."),
        "free": _("You may change your mind at any time. Tell the one who gave you this paper."),
    }


def _time(meeting: Meeting) -> str:
    return when(meeting.starts_at, meeting.minutes) if meeting.starts_at else ""


def _language() -> str:
    return get_language() or "fi"
