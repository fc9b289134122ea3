"""The plan as a sheet of paper, in the language that is being spoken."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kudelma.core import paper
from kudelma.core.times import day
from kudelma.plans.models import Plan


def sheet(plan: Plan, people: list[dict[str, Any]], *, shows_theme: bool = True) -> bytes:
    """people: as `plans.views.people_of` lists them: everybody who was there, with their rows.

    shows_theme: whether the reader may know what it is about.
    """
    meeting = plan.meeting
    facts = [day(meeting.held_at or meeting.opened_at, year=True)] if meeting.opened_at else []
    if shows_theme and plan.matter.topic:
        facts.append(plan.matter.topic)
    onwards = [
        (_("Whom does one ask when something is unclear?"), plan.responsible),
        (_("When do we look at how it goes?"), plan.follow_up),
    ]
    return paper.pdf(
        "plans/paper/plan.typ",
        {
            "title": _("Plan"),
            "foot": plan.matter.number,
            "facts": facts,
            "people": [_person(person["member"], person["rows"]) for person in people],
            "onwards": [{"label": label, "text": text} for label, text in onwards if text],
            "note": _(
                "Everyone told their own part themselves. What one does can be changed by talking with the others."
            ),
        },
        language=get_language() or "fi",
    )


def _person(member: Any, rows: list[Any]) -> dict[str, Any]:
    return {
        "name": member.name,
        "language": member.language[:2],
        "relation": member.relation,
        "rows": [_row(row) for row in rows],
        # To have been there is enough, and «nothing now» is a whole answer: the sheet asks for no reason.
        "note": "" if rows else _("Was there. No task of their own was agreed."),
    }


def _row(row: Any) -> dict[str, Any]:
    parts = [(_("With whom:"), row.with_whom), (_("When:"), row.by_when)]
    return {
        "what": row.what,
        "parts": [{"label": label, "text": text} for label, text in parts if text],
        "note": "" if row.read else _("Not yet read by its speaker."),
    }
