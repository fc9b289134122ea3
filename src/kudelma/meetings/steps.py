"""What a time and its answers ask next, and of whom; and what is to be remembered of those who are invited."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery, UUIDField
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kudelma.core.record import record_reading
from kudelma.core.times import when
from kudelma.matters import access
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.matters.page import FACTS, Fact, NextStep, Rank, Shown, next_step_of
from kudelma.matters.waiting import HOLDERS, REMINDERS, WAITS_FOR, Holder, Remembered, Reminder
from kudelma.meetings.models import Answer, Invitation, Meeting, TimeOption, WishToStop
from kudelma.members.models import Member
from kudelma.members.panels import own_member
from kudelma.people.models import Role
from kudelma.people.today import COMING, Waiting

STILL_COMING = timedelta(hours=3)
"""Whoever is late, or begins late, still finds where it is."""


def present_meetings(shown: Shown) -> dict[UUID, Meeting]:
    """{matter: its present meeting}, of those that the actor may see; each knows its matter."""
    rows = Meeting.objects.visible_in(shown.matters, shown.actor).for_list()
    meetings = {meeting.matter_id: meeting for meeting in (rows.defer(None) if shown.is_page else rows)}
    for matter in shown.matters:
        if matter.pk in meetings:
            meetings[matter.pk].matter = matter
    return meetings


def meeting_of(matter: Matter, shown: Shown) -> Meeting | None:
    return shown.read(present_meetings).get(matter.pk)


def have_met(matter: Matter, shown: Shown) -> bool:
    """Whether people have met, as far as a participant knows: to whom the time is closed, it may have been."""
    meeting = meeting_of(matter, shown)
    return meeting.people_have_met if meeting else shown.read(own_member).is_limited


@FACTS
@Fact
def somebody_wishes_a_call(actor: Any) -> Any:
    """Of matters that a coordinator sees, and with them every answer: it is not asked for again."""
    if actor.role != Role.COORDINATOR:
        return None
    return Exists(Answer.objects.wishing_a_call().filter(matter=OuterRef("pk")))


@next_step_of(Rank.CALL, Step.TIMING)
def call(matter: Matter, shown: Shown) -> NextStep | None:
    meeting = meeting_of(matter, shown)
    if meeting is None or not shown.is_so(somebody_wishes_a_call, matter):
        return None
    return NextStep(
        _("Somebody wishes a call"),
        _("Call, then write down what they answered."),
        reverse("meetings:answers", args=[meeting.pk]),
        _("Call and write it down"),
    )


@next_step_of(Rank.OWN, Step.TIMING)
def say_which_time_suits(matter: Matter, shown: Shown) -> NextStep | None:
    meeting = meeting_of(matter, shown)
    if meeting is None or shown.actor.role != Role.WORKER:
        return None
    if not meeting.asks_others:
        return NextStep(_("A time is being looked for"), _("The family is asked first."))
    return NextStep(
        _("A time is being looked for"),
        "",
        reverse("meetings:answer", args=[meeting.pk]),
        _("Say which time suits you"),
    )


@next_step_of(Rank.LEADING, Step.TIMING, Step.INVITING)
def wait_for_coordinator(matter: Matter, shown: Shown) -> NextStep | None:
    if shown.actor.role != Role.CONSULTANT:
        return None
    return NextStep(_("A time is being looked for"), _("The coordinator asks everybody."))


@next_step_of(Rank.COORDINATING, Step.TIMING)
def see_answers(matter: Matter, shown: Shown) -> NextStep | None:
    meeting = meeting_of(matter, shown)
    if meeting is None:
        return None
    return NextStep(
        _("The meeting was postponed") if meeting.was_put_off else _("A time is being looked for"),
        _about_answers(meeting, matter.waits_for),
        reverse("meetings:answers", args=[meeting.pk]),
        _("See the answers"),
    )


def _about_answers(meeting: Meeting, waits_for: str) -> str:
    is_first_round = not meeting.asks_others
    if waits_for != WaitsFor.COORDINATOR:
        return _("The family is asked first.") if is_first_round else _("Some have not answered yet.")
    if is_first_round:
        return _("The family has answered.")
    return _("Everybody has answered.")


@next_step_of(Rank.COORDINATING, Step.INVITING)
def invite(matter: Matter, shown: Shown) -> NextStep | None:
    meeting = meeting_of(matter, shown)
    if meeting is None:
        return None
    return NextStep(_("The time is chosen"), "", reverse("meetings:invite", args=[meeting.pk]), _("Invite everybody"))


@next_step_of(Rank.COORDINATING, Step.INVITED)
def wait_for_meeting(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("Everybody is invited"), _("The next step is the meeting itself."))


@next_step_of(Rank.STANDING, Step.TIMING, Step.INVITING)
def be_asked(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("A time is being looked for"))


@next_step_of(Rank.STANDING, Step.INVITED)
def be_invited(matter: Matter, shown: Shown) -> NextStep:
    return NextStep(_("You are invited"))


@WAITS_FOR
def for_asked(actor: Any) -> Q | None:
    """Times that a worker has not answered. Nobody but the family is asked as long as the family is asked first."""
    if actor.role != Role.WORKER:
        return None
    about_coming = Answer.objects.filter(meeting=OuterRef("meeting"), member__seat=actor.pk, option=None)
    answered = Answer.objects.filter(option=OuterRef("pk"), member__seat=actor.pk)
    own = Member.objects.filter(seat=actor.pk, answers_times=True)
    unanswered = TimeOption.objects.open(timezone.now()).filter(
        ~Exists(answered), ~Exists(about_coming), matter__members__in=own, for_everybody=True
    )
    return Q(pk__in=unanswered.values("matter"), step=Step.TIMING)


MOST_COMING = 10
"""More meetings than anybody goes to in the weeks that a first page looks ahead."""


@COMING
def to_come(actor: Any) -> list[Waiting]:
    """Meetings of which everybody has been told, to which this seat is invited or which it leads."""
    now = timezone.now()
    meetings = (
        Meeting.objects.visible_to(actor)
        .present()
        .filter(matter__step=Step.INVITED, opened_at=None, starts_at__gte=now - STILL_COMING)
    )
    if actor.role == Role.COORDINATOR:
        meetings = meetings.filter(access.led_by(actor))  # she sees all of the region, and goes to few
    rows = list(meetings.select_related("matter").order_by("starts_at", "pk")[:MOST_COMING])
    record_reading("desk:today", [meeting.matter_id for meeting in rows], by=actor, at=now)
    return [
        Waiting(
            number=meeting.matter.number, text=capfirst(when(meeting.starts_at, meeting.minutes)),
            detail=meeting.place, station=0, url=meeting.matter.get_absolute_url(), verb=_("Open"),
            called="" if actor.role == Role.COORDINATOR else meeting.matter.called,
        )
        for meeting in rows
    ]  # fmt: skip


REMINDERS(
    Reminder(
        rank=1,
        annotations=lambda actor: {
            "wishes_stop": Exists(WishToStop.objects.visible_to(actor).open().filter(matter=OuterRef("pk")))
        },
        holds=Q(wishes_stop=True),
        tell=lambda matter: Remembered(
            _("Somebody wishes a call"), reverse("meetings:stop", args=[matter.pk]), _("See who")
        ),
    )
)


def _untold(actor: Any) -> dict[str, Any]:
    untold = Invitation.objects.visible_to(actor).untold().filter(matter=OuterRef("pk"))
    return {"untold": Subquery(untold.values("meeting")[:1], output_field=UUIDField())}


REMINDERS(
    Reminder(
        rank=3,
        annotations=_untold,
        holds=Q(untold__isnull=False),
        tell=lambda matter: Remembered(
            _("Somebody has not been told of the meeting"),
            reverse("meetings:invite", args=[matter.untold]),
            _("See who"),
        ),
    )
)


def silent(matters: list[Matter], actor: Any) -> dict[UUID, str]:
    """How many of those who are asked about times have not answered: a number, and no name."""
    answered = Answer.objects.filter(matter__in=matters, meeting__chosen_at=None).values("member")
    counted = (
        Member.objects.visible_to(actor)
        .filter(matter__in=matters, answers_times=True)
        .with_permission()
        .exclude(pk__in=answered)
        .order_by()
        .values_list("matter")
        .annotate(n=Count("pk"))
    )
    return {
        matter: ngettext("{n} person has not answered yet", "{n} people have not answered yet", n).format(n=n)
        for matter, n in counted
    }


HOLDERS(Holder(frozenset({WaitsFor.PEOPLE}), silent))
