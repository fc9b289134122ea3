"""The way to feedback, on a participant's own page."""

from dataclasses import dataclass

from kudelma.feedback.steps import asked
from kudelma.matters.models import Matter
from kudelma.matters.page import OWN_PANELS, Panel, Shown
from kudelma.meetings.models import Meeting
from kudelma.meetings.steps import meeting_of


@dataclass(frozen=True)
class OwnFeedback(Panel):
    template = "feedback/own_panel.html"
    rank = 2

    meeting: Meeting


@OWN_PANELS
def own_feedback(matter: Matter, shown: Shown) -> OwnFeedback | None:
    meeting = meeting_of(matter, shown)
    may_give = shown.is_known_surely and meeting is not None and matter.pk in shown.read(asked)
    return OwnFeedback(meeting) if meeting and may_give else None
