"""What the meeting itself asks next, and of whom."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kudelma.matters.models import Matter, Step
from kudelma.matters.page import NextStep, Rank, Shown, next_step_of
from kudelma.meetings.steps import meeting_of
from kudelma.pairing.steps import leads


@next_step_of(Rank.LEADING, Step.INVITED)
def begin(matter: Matter, shown: Shown) -> NextStep | None:
    meeting = meeting_of(matter, shown)
    if meeting is None or not leads(matter, shown):
        return None
    return NextStep(
        _("You lead this meeting"),
        _("When people have come, begin with who is here."),
        reverse("board:begin", args=[meeting.pk]),
        _("Begin the meeting"),
    )


@next_step_of(Rank.LEADING, Step.MEETING)
def to_the_board(matter: Matter, shown: Shown) -> NextStep | None:
    meeting = meeting_of(matter, shown)
    if meeting is None or not leads(matter, shown):
        return None
    return NextStep(_("The meeting is going on"), "", reverse("board:show", args=[meeting.pk]), _("To the board"))


@next_step_of(Rank.STANDING, Step.MEETING)
def going_on(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("The meeting is going on"))
