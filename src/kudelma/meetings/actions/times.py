"""Finding a time: proposals, answers, and the choice that never overrides the family."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kudelma.core.errors import KeyReused, Refused
from kudelma.core.phrases import IS_CLOSED, SOMEBODY_WAS_FIRST
from kudelma.core.record import record
from kudelma.matters.actions.steps import advance
from kudelma.matters.models import Matter, Step, WaitsFor
from kudelma.meetings.inputs import TimesAsked
from kudelma.meetings.models import Answer, Call, Meeting, TimeOption, Value
from kudelma.meetings.timing import QUESTIONS, TimePoll, can_be_built_on, is_led_elsewhere, is_waited_for
from kudelma.members.actions.people import give_seat_in_matter
from kudelma.members.models import Member
from kudelma.members.reaching import contact_of
from kudelma.pairing.models import LeadAssignment
from kudelma.people.actions.messages import send
from kudelma.people.models import Account, Message, Seat


@transaction.atomic
def propose_times(matter: Matter, *, idempotency_key: UUID, values: TimesAsked, by: Seat, at: datetime) -> Meeting:
    """Ask about these times: the family first, or everybody at once. Earlier answers stay.

    Pressing twice asks once. Who has answered already is told that there
    is something new; who has not is not told again. Raises Refused when nobody may be invited yet.
    """
    meeting = Meeting.objects.present().filter(matter=matter, chosen_at=None).first()
    if not asked(matter):
        raise Refused(_("Nobody may be invited yet. Agree with the people first whom to invite."))
    since = Step.TIMING if matter.step == Step.TIMING else Step.PREPARING
    # Of two who propose at once the second stops here: otherwise one matter would look for two times.
    advance(matter, Step.TIMING, since=since, waits_for=WaitsFor.PEOPLE, at=at)
    where = {"minutes": values.minutes, "place": values.place, "place_shown": values.place_shown}
    is_changed = False
    if meeting is None:
        if Meeting.objects.filter(pk=idempotency_key).exists():
            raise KeyReused
        meeting = Meeting(
            pk=idempotency_key, matter=matter, round=Meeting.objects.filter(matter=matter).count() + 1,
            method=matter.method, family_first=values.family_first, **where,
        )  # fmt: skip
        meeting.save(force_insert=True)
    else:
        meeting.matter = matter
        is_changed = any(getattr(meeting, name) != value for name, value in where.items())
        if is_changed or meeting.family_first != values.family_first:
            for name, value in {**where, "family_first": values.family_first}.items():
                setattr(meeting, name, value)
            meeting.save(update_fields=[*where, "family_first"])
    new = {_ask_about(meeting, start, for_everybody=not values.family_first, at=at) for start in values.starts}
    record("meetings.propose_times", by=by, at=at, space=matter.pk)
    tell_what_is_new(TimePoll(meeting, at), new, is_changed=is_changed, by=by, at=at)
    wait(meeting, at)
    return meeting


def _ask_about(meeting: Meeting, start: datetime, *, for_everybody: bool, at: datetime) -> UUID | None:
    """Ask about one time, also one that was withdrawn before. Returns it when that is something new."""
    options = TimeOption.objects.filter(meeting=meeting, starts_at=start)
    option = options.first()
    if option is None:
        option = TimeOption(
            matter=meeting.matter, meeting=meeting, starts_at=start, asked_at=at, for_everybody=for_everybody
        )
        option.save(force_insert=True)
        return option.pk
    changed = options.exclude(withdrawn_at=None).update(
        withdrawn_at=None, withdrawn_by=None, asked_at=at, for_everybody=for_everybody
    )
    # Only ever widened: the others have been asked about it already, and nothing unasks a question.
    if for_everybody:
        changed += options.filter(for_everybody=False).update(for_everybody=True)
    return option.pk if changed else None


def tell_what_is_new(
    timing: TimePoll, new: set[UUID | None], *, is_changed: bool = False, by: Seat, at: datetime
) -> None:
    """The question to those who have not got it; to those who have answered, that there is something new.

    Who has the question and has not answered finds everything there: nothing is sent to them again. Nor is news
    sent upon news that somebody has not looked at yet.

    new: the options that are. is_changed: the length or the place is another.
    """
    about = timing.meeting.pk
    for member in timing.invited:
        asked_now = timing.asked_of(member)
        if asked_now and not member.is_told:
            tell("time-question", member, about=about, by=by, at=at)
            continue
        answered = [given.at for (who, _option), given in timing.answers.items() if who == member.pk]
        is_news = is_changed or any(option.pk in new and not timing.answer(member, option) for option in asked_now)
        if asked_now and answered and is_news:
            sent = Message.objects.filter(kind__in=QUESTIONS, about=about, seat=member.seat_id)
            if not sent.filter(made_at__gt=max(answered)).exists():
                tell("time-news", member, about=about, by=by, at=at)


@transaction.atomic
def withdraw_time(option: TimeOption, *, by: Seat, at: datetime) -> None:
    """Ask about this time no more. Answers about the other times stay, and nobody is told.

    Raises Refused when a time has been chosen meanwhile. Pressing twice withdraws once.
    """
    meeting = option.meeting
    if not Meeting.objects.filter(pk=meeting.pk, chosen_at=None).exists():
        raise Refused(_("A time has already been chosen. Nothing was changed."))
    if TimeOption.objects.filter(pk=option.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by):
        record("meetings.withdraw_time", by=by, at=at, space=meeting.matter_id)
        wait(meeting, at)


@transaction.atomic
def answer(
    meeting: Meeting, member: Member, *, options: dict[TimeOption, str], coming: str, by: Seat, at: datetime
) -> None:
    """Keep what one person answered, in the place of what they answered before.

    options: value for each time answered; coming: CALL or UNSURE instead of times, or empty. What another seat
    than their own writes down was told in a call. Raises Refused when the time has been chosen meanwhile.
    """
    _must_be_open(meeting)
    if coming:
        _keep(meeting, member, None, coming, by=by, at=at)
    else:
        # Whoever names a time waits for no call any more.
        Answer.objects.filter(meeting=meeting, member=member, option=None).delete()
        for option, value in options.items():
            _keep(meeting, member, option, value, by=by, at=at)
    if by.pk != member.seat_id and coming != Value.CALL:  # who wishes to be called again has not been called yet
        Call(matter=meeting.matter, meeting=meeting, member=member, by=by, at=at).save(force_insert=True)
    record("meetings.answer", by=by, at=at, space=meeting.matter_id)
    wait(meeting, at)


@transaction.atomic
def record_call(meeting: Meeting, member: Member, *, by: Seat, at: datetime) -> None:
    """They were called, and there is nothing to write down yet. Raises Refused when the time has been chosen."""
    _must_be_open(meeting)
    Call(matter=meeting.matter, meeting=meeting, member=member, by=by, at=at).save(force_insert=True)
    record("meetings.call", by=by, at=at, space=meeting.matter_id)
    wait(meeting, at)


def _must_be_open(meeting: Meeting) -> None:
    if not Matter.objects.open().filter(pk=meeting.matter_id).exists():
        raise Refused(IS_CLOSED)
    if not Meeting.objects.filter(pk=meeting.pk, chosen_at=None).exists():
        raise Refused(_("The time has already been chosen. Your earlier answer stands."))


def _keep(meeting: Meeting, member: Member, option: TimeOption | None, value: str, *, by: Seat, at: datetime) -> None:
    Answer.objects.update_or_create(
        meeting=meeting, member=member, option=option,
        defaults={"value": value, "by": by, "at": at},
        create_defaults={
            "value": value, "by": by, "at": at, "matter": meeting.matter, "region_id": meeting.region_id,
        },
    )  # fmt: skip


@transaction.atomic
def choose_time(option: TimeOption, *, by: Seat, at: datetime) -> Meeting:
    """Choose this time. Pressing twice chooses once.

    Raises Refused before all who are asked of the family, and all others without whom people do not meet, have
    said that it suits. A «cannot» counts only when somebody has called: then it has been written down by
    another seat than their own. Nor when one of those who lead has another conversation at that time.
    """
    meeting = option.meeting
    timing = TimePoll(meeting, at)
    if meeting.chosen_at and meeting.starts_at == option.starts_at:
        return meeting
    if option.pk not in {open_option.pk for open_option in timing.open}:
        raise Refused(_("This time has passed or is not asked about any more. Choose another."))
    # `all` of nobody is true: without this a family that nobody has asked would count as having agreed.
    if not timing.family:
        raise Refused(_("Nobody of the family is asked about times yet. Add at least one, and agree with them."))
    if not all(timing.settled(member, option) for member in timing.family):
        raise Refused(
            _("The family has not answered about this time yet, or wants a call first. Call, and write it down.")
        )
    needed = [member for member in timing.members if is_waited_for(member)]
    if not all(member.may_be_invited and timing.settled(member, option) for member in needed):
        raise Refused(
            _("Somebody without whom people do not meet has not said that this time suits. Call, and write it down.")
        )
    must_be_free(meeting, option.starts_at)
    # Two may choose different hours at once: the row takes one, and the other press is told so.
    chosen = Meeting.objects.filter(pk=meeting.pk, chosen_at=None).update(
        starts_at=option.starts_at, chosen_at=at, chosen_by=by
    )
    if not chosen:
        raise Refused(SOMEBODY_WAS_FIRST)
    advance(meeting.matter, Step.INVITING, since=Step.TIMING, waits_for=WaitsFor.COORDINATOR, at=at)
    record("meetings.choose_time", by=by, at=at, space=meeting.matter_id)
    meeting.refresh_from_db()
    return meeting


def must_be_free(meeting: Meeting, starts_at: datetime) -> None:
    """Raises Refused when one of those who lead has another conversation at that time.

    Their accounts are written first, in one order, so that of two who settle times at once the second one waits
    and then sees the first. Call it in a transaction.
    """
    leads = LeadAssignment.objects.filter(matter=meeting.matter_id).accepted().values_list("seat__account", flat=True)
    # A write that changes nothing: the second waits at it in both databases. SQLite has no lock for a single row.
    for account in sorted(leads):
        Account.objects.filter(pk=account).update(language=F("language"))
    if is_led_elsewhere(meeting, starts_at):
        raise Refused(_("One of those who lead has another conversation at that time. Nothing was changed."))


def has_settled(member: Member, option: TimeOption) -> bool:
    """Whether this person's answer about the time can be built on."""
    answers = {given.option_id: given for given in Answer.objects.filter(meeting=option.meeting_id, member=member)}
    return None not in answers and can_be_built_on(member, answers.get(option.pk))


def asked(matter: Matter) -> list[Member]:
    """Those who may be invited, each with a seat in which to answer; others answer by telephone.

    Not somebody to whom it was judged that the time is closed, or of whom nothing has been judged yet.
    """
    members = Member.objects.filter(matter=matter).with_permission().open_to("time")
    return list(members.for_circle().select_related("matter__region"))


def tell(kind: str, member: Member, *, about: UUID, by: Seat, at: datetime) -> None:
    """Send a message to a member: to their account, or by a personal link when there is an address."""
    if not member.answers_times and kind == "time-question":
        return
    if not member.signs_in:
        if not contact_of(member).way or not member.sees("time"):
            return
        give_seat_in_matter(member, by=by, at=at)
    if member.seat:
        send(kind, to=member.seat, by=by, at=at, about=about)


def wait(meeting: Meeting, at: datetime) -> None:
    """Whom the matter waits for now; moved only when that has changed."""
    waits_for = TimePoll(meeting, at).waits_for
    if waits_for != meeting.matter.waits_for:
        advance(meeting.matter, Step.TIMING, since=Step.TIMING, waits_for=waits_for, at=at)
