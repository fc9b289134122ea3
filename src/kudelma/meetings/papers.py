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
from kudelma.meetings.models import Meeting
from kudelma.members.models import Member
from kudelma.people.actions.printed import HALF
from kudelma.preparation.models import Preparation

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
        # Typed by hand from paper: without what a browser adds by itself.
        "address": settings.BASE_URL.removeprefix("https://") + reverse("people:letter"),
        "code": f"{code[:HALF]} {code[HALF:]}",
        "note": _("The code is only for you. It works until the meeting is over."),
        "call": _call(number),
        "free": _("You may also come without answering, and you may decide not to come."),
    }


def agreed(
    meeting: Meeting, member: Member, people: list[Member], leads: list[dict[str, str]], preparation: Preparation | None
) -> bytes:  # fmt: skip
    """«Näin sovimme kanssasi»: what was agreed with this person in the preparation."""
    data = agreed_data(meeting, member, people, leads, preparation)
    return paper.pdf("meetings/paper/agreed.typ", data, language=_language())


def agreed_data(
    meeting: Meeting, member: Member, people: list[Member], leads: list[dict[str, str]], preparation: Preparation | None
) -> dict[str, Any]:  # fmt: skip
    """What a limited right closes to them is left out.

    people: those who may be invited; leads: as `pairing.leading.leading` tells them.
    """
    matter = meeting.matter
    sees_people = member.sees("people")
    return {
        "title": _("This is what we agreed with you"),
        "foot": "",
        "who": member.name,
        "facts": _facts(meeting) if member.sees("time") else [],
        "theme_label": _("What we think about together"),
        "theme": _said(matter.topic if member.sees("theme") else "", matter.written_in),
        "rules_label": _("What we agreed on for the meeting"),
        "rules": _said(preparation.ground_rules, preparation.written_in) if preparation else [],
        # Some have not answered yet. And why somebody is along is theirs who said it: of others it is not printed.
        "people_label": _("Who is invited"),
        "people": [
            {
                "name": person.name,
                "relation": person.relation,
                "why": _said(person.why, matter.written_in) if person.pk == member.pk else [],
            }
            for person in people
        ]
        if sees_people
        else [],
        "leads": [f"{lead['name']} {lead['part']}" for lead in leads] if sees_people else [],
        "note": _("Nobody else comes unless you agree to it yourself.") if sees_people else "",
        "free": _("You may change your mind at any time. Tell the one who gave you this paper."),
        "call": _call(matter.region.help_phone),
    }


def _call(number: str) -> str:
    return _("You can also call: {number}").format(number=number) if number else ""


def _facts(meeting: Meeting) -> list[dict[str, str]]:
    time = capfirst(_time(meeting)) if meeting.starts_at else _("The time is still open.")
    return [
        {"label": _("When"), "text": time},
        {"label": _("Where"), "text": meeting.place or _("This is still open.")},
    ]


def _said(text: str, language: str) -> list[dict[str, str]]:
    """What people said, by paragraphs, each with its language; nothing when nothing was said."""
    return [{"text": part, "language": language[:2]} for part in text.splitlines() if part.strip()]


def _time(meeting: Meeting) -> str:
    return when(meeting.starts_at, meeting.minutes) if meeting.starts_at else ""


def _language() -> str:
    return get_language() or "fi"
