"""The way to the board on its matter's page, and on one's own page what one said."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.board.models import Line
from kudelma.matters.models import Matter
from kudelma.matters.page import LINKS, OWN_PANELS, Link, Panel, Shown
from kudelma.meetings.steps import have_met, meeting_of
from kudelma.members.models import Member
from kudelma.members.panels import own_member
from kudelma.pairing.panels import own_part


@LINKS
def board(matter: Matter, shown: Shown) -> list[Link]:
    """For those who lead, once the meeting has begun."""
    meeting = meeting_of(matter, shown)
    if meeting is None or meeting.opened_at is None or own_part(matter, shown) is None:
        return []
    return [Link("meeting", 3, reverse("board:show", args=[meeting.pk]), _("The board"))]


@dataclass(frozen=True)
class OwnLines(Panel):
    template = "board/own_panel.html"
    rank = 8

    member: Member
    lines: list[Line]


@OWN_PANELS
def own_lines(matter: Matter, shown: Shown) -> OwnLines | None:
    if not shown.is_known_surely or not have_met(matter, shown):
        return None
    own = Line.objects.visible_to(shown.actor).filter(voice__member__seat=shown.actor)
    lines = list(own.select_related("question"))
    return OwnLines(shown.read(own_member), lines) if lines else None
